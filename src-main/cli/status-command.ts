import { askRunningKiosk, type AdminAnswer, type AdminRequest, type StationStatus } from '../app/admin.ts';
import { readConfig, type Config } from '../app/config.ts';
import { describeStanding } from '../app/content-words.ts';
import { parseOptions, placeOptions } from './options.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

type Answer<Kind extends AdminAnswer['answer']> = Extract<AdminAnswer, { answer: Kind }>;

interface Status {
  readonly station: StationStatus;
  readonly printer: Answer<'printer'>;
  readonly delivery: Answer<'delivery'>;
}

/** Null when no kiosk runs on this data folder; a sentence when it does not answer. */
async function askStatus(config: Config): Promise<Status | string | null> {
  const ask = (request: AdminRequest) => askRunningKiosk(config.dataDir, request);
  const station = await ask({ ask: 'station-status' });
  if (station === null) return null;
  const [printer, delivery] = await Promise.all([
    ask({ ask: 'printer-status' }),
    ask({ ask: 'delivery-status' }),
  ]);
  if (station.answer === 'station' && printer?.answer === 'printer' && delivery?.answer === 'delivery')
    return { station: station.station, printer, delivery };
  return station.answer === 'refused' ? station.sentence : 'The kiosk did not answer all that was asked.';
}

/** All is well: monitoring need not look further. */
function isWell({ station, printer, delivery }: Status): boolean {
  const { canReport, canSeal, isClockTrusted, lobbyScreen } = station;
  return (
    canReport &&
    canSeal &&
    isClockTrusted &&
    // A kiosk that nobody has shown yet is not one that hangs.
    lobbyScreen.state !== 'silent' &&
    // Where IT chose none, the number on the screen is enough.
    (printer.printer.state === 'ready' || printer.printer.kind === 'none') &&
    printer.unprinted === 0 &&
    delivery.status.state !== 'failing'
  );
}

const screenWords: Readonly<Record<StationStatus['lobbyScreen']['state'], string>> = {
  never: 'not shown since the kiosk started',
  shown: 'shown',
  silent: 'NOT answering',
};

function describe({ station, printer, delivery }: Status): string[] {
  const { kioskId, mode, version, upSeconds } = station;
  const { undelivered, problem, state, parked } = delivery.status;
  const why = (text: string | null): string => (text === null ? '' : ` (${text})`);
  return [
    `kiosk ${kioskId}, ${mode}, version ${version}, up ${String(upSeconds)} s`,
    `reports: ${station.canReport && station.canSeal ? 'taken and sealed' : 'NOT taken'}; database ${station.store}`,
    `clock: ${station.isClockTrusted ? 'trusted' : 'NOT trusted'}`,
    `desk: ${station.isDeskConnected ? 'connected' : 'none connected'}; key of the desks: ${station.hasStationKey ? 'yes' : 'none paired'}`,
    `screen in the lobby: ${screenWords[station.lobbyScreen.state]}`,
    `printer: ${printer.printer.state}${why(printer.printer.problem)}; slips that wait for staff: ${String(printer.unprinted)}`,
    ...describeStanding(station.content),
    `district: ${state}${why(problem)}; events waiting: ${String(undelivered)}, not registered there: ${String(parked)}`,
  ];
}

/** `skranke status`: of the running kiosk; cheap enough for monitoring. */
export async function statusCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, placeOptions);
  if (positionals.length > 0) throw new UsageError('status: expected no further word.');
  const config = await readConfig({ configFile: values.config ?? null, dataDir: values['data-dir'] ?? null });
  const status = await askStatus(config);
  if (status === null || typeof status === 'string') {
    if (values.json) say(JSON.stringify({ ok: false, running: status !== null }));
    complain(status ?? `no kiosk is running on ${config.dataDir}.`);
    return 1;
  }
  const ok = isWell(status);
  if (values.json) {
    const { station, printer, delivery } = status;
    const told = {
      ...station,
      printer: printer.printer,
      unprinted: printer.unprinted,
      delivery: delivery.status,
    };
    say(JSON.stringify({ ok, running: true, ...told }));
  } else for (const line of describe(status)) say(line);
  return ok ? 0 : 1;
}
