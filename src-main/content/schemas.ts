import { z } from 'zod';
import {
  confidentialContactSchema,
  contentIdSchema as id,
  factSourceSchema,
  flagRuleSchema,
  gateSchema,
  interpreterLanguageSchema,
  interpreterLanguagesSchema,
  phoneNumberSchema,
  questionSchema,
  reportTypeSchema,
  typeGroupSchema,
} from '../contract/content.ts';
import { rejectionSchema, rightsItemSchema } from '../contract/desk-content.ts';
import { districtSchema, stationSchema } from '../contract/station.ts';
import { rightsTopicSchema, sourceSchema } from '../contract/rights.ts';
import { localDateSchema } from '../contract/ids.ts';
import { homeDoorSchema, homeMenuSchema, stationNewsSchema, timedDoorSchema } from '../contract/menu.ts';

/** How content stands in files, where that differs from what a screen gets. */
const municipalityCode = z.string().regex(/^\d{4}$/);

export const gatesFileSchema = z.strictObject({ gates: z.array(gateSchema).min(1) });
/**
 * The doors of the home screen and which of them show when; the groups behind "report", and the order in which types are
 * offered; those not named come after, by id.
 */
export const menuFileSchema = z.strictObject({
  doors: z.array(homeDoorSchema).min(1),
  /** The first that holds is shown; the last one always holds. */
  menus: z.array(homeMenuSchema).min(1),
  groups: z.array(typeGroupSchema.omit({ types: true })).min(1),
  reportTypes: z.array(id),
});
/** A district's adds to it: doors, menus and groups of its own, and the types that come first. */
export const districtMenuFileSchema = z.strictObject({
  doors: menuFileSchema.shape.doors.default([]),
  menus: menuFileSchema.shape.menus.default([]),
  groups: menuFileSchema.shape.groups.default([]),
  reportTypes: menuFileSchema.shape.reportTypes.default([]),
});
export type MenuFile = z.infer<typeof menuFileSchema>;
/** What shows for a time and goes by itself. */
const timed = { timedDoors: z.array(timedDoorSchema), news: z.array(stationNewsSchema) };
export const timedFileSchema = z.strictObject(timed);
export const districtTimedFileSchema = z.strictObject({
  timedDoors: timed.timedDoors.default([]),
  news: timed.news.default([]),
});
export type TimedFile = z.infer<typeof timedFileSchema>;
export const questionsFileSchema = z.strictObject({ questions: z.array(questionSchema) });
export const phoneNumbersFileSchema = z.strictObject({
  phoneNumbers: z.array(phoneNumberSchema).min(1),
  confidentialContacts: z.array(confidentialContactSchema),
});
export const districtPhoneNumbersFileSchema = z.strictObject({
  phoneNumbers: phoneNumbersFileSchema.shape.phoneNumbers.default([]),
  confidentialContacts: phoneNumbersFileSchema.shape.confidentialContacts.default([]),
});
export const rightsFileSchema = z.strictObject({ rightsTopics: z.array(rightsTopicSchema) });
/** What only a desk needs: what staff tick off as told, and why a report is not taken further. */
export const deskFileSchema = z.strictObject({
  rightsItems: z.array(rightsItemSchema).default([]),
  rejections: z.array(rejectionSchema).default([]),
});
export const sourcesFileSchema = z.strictObject({ sources: z.array(sourceSchema).min(1) });
/** On screen the list may be empty; a file without languages is a mistake. */
export const interpreterLanguagesFileSchema = interpreterLanguagesSchema.extend({
  pages: interpreterLanguagesSchema.shape.pages.min(1),
  languages: z.array(interpreterLanguageSchema).min(1),
});
export const flagsFileSchema = z.strictObject({ flags: z.array(flagRuleSchema) });

/** A question of a type is written out, or is the id of one in questions.json. */
export const reportTypeFileSchema = reportTypeSchema.extend({
  questions: z.array(z.union([id, questionSchema])),
});
export type TypeFile = z.infer<typeof reportTypeFileSchema>;

const municipalitySchema = z.strictObject({ code: municipalityCode, name: z.string().min(1) });
export type Municipality = z.infer<typeof municipalitySchema>;

