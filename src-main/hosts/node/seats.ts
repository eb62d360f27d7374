import type { WebSocket } from 'ws';

/** Pages from one address; several desks may share one behind a terminal server. */
const mostPerAddress = 16;

/** Whoever has no right to be here must not sit on every place there is. */
export class Seats {
  private readonly taken = new Map<string, number>();

  isFree(address: string): boolean {
    return (this.taken.get(address) ?? 0) < mostPerAddress;
  }

  take(address: string, socket: WebSocket): void {
    this.taken.set(address, (this.taken.get(address) ?? 0) + 1);
    socket.once('close', () => {
      const left = (this.taken.get(address) ?? 1) - 1;
      if (left === 0) this.taken.delete(address);
      else this.taken.set(address, left);
    });
  }
}
