import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createHttpDistrict } from '../../src-main/adapters/http-district.ts';
import { batchPath } from '../../src-main/contract/envelope.ts';
import { createDelivery } from '../../src-main/sync/delivery.ts';
import { createIntakeServer } from '../../src-district/http-server.ts';
import { makeChainKiosk } from '../helpers/event-chain.ts';
import { createRememberedIntake } from '../helpers/remembered-intake.ts';

const clock = { now: () => new Date(), monotonicMs: () => performance.now(), isTrusted: () => true };
const log = { note: () => undefined, warn: () => undefined };

/** A byte now and then, after a beginning. */
async function drip(url: string, beginning: string): Promise<net.Socket> {
  const { port } = new URL(url);
  const socket = net.connect(Number(port), '127.0.0.1');
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(beginning);
  const timer = setInterval(() => socket.write('x'), 50);
  socket.on('close', () => clearInterval(timer));
  return socket;
}

it('sixty callers that send a byte now and then, in the head or in the body, hold up no kiosk', async () => {
  const kiosk = await makeChainKiosk('07-120');
  const remembered = createRememberedIntake(kiosk.kioskId, kiosk.publicKey);
  const server = createIntakeServer({
    intake: {
      handleBatch: (input) => remembered.handleBatch(input),
      health: async () => ({ database: 'memory', isDurable: false }),
    },
  });
  const { url } = await server.listen(0, '127.0.0.1');
  const head = `POST ${batchPath} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n`;
  const beginnings = [`${head}x-more: `, `${head}content-length: 1000000\r\n\r\n{"version":`];
  const slow = await Promise.all(
    Array.from({ length: 60 }, (_, index) => drip(url, beginnings[index % 2] ?? '')),
  );
  onTestFinished(async () => {
    for (const socket of slow) socket.destroy();
    await server.close();
  });
  const line = createHttpDistrict({ url, certificateAuthority: null });
  const { outbox, signer, kioskId } = kiosk;
  const delivery = createDelivery({ outbox, signer, line, clock, log, kioskId, wait: () => sleep(5) });
  delivery.start();
  for (let round = 0; round < 5; round += 1) {
    kiosk.addReports(600);
    delivery.wake();
    await vi.waitFor(() => expect(outbox.undelivered()).toBe(0), { timeout: 20_000, interval: 5 });
  }
  expect(delivery.status().problem).toBeNull();
  expect(slow.filter((socket) => socket.destroyed)).toEqual([]);
  await delivery.stop();
  line.close();
  expect(remembered.kept).toEqual(kiosk.events);
});
