import { EventEmitter } from 'node:events';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { os, type RouterClient } from '@orpc/server';
import { experimental_RPCHandler as RpcHandler } from '@orpc/server/crossws';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { connectPort, type Frames } from '../../../src-main/hosts/electron/connect-port.ts';

/** Two ends of one channel, as MessagePortMain gives them. */
class PortEnd extends EventEmitter {
  other: PortEnd | null = null;
  isClosed = false;
  postMessage(data: unknown): void {
    const { other } = this;
    if (!this.isClosed) queueMicrotask(() => other?.emit('message', { data }));
  }
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.emit('close');
    this.other?.close();
  }
}

function channel(): { mine: PortEnd; theirs: PortEnd } {
  const mine = new PortEnd();
  const theirs = new PortEnd();
  mine.other = theirs;
  theirs.other = mine;
  return { mine, theirs };
}

const router = {
  greet: os.handler(() => 'hello'),
  count: os.handler(async function* () {
    yield 1;
    yield 2;
  }),
};

function serve() {
  const { mine, theirs } = channel();
  const handler = new RpcHandler(router);
  const frames = {
    take: vi.fn<Frames['take']>((peer, frame) => handler.message(peer, frame, { context: {} })),
    close: vi.fn<Frames['close']>((peer) => {
      handler.close(peer);
    }),
    onBadFrame: vi.fn(),
  };
  connectPort(mine, frames);
  return { theirs, frames };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a port', () => {
  test('answers calls and streams', async () => {
    const { theirs, frames } = serve();
    const client: RouterClient<typeof router> = createORPCClient(new RPCLink({ port: theirs }));
    expect(await client.greet()).toBe('hello');
    const counted: number[] = [];
    for await (const one of await client.count()) counted.push(one);
    expect(counted).toEqual([1, 2]);
    theirs.close();
    expect(frames.close).toHaveBeenCalledOnce();
  });

  test.each([
    ['words that are no call', 'PRIVATE not json'],
    ['an object', { i: '1' }],
    ['nothing', null],
    ['a number', 7],
    ['bytes that are no call', new Uint8Array([1, 2, 3])],
    ['more than half a megabyte', 'x'.repeat(600 * 1024)],
  ])('%s close it, and nothing of it is printed', async (_name, message) => {
    const printed = [vi.spyOn(console, 'error'), vi.spyOn(console, 'log'), vi.spyOn(process.stderr, 'write')];
    const { theirs, frames } = serve();
    theirs.postMessage(message);
    await vi.waitFor(() => expect(theirs.isClosed).toBe(true), { timeout: 20_000 });
    expect(frames.onBadFrame).toHaveBeenCalledOnce();
    expect(frames.close).toHaveBeenCalledOnce();
    for (const spy of printed) expect(JSON.stringify(spy.mock.calls)).not.toContain('PRIVATE');
  });
});
