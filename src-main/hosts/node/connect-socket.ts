import type { RawData, WebSocket } from 'ws';

/** One frame as the RPC adapter reads it. */
export interface Frame {
  readonly rawData: string | Uint8Array;
  uint8Array(): Uint8Array<ArrayBuffer>;
}

/** The socket as the RPC adapter writes to it. */
export interface Peer {
  send(message: unknown): void;
}

export interface Frames {
  /** Rejects when the frame is no call. */
  readonly take: (peer: Peer, frame: Frame) => Promise<void>;
  readonly close: (peer: Peer) => void;
  readonly onBadFrame: () => void;
}

function toBytes(data: RawData): Uint8Array<ArrayBuffer> {
  if (Array.isArray(data)) return Uint8Array.from(Buffer.concat(data));
  return data instanceof ArrayBuffer ? new Uint8Array(data) : Uint8Array.from(data);
}

/**
 * Feeds a socket's frames to the procedures. A frame that is no call closes the socket without a word in any log:
 * the plain WebSocket adapter would print the parse error, and with it a piece of what was sent.
 */
export function connectSocket(socket: WebSocket, frames: Frames): void {
  const peer: Peer = {
    send: (message) => {
      if (typeof message === 'string' || message instanceof Uint8Array) socket.send(message);
    },
  };
  socket.on('message', (data, isBinary) => {
    const bytes = toBytes(data);
    const rawData = isBinary ? bytes : Buffer.from(bytes).toString('utf8');
    frames.take(peer, { rawData, uint8Array: () => bytes }).catch(() => {
      frames.onBadFrame();
      socket.close(1003);
    });
  });
  socket.once('close', () => {
    frames.close(peer);
  });
}
