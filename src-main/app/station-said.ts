import type { Library } from '../content/library.ts';
import type { SaidInput } from '../content/said-of-station.ts';
import type { StationHours } from '../contract/station.ts';
import type { ServiceHours, StationSettings, StationStanding } from '../contract/station-settings.ts';
import { addDays } from '../domain/visit-when.ts';
import { localDate, localTime } from '../domain/local-time.ts';
import { counterId } from '../domain/station-settings.ts';
import { textAt } from '../domain/text-tree.ts';
import type {
  ApprovedSettings,
  KnownToContent,
  SettingsStanding,
  StationSettingsDesk,
} from '../services/station-settings.ts';

/** Ids that content has Danish words for, under a name. */
function idsUnder(library: Library, name: string): string[] {
  const tree = library.texts('da').texts.content;
  const under = tree[name];
  return typeof under === 'object' ? Object.keys(under) : [];
}

/** What a supervisor may choose from: what visitors can read in their languages. */
export function knownToContent(library: Library): KnownToContent {
  return { services: idsUnder(library, 'service'), reasons: idsUnder(library, 'exception') };
}

/** The station, the role, the day: whom visitors read that it is from. */
export function saidBy(
  library: Library,
  stationName: string,
  { settings, approvedAt }: Pick<ApprovedSettings, 'settings' | 'approvedAt'>,
): SaidInput {
  const source = textAt(library.texts('da').texts.content, 'stationSaid') ?? '{{station}}';
  return {
    settings,
    source: source.replace('{{station}}', stationName),
    at: localTime(new Date(approvedAt)),
  };
}

/** Lays what is approved over what ships, now and at every change. */
export function followSettings(
  library: Library,
  station: { readonly id: string; readonly name: string },
  settings: StationSettingsDesk,
): void {
  const lay = ({ approved }: SettingsStanding): void => {
    library.say(station.id, approved === null ? null : saidBy(library, station.name, approved));
  };
  lay(settings.current());
  settings.onChange(lay);
}

const closedWeek = (): ServiceHours['week'] => Array.from({ length: 7 }, () => []);

function serviceOf(id: string, hours: StationHours): ServiceHours {
  const week = hours.kind === 'known' ? hours.usualWeek.map((spans) => [...spans]) : closedWeek();
  return { id, week, onHolidays: 'closed' };
}

/** Where somebody begins to write: the week that ships, valid from today, to be looked at again in half a year. */
function shippedSettings(library: Library, stationId: string, now: Date): StationSettings {
  const today = localDate(now);
  return {
    validFrom: today,
    reviewBy: addDays(today, 182),
    services: [
      serviceOf(counterId, library.shippedHours(stationId, now)),
      ...library
        .shippedServices(stationId)
        .map((id) => serviceOf(id, library.shippedHours(stationId, now, id))),
    ],
    exceptions: library
      .shippedExceptions(stationId)
      .map(({ id, ...exception }) => ({ reason: id, ...exception })),
    notices: [],
    replyWithinDays: null,
  };
}

export function stationStanding(
  library: Library,
  stationId: string,
  settings: StationSettingsDesk,
  now: Date,
): StationStanding {
  const { services, reasons, today } = settings.frame();
  return {
    ...settings.current(),
    shipped: shippedSettings(library, stationId, now),
    frame: { today, services: [...services], reasons: [...reasons] },
  };
}
