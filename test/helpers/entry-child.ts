/*
 * A kiosk without screens, to be killed: `node entry-child.ts FOLDER`. Makes one report and two colleagues where there are
 * none, adds entries to it without end, and writes one line per answer after it is known: the outcome and the entry id. Every
 * fifth is a lane; now and then a colleague claims, rejects and opens it again, so that their commits can be hit too.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { countReports, findReport } from '../../db/stores/report.ts';
import { insertStaff, listStaff } from '../../db/stores/staff.ts';
import { createSystemClock } from '../../src-main/adapters/clock.ts';
import { entryIdSchema, kioskIdSchema, reportIdSchema } from '../../src-main/contract/ids.ts';
import { claimFolder } from '../../src-main/services/claim-folder.ts';
import { createEntries } from '../../src-main/services/entries.ts';
import { createReview } from '../../src-main/services/review.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import { openStore } from '../../src-main/services/store.ts';
import { createFakeLog, makeSealedReport, makeStaff } from './fakes.ts';

const [dataDir = ''] = process.argv.slice(2);
const clock = createSystemClock(new Date(0));
const log = createFakeLog();
const migrationsDir = join(import.meta.dirname, '../../db/migrations');
const store = openStore({ dataDir, migrationsDir, clock, log });
claimFolder(store, clock, { kioskId: kioskIdSchema.parse('07-120'), mode: 'enrolled' });

/** Killed before it was whole, the scene is made anew. */
if (store.read((db) => listStaff(db)).length === 0)
  store.write((db) => {
    const now = clock.now().toISOString();
    for (const name of ['Anna', 'Bo'])
      insertStaff(db, { staff: makeStaff(name), pinHash: '$argon2id$test' }, now);
  });
if (store.read(countReports) === 0) storeReport(store, makeSealedReport(), '80mm');

const [staff] = store.read((db) => listStaff(db));
const row = store.read((db) => db.get('SELECT report_id FROM report'));
const reportId = reportIdSchema.parse(Object(row).report_id);
if (staff === undefined) throw new Error('nobody works here');
const entries = createEntries({ store, clock, onChanged: () => undefined });
const review = createReview({ store, clock, log, onChanged: () => undefined });
const say = (line: string): void => void writeSync(1, `${line}\n`);

for (let n = 0; ; n += 1) {
  const report = store.read((db) => findReport(db, reportId));
  if (report === null) throw new Error('the report is gone');
  const { version, state } = report;
  if (state === 'finished') review.reopen({ reportId, version }, staff);
  else if (state === 'new') review.claim({ reportId, version }, staff);
  else {
    const entryId = entryIdSchema.parse(randomUUID());
    const kind = n % 9 === 8 ? 'rejection' : n % 5 === 4 ? 'lane' : 'note';
    const addition = { reportId, version, entryId, kind, sealedEntry: 'x'.repeat(3000) } as const;
    const lane = n % 2 === 0 ? ('self' as const) : ('assisted' as const);
    const outcome = entries.add(kind === 'lane' ? { ...addition, lane } : addition, staff);
    say(`${outcome.kind} ${entryId}`);
  }
}
