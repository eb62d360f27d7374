import { readConfig } from '../app/config.ts';
import { ownDistrict, readDistrictKeys, readDistricts } from '../app/district-keys.ts';
import { openLog } from '../app/log.ts';
import { countHidden, reportsInSight } from '../app/reports-in-sight.ts';
import { referenceNumberSchema } from '../contract/ids.ts';
import type { TransferRefusal } from '../contract/transfer-api.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { noteReceived } from '../../src-district/notices.ts';
import { openReports } from '../../src-district/open-sealed.ts';
import { findByReference } from '../../src-district/report-events.ts';
import { listReports } from '../../src-district/reports.ts';
import { importKeys } from '../../src-district/sealed-document.ts';
import { transact } from '../../src-district/transact.ts';
import { handOverDue, handReport, type Giver, type Handed } from '../../src-district/transfer-due.ts';
import { listTransfers } from '../../src-district/turns.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

export interface TransferOptions {
  readonly json: boolean;
  readonly keys: string | undefined;
  readonly to: string | undefined;
  readonly reason: string | undefined;
  readonly showsContact: boolean;
}

const sentences: Readonly<Record<TransferRefusal, string>> = {
  'unknown-report': 'this district does not have that report.',
  'unknown-district':
    'no key of that district is here. Lay its public key into the folder of keys, then repeat.',
  'own-district': 'it is at this district already.',
  'unknown-event': 'something was added meanwhile. Repeat.',
  'other-key': 'the intake knows another key of that district. Repeat with its folder of keys.',
  'report-key-missing': 'none of the private keys here opens it, so it cannot be handed on.',
};

/** `skranke district transfer REFERENCE|due|receive REFERENCE|list`. */
export async function transferCommand(
  database: IntakeDatabase,
  [action, typed]: readonly string[],
  options: TransferOptions,
): Promise<number> {
  if (action === 'list') return listAll(database, options.json);
  if (action === undefined || options.keys === undefined)
    throw new UsageError(
      'district transfer: expected REFERENCE, "due", "receive REFERENCE" or "list", and --keys DIR.',
    );
  const giver = await openGiver(database, options.keys);
  if (action === 'due') return tell(await handOverDue(giver), options.json);
  if (action === 'receive') return receive(giver, await findReport(database, typed), options);
  if (options.to === undefined)
    throw new UsageError('district transfer: expected --to with the id of a district.');
  const reportId = await findReport(database, action);
  return reportId === null
    ? 1
    : tell([await handReport(giver, reportId, options.to, options.reason ?? null)], options.json);
}

async function openGiver(database: IntakeDatabase, folder: string): Promise<Giver> {
  const keys = await readDistrictKeys(folder);
  const config = await readConfig({ configFile: null, dataDir: null });
  const districts = await readDistricts(folder, config);
  const own = ownDistrict(folder, districts, keys);
  return { database, districts, own, openers: await importKeys(keys) };
}

/** Null after a sentence. */
async function findReport(database: IntakeDatabase, typed: string | undefined): Promise<string | null> {
  const reference = referenceNumberSchema.safeParse((typed ?? '').replaceAll(/[\s-]/g, ''));
  if (!reference.success)
    throw new UsageError('district transfer: expected a reference number of twelve digits.');
  const found = await database.transaction((transaction) => findByReference(transaction, reference.data));
  const [reportId] = found;
  if (reportId !== undefined && found.length === 1) return reportId;
  complain(found.length === 0 ? 'no report has that number here.' : 'more than one report has that number.');
  return null;
}

function tell(handed: readonly Handed[], isForProgram: boolean): number {
  for (const one of handed) {
    if (isForProgram) say(JSON.stringify(one));
    else if (!one.ok) complain(`report ${one.reportId} to ${one.to}: ${sentences[one.problem]}`);
    else say(describe(one));
  }
  if (handed.length === 0 && !isForProgram) say('Nothing is due.');
  const refused = handed.filter(({ ok }) => !ok);
  if (refused.length > 0) openLog().warn('transfer-refused', { reports: refused.length });
  return refused.length === 0 ? 0 : 1;
}

function describe({ transfer, isNew, unreadable }: Extract<Handed, { ok: true }>): string {
  const { reportId, to, transferredAt, receivedAt } = transfer;
  const received = receivedAt === null ? 'not received yet' : `received ${receivedAt}`;
  const what = isNew ? 'handed over' : `was handed over before, ${transferredAt}, ${received}`;
  const left = unreadable === 0 ? '' : `; ${String(unreadable)} documents do not open here and stayed`;
  return `Report ${reportId} to ${to}: ${what}${left}.`;
}

/** Shown first, then noted: what could not be read was not received. */
async function receive(
  { database, own }: Giver,
  reportId: string | null,
  { keys, showsContact }: TransferOptions,
): Promise<number> {
  if (reportId === null || keys === undefined) return 1;
  const kept = (await listReports(database, '', reportId)).filter(({ transfers }) =>
    transfers.some(({ transfer }) => transfer.to === own.district),
  );
  const opened = await openReports(kept, await readDistrictKeys(keys));
  const [first] = opened;
  if (first === undefined || first.report === null) {
    complain(
      first === undefined
        ? `nobody handed that report to ${own.districtId}.`
        : 'it does not open with the private keys here.',
    );
    return 1;
  }
  if (showsContact) openLog().note('contact-shown', { reports: countHidden(opened) });
  for (const one of showsContact ? opened : reportsInSight(opened)) say(JSON.stringify(one));
  await transact(database, (transaction) =>
    noteReceived(transaction, {
      ...{ district: own.district, reportId },
      by: 'district transfer receive',
      through: Number.MAX_SAFE_INTEGER,
    }),
  );
  return 0;
}

async function listAll(database: IntakeDatabase, isForProgram: boolean): Promise<number> {
  for (const one of await listTransfers(database)) {
    const { reference, from, to, transferredAt, receivedAt } = one;
    say(
      isForProgram
        ? JSON.stringify(one)
        : `${reference}\t${from} to ${to}\t${transferredAt}\t${receivedAt === null ? 'not received' : `received ${receivedAt}`}`,
    );
  }
  return 0;
}
