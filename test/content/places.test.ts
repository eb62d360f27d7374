import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadContent } from '../../src-main/content/load-content.ts';
import { normalizePostcode } from '../../src-main/domain/digits.ts';
import type { ContentLibrary } from '../../src-main/domain/ports.ts';

const resourcesDir = path.resolve(import.meta.dirname, '..', '..', 'resources');
let library: ContentLibrary;
beforeAll(async () => {
  library = (await loadContent({ resourcesDir, today: '2026-11-21', isDemonstration: true })).library;
});

const districtOf = (postcode: string | null, municipality: string | null = null): string => {
  const routing = library.routePlace(postcode, municipality);
  return routing.kind === 'district' ? routing.district.id : routing.kind;
};

describe('which district a place belongs to', () => {
  test.each(['9000', 'DK-9000', '9000 Aalborg', '٩٠٠٠'])('%s is in Nordjylland', (typed) => {
    expect(library.routePlace(normalizePostcode(typed), null)).toEqual({
      kind: 'district',
      district: { id: 'nordjylland', number: '01', name: 'Nordjyllands Politi' },
      place: 'Aalborg',
      isFallback: false,
    });
  });

  test('PO-box codes are known; Greenland, and what is no postcode, are not', () => {
    expect(districtOf('1780')).toBe('koebenhavn');
    expect(districtOf('8245')).toBe('oestjylland');
    expect(districtOf('3900')).toBe('unknown-postcode');
    expect(districtOf('9999')).toBe('unknown-postcode');
  });

  test('a postcode across districts asks for the municipality, and takes only one of its own', () => {
    const asked = library.routePlace('2610', null);
    expect(asked.kind === 'ambiguous' && asked.municipalities.map(({ name }) => name)).toContain('Rødovre');
    expect(districtOf('2610', '0175')).toBe('koebenhavns-vestegn');
    expect(districtOf('2610', '0101')).toBe('koebenhavn');
    expect(districtOf('2610', '0851')).toBe('ambiguous');
  });

  test('no place at all goes to Copenhagen and says that it is the fallback', () => {
    expect(library.routePlace(null, null)).toMatchObject({
      district: { id: 'koebenhavn' },
      isFallback: true,
    });
    expect(library.fallbackDistrict().id).toBe('koebenhavn');
  });

  test('a municipality alone is enough', () => {
    expect(districtOf(null, '0851')).toBe('nordjylland');
    expect(districtOf('9999', '0851')).toBe('nordjylland');
  });

  test('every postcode of the tables leads to a district, if need be by one of its municipalities', () => {
    const lines = readFileSync(path.join(resourcesDir, 'content/dk/postcodes.csv'), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(1090);
    let ambiguous = 0;
    for (const line of lines.slice(1)) {
      const postcode = line.slice(0, 4);
      const routing = library.routePlace(postcode, null);
      if (routing.kind === 'ambiguous') {
        ambiguous += 1;
        const districts = routing.municipalities.map(({ code }) => districtOf(postcode, code));
        expect(new Set(districts).size, postcode).toBeGreaterThan(1);
        expect(districts, postcode).not.toContain('ambiguous');
      } else expect(routing, postcode).toMatchObject({ kind: 'district', isFallback: false });
    }
    expect(ambiguous).toBe(66);
  });
});

describe('stations', () => {
  test('nearest first around a postcode, also of a PO box', () => {
    expect(library.stationsNear('9000')[0]?.station.name).toBe('Aalborg politigård');
    expect(library.stationsNear('3700')[0]?.station.town).toBe('Rønne');
    expect(
      library
        .stationsNear('0900')
        .slice(0, 3)
        .every(({ station }) => station.districtId === 'koebenhavn'),
    ).toBe(true);
  });

  test('how far it is, as the crow flies from the middle of the postcode', () => {
    const near = library.stationsNear('9000');
    expect(near[0]?.kilometres).toBeLessThan(5);
    // From Aalborg to the station of Hjørring it is about 46 km in a straight line.
    const hjoerring = near.find(({ station }) => station.town === 'Hjørring');
    expect(hjoerring?.kilometres).toBeGreaterThan(40);
    expect(hjoerring?.kilometres).toBeLessThan(52);
    const distances = near.map(({ kilometres }) => kilometres ?? -1);
    expect(distances).toEqual(distances.toSorted((one, other) => one - other));
  });

  test('without a known postcode: the twelve main stations, no invented one', () => {
    for (const postcode of [null, '9999']) {
      const stations = library.stationsNear(postcode).map(({ station }) => station);
      expect(new Set(stations.map((station) => station.districtId)).size).toBe(12);
      expect(stations.map((station) => station.id)).not.toContain('fjordby');
      expect(library.stationsNear(postcode).every(({ kilometres }) => kilometres === null)).toBe(true);
    }
  });

  test('a station known only from long ago is not offered', () => {
    expect(library.station('koege')?.town).toBe('Køge');
    expect(library.stationsNear('4600').map(({ station }) => station.id)).not.toContain('koege');
  });
});
