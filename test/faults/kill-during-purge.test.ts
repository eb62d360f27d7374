import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findFirstBadAudit } from '../../db/stores/audit.ts';
import { findFirstBadEvent } from '../../db/stores/event.ts';
import { openCounter, tracesIn } from '../helpers/kept-reports.ts';
import { createFakeClock } from '../helpers/fakes.ts';
import { makeFolder, openTestDatabase, openTestStore } from '../helpers/test-store.ts';

const reports = 300;
const kills = 25;
const later = '2027-03-01T12:00:00.000Z';

/** Kills it so many milliseconds after it began to look; never: lets it end. @returns whether it ended by itself. */
function purge(folder: string, killAfterMs: number | null): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '../helpers/purge-child.ts'), folder, later],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output === '' && killAfterMs !== null) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve(code === 0);
      else reject(new Error(errors));
    });
  });
}

/** Every report is whole or gone whole, and the log tells which. @returns how many are gone. */
function checkEach(folder: string): number {
  const database = openTestDatabase(folder);
  try {
    return database.read((db) => {
      const count = (sql: string): number => Number(Object(db.get(`SELECT count(*) AS n FROM ${sql}`)).n);
      const gone = count('purged_report');
      expect(count('report')).toBe(reports - gone);
      expect(count("event WHERE kind = 'report-received' AND body IS NULL")).toBe(gone);
      expect(count("event WHERE kind = 'review-changed' AND body IS NULL")).toBe(gone * 2);
      expect(count("event WHERE kind = 'report-purged'")).toBe(gone);
      expect(count("audit WHERE action = 'report-purged'")).toBe(gone);
      expect(count('print_job p JOIN report r USING (sequence, reference)')).toBe(reports - gone);
      expect([findFirstBadEvent(db), findFirstBadAudit(db)]).toEqual([null, null]);
      expect(db.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
      return gone;
    });
  } finally {
    database.close();
  }
}

it(`${String(kills)} kills while reports are deleted: each is whole or gone, and at last no word of them is on the disk`, async () => {
  const folder = makeFolder();
  const clock = createFakeClock();
  const store = openTestStore(clock, folder);
  const counter = await openCounter(store, clock);
  for (let n = 0; n < reports; n += 1) counter.finish(counter.receive());
  counter.acknowledgeAll();
  store.close();
  expect(tracesIn(folder)).not.toEqual([]);
  let ended = 0;
  const gone: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    if (await purge(folder, kill)) ended += 1;
    gone.push(checkEach(folder));
  }
  expect(gone).toEqual(gone.toSorted((a, b) => a - b));
  // Killed in the middle, not only before and after.
  expect(gone.some((count) => count > 0 && count < reports)).toBe(true);
  expect(ended).toBeLessThan(kills);
  await purge(folder, null);
  expect(checkEach(folder)).toBe(reports);
  expect(tracesIn(folder)).toEqual([]);
});
