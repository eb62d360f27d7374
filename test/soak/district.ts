import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { OpeningKey } from '../../src-main/contract/keys.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { openReports } from '../../src-district/open-sealed.ts';
import { listReports } from '../../src-district/reports.ts';
import { verifyLogs } from '../../src-district/verify.ts';
import { startDistrictServe, type IntakeChild } from '../helpers/intake-child.ts';
import { openOrFail } from '../helpers/opening.ts';
import type { PostgresCluster } from '../helpers/postgres.ts';
import type { DistrictCopy } from './judge.ts';

type Start = (databaseUrl: string, keys: string, port?: number) => Promise<IntakeChild>;

export interface SoakDistrictParts {
  readonly databaseUrl: string;
  /** Null: the database lives inside the one intake. */
  readonly cluster: PostgresCluster | null;
  readonly keys: string;
  readonly instances: number;
  /** The command districts use, unless a bug is planted around it. */
  readonly startIntake?: Start;
}

/** The district's side: intakes in processes of their own, over one database. */
export interface SoakDistrict {
  readonly urls: readonly string[];
  killIntake(which: number): Promise<void>;
  startIntake(which: number): Promise<void>;
  /** SIGTERM, and up again. */
  restartIntake(which: number): Promise<void>;
  /** Stops it where it stands, and lets it go on. */
  freezeIntake(which: number, ms: number): Promise<void>;
  killIntakes(): Promise<void>;
  /** kill -9 to everything that is up, the database last; then only the database is up. */
  killAll(): Promise<void>;
}

export async function startSoakDistrict(parts: SoakDistrictParts): Promise<SoakDistrict> {
  const { databaseUrl, cluster, keys, instances, startIntake = startDistrictServe } = parts;
  const intakes: IntakeChild[] = [];
  for (let n = 0; n < instances; n += 1) intakes.push(await startIntake(databaseUrl, keys));
  const urls = intakes.map(({ url }) => url);
  const at = (which: number): IntakeChild => {
    const intake = intakes[which % instances];
    if (intake === undefined) throw new Error('no such instance');
    return intake;
  };
  const start = async (which: number): Promise<void> => {
    const port = Number(new URL(at(which).url).port);
    intakes[which % instances] = await startIntake(databaseUrl, keys, port);
  };
  const killIntakes = async (): Promise<void> => {
    await Promise.all(intakes.map((intake) => intake.end('SIGKILL')));
  };
  return {
    urls,
    killIntake: (which) => at(which).end('SIGKILL'),
    startIntake: start,
    async restartIntake(which) {
      await at(which).end('SIGTERM');
      await start(which);
    },
    async freezeIntake(which, ms) {
      at(which).process.kill('SIGSTOP');
      await sleep(ms);
      at(which).process.kill('SIGCONT');
    },
    killIntakes,
    async killAll() {
      await killIntakes();
      await cluster?.kill();
      await cluster?.start();
    },
  };
}

const eventRows = z.array(
  z
    .object({
      kiosk_id: z.string(),
      sequence: z.coerce.number().int(),
      kind: z.string(),
      report_id: z.string(),
      hash: z.string(),
      parked: z.string().nullable(),
    })
    .transform(({ kiosk_id, report_id, ...event }) => ({ ...event, kioskId: kiosk_id, reportId: report_id })),
);
const reportRows = z.array(
  z.object({ report_id: z.string() }).transform(({ report_id }) => ({ reportId: report_id })),
);

/** Everything the district has, opened with its key. No intake may be up over a PGlite folder. */
export async function readDistrict(databaseUrl: string, key: OpeningKey): Promise<DistrictCopy> {
  const database = await openOrFail(databaseUrl);
  try {
    const [events, reports] = await readRows(database);
    const opened = await openReports(await listReports(database), [key]);
    const { bad } = await verifyLogs(database);
    return {
      events,
      reports,
      opened: new Map(opened.map(({ kept, report }) => [kept.sealed.reportId, report])),
      bad: bad.map(({ kioskId, sequence, problem }) => `event ${sequence} of ${kioskId} is ${problem}`),
    };
  } finally {
    await database.close();
  }
}

function readRows(database: IntakeDatabase): Promise<[DistrictCopy['events'], DistrictCopy['reports']]> {
  return database.transaction(async (transaction) => [
    eventRows.parse(
      await transaction.query(
        'SELECT kiosk_id, sequence::text AS sequence, kind, report_id, hash, parked FROM event',
      ),
    ),
    reportRows.parse(await transaction.query('SELECT report_id::text AS report_id FROM report')),
  ]);
}
