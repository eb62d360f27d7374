import { z } from 'zod';
import { auditActions } from './audit.ts';
import { contentStandingSchema } from './content-package.ts';
import { inSession } from './desk-session.ts';
import {
  instantSchema,
  languageSchema,
  localDateSchema,
  localTimeSchema,
  referenceNumberSchema,
  reportIdSchema,
} from './ids.ts';
import {
  settingsProblemSchema,
  stationPreviewSchema,
  stationSettingsSchema,
  stationStandingSchema,
} from './station-settings.ts';
import { lobbyScreenStateSchema } from './status.ts';

/* What a supervisor looks after: who did what. Spread into the desk's contract. */

const notStored = { NOT_STORED: { status: 507 } };

export const auditLineSchema = z.strictObject({
  sequence: z.int().min(1),
  occurredAt: instantSchema,
  /** A staff id, or `kiosk`, `visitor`, `it`, `district`, `unknown`. */
  actor: z.string(),
  /** Null for one of the words above, and for somebody who is no longer among the staff. */
  actorName: z.string().nullable(),
  /** One of `auditActions`; another one is of a newer or older kiosk, or was written by hand. */
  action: z.string(),
  subject: z.string(),
  /** Of the report that it was done to. */
  reference: z.string().nullable(),
  /** Of the member of staff, or of the desk, that it was done to. */
  subjectName: z.string().nullable(),
});
export type AuditLine = z.infer<typeof auditLineSchema>;

export const auditFilterSchema = z.strictObject({
  actor: z.string().max(60).nullable(),
  action: z.enum(auditActions).nullable(),
  reference: referenceNumberSchema.nullable(),
  /** Local days, both among them. */
  from: localDateSchema.nullable(),
  to: localDateSchema.nullable(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const auditVerdictSchema = z.strictObject({
  rows: z.int(),
  ok: z.boolean(),
  /** The first line that is missing or was changed. */
  firstBad: z.int().nullable(),
  /** The line that the kiosk's key signed last; null: none. */
  signed: z
    .strictObject({
      through: z.int().min(1),
      at: instantSchema,
      /**
       * `good`: signed by this kiosk, and it stands there; `unchecked`: it stands there, and its signature needs the kiosk's
       * key; `cut`: the log ends before it; `differs`: another line stands there; `not-own`: not signed by this kiosk.
       */
      state: z.enum(['good', 'unchecked', 'cut', 'differs', 'not-own']),
    })
    .nullable(),
});
export type AuditVerdict = z.infer<typeof auditVerdictSchema>;

/** How long until somebody took a report: under 15 minutes, an hour, four hours, a day, or longer. */
export const waitingBuckets = ['quarter', 'hour', 'half-day', 'day', 'longer'] as const;

/** Of the last thirty days. Nothing about anybody. */
export const numbersSchema = z.strictObject({
  from: localDateSchema,
  to: localDateSchema,
  days: z.array(
    z.strictObject({
      day: localDateSchema,
      reports: z.int(),
      /** Null: too few to be shown. */
      dropped: z.int().nullable(),
    }),
  ),
  waiting: z.strictObject({
    buckets: z.array(z.strictObject({ id: z.enum(waitingBuckets), count: z.int() })),
    notTaken: z.int(),
    medianMinutes: z.int().nullable(),
    /** Nine of ten were taken within it. */
    ninetiethMinutes: z.int().nullable(),
  }),
  /** Visits that ended in the middle of a report. */
  dropped: z.strictObject({
    cells: z.array(z.strictObject({ screen: z.string(), language: languageSchema, count: z.int() })),
    /** Screens and languages with too few to be shown. */
    hidden: z.int(),
  }),
  /** How often staff had to ask a visitor for more. */
  questions: z.int(),
  slips: z.strictObject({
    printed: z.int(),
    notPrinted: z.int(),
    settled: z.int(),
    /** The visitor said that no paper came. */
    notSeen: z.int(),
    reprinted: z.int(),
  }),
});
export type Numbers = z.infer<typeof numbersSchema>;

/** How the kiosk is, beside what the desk's stream tells. */
export const kioskHealthSchema = z.strictObject({
  localTime: localTimeSchema,
  isClockTrusted: z.boolean(),
  /** Null: the disk does not say. */
  disk: z.strictObject({ freeBytes: z.number(), totalBytes: z.number() }).nullable(),
  store: z.enum(['healthy', 'full', 'read-only', 'broken']),
  hours: z.enum(['known', 'never-told', 'overdue']),
  hoursReviewBy: localDateSchema.nullable(),
  areSettingsSetAside: z.boolean(),
  canReport: z.boolean(),
  lobbyScreen: lobbyScreenStateSchema,
  /** What the district sent, and what of it is shown. */
  content: contentStandingSchema,
});
export type KioskHealth = z.infer<typeof kioskHealthSchema>;

export const deskTrustContract = {
  /** Newest first. A page may be short or empty while more lies further back: `nextBeforeSequence` says so. */
  auditPage: inSession
    .input(auditFilterSchema.extend({ beforeSequence: z.int().min(1).nullable() }))
    .output(
      z.strictObject({ rows: z.array(auditLineSchema), nextBeforeSequence: z.int().min(1).nullable() }),
    ),
  /** Everybody who can have done something. */
  auditPeople: inSession
    .input(z.strictObject({}))
    .output(z.strictObject({ people: z.array(z.strictObject({ actor: z.string(), name: z.string() })) })),
  /** Walks the whole chain, from the first line. */
  verifyAudit: inSession.input(z.strictObject({})).output(auditVerdictSchema),
  /** Asked before the log leaves the desk as a file: noted, by whom. */
  noteAuditExport: inSession
    .input(z.strictObject({ format: z.enum(['csv', 'json']) }))
    .errors(notStored)
    .output(z.strictObject({})),
  /** Asked before anything of an open report is copied, printed or saved by the desk. */
  noteReportOut: inSession
    .input(z.strictObject({ reportId: reportIdSchema, way: z.enum(['copied', 'printed', 'saved']) }))
    .errors({ ...notStored, NOT_FOUND: { status: 404 } })
    .output(z.strictObject({})),
  /** Asked before the queue leaves the desk as a file. */
  noteQueueExport: inSession.input(z.strictObject({})).errors(notStored).output(z.strictObject({})),
  /** How this station's hours and notices stand. */
  stationSettings: inSession.input(z.strictObject({})).output(stationStandingSchema),
  /** What visitors would read; nothing is kept. `at`: the first moment from which it would hold. */
  previewStation: inSession.input(z.strictObject({ settings: stationSettingsSchema })).output(
    z.strictObject({
      problems: z.array(settingsProblemSchema),
      at: localTimeSchema,
      preview: stationPreviewSchema.nullable(),
    }),
  ),
  /** On the visitors' screen at once. `CHANGED`: somebody else approved since `version`. */
  approveStation: inSession
    .input(z.strictObject({ version: z.int().min(0), settings: stationSettingsSchema }))
    .errors({
      ...notStored,
      CHANGED: { status: 409 },
      REFUSED: { status: 422, data: z.strictObject({ problems: z.array(settingsProblemSchema) }) },
    })
    .output(stationStandingSchema),
  /** What ships holds again. */
  restoreStation: inSession
    .input(z.strictObject({ version: z.int().min(0) }))
    .errors({ ...notStored, CHANGED: { status: 409 } })
    .output(stationStandingSchema),
  kioskHealth: inSession.input(z.strictObject({})).output(kioskHealthSchema),
  numbers: inSession.input(z.strictObject({})).output(numbersSchema),
};
