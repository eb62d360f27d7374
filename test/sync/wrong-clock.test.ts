import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createHttpDistrict } from '../../src-main/adapters/http-district.ts';
import { createOutbox } from '../../src-main/services/outbox.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import { createDelivery } from '../../src-main/sync/delivery.ts';
import { createIntake } from '../../src-district/intake.ts';
import { listReports } from '../../src-district/reports.ts';
import { makeChainKiosk } from '../helpers/event-chain.ts';
import { createFakeClock, makeSealedReport } from '../helpers/fakes.ts';
import { startFaultyDistrict } from '../helpers/faulty-district.ts';
import { openOrFail } from '../helpers/opening.ts';
import { openTestStore, testKiosk } from '../helpers/test-store.ts';

it('a clock that begins in 1970, leaps on and falls back: delivered in the order received, once, and no wait grows with it', async () => {
  const { signer, publicKey } = await makeChainKiosk(testKiosk);
  const clock = createFakeClock('1970-01-01T00:00:10.000Z');
  clock.distrust();
  const store = openTestStore(clock);
  const database = await openOrFail('pglite:memory');
  onTestFinished(() => database.close());
  const intake = createIntake({ database, kioskKeys: new Map([[testKiosk, publicKey]]) });
  const district = await startFaultyDistrict((input) => intake.handleBatch(input));
  onTestFinished(() => district.close());
  const line = createHttpDistrict({ url: district.url, certificateAuthority: null });
  onTestFinished(() => line.close());
  const waits: number[] = [];
  const delivery = createDelivery({
    ...{ clock, signer, line, kioskId: testKiosk, log: { note: () => undefined, warn: () => undefined } },
    outbox: createOutbox({ store, clock, onAcknowledged: () => undefined }),
    async wait(ms) {
      waits.push(ms);
      await sleep(1);
    },
  });
  const received: string[] = [];
  const receive = (): void => {
    const sealed = { ...makeSealedReport(), receivedAt: clock.now().toISOString() };
    received.push(sealed.reportId);
    storeReport(store, sealed, '80mm');
    delivery.wake();
  };
  district.breakWith('error-500');
  delivery.start();
  const years = 56 * 365 * 86_400_000;
  for (const leapMs of [0, years, -years, 3_600_000, years * 2, -years * 2]) {
    clock.leap(leapMs);
    const before = waits.length;
    receive();
    await vi.waitFor(() => expect(waits.length).toBeGreaterThan(before), { timeout: 20_000, interval: 2 });
  }
  district.heal();
  await vi.waitFor(() => expect(delivery.status().undelivered).toBe(0), { timeout: 20_000, interval: 5 });
  await delivery.stop();
  expect((await listReports(database)).map(({ sealed }) => sealed.reportId)).toEqual(received);
  expect(Math.max(...waits)).toBeLessThanOrEqual(300_000);
});
