import { z } from 'zod';
import { answerSchema } from './answer.ts';
import { entryContentSchema, entryKindSchema } from './entry.ts';
import {
  entryIdSchema,
  instantSchema,
  kioskIdSchema,
  languageSchema,
  languageTagSchema,
  localTimeSchema,
  referenceNumberSchema,
  reportIdSchema,
} from './ids.ts';
import { laneSchema } from './report.ts';

const code = z.string().regex(/^[a-z0-9-]{1,40}$/);

const lineSchema = z
  .strictObject({
    label: z
      .string()
      .nullable()
      .describe('What the line is about, where the question alone does not say it.'),
    danish: z.string().nullable().describe('What can be said exactly in Danish: a code, a date, a number.'),
    own: z
      .string()
      .nullable()
      .describe('What the visitor typed; a character nobody can see stands as its name, [U+202E].'),
    isLeftOut: z.boolean().describe('A number that is shown only to whoever asks for it at the desk.'),
  })
  .describe('One line of an answer.');

/**
 * One report as another program reads it. Published as resources/schemas/report-export.schema.json; whoever reads it may
 * rely on `formatVersion`.
 */
export const reportExportSchema = z.strictObject({
  format: z.literal('skranke-report'),
  formatVersion: z.literal(1),
  exportedAt: instantSchema,
  reportId: reportIdSchema,
  reference: referenceNumberSchema,
  kioskId: kioskIdSchema,
  stationId: code,
  districtId: code,
  isFallbackRouting: z.boolean().describe('The district is a guess: the place was not known.'),
  receivedAt: instantSchema,
  receivedLocal: localTimeSchema,
  isClockTrusted: z.boolean(),
  contentVersion: z.string(),
  type: z.strictObject({ code, danish: z.string().nullable() }),
  lane: laneSchema,
  language: languageSchema,
  interpreterLanguage: languageTagSchema.nullable(),
  flags: z.array(code),
  isAnonymous: z.boolean(),
  isUnder18: z.boolean(),
  gates: z.array(
    z.strictObject({ code, answer: code, question: z.string().nullable(), danish: z.string().nullable() }),
  ),
  answers: z
    .array(
      z.strictObject({
        questionId: code,
        question: z.string(),
        state: z
          .enum(['answered', 'skipped', 'unknown', 'not-met', 'hidden'])
          .describe('hidden: the visitor asked that it is not shown.'),
        lines: z.array(lineSchema),
        coded: answerSchema
          .nullable()
          .describe('The answer in codes; null where something of it is left out.'),
      }),
    )
    .describe('In the order of a Danish case: who, when, where, what happened, things and sums, the rest.'),
  entries: z
    .array(
      z.strictObject({
        entryId: entryIdSchema,
        kind: entryKindSchema,
        addedAt: instantSchema,
        addedBy: z.string(),
        isTakenBack: z.boolean(),
        content: entryContentSchema
          .nullable()
          .describe('Null where it would tell what is hidden, or could not be opened.'),
      }),
    )
    .describe('What staff added at the desk, oldest first.'),
});
export type ReportExport = z.infer<typeof reportExportSchema>;
