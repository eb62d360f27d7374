import { z } from 'zod';
import { answeredQuestionSchema } from './answer.ts';
import {
  instantSchema,
  languageSchema,
  languageTagSchema,
  kioskIdSchema,
  localTimeSchema,
  referenceNumberSchema,
  reportIdSchema,
} from './ids.ts';

const code = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** Questions one report can answer. */
export const mostAnswers = 60;

/** What the visitor's screen sends when "This is true as far as I know" is touched. */
export const submissionSchema = z.strictObject({
  reportId: reportIdSchema,
  language: languageSchema,
  reportType: code,
  gateAnswers: z.record(code, code),
  isUnder18: z.boolean(),
  /** Of the interpreter, where it is not the language of the report. */
  interpreterLanguage: languageTagSchema.optional(),
  answers: z
    .array(answeredQuestionSchema)
    .max(mostAnswers)
    .refine((answers) => new Set(answers.map((answered) => answered.questionId)).size === answers.length, {
      error: 'a question is answered once',
    }),
});
export type Submission = z.infer<typeof submissionSchema>;

export const laneSchema = z.enum(['self', 'assisted']);
export type Lane = z.infer<typeof laneSchema>;

/** The short sealed part, opened for a line of the queue. */
export const reportSummarySchema = z.strictObject({
  reportId: reportIdSchema,
  reportType: code,
  language: languageSchema,
  flags: z.array(code),
  districtId: code,
  isFallbackRouting: z.boolean(),
  route: laneSchema,
  isAnonymous: z.boolean(),
  interpreterLanguage: languageTagSchema.optional(),
});
export type ReportSummary = z.infer<typeof reportSummarySchema>;

/** The whole report as it is sealed. Only the district and a paired desk ever see it open. */
export const reportSchema = z.strictObject({
  reportId: reportIdSchema,
  reference: referenceNumberSchema,
  kioskId: kioskIdSchema,
  stationId: code,
  receivedAt: instantSchema,
  receivedLocal: localTimeSchema,
  isClockTrusted: z.boolean(),
  contentVersion: z.string(),
  summary: reportSummarySchema,
  submission: submissionSchema,
});
export type Report = z.infer<typeof reportSchema>;

/**
 * Room for the largest report that shipped content lets anybody write, and for two of them in one batch. A kiosk says
 * no before it stores more: what is stored has to be readable by everybody after it.
 */
export const mostSealedCharacters = 1_500_000;
/** jose General JSON serialisation, as text; one recipient per `kid`. */
export const sealedDocumentSchema = z.string().min(1).max(mostSealedCharacters);
/** A report on disk and on the wire. */
export const sealedReportSchema = z.strictObject({
  reportId: reportIdSchema,
  reference: referenceNumberSchema,
  receivedAt: instantSchema,
  lane: laneSchema,
  sealedSummary: sealedDocumentSchema,
  sealedReport: sealedDocumentSchema,
});
export type SealedReport = z.infer<typeof sealedReportSchema>;

/** Who works on it. `finished` is final. */
export const reviewStateSchema = z.enum(['new', 'claimed', 'finished']);
export type ReviewState = z.infer<typeof reviewStateSchema>;
