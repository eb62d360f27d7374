import { z } from 'zod';
import { auditActions } from './audit.ts';
import { inSession } from './desk-session.ts';
import {
  instantSchema,
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
  /** Of the member of staff it was done to. */
  subjectName: z.string().nullable(),
});
export type AuditLine = z.infer<typeof auditLineSchema>;

export const auditFilterSchema = z.strictObject({
  actor: z.string().max(60).nullable(),
  action: z.enum(auditActions).nullable(),
  reference: referenceNumberSchema.nullable(),
  /** Local day. */
  day: localDateSchema.nullable(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const auditVerdictSchema = z.strictObject({
  rows: z.int(),
  ok: z.boolean(),
  /** The first line that is missing or was changed. */
  firstBad: z.int().nullable(),
});
export type AuditVerdict = z.infer<typeof auditVerdictSchema>;

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
};
