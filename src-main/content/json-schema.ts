import { z } from 'zod';
import { ruleSchema, textTreeSchema } from '../contract/content.ts';
import { printerProfileSchema } from '../contract/printer-profile.ts';
import {
  demonstrationFileSchema,
  deskFileSchema,
  districtHoursFileSchema,
  districtMenuFileSchema,
  districtPhoneNumbersFileSchema,
  districtTimedFileSchema,
  districtsFileSchema,
  flagsFileSchema,
  gatesFileSchema,
  interpreterLanguagesFileSchema,
  menuFileSchema,
  phoneNumbersFileSchema,
  questionsFileSchema,
  reportTypeFileSchema,
  rightsFileSchema,
  sourcesFileSchema,
  stationsFileSchema,
  tablesFileSchema,
  timedFileSchema,
} from './schemas.ts';

/** One kind of file each; the tables are CSV and have no place here. */
const fileKinds: readonly (readonly [string, z.ZodType, string])[] = [
  ['gates', gatesFileSchema, 'dk/gates.json'],
  ['menu', menuFileSchema, 'dk/menu.json'],
  ['questions', questionsFileSchema, 'dk/questions.json'],
  ['report-type', reportTypeFileSchema, 'dk/report-types/<id>.json'],
  ['phone-numbers', phoneNumbersFileSchema, 'dk/phone-numbers.json'],
  ['rights', rightsFileSchema, 'dk/rights.json'],
  ['sources', sourcesFileSchema, 'dk/sources.json'],
  ['flags', flagsFileSchema, 'dk/flags.json'],
  ['desk', deskFileSchema, 'dk/desk.json'],
  ['interpreter-languages', interpreterLanguagesFileSchema, 'dk/interpreter-languages.json'],
  ['districts', districtsFileSchema, 'dk/districts.json'],
  ['stations', stationsFileSchema, 'dk/stations.json'],
  ['tables', tablesFileSchema, 'dk/tables.json'],
  ['timed', timedFileSchema, 'dk/timed.json'],
  ['demonstration', demonstrationFileSchema, 'demonstration/fjordby.json'],
  ['district-hours', districtHoursFileSchema, 'hours.json of a district'],
  ['district-menu', districtMenuFileSchema, 'menu.json of a district'],
  ['district-timed', districtTimedFileSchema, 'timed.json of a district'],
  ['district-phone-numbers', districtPhoneNumbersFileSchema, 'phone-numbers.json of a district'],
  ['printer', printerProfileSchema, 'printers/<id>.json'],
  ['texts', textTreeSchema, 'locales/<language>/{content,gates,rights}.json'],
];

/**
 * The JSON Schema (draft 2020-12) of all content files: `#/$defs/<kind>` is one file, the whole is any of them.
 * It is made from what the loader itself parses with; ids across files are beyond it.
 */
export function contentJsonSchema(): z.core.JSONSchema.JSONSchema {
  const named = z.registry<{ id: string; title: string }>();
  named.add(ruleSchema, { id: 'rule', title: 'When a question is asked: JSON Logic with five operators' });
  const schemas = fileKinds.map(([id, schema, title]) => {
    named.add(schema, { id, title });
    return schema;
  });
  return { ...z.toJSONSchema(z.union(schemas), { metadata: named, io: 'input' }) };
}
