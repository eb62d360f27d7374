import type {
  HandedKey,
  Transfer,
  TransferRefusal,
  TransferRequest,
} from '../src-main/contract/transfer-api.ts';
import type { IntakeDistrict } from './districts.ts';
import type { IntakeDatabase, IntakeTransaction } from './intake-database.ts';
import { appendNotice } from './notices.ts';
import { findReportRow, readEventsOfReport, type EventOfReport } from './report-events.ts';
import { transact } from './transact.ts';
import { insertTurn, placeName, readTurns, sealedParts, type Turn } from './turns.ts';

export type TransferOutcome =
  | { readonly ok: true; readonly transfer: Transfer; readonly isNew: boolean }
  | { readonly ok: false; readonly problem: TransferRefusal };

/** Whose kiosk took it in, or who was handed it. */
function isHolder(district: string, homeDistrict: string, turns: readonly Turn[]): boolean {
  return district === homeDistrict || turns.some(({ transfer }) => transfer.to === district);
}

/**
 * Hands a report to another district, or what was added since. Without anything new it is the transfer that was made.
 * @param from null: a reader of all districts, who speaks for the one that has the report now.
 */
export async function handOver(
  database: IntakeDatabase,
  districts: readonly IntakeDistrict[],
  from: string | null,
  request: TransferRequest,
): Promise<TransferOutcome> {
  return transact(database, async (transaction) => {
    const report = await findReportRow(transaction, request.reportId);
    if (report === null) return refuse('unknown-report');
    const turns = await readTurns(transaction, [request.reportId]);
    const home = report.kioskId.slice(0, 2);
    const giver = from ?? turns.at(-1)?.transfer.to ?? home;
    if (!isHolder(giver, home, turns)) return refuse('unknown-report');
    if (giver === request.to) return refuse('own-district');
    const receiver = districts.find(({ district }) => district === request.to);
    if (receiver === undefined) return refuse('unknown-district');
    const events = await readEventsOfReport(transaction, request.reportId);
    const fault = findFault(request, receiver, events);
    if (fault !== null) return refuse(fault);
    return keepTurn(transaction, { request, giver, home, turns });
  });
}

function refuse(problem: TransferRefusal): TransferOutcome {
  return { ok: false, problem };
}

function findFault(
  { keys }: TransferRequest,
  receiver: IntakeDistrict,
  events: readonly EventOfReport[],
): TransferRefusal | null {
  const places = new Set(
    events.flatMap(({ kioskId, sequence, body }) =>
      [...sealedParts(body).keys()].map((part) => placeName({ kioskId, sequence, part })),
    ),
  );
  if (!keys.every((key) => places.has(placeName(key)))) return 'unknown-event';
  const kids = receiver.keys.map(({ kid }) => kid);
  return keys.every(({ kid }) => kids.includes(kid)) ? null : 'other-key';
}

interface NextTurn {
  readonly request: TransferRequest;
  readonly giver: string;
  readonly home: string;
  readonly turns: readonly Turn[];
}

async function keepTurn(
  transaction: IntakeTransaction,
  { request, giver, home, turns }: NextTurn,
): Promise<TransferOutcome> {
  const { reportId, to, sealedReason } = request;
  const earlier = turns.filter(({ transfer }) => transfer.to === to);
  const had = new Set(earlier.flatMap(({ keys }) => keys.map(placeName)));
  const fresh = request.keys.filter((key) => key.kioskId.slice(0, 2) !== to && !had.has(placeName(key)));
  const canRead = to === home || [...earlier.flatMap(({ keys }) => keys), ...fresh].some(isReportKey);
  if (!canRead) return refuse('report-key-missing');
  const last = earlier.at(-1);
  const isStillThere = last !== undefined && !hasHandedOn(turns, last.transfer);
  if (isStillThere && fresh.length === 0) return { ok: true, transfer: last.transfer, isNew: false };
  const turn = (turns.at(-1)?.transfer.turn ?? 0) + 1;
  const transfer = await insertTurn(transaction, {
    reportId,
    turn,
    from: giver,
    to,
    sealedReason,
    keys: fresh,
  });
  await appendNotice(transaction, to, { kind: 'transfer-arrived', reportId, turn });
  return { ok: true, transfer, isNew: true };
}

const isReportKey = ({ part }: HandedKey): boolean => part === 'sealedReport';

function hasHandedOn(turns: readonly Turn[], { to, turn }: Transfer): boolean {
  return turns.some(({ transfer }) => transfer.from === to && transfer.turn > turn);
}
