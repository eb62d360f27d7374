/** One frame as the RPC adapter reads it. */
export interface Frame {
  readonly rawData: string | Uint8Array;
  uint8Array(): Uint8Array<ArrayBuffer>;
}

/** The port as the RPC adapter writes to it. */
export interface Peer {
  send(message: unknown): void;
}

export interface Frames {
  /** Rejects when the frame is no call. */
  readonly take: (peer: Peer, frame: Frame) => Promise<void>;
  readonly close: (peer: Peer) => void;
  readonly onBadFrame: () => void;
}

/** What is used of Electron's MessagePortMain. */
export interface Port {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  once(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  close(): void;
}

/** Larger frames are refused before anything parses them. */
const mostFrameBytes = 512 * 1024;

function toFrame(message: unknown): Frame | null {
  if (typeof message === 'string') {
    return message.length > mostFrameBytes ? null : { rawData: message, uint8Array: () => new Uint8Array() };
  }
  const bytes =
    message instanceof Uint8Array
      ? Uint8Array.from(message)
      : message instanceof ArrayBuffer
        ? new Uint8Array(message)
        : null;
  if (bytes === null || bytes.length > mostFrameBytes) return null;
  return { rawData: bytes, uint8Array: () => bytes };
}

/**
 * Feeds a port's messages to the procedures. What is no call closes the port without a word in any log; oRPC's own adapter
 * for ports would throw it, with a piece of what was sent, where nobody catches it.
 */
export function connectPort(port: Port, frames: Frames): void {
  const peer: Peer = {
    send: (message) => {
      port.postMessage(message);
    },
  };
  const refuse = (): void => {
    frames.onBadFrame();
    port.close();
  };
  port.on('message', ({ data }) => {
    const frame = toFrame(data);
    if (frame === null) refuse();
    else frames.take(peer, frame).catch(refuse);
  });
  port.once('close', () => {
    frames.close(peer);
  });
}
