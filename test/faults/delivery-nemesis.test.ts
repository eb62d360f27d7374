import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createHttpDistrict } from '../../src-main/adapters/http-district.ts';
import { createDelivery } from '../../src-main/sync/delivery.ts';
import { createIntake } from '../../src-district/intake.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { listReports } from '../../src-district/reports.ts';
import { makeChainKiosk } from '../helpers/event-chain.ts';
import { faults, startFaultyDistrict, type FaultyDistrict } from '../helpers/faulty-district.ts';
import { openOrFail } from '../helpers/opening.ts';

const clock = { now: () => new Date(), monotonicMs: () => performance.now(), isTrusted: () => true };
const log = { note: () => undefined, warn: () => undefined };
const soon = { timeout: 60_000, interval: 2 };

/* What goes wrong, for how long, and how much is received meanwhile; a failing run prints its seed. */
const mishap = fc.record({
  what: fc.constantFrom(...faults, 'down' as const, 'restarted kiosk' as const, 'nothing' as const),
  reports: fc.integer({ min: 0, max: 150 }),
  ms: fc.integer({ min: 0, max: 30 }),
});

let database: IntakeDatabase;
beforeAll(async () => {
  database = await openOrFail('pglite:memory');
});
afterAll(() => database.close());

async function goWrong(
  district: FaultyDistrict,
  what: (typeof faults)[number] | 'down',
  ms: number,
): Promise<void> {
  if (what === 'down') {
    await district.down();
    await sleep(ms);
    await district.up();
  } else {
    district.breakWith(what);
    await sleep(ms);
    district.heal();
  }
}

let kiosks = 0;

it('whatever goes wrong in whatever order, healed at last everything is there once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(mishap, { minLength: 4, maxLength: 12 }), async (mishaps) => {
      kiosks += 1;
      const kiosk = await makeChainKiosk(`07-${String(kiosks).padStart(3, '0')}`);
      const intake = createIntake({ database, kioskKeys: new Map([[kiosk.kioskId, kiosk.publicKey]]) });
      const district = await startFaultyDistrict((input) => intake.handleBatch(input));
      // Short, because an attempt that was too hasty only has to be made again.
      const deadlines = { connectMs: 700, totalMs: 700 };
      const start = () => {
        const line = createHttpDistrict({ url: district.url, certificateAuthority: null, deadlines });
        const { outbox, signer, kioskId } = kiosk;
        const delivery = createDelivery({ outbox, signer, line, clock, log, kioskId, wait: () => sleep(1) });
        delivery.start();
        return { delivery, line };
      };
      const stop = async ({ delivery, line }: ReturnType<typeof start>): Promise<void> => {
        await delivery.stop();
        line.close();
      };
      let running = start();
      for (const { what, reports, ms } of mishaps) {
        kiosk.addReports(reports);
        running.delivery.wake();
        if (what === 'restarted kiosk') {
          await stop(running);
          running = start();
        } else if (what !== 'nothing') await goWrong(district, what, ms);
      }
      await vi.waitFor(() => expect(kiosk.outbox.undelivered()).toBe(0), soon);
      await stop(running);
      await district.close();
      const kept = await listReports(database, kiosk.kioskId);
      expect(kept.map((report) => report.sealed.reportId)).toEqual(
        kiosk.events.map((event) => event.reportId),
      );
    }),
    { numRuns: 20 },
  );
});
