import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createSystemClock } from '../adapters/clock.ts';
import { inspectContent, type InspectedContent } from '../content/inspect-content.ts';
import { contentJsonSchema } from '../content/json-schema.ts';
import { loadContent } from '../content/load-content.ts';
import { localInstant } from '../content/local-instant.ts';
import { normalizePostcode, onlyDigits } from '../domain/digits.ts';
import { closesAt } from '../domain/hours.ts';
import { localDate, localTime } from '../domain/local-time.ts';
import { isCalendarDate } from '../domain/visit-when.ts';
import { walkReportType, type Branch } from '../domain/walk-report-type.ts';
import { programRoot } from './config.ts';
import { ConfigError } from './config-error.ts';

export type { Branch, InspectedContent };
export { contentJsonSchema };

/** Only for what day it is: nothing here is older than the program. */
const clock = createSystemClock(new Date(0));
const shippedDir = (): string => join(programRoot(), 'resources');

/** The words beside or in a folder of content; those that ship where it brings none. */
function localesOf(contentDir: string): string {
  const own = [join(contentDir, 'locales'), join(dirname(contentDir), 'locales')];
  return own.find((dir) => existsSync(join(dir, 'da', 'content.json'))) ?? join(shippedDir(), 'locales');
}

/**
 * Every mistake in a folder of content, by default in what ships.
 * @param on the local date to judge review dates by, today by default.
 * @throws ConfigError when there is no such folder or date.
 */
export function inspectFolder(dir: string | null, on: string | null): Promise<InspectedContent> {
  const contentDir = resolve(dir ?? join(shippedDir(), 'content'));
  if (statSync(contentDir, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new ConfigError(`${contentDir}: expected a folder laid out like resources/content.`);
  const today = on ?? localDate(clock.now());
  if (!isCalendarDate(today)) throw new ConfigError(`--on ${today}: expected a date such as 2027-03-25.`);
  return inspectContent({
    contentDir,
    localesDir: localesOf(contentDir),
    today,
    isDemonstration: existsSync(join(contentDir, 'demonstration')),
  });
}

export type Walk =
  | { readonly kind: 'walked'; readonly branches: readonly Branch[]; readonly isComplete: boolean }
  | { readonly kind: 'unknown-type'; readonly types: readonly string[] }
  | { readonly kind: 'mistakes'; readonly sentences: readonly string[] };

/** Every branch of a type, unless its file has mistakes: then nobody could walk it. */
export async function walkType(dir: string | null, typeId: string): Promise<Walk> {
  const { types, problems } = await inspectFolder(dir, null);
  const mistakes = problems.filter(({ file }) => file === `dk/report-types/${typeId}.json`);
  if (mistakes.length > 0) return { kind: 'mistakes', sentences: mistakes.map(({ message }) => message) };
  const type = types.find(({ id }) => id === typeId);
  if (type === undefined) return { kind: 'unknown-type', types: types.map(({ id }) => id) };
  return { kind: 'walked', ...walkReportType(type) };
}

function loadShipped(today: string) {
  return loadContent({ resourcesDir: shippedDir(), today, isDemonstration: true });
}

function instantAt(at: string): Date {
  const instant = localInstant(at);
  if (instant === null)
    throw new ConfigError(`--at ${at}: expected a local date and time such as 2027-03-25T10:00.`);
  return instant;
}

/** Local times are `2027-03-25T18:00`, in Copenhagen. */
export interface HoursAnswer {
  readonly state: 'open' | 'closed' | 'unknown';
  /** When it closes, while it is open; null when it does not within a week. */
  readonly until: string | null;
  /** When it opens next, while it is closed. */
  readonly next: string | null;
  readonly source: string | null;
}

/**
 * What the kiosk would say of a station's hours at a local time, now by default: of its counter, or of another service.
 * @throws ConfigError for a station or a service that content does not have, or a time that is none.
 */
export async function hoursOf(
  stationId: string,
  serviceId: string | null,
  at: string | null,
): Promise<HoursAnswer> {
  const instant = at === null ? clock.now() : instantAt(at);
  const { library } = await loadShipped(localDate(instant));
  if (library.station(stationId) === null)
    throw new ConfigError(`--station ${stationId}: expected the id of a station of content.`);
  const services = ['counter', ...library.stationServices(stationId, instant).map(({ id }) => id)];
  if (serviceId !== null && !services.includes(serviceId))
    throw new ConfigError(`--service ${serviceId}: expected one of ${services.join(', ')}.`);
  const hours = library.stationHours(stationId, instant, serviceId ?? undefined);
  if (hours.kind === 'unknown') return { state: 'unknown', until: null, next: null, source: null };
  return {
    state: hours.isOpen ? 'open' : 'closed',
    until: hours.isOpen ? closesAt(hours.days, localTime(instant)) : null,
    next: hours.opensAt,
    source: hours.source,
  };
}

export interface RouteAnswer {
  readonly district: string;
  /** `ambiguous`: the postcode spans districts and this one is the likeliest; ask for the municipality. */
  readonly confidence: 'exact' | 'ambiguous' | 'fallback';
  readonly municipalities?: readonly {
    readonly code: string;
    readonly name: string;
    readonly district: string;
  }[];
}

function readPostcode(typed: string | null): string | null {
  const postcode = typed === null ? null : normalizePostcode(typed);
  if (typed !== null && postcode === null)
    throw new ConfigError(`--postcode ${typed}: expected four digits, such as 4682 or DK-4682.`);
  return postcode;
}

function readMunicipality(typed: string | null): string | null {
  const code = typed === null ? null : onlyDigits(typed).padStart(4, '0');
  if (code !== null && (code.length !== 4 || code === '0000'))
    throw new ConfigError(
      `--municipality ${typed ?? ''}: expected the code of a municipality, such as 0336.`,
    );
  return code;
}

/**
 * The district a place belongs to, from a postcode and a municipality as people write them.
 * @throws ConfigError for what is no postcode and no code.
 */
export async function routeOf(
  typedPostcode: string | null,
  typedMunicipality: string | null,
): Promise<RouteAnswer> {
  const postcode = readPostcode(typedPostcode);
  const municipality = readMunicipality(typedMunicipality);
  const { library, router } = await loadShipped(localDate(clock.now()));
  const routing = library.routePlace(postcode, municipality);
  const fallback = library.fallbackDistrict().id;
  const districtOf = (code: string): string => {
    const chosen = library.routePlace(postcode, code);
    return chosen.kind === 'district' ? chosen.district.id : fallback;
  };
  switch (routing.kind) {
    case 'district':
      return { district: routing.district.id, confidence: routing.isFallback ? 'fallback' : 'exact' };
    case 'unknown-postcode':
      return { district: fallback, confidence: 'fallback' };
    case 'ambiguous':
      return {
        district: (postcode === null ? null : router.likelyDistrict(postcode))?.id ?? fallback,
        confidence: 'ambiguous',
        municipalities: routing.municipalities.map(({ code, name }) => ({
          code,
          name,
          district: districtOf(code),
        })),
      };
  }
}
