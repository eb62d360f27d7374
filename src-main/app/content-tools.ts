import { join } from 'node:path';
import { createSystemClock } from '../adapters/clock.ts';
import { loadContent } from '../content/load-content.ts';
import { localInstant } from '../content/local-instant.ts';
import { normalizePostcode, onlyDigits } from '../domain/digits.ts';
import { closesAt } from '../domain/hours.ts';
import { localDate, localTime } from '../domain/local-time.ts';
import { programRoot } from './config.ts';
import { ConfigError } from './config-error.ts';

/** Only for what day it is: nothing here is older than the program. */
const clock = createSystemClock(new Date(0));
const shippedDir = (): string => join(programRoot(), 'resources');

export function loadShipped(today = localDate(clock.now())) {
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
