import type {
  District,
  PlaceRouting,
  ServedTexts,
  Station,
  StationHours,
  VisitorContent,
} from '../contract/content.ts';
import type { Language } from '../contract/ids.ts';
import type { ContentLibrary } from '../domain/ports.ts';
import type { OpenInterval } from '../domain/hours.ts';
import { intervalsAround, stationHoursAt } from './opening-hours.ts';
import type { PlaceRouter } from './place-routing.ts';
import type { StationFact } from './schemas.ts';
import { stationOf, type StationFinder } from './station-finder.ts';

export interface LibraryParts {
  readonly content: VisitorContent;
  readonly version: string;
  readonly texts: ReadonlyMap<Language, ServedTexts>;
  readonly districts: readonly District[];
  readonly stations: readonly StationFact[];
  readonly router: PlaceRouter;
  readonly finder: StationFinder;
}

/** Reading a rule takes longer than sealing a report, and every submit asks whether the lobby is staffed. */
function rememberDay(): typeof intervalsAround {
  let day = '';
  const known = new Map<string, readonly OpenInterval[]>();
  return (rule, today) => {
    if (today !== day) known.clear();
    day = today;
    const intervals = known.get(rule) ?? intervalsAround(rule, today);
    known.set(rule, intervals);
    return intervals;
  };
}

/** Checked content in memory. Nothing here reads a file or a clock. */
export class Library implements ContentLibrary {
  readonly content: VisitorContent;
  readonly version: string;
  readonly #parts: LibraryParts;
  readonly #intervals = rememberDay();

  constructor(parts: LibraryParts) {
    this.content = parts.content;
    this.version = parts.version;
    this.#parts = parts;
  }

  texts(language: Language): ServedTexts {
    const served = this.#parts.texts.get(language);
    if (served === undefined) throw new Error(`no texts were loaded for ${language}`);
    return served;
  }

  routePlace(postcode: string | null, municipalityCode: string | null): PlaceRouting {
    return this.#parts.router.route(postcode, municipalityCode);
  }

  fallbackDistrict(): District {
    return this.#parts.router.fallback;
  }

  district(districtId: string): District | null {
    return this.#parts.districts.find((district) => district.id === districtId) ?? null;
  }

  station(stationId: string): Station | null {
    const fact = this.#fact(stationId);
    return fact === null ? null : stationOf(fact);
  }

  stationsNear(postcode: string | null): readonly Station[] {
    return this.#parts.finder.near(postcode);
  }

  stationHours(stationId: string, now: Date): StationHours {
    return stationHoursAt(this.#fact(stationId)?.hours ?? null, now, this.#intervals);
  }

  #fact(stationId: string): StationFact | null {
    return this.#parts.stations.find((station) => station.id === stationId) ?? null;
  }
}
