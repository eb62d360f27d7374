import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DatabaseRefusal } from '../../db/database-refusal.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { verifyAuditOf } from '../../src-main/app/audit-tools.ts';
import type { AuditAction } from '../../src-main/contract/audit.ts';
import type { AuditFilter } from '../../src-main/contract/desk-trust.ts';
import { createAuditTrail } from '../../src-main/services/audit-trail.ts';
import type { Store } from '../../src-main/services/store.ts';
import { createFakeClock } from '../helpers/fakes.ts';
import { makeFolder, openTestStore } from '../helpers/test-store.ts';

const all: AuditFilter = { actor: null, action: null, reference: null, from: null, to: null };

function add(store: Store, occurredAt: string, actor: string, action: AuditAction, subject = 'x'): void {
  store.write((db) => {
    appendAudit(db, { occurredAt, actor, action, subject });
  });
}

it('a question about one person, deed or local day finds every line of it, page by page', () => {
  const clock = createFakeClock();
  const store = openTestStore(clock);
  for (let minute = 0; minute < 60; minute += 1) {
    const time = `2026-11-20T14:${String(minute).padStart(2, '0')}:00.000Z`;
    add(store, time, 'holm', 'report-opened');
    add(store, time, 'skov', 'receipt-settled');
  }
  // Midnight in Copenhagen is 23:00 in winter: the first still belongs to the 20th, the second to the 21st.
  add(store, '2026-11-20T22:59:00.000Z', 'holm', 'review-claim');
  add(store, '2026-11-20T23:01:00.000Z', 'holm', 'review-finish');
  const trail = createAuditTrail({ store, clock, keys: () => null });
  const first = trail.page({ ...all, actor: 'holm', action: 'report-opened', beforeSequence: null });
  const second = trail.page({
    ...all,
    actor: 'holm',
    action: 'report-opened',
    beforeSequence: first.nextBeforeSequence,
  });
  const found = [...first.rows, ...second.rows];
  expect(found).toHaveLength(60);
  expect(new Set(found.map(({ sequence }) => sequence)).size).toBe(60);
  expect(found.every(({ actor, action }) => actor === 'holm' && action === 'report-opened')).toBe(true);
  const on = (from: string | null, to: string | null) =>
    trail.page({ ...all, from, to, beforeSequence: null }).rows.map(({ action }) => action);
  expect(on('2026-11-21', '2026-11-21')).toEqual(['review-finish']);
  expect(on('2026-11-20', '2026-11-20')[0]).toBe('review-claim');
  expect(on('2026-11-20', null).slice(0, 2)).toEqual(['review-finish', 'review-claim']);
  expect(on(null, '2026-11-20')[0]).toBe('review-claim');
  expect(on('2026-11-22', null)).toEqual([]);
});

it.each([
  ['its person', "UPDATE audit SET actor = 'skov' WHERE sequence = 3"],
  ['being taken out', 'DELETE FROM audit WHERE sequence = 3'],
])(
  'in a copied database a line altered in %s is the first bad one, and the copy stays as it was',
  async (_, sql) => {
    const dataDir = makeFolder();
    const store = openTestStore(createFakeClock(), dataDir);
    for (let line = 0; line < 2500; line += 1)
      add(store, '2026-11-20T14:00:00.000Z', 'holm', 'report-opened', String(line));
    const copy = (): string => {
      const file = join(makeFolder(), 'copied.db');
      for (const ending of ['', '-wal']) copyFileSync(join(dataDir, `skranke.db${ending}`), file + ending);
      return file;
    };
    const before = await verifyAuditOf(copy());
    expect(before).toEqual({ rows: 2501, ok: true, firstBad: null, signed: null });
    store.write((db) => db.run(sql));
    const file = copy();
    expect(await verifyAuditOf(file)).toMatchObject({ ok: false, firstBad: 3 });
    // The same again: nothing was moved out of the log beside it.
    expect(await verifyAuditOf(file)).toMatchObject({ ok: false, firstBad: 3 });
  },
);

it('a file that is not there is refused in words', async () => {
  await expect(verifyAuditOf(join(makeFolder(), 'none.db'))).rejects.toBeInstanceOf(DatabaseRefusal);
});