export const districtsFileSchema = z.strictObject({
  ...factSourceSchema.shape,
  /** Where a report goes whose place nobody could tell. */
  fallbackDistrictId: id,
  districts: z.array(districtSchema.extend({ municipalities: z.array(municipalitySchema).min(1) })).min(1),
});
export type DistrictsFile = z.infer<typeof districtsFileSchema>;

export const hoursFactSchema = z.strictObject({
  ...factSourceSchema.shape,
  /** OSM opening_hours; PH = the ten holidays of domain/holidays.ts. */
  rule: z.string().min(1),
  isExample: z.boolean(),
});
export type HoursFact = z.infer<typeof hoursFactSchema>;

const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'expected a time such as "08:00"');
/** A day of one year, or of every year. */
const exceptionDay = z
  .string()
  .regex(/^(?:\d{4}-)?\d{2}-\d{2}$/, 'expected a day such as "2026-12-03", or "12-24" for every year');

/** Other hours than the week says: a day, or several in a row. Texts: `content:exception.<id>`. */
export const hoursExceptionSchema = z.strictObject({
  id,
  on: exceptionDay,
  /** The last of these days, in the same form. */
  until: exceptionDay.nullable(),
  /** Open times of each of these days; none: closed. */
  spans: z.array(z.strictObject({ from: clockTime, to: clockTime })),
  /** The services it is about, the counter as `counter`; null: all of them. */
  services: z.array(id).min(1).nullable(),
  source: z.string().min(1),
  date: localDateSchema,
});
export type HoursExceptionFact = z.infer<typeof hoursExceptionSchema>;

export const stationFactSchema = stationSchema.extend({
  kind: z.enum(['main', 'local', 'neighbourhood', 'satellite', 'police-shop']),
  status: z.enum(['listed', 'historic']),
  municipalityCode: municipalityCode.nullable(),
  /** Of the counter. */
  hours: hoursFactSchema.nullable(),
  /** What else has hours of its own: passport, lost property. */
  services: z.array(z.strictObject({ id, hours: hoursFactSchema.nullable() })).default([]),
  exceptions: z.array(hoursExceptionSchema).default([]),
});
export type StationFact = z.infer<typeof stationFactSchema>;
export const stationsFileSchema = z.strictObject({ stations: z.array(stationFactSchema).min(1) });

/** A district's: the hours of its stations. Where they stand and what they are called is not a district's to change. */
export const districtHoursFileSchema = z.strictObject({
  stations: z
    .array(stationFactSchema.pick({ id: true, hours: true, services: true, exceptions: true }))
    .min(1),
});

export const demonstrationFileSchema = z.strictObject({
  districts: z.array(districtSchema).min(1),
  stations: z.array(stationFactSchema).min(1),
  ...timed,
});

export type DemonstrationFile = z.infer<typeof demonstrationFileSchema>;

/** Sources of the tables, which have no room for them in their columns. */
export const tablesFileSchema = z.strictObject({
  tables: z.array(z.strictObject({ file: z.string(), ...factSourceSchema.shape })),
});

export const postcodeRowSchema = z.object({
  postcode: z.string().regex(/^\d{4}$/),
  place: z.string().min(1),
  municipality_codes: z.string().transform((text) => text.split(';')),
  lat: z.coerce.number().min(54).max(58),
  lon: z.coerce.number().min(7).max(16),
});
export const postcodeDistrictRowSchema = z.object({
  postcode: z.string().regex(/^\d{4}$/),
  place: z.string().min(1),
  district_id: id,
  ambiguous: z.enum(['0', '1']),
});
export const extraPostcodeRowSchema = z.object({
  postcode: z.string().regex(/^\d{4}$/),
  name: z.string().min(1),
  municipality_codes: z.string().transform((text) => text.split(';')),
  district_id: id,
});
export type PostcodeRow = z.infer<typeof postcodeRowSchema>;
export type PostcodeDistrictRow = z.infer<typeof postcodeDistrictRowSchema>;
export type ExtraPostcodeRow = z.infer<typeof extraPostcodeRowSchema>;
