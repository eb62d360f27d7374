import { z } from 'zod';

/** A report's own id, made once when the draft starts (UUID, version 7: time first). It is the key of idempotency everywhere. */
export const reportIdSchema = z.uuid().brand<'ReportId'>();
export type ReportId = z.infer<typeof reportIdSchema>;

/** Twelve digits: district (2), kiosk (3), six random, one ISO 7064 MOD 11,10 check digit. It opens nothing. */
export const referenceNumberSchema = z
  .string()
  .regex(/^\d{12}$/)
  .brand<'ReferenceNumber'>();
export type ReferenceNumber = z.infer<typeof referenceNumberSchema>;

export const alertIdSchema = z.uuid().brand<'AlertId'>();
export type AlertId = z.infer<typeof alertIdSchema>;

/** Made by the page before it asks, so that asking twice prints once. */
export const leafletIdSchema = z.uuid().brand<'LeafletId'>();
export type LeafletId = z.infer<typeof leafletIdSchema>;

/** Made by the desk's page before it asks, so that asking twice adds once. */
export const entryIdSchema = z.uuid().brand<'EntryId'>();
export type EntryId = z.infer<typeof entryIdSchema>;

export const staffIdSchema = z.uuid().brand<'StaffId'>();
export type StaffId = z.infer<typeof staffIdSchema>;

/** The kiosk's name in the district's log, for example `07-120`: district number, kiosk number. */
export const kioskIdSchema = z
  .string()
  .regex(/^\d{2}-\d{3}$/)
  .brand<'KioskId'>();
export type KioskId = z.infer<typeof kioskIdSchema>;

/** What the kiosk speaks, in the order of the start screen. */
export const languageSchema = z.enum(['da', 'en', 'ar', 'uk', 'pl', 'tr', 'ro', 'de']);
export type Language = z.infer<typeof languageSchema>;
export const languages = languageSchema.options;

/** Any language somebody can ask an interpreter for, by its BCP 47 code: `ti`, `ckb`, `dsl`. */
export const languageTagSchema = z.string().regex(/^[a-z]{2,3}$/);

/** Local wall-clock time at the station without an offset, to the minute: `2026-11-20T14:32`. */
export const localTimeSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);
export const localDateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** An instant in UTC, ISO 8601 with milliseconds. */
export const instantSchema = z.iso.datetime({ precision: 3 });
