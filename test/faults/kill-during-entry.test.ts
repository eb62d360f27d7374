import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../db/open-database.ts';
import { findFirstBadAudit } from '../../db/stores/audit.ts';
import { findFirstBadEvent } from '../../db/stores/event.ts';
import { readAnswers } from '../helpers/submit-folder.ts';
import { makeFolder, migrationsDir } from '../helpers/test-store.ts';

const kills = 60;
const lanes = 2;
const entryChild = join(import.meta.dirname, '../helpers/entry-child.ts');

/** Lets a desk add entries in a loop and kills its kiosk without warning. @returns everything it had answered. */
function addAndKill(folder: string, afterMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entryChild, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    let isArmed = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (isArmed || !output.includes('done ')) return;
      isArmed = true;
      setTimeout(() => child.kill('SIGKILL'), afterMs);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.once('error', reject);
    child.once('close', (_code, signal) => {
      if (signal === 'SIGKILL') resolve(output);
      else reject(new Error(`the kiosk ended by itself: ${output.slice(-200)} ${errors.slice(-2000)}`));
    });
  });
}

/** As the next start finds it: every entry whole, with its event and its audit line. @returns the ids that are there. */
function checkEntries(folder: string): Set<string> {
  const database = openDatabase({ file: join(folder, 'skranke.db'), migrationsDir });
  try {
    return database.read((db) => {
      const ids = (sql: string): string[] =>
        db
          .all(sql)
          .map((row) => String(Object(row).id))
          .toSorted();
      const count = (sql: string): number => Number(Object(db.get(sql)).count);
      const there = ids('SELECT entry_id AS id FROM entry');
      expect(
        ids("SELECT json_extract(body, '$.entryId') AS id FROM event WHERE kind = 'entry-added'"),
      ).toEqual(there);
      expect(count("SELECT count(*) AS count FROM audit WHERE action LIKE 'entry-%'")).toBe(there.length);
      // A rejection and the end of the report are true together or not at all.
      expect(count("SELECT count(*) AS count FROM audit WHERE action = 'review-finish'")).toBe(
        count("SELECT count(*) AS count FROM entry WHERE kind = 'rejection'"),
      );
      // One version for each thing that was done, from the first on.
      expect(count('SELECT version AS count FROM report')).toBe(
        1 +
          there.length +
          count("SELECT count(*) AS count FROM audit WHERE action IN ('review-claim', 'review-reopen')"),
      );
      expect([findFirstBadEvent(db), findFirstBadAudit(db)]).toEqual([null, null]);
      return new Set(there);
    });
  } finally {
    database.close();
  }
}

it(`${kills} kills while staff add entries: what was called done is there once, and nothing is half`, async () => {
  let done = 0;
  let promises = 0;
  const runLane = async (lane: number): Promise<void> => {
    const folder = makeFolder();
    const promised = new Set<string>();
    while (done < kills) {
      done += 1;
      const { kinds } = readAnswers(await addAndKill(folder, 3 + ((done * 7 + lane * 3) % 41)));
      for (const entryId of kinds.get('done') ?? []) promised.add(entryId);
      expect([...kinds.keys()].filter((kind) => kind !== 'done')).toEqual([]);
      const there = checkEntries(folder);
      expect([...promised].filter((entryId) => !there.has(entryId))).toEqual([]);
      // At most the one that was being answered at each kill.
      expect(there.size - promised.size).toBeLessThanOrEqual(done);
    }
    promises += promised.size;
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(lane)));
  expect(promises).toBeGreaterThan(kills);
});
