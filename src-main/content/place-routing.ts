import type { District, PlaceRouting } from '../contract/station.ts';
import type {
  DistrictsFile,
  ExtraPostcodeRow,
  Municipality,
  PostcodeDistrictRow,
  PostcodeRow,
} from './schemas.ts';

export interface PostcodeTables {
  readonly postcodes: readonly PostcodeRow[];
  readonly districts: readonly PostcodeDistrictRow[];
  readonly extra: readonly ExtraPostcodeRow[];
}

interface KnownPostcode {
  readonly place: string;
  readonly district: District;
  /** The municipalities to choose from when the postcode spans districts; empty when it does not. */
  readonly choices: readonly Municipality[];
}

/**
 * Which district a place belongs to, from tables that `checkPlaces` found right.
 * Postcodes come as four digits; what people write was read before.
 */
export class PlaceRouter {
  readonly #file: DistrictsFile;
  readonly #postcodes = new Map<string, KnownPostcode>();
  readonly #byMunicipality = new Map<string, { municipality: Municipality; district: District }>();
  readonly #fallback: District;

  constructor(file: DistrictsFile, tables: PostcodeTables) {
    this.#file = file;
    for (const { municipalities, ...district } of file.districts)
      for (const municipality of municipalities)
        this.#byMunicipality.set(municipality.code, { municipality, district });
    this.#fallback = this.#district(file.fallbackDistrictId);
    this.#readTables(tables);
  }

  get fallback(): District {
    return this.#fallback;
  }

  route(postcode: string | null, municipalityCode: string | null): PlaceRouting {
    const known = postcode === null ? undefined : this.#postcodes.get(postcode);
    const chosen = municipalityCode === null ? undefined : this.#byMunicipality.get(municipalityCode);
    if (known !== undefined) return this.#routeKnown(known, chosen);
    if (chosen !== undefined)
      return {
        kind: 'district',
        district: chosen.district,
        place: chosen.municipality.name,
        isFallback: false,
      };
    if (postcode !== null) return { kind: 'unknown-postcode' };
    return { kind: 'district', district: this.#fallback, place: '', isFallback: true };
  }

  #routeKnown(
    known: KnownPostcode,
    chosen: { municipality: Municipality; district: District } | undefined,
  ): PlaceRouting {
    const { place, district, choices } = known;
    if (choices.length === 0) return { kind: 'district', district, place, isFallback: false };
    if (chosen !== undefined && choices.some((choice) => choice.code === chosen.municipality.code))
      return { kind: 'district', district: chosen.district, place, isFallback: false };
    return { kind: 'ambiguous', place, municipalities: choices.map((choice) => ({ ...choice })) };
  }

  /** The district most of an area belongs to; what a postcode that spans districts most likely means. */
  likelyDistrict(postcode: string): District | null {
    return this.#postcodes.get(postcode)?.district ?? null;
  }

  #readTables(tables: PostcodeTables): void {
    const municipalities = new Map(tables.postcodes.map((row) => [row.postcode, row.municipality_codes]));
    for (const row of tables.districts) {
      const codes = row.ambiguous === '1' ? (municipalities.get(row.postcode) ?? []) : [];
      const choices = codes.map((code) => this.#municipality(code));
      this.#postcodes.set(row.postcode, {
        place: row.place,
        district: this.#district(row.district_id),
        choices,
      });
    }
    for (const row of tables.extra)
      this.#postcodes.set(row.postcode, {
        place: row.name,
        district: this.#district(row.district_id),
        choices: [],
      });
  }

  #district(id: string): District {
    const found = this.#file.districts.find((district) => district.id === id);
    if (found === undefined) throw new Error(`the tables were not checked: no district "${id}"`);
    return { id: found.id, number: found.number, name: found.name };
  }

  #municipality(code: string): Municipality {
    const found = this.#byMunicipality.get(code);
    if (found === undefined) throw new Error(`the tables were not checked: no municipality "${code}"`);
    return found.municipality;
  }
}
