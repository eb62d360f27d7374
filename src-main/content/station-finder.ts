import type { Station } from '../contract/station.ts';
import type { NearStation } from '../domain/ports.ts';
import type { PostcodeTables } from './place-routing.ts';
import type { StationFact } from './schemas.ts';

interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** So many stations are a list one can read on one screen. */
const mostStations = 8;

const middle = (points: readonly Point[]): Point | null => {
  if (points.length === 0) return null;
  const sum = points.reduce((one, other) => ({ lat: one.lat + other.lat, lon: one.lon + other.lon }));
  return { lat: sum.lat / points.length, lon: sum.lon / points.length };
};

const kilometresPerDegree = 111.2;

/** Over Denmark's few degrees a flat map is right to a few per cent; a degree of longitude is about 0.56 of one of latitude. */
function distance(one: Point, other: Point): number {
  return Math.hypot(one.lat - other.lat, (one.lon - other.lon) * 0.56) * kilometresPerDegree;
}

/** The station as screens know it. */
export function stationOf(fact: StationFact): Station {
  const { id, name, districtId, street, postcode, town, source, date, reviewBy } = fact;
  return { id, name, districtId, street, postcode, town, source, date, reviewBy };
}

/**
 * Stations by nearness. Their own coordinates are not shipped (another licence); the middle of their postcode, of their
 * town's postcodes or of their municipality is near enough to rank them.
 */
export class StationFinder {
  readonly #points = new Map<string, Point>();
  readonly #towns = new Map<string, Point[]>();
  readonly #municipalities = new Map<string, Point[]>();
  readonly #extra: ReadonlyMap<string, readonly string[]>;
  readonly #offered: readonly { station: StationFact; point: Point | null }[];

  constructor(stations: readonly StationFact[], tables: PostcodeTables) {
    for (const row of tables.postcodes) {
      this.#points.set(row.postcode, row);
      this.#towns.set(row.place, [...(this.#towns.get(row.place) ?? []), row]);
      for (const code of row.municipality_codes)
        this.#municipalities.set(code, [...(this.#municipalities.get(code) ?? []), row]);
    }
    this.#extra = new Map(tables.extra.map((row) => [row.postcode, row.municipality_codes]));
    this.#offered = stations
      .filter((station) => station.status === 'listed')
      .map((station) => ({ station, point: this.#pointOf(station) }));
  }

  /** Nearest first; the main stations by town when the postcode is not known. */
  near(postcode: string | null): NearStation[] {
    const here = postcode === null ? null : this.#pointOfPostcode(postcode);
    if (here === null) {
      return this.#offered
        .filter(({ station }) => station.kind === 'main')
        .toSorted((one, other) => one.station.town.localeCompare(other.station.town, 'da'))
        .map(({ station }) => ({ station: stationOf(station), kilometres: null }));
    }
    return this.#offered
      .flatMap(({ station, point }) => (point === null ? [] : [{ station, away: distance(here, point) }]))
      .toSorted((one, other) => one.away - other.away)
      .slice(0, mostStations)
      .map(({ station, away }) => ({ station: stationOf(station), kilometres: Math.round(away) }));
  }

  #pointOfPostcode(postcode: string): Point | null {
    const codes = this.#extra.get(postcode) ?? [];
    return (
      this.#points.get(postcode) ?? middle(codes.flatMap((code) => this.#municipalities.get(code) ?? []))
    );
  }

  #pointOf(station: StationFact): Point | null {
    return (
      (station.postcode === null ? null : this.#pointOfPostcode(station.postcode)) ??
      middle(this.#towns.get(station.town) ?? []) ??
      middle(this.#municipalities.get(station.municipalityCode ?? '') ?? [])
    );
  }
}
