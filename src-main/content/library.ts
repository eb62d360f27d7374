import type { ServedTexts, VisitorContent } from '../contract/content.ts';
import type { DeskContent } from '../contract/desk-content.ts';
import type { District, PlaceRouting, Station, StationHours, StationService } from '../contract/station.ts';
import type { Language } from '../contract/ids.ts';
import type { MenuNow } from '../contract/menu.ts';
import type { StationPreview } from '../contract/station-settings.ts';
import type { ContentLibrary, MenuAsked, NearStation } from '../domain/ports.ts';
import { counterService } from './check-hours.ts';
import { isShown, menuNow, type MenuContent } from './menu-now.ts';
import { hoursSheet, stationHoursAt, type HoursSheet, type ToldHours } from './opening-hours.ts';
import type { PlaceRouter } from './place-routing.ts';
import { sayOfStation, type SaidInput, type SaidOfStation } from './said-of-station.ts';
import type { StationFact } from './schemas.ts';
import { stationOf, type StationFinder } from './station-finder.ts';

export interface LibraryParts {
  readonly content: VisitorContent;
  readonly desk: DeskContent;
  readonly version: string;
  readonly menu: MenuContent;
  readonly texts: ReadonlyMap<Language, ServedTexts>;
  readonly districts: readonly District[];
  readonly stations: readonly StationFact[];
  readonly router: PlaceRouter;
  readonly finder: StationFinder;
}

/** Reading a rule takes longer than sealing a report, and every submit asks whether the lobby is staffed. */
function rememberDay(): typeof hoursSheet {
  let day = '';
  const known = new Map<ToldHours, HoursSheet>();
  return (told, today) => {
    if (today !== day) known.clear();
    day = today;
    const sheet = known.get(told) ?? hoursSheet(told, today);
    known.set(told, sheet);
    return sheet;
  };
}

/** What is told of each service of a station, the counter first. */
function toldHours({ hours, services, exceptions }: StationFact): ReadonlyMap<string, ToldHours | null> {
  return new Map(
    [{ id: counterService, hours }, ...services].map(({ id, hours: fact }) => [
      id,
      fact === null
        ? null
        : {
            hours: fact,
            exceptions: exceptions.filter(({ services: of }) => of === null || of.includes(id)),
          },
    ]),
  );
}

type Told = ReadonlyMap<string, ReadonlyMap<string, ToldHours | null>>;

const toldOf = ({ stations }: LibraryParts): Told =>
  new Map(stations.map((station) => [station.id, toldHours(station)]));

/** Checked content in memory. Nothing here reads a file or a clock. */
export class Library implements ContentLibrary {
  #parts: LibraryParts;
  #sheet = rememberDay();
  #told: Told;
  /** What a supervisor said at the desk of the kiosk's own station. */
  readonly #said = new Map<string, SaidOfStation>();

  constructor(parts: LibraryParts) {
    this.#parts = parts;
    this.#told = toldOf(parts);
  }

  /** Whoever holds this library has other content from now on. What was said at the desk is to be said again. */
  become(other: Library): void {
    this.#parts = other.#parts;
    this.#told = toldOf(other.#parts);
    this.#sheet = rememberDay();
    this.#said.clear();
  }

  get content(): VisitorContent {
    return this.#parts.content;
  }

  get desk(): DeskContent {
    return this.#parts.desk;
  }

  get version(): string {
    return this.#parts.version;
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

  districts(): readonly District[] {
    return this.#parts.districts;
  }

  districtNumbers(): readonly string[] {
    return this.#parts.districts.map(({ number }) => number);
  }

  station(stationId: string): Station | null {
    const fact = this.#fact(stationId);
    return fact === null ? null : stationOf(fact);
  }

  stationsNear(postcode: string | null): readonly NearStation[] {
    return this.#parts.finder.near(postcode);
  }

  stationHours(stationId: string, now: Date, serviceId: string = counterService): StationHours {
    return stationHoursAt(this.#hoursOf(stationId)?.get(serviceId) ?? null, now, this.#sheet);
  }

  stationServices(stationId: string, now: Date): StationService[] {
    const ids = [...(this.#hoursOf(stationId)?.keys() ?? [])].filter((id) => id !== counterService);
    return ids.map((id) => ({ id, hours: this.stationHours(stationId, now, id) }));
  }

  menuAt({ stationId, now, isClockTrusted, isStaffed }: MenuAsked): MenuNow {
    const hours = this.stationHours(stationId, now);
    const isTold = hours.kind === 'known' && isClockTrusted;
    const counter = isTold ? (hours.isOpen ? 'open' : 'closed') : 'unknown';
    const moment = { stationId, now, isClockTrusted, isStaffed, counter } as const;
    const menu = menuNow(this.#parts.menu, moment);
    const own = (this.#said.get(stationId)?.notices ?? [])
      .filter((notice) => isShown({ ...notice, stationIds: null }, moment))
      .map(({ id, tone, words }) => ({ id: `own-${id}`, tone, words }));
    return { ...menu, news: [...own, ...menu.news] };
  }

  replyWithinDays(stationId: string, receivedLocal: string): number | null {
    return this.#said.get(stationId)?.replyWithinDays(receivedLocal) ?? null;
  }

  /** Lays over what ships what was approved at the station's desk; null: what ships holds again. */
  say(stationId: string, said: SaidInput | null): void {
    if (said === null) this.#said.delete(stationId);
    else this.#said.set(stationId, sayOfStation(said, this.#told.get(stationId) ?? new Map()));
  }

  /** What would be shown at a moment if this were approved; nothing is changed. */
  tryOut(
    stationId: string,
    said: SaidInput,
    moment: Pick<MenuAsked, 'now' | 'isClockTrusted'>,
  ): StationPreview {
    const other = new Library(this.#parts);
    other.say(stationId, said);
    const { now } = moment;
    return {
      hours: other.stationHours(stationId, now),
      services: other.stationServices(stationId, now),
      news: [...other.menuAt({ ...moment, stationId, isStaffed: false }).news],
    };
  }

  /** What ships, whatever was said at the desk. */
  shippedHours(stationId: string, now: Date, serviceId: string = counterService): StationHours {
    return stationHoursAt(this.#told.get(stationId)?.get(serviceId) ?? null, now, this.#sheet);
  }

  shippedServices(stationId: string): string[] {
    return [...(this.#told.get(stationId)?.keys() ?? [])].filter((id) => id !== counterService);
  }

  shippedExceptions(stationId: string) {
    const exceptions = this.#fact(stationId)?.exceptions ?? [];
    return exceptions.map(({ id, on, until, spans, services }) => ({ id, on, until, spans, services }));
  }

  #hoursOf(stationId: string): ReadonlyMap<string, ToldHours | null> | undefined {
    return this.#said.get(stationId)?.hours ?? this.#told.get(stationId);
  }

  #fact(stationId: string): StationFact | null {
    return this.#parts.stations.find((station) => station.id === stationId) ?? null;
  }
}
