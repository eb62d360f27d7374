import type { PostcodeTables } from './place-routing.ts';
import type { Problems } from './problems.ts';
import type { DistrictsFile, PostcodeDistrictRow } from './schemas.ts';

/** Where a postcode spans districts, the visitor is asked for one of at least two municipalities that are known. */
function checkChoices(
  row: PostcodeDistrictRow,
  codes: readonly string[],
  known: ReadonlySet<string>,
  problems: Problems,
): void {
  for (const code of codes)
    if (!known.has(code))
      problems.add(
        'dk/postcodes.csv',
        row.postcode,
        `expected the code of a municipality of a district, found "${code}"`,
      );
  if (codes.length < 2)
    problems.add(
      'dk/postcode-districts.csv',
      row.postcode,
      'expected two municipalities to choose from in postcodes.csv',
    );
}

/**
 * Every postcode leads to a district that exists, if need be by a municipality. One that does not is left out: its reports
 * go to the fallback district and say so.
 */
export function checkPlaces(file: DistrictsFile, tables: PostcodeTables, problems: Problems): PostcodeTables {
  const districts = new Set(file.districts.map((district) => district.id));
  const municipalities = new Set(
    file.districts.flatMap((district) => district.municipalities.map(({ code }) => code)),
  );
  const expectDistrict = (id: string, name: string, place: string): void => {
    if (!districts.has(id)) problems.add(name, place, `expected the id of a district, found "${id}"`);
  };
  expectDistrict(file.fallbackDistrictId, 'dk/districts.json', 'fallbackDistrictId');
  const codes = new Map(tables.postcodes.map((row) => [row.postcode, row.municipality_codes]));
  const isFine = (check: () => void): boolean => problems.areNone(check);
  return {
    postcodes: tables.postcodes,
    districts: tables.districts.filter((row) =>
      isFine(() => {
        expectDistrict(row.district_id, 'dk/postcode-districts.csv', row.postcode);
        if (row.ambiguous === '1') checkChoices(row, codes.get(row.postcode) ?? [], municipalities, problems);
      }),
    ),
    extra: tables.extra.filter((row) =>
      isFine(() => expectDistrict(row.district_id, 'dk/postcodes-nongeographic.csv', row.postcode)),
    ),
  };
}
