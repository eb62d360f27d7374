import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findFirstBadAudit } from '../../db/stores/audit.ts';
import { findFirstBadEvent } from '../../db/stores/event.ts';
import { hasReport } from '../../db/stores/report.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import type { Store } from '../../src-main/services/store.ts';
import { createFakeClock, makeSealedReport } from '../helpers/fakes.ts';
import { mountSmallDisk, noDisk } from '../helpers/small-disk.ts';
import { checkWhole } from '../helpers/submit-folder.ts';
import { makeFolder, openTestStore } from '../helpers/test-store.ts';

const disk = mountSmallDisk(16, 'test/faults/full-disk.test.ts');

/** Submits until the store says no. @returns what it promised. */
function submitUntilRefused(store: Store, most: number): { promised: string[]; reason: string } {
  const promised: string[] = [];
  for (let n = 0; n < most; n += 1) {
    const sealed = makeSealedReport(4000);
    const outcome = storeReport(store, sealed, '80mm');
    if (outcome.kind !== 'written') {
      expect(store.read((db) => hasReport(db, sealed.reportId))).toBe(false);
      return { promised, reason: outcome.kind === 'not-written' ? outcome.reason : outcome.kind };
    }
    promised.push(sealed.reportId);
  }
  return { promised, reason: 'never refused' };
}

describe.skipIf(disk === null)('a small disk', () => {
  const small = disk ?? noDisk;
  const { folder } = small;
  afterAll(() => small.unmount());

  it.each([0, 100_000, 1_000_000])(
    'with %i bytes left: refused as "full", nothing promised is lost',
    (left) => {
      const dataDir = join(folder, `data-${left}`);
      const clock = createFakeClock();
      const store = openTestStore(clock, dataDir);
      small.fill(left);
      const { promised, reason } = submitUntilRefused(store, 5000);
      expect([reason, store.health()]).toEqual(['full', 'full']);
      // What is there can still be read, and the chains are whole.
      expect(store.read((db) => [findFirstBadEvent(db), findFirstBadAudit(db)])).toEqual([null, null]);
      clock.advance(60_000);
      expect(store.health()).toBe('full');
      small.makeRoom();
      clock.advance(60_000);
      expect(store.health()).toBe('healthy');
      expect(submitUntilRefused(store, 3)).toMatchObject({ reason: 'never refused' });
      store.close();
      const there = checkWhole(dataDir, true);
      expect(promised.filter((id) => !there.has(id))).toEqual([]);
      rmSync(dataDir, { recursive: true });
    },
  );

  it('a start on a full disk: reports can be read, nothing new is promised, and with room it goes on', () => {
    const dataDir = join(folder, 'data-start');
    const first = openTestStore(createFakeClock(), dataDir);
    const sealed = makeSealedReport(4000);
    storeReport(first, sealed, '80mm');
    first.close();
    small.fill(0);
    const clock = createFakeClock();
    const second = openTestStore(clock, dataDir);
    expect(second.read((db) => hasReport(db, sealed.reportId))).toBe(true);
    expect(submitUntilRefused(second, 5000).reason).toBe('full');
    expect(second.health()).toBe('full');
    small.makeRoom();
    clock.advance(60_000);
    expect(second.health()).toBe('healthy');
    second.close();
    checkWhole(dataDir, true);
    rmSync(dataDir, { recursive: true });
  });
});

it('without a disk of its own: a database that may not grow says "full" and keeps nothing half', () => {
  const dataDir = makeFolder();
  const store = openTestStore(createFakeClock(), dataDir);
  const pages = store.read((db) => Number(Object.values(Object(db.get('PRAGMA page_count')))[0]));
  store.read((db) => db.get(`PRAGMA max_page_count = ${pages + 20}`));
  const { promised, reason } = submitUntilRefused(store, 1000);
  expect(reason).toBe('full');
  store.close();
  expect([...checkWhole(dataDir, true)].toSorted()).toEqual(promised.toSorted());
});
