import { z } from 'zod';
import { contentIdSchema as id } from './content.ts';
import { instantSchema, localDateSchema, localTimeSchema } from './ids.ts';
import { stationHoursSchema, stationServiceSchema } from './station.ts';

/* What a supervisor says of this station at the desk: hours, exceptions, notices. It lies over what ships. */

const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/);
const spanSchema = z.strictObject({ from: clockTime, to: clockTime });
const spansSchema = z.array(spanSchema).max(4);

export const serviceHoursSchema = z.strictObject({
  /** The counter is `counter`. */
  id,
  /** From Monday on; a day without times is closed. */
  week: z.array(spansSchema).length(7),
  /** What holds on the ten public holidays. */
  onHolidays: z.enum(['closed', 'as-usual']),
});
export type ServiceHours = z.infer<typeof serviceHoursSchema>;

const exceptionDay = z.string().regex(/^(?:\d{4}-)?\d{2}-\d{2}$/);
export const settingsExceptionSchema = z.strictObject({
  /** Texts: `content:exception.<reason>`. */
  reason: id,
  /** `2026-12-03` in that year, `12-24` in every year. */
  on: exceptionDay,
  /** The last of these days, in the same form. */
  until: exceptionDay.nullable(),
  spans: spansSchema,
  /** Null: all services. */
  services: z.array(id).min(1).max(20).nullable(),
});
export type SettingsException = z.infer<typeof settingsExceptionSchema>;

export const noticeWordsSchema = z.strictObject({
  title: z.string().max(80),
  text: z.string().max(240),
});
export type NoticeWords = z.infer<typeof noticeWordsSchema>;

/** Written by staff, in Danish at least. Nothing is translated by a machine. */
export const ownNoticeSchema = z.strictObject({
  da: noticeWordsSchema,
  en: noticeWordsSchema.nullable(),
  ar: noticeWordsSchema.nullable(),
});
export type OwnNotice = z.infer<typeof ownNoticeSchema>;

export const settingsNoticeSchema = z.strictObject({
  id,
  tone: z.enum(['info', 'attention']),
  startsAt: localTimeSchema,
  endsAt: localTimeSchema,
  words: ownNoticeSchema,
});
export type SettingsNotice = z.infer<typeof settingsNoticeSchema>;

export const stationSettingsSchema = z.strictObject({
  /** The first local day on which the hours hold; until then those from before do. */
  validFrom: localDateSchema,
  /** The last day on which they are shown without somebody having looked again. */
  reviewBy: localDateSchema,
  /** The counter first. */
  services: z.array(serviceHoursSchema).min(1).max(20),
  exceptions: z.array(settingsExceptionSchema).max(60),
  /** More than these push the languages off the first screen. */
  notices: z.array(settingsNoticeSchema).max(3),
  /** What the station promises to whoever said how to be reached; null: nothing. */
  replyWithinDays: z.int().min(2).max(60).nullable(),
});
export type StationSettings = z.infer<typeof stationSettingsSchema>;

/** What was promised from a moment on, until the next one; the desk counts an old report by the promise of its day. */
export const replyPromiseSchema = z.strictObject({
  from: instantSchema,
  validFrom: localDateSchema,
  reviewBy: localDateSchema,
  days: z.int().nullable(),
});
export type ReplyPromise = z.infer<typeof replyPromiseSchema>;

/** What is wrong with a part; each is a sentence of the desk under this key. */
export const settingsProblemKinds = [
  'no-such-day',
  'review-too-far',
  'review-over',
  'review-before-valid',
  'no-counter',
  'twice',
  'unknown-service',
  'span-backwards',
  'spans-overlap',
  'until-before',
  'until-other-form',
  'unknown-reason',
  'notice-ends-before',
  'notice-over',
  'notice-without-danish',
  'notice-half-translated',
] as const;
export const settingsProblemSchema = z.strictObject({
  /** Where: `reviewBy`, `services.counter.0`, `exceptions.2`, `notices.0`. */
  path: z.string(),
  kind: z.enum(settingsProblemKinds),
});
export type SettingsProblem = z.infer<typeof settingsProblemSchema>;

/** What visitors would read of the station at a moment. */
export const stationPreviewSchema = z.strictObject({
  hours: stationHoursSchema,
  services: z.array(stationServiceSchema),
  news: z.array(
    z.strictObject({ id, tone: z.enum(['info', 'attention']), words: ownNoticeSchema.optional() }),
  ),
});
export type StationPreview = z.infer<typeof stationPreviewSchema>;

/** How the station stands: what was approved last, and what ships beneath it. */
export const stationStandingSchema = z.strictObject({
  /** Rises with every approval and every return to what ships; 0 before the first. */
  version: z.int().min(0),
  approved: z
    .strictObject({ settings: stationSettingsSchema, approvedAt: instantSchema, approvedBy: z.string() })
    .nullable(),
  /** Approved once and not shown: it does not fit what is installed now. */
  isSetAside: z.boolean(),
  /** What ships, as far as a week can say it: where somebody begins to write. */
  shipped: stationSettingsSchema,
  frame: z.strictObject({ today: localDateSchema, services: z.array(id), reasons: z.array(id) }),
});
export type StationStanding = z.infer<typeof stationStandingSchema>;
