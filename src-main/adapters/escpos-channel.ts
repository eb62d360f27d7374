import { createConnection, type Socket } from 'node:net';
import type { PrinterProblem } from '../contract/status.ts';

/** A line to a printer, both ways. It breaks by rejecting `write`; whoever reads notices silence. */
export interface EscPosChannel {
  /** Resolves when this side has let go of the bytes; rejects when the line is broken. */
  write(bytes: Uint8Array): Promise<void>;
  onBytes(listener: (bytes: Uint8Array) => void): void;
  onBroken(listener: () => void): void;
  /** Lets go once everything written has left this machine. */
  finish(): Promise<void>;
  /** Lets go at once; what has not left is thrown away. */
  drop(): void;
}

export type OpenedChannel =
  | { readonly kind: 'open'; readonly channel: EscPosChannel }
  | { readonly kind: 'closed'; readonly problem: PrinterProblem };

export type OpenChannel = (signal: AbortSignal) => Promise<OpenedChannel>;

const connectMs = 3_000;

/** Port 9100: bytes go in as they are, and the printer's own come back. */
export function tcpChannel(host: string, port: number): OpenChannel {
  return (signal) =>
    new Promise((resolve) => {
      const socket = createConnection({ host, port });
      const fail = (): void => {
        socket.destroy();
        resolve({ kind: 'closed', problem: 'offline' });
      };
      const giveUp = AbortSignal.any([signal, AbortSignal.timeout(connectMs)]);
      if (giveUp.aborted) fail();
      giveUp.addEventListener('abort', fail, { once: true });
      socket.once('error', fail);
      socket.once('connect', () => {
        giveUp.removeEventListener('abort', fail);
        socket.off('error', fail);
        socket.setNoDelay(true);
        resolve({ kind: 'open', channel: overSocket(socket) });
      });
    });
}

function overSocket(socket: Socket): EscPosChannel {
  const broken = Promise.withResolvers<void>();
  let isBroken = false;
  socket.on('error', () => undefined);
  // A printer that ends its half has stopped listening too.
  for (const end of ['end', 'close'] as const)
    socket.on(end, () => {
      isBroken = true;
      broken.resolve();
    });
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (isBroken) reject(new Error('the line is broken'));
        void broken.promise.then(() => reject(new Error('the line is broken')));
        socket.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
    onBytes: (listener) => void socket.on('data', listener),
    onBroken: (listener) => void broken.promise.then(listener),
    finish: async () => {
      await new Promise<void>((resolve) => {
        socket.end(resolve);
        void broken.promise.then(resolve);
      });
      socket.destroy();
    },
    // Reset: what the system still holds for a printer that does not take it must not arrive later.
    drop: () => void socket.resetAndDestroy(),
  };
}
