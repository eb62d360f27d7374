import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { acknowledgeThrough } from '../../db/stores/acknowledgement.ts';
import { findHead } from '../../db/stores/event.ts';
import type { SealedReport } from '../../src-main/contract/report.ts';
import { createReview } from '../../src-main/services/review.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import { listStaff } from '../../db/stores/staff.ts';
import { createStaffAdmin } from '../../src-main/services/staff-admin.ts';
import type { Store } from '../../src-main/services/store.ts';
import { createFakeLog, createFakeRandomness, makeSealedReport, type FakeClock } from './fakes.ts';

/** Stands in every sealed report made here, so that what is left of one can be looked for on the disk. */
const canary = 'canary-in-the-sealed-words';

/** Files of a folder in which words of a report made here can be read. */
export function tracesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(canary));
}

/** A counter at which reports come in, are finished and acknowledged. */
export async function openCounter(store: Store, clock: FakeClock) {
  const log = createFakeLog();
  const admin = createStaffAdmin({ store, clock, randomness: createFakeRandomness() });
  await admin.add({ userName: 'demo', displayName: 'Prøve', roles: ['officer'] }, 'it');
  const [staff] = store.read(listStaff);
  if (staff === undefined) throw new Error('one of staff');
  const review = createReview({ store, clock, log, onChanged: () => undefined });
  return {
    receive(): SealedReport {
      const sealed = { ...makeSealedReport(), sealedReport: canary.repeat(200) };
      storeReport(store, sealed, '80mm');
      return sealed;
    },
    finish({ reportId }: SealedReport): void {
      for (const [index, act] of [review.claim, review.finish].entries())
        expect(act({ reportId, version: index + 1 }, staff)).toMatchObject({ kind: 'done' });
    },
    acknowledgeAll(): void {
      const { sequence, hash } = store.read(findHead);
      store.write((db) => acknowledgeThrough(db, sequence, hash, clock.now().toISOString()));
    },
  };
}
