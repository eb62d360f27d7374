/* Deletes what is over, to be killed: `node purge-child.ts FOLDER NOW`. */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { saveLook } from '../../db/stores/keeping.ts';
import { createKeeping } from '../../src-main/services/keeping.ts';
import { openStore } from '../../src-main/services/store.ts';
import { systemTimers } from '../../src-main/services/timers.ts';
import { createFakeClock, createFakeLog } from './fakes.ts';

const [dataDir = '', now = ''] = process.argv.slice(2);
const clock = createFakeClock(now);
const log = createFakeLog();
const store = openStore({
  dataDir,
  migrationsDir: join(import.meta.dirname, '../../db/migrations'),
  clock,
  log,
});
const daysAgo = (days: number): string => new Date(Date.parse(now) - days * 86_400_000).toISOString();
store.write((db) => saveLook(db, { lookedAt: daysAgo(1), steadySince: daysAgo(2) }));
const keeping = createKeeping({
  ...{ store, clock, log, timers: systemTimers },
  times: { reportDays: 30, auditDays: 730 },
  onPurged: () => undefined,
});
writeSync(1, 'looking\n');
const purged = await keeping.look();
writeSync(1, `done ${String(purged)}\n`);
store.close();
