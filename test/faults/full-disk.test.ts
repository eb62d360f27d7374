import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFirstBadAudit } from '../../db/stores/audit.ts';
import { findFirstBadEvent } from '../../db/stores/event.ts';
import { hasReport } from '../../db/stores/report.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import type { Store } from '../../src-main/services/store.ts';
import { createFakeClock, makeSealedReport } from '../helpers/fakes.ts';
import { checkWhole } from '../helpers/submit-folder.ts';
import { makeFolder, openTestStore } from '../helpers/test-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'skranke-small-disk-'));

function mount(): boolean {
  const outcome = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder], { stdio: 'ignore' });
  if (outcome.status === 0) return true;
  rmSync(folder, { recursive: true });
  // Told to `npm test`, as test/helpers/needs.ts does for missing tools.
  const file = process.env['SKRANKE_SKIPS'] ?? '';
  if (file !== '')
    appendFileSync(
      file,
      'skipped: the small disk of test/faults/full-disk.test.ts, because mounting is refused on this machine\n',
    );
  return false;
}

/** Fills the disk but for `leftBytes`. */
function fill(leftBytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'filling'), Buffer.alloc(Math.max(0, bavail * bsize - leftBytes)));
}

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

const isMounted = mount();

describe.skipIf(!isMounted)('a small disk', () => {
  beforeAll(() => {
    expect(isMounted).toBe(true);
  });
  afterAll(() => {
    spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([0, 100_000, 1_000_000])(
    'with %i bytes left: refused as "full", nothing promised is lost',
    (left) => {
      const dataDir = join(folder, `data-${left}`);
      const clock = createFakeClock();
      const store = openTestStore(clock, dataDir);
      fill(left);
      const { promised, reason } = submitUntilRefused(store, 5000);
      expect([reason, store.health()]).toEqual(['full', 'full']);
      // What is there can still be read, and the chains are whole.
      expect(store.read((db) => [findFirstBadEvent(db), findFirstBadAudit(db)])).toEqual([null, null]);
      clock.advance(60_000);
      expect(store.health()).toBe('full');
      rmSync(join(folder, 'filling'));
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
    fill(0);
    const clock = createFakeClock();
    const second = openTestStore(clock, dataDir);
    expect(second.read((db) => hasReport(db, sealed.reportId))).toBe(true);
    expect(submitUntilRefused(second, 5000).reason).toBe('full');
    expect(second.health()).toBe('full');
    rmSync(join(folder, 'filling'));
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
