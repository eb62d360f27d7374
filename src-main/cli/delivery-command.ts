import { askRunningKiosk, type AdminAnswer } from '../app/admin.ts';
import { readConfig } from '../app/config.ts';
import type { DeliveryStatus, StopReason } from '../contract/status.ts';
import { parseOptions, placeOptions } from './options.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

/** Why the line stands, and how it goes on. Nothing is lost meanwhile: every event stays on the kiosk. */
const waysOn: Readonly<Record<StopReason, string>> = {
  'unknown-kiosk':
    'the district does not know this kiosk. "skranke district kiosk add" there gives a code for "skranke enrol --code" here.',
  'bad-signature':
    'the district knows another key for this kiosk. The district registers the key this kiosk has now; delivery then goes on by itself.',
  conflict:
    'the district holds other events under this kiosk number: two machines have it, or older data was put back. Take one machine out of use, or let this one go on under a number of its own: "skranke district kiosk add" at the district, the new number in the configuration, "skranke enrol --code" here; what waits goes along.',
  'broken-chain':
    'what this kiosk sends does not follow what the district holds: two machines have its number, or older data was put back. Take one machine out of use, or let this one go on under a number of its own: "skranke district kiosk add" at the district, the new number in the configuration, "skranke enrol --code" here; what waits goes along.',
  gap: 'the district contradicts itself about what it holds. Call the district; delivery goes on by itself once it is mended.',
  malformed:
    'the district takes this event in no form. Update the intake and delivery goes on by itself; or let the event go without its words with "skranke delivery set-aside NUMBER": the words stay here, and a person at the district sees that they are missing.',
  'too-large':
    'something on the way takes no request as large as this event. Raise the limit of the proxy before the intake to 4 MB and delivery goes on by itself; or "skranke delivery set-aside NUMBER": the words stay here, and a person at the district sees that they are missing.',
  'events-missing':
    "an event is missing in this kiosk's own log: its database was changed from outside. Keep the data folder as it is, take this machine out of use, and set it up anew under another number.",
};

function describe({
  state,
  undelivered,
  progress,
  oldestWaitingAt,
  problem,
  stopped,
}: DeliveryStatus): string[] {
  const lines = [`delivery: ${state}${problem === null ? '' : `, ${problem}`}`];
  if (undelivered > 0)
    lines.push(`waiting: ${String(undelivered)} events, the oldest from ${oldestWaitingAt ?? 'unknown'}`);
  if (progress !== null) lines.push(`sent: ${String(progress.sent)} of ${String(progress.total)}`);
  if (stopped !== null)
    lines.push(`stopped at event ${String(stopped.sequence)}, ${stopped.reason}: ${waysOn[stopped.reason]}`);
  return lines;
}

function refuse(answer: AdminAnswer | null): number {
  if (answer === null) complain('no kiosk is running on this data folder; start it first.');
  else
    complain(
      answer.answer === 'refused' ? answer.sentence : 'the kiosk gave another answer than was asked for.',
    );
  return 1;
}

function tellStatus(
  { status, parked }: Extract<AdminAnswer, { answer: 'delivery' }>,
  isForProgram: boolean,
): number {
  if (isForProgram) {
    const wayOn = status.stopped === null ? null : waysOn[status.stopped.reason];
    say(JSON.stringify({ ...status, wayOn, parkedEvents: parked }));
  } else {
    for (const line of describe(status)) say(line);
    for (const { sequence, reason, parkedAt } of parked)
      say(`not registered at the district: event ${String(sequence)}, ${reason}, since ${parkedAt}`);
  }
  return status.state === 'failing' ? 1 : 0;
}

/** `skranke delivery [status]` and `skranke delivery set-aside NUMBER`, of the running kiosk. */
export async function deliveryCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, placeOptions);
  const config = await readConfig({ configFile: values.config ?? null, dataDir: values['data-dir'] ?? null });
  const [action = 'status', number] = positionals;
  if (action === 'status') {
    const answer = await askRunningKiosk(config.dataDir, { ask: 'delivery-status' });
    return answer?.answer === 'delivery' ? tellStatus(answer, values.json) : refuse(answer);
  }
  if (action !== 'set-aside' || number === undefined || !/^[1-9]\d{0,14}$/.test(number))
    throw new UsageError('delivery: expected "delivery status" or "delivery set-aside NUMBER".');
  const answer = await askRunningKiosk(config.dataDir, { ask: 'set-event-aside', sequence: Number(number) });
  if (answer?.answer !== 'event-set-aside') return refuse(answer);
  say(`Event ${number} goes to the district without its words; they stay in this kiosk.`);
  return 0;
}
