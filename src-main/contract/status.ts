import { z } from 'zod';
import { typedText } from './answer.ts';
import {
  alertIdSchema,
  instantSchema,
  languageSchema,
  leafletIdSchema,
  languageTagSchema,
  referenceNumberSchema,
  reportIdSchema,
} from './ids.ts';
import { headphonesSchema } from './speech.ts';

export const modeSchema = z.enum(['demonstration', 'unenrolled', 'enrolled']);
export type Mode = z.infer<typeof modeSchema>;

/** What a printer lacks, or why nobody knows what became of a slip; each is a sentence in the locales under this key. */
export const printerProblems = [
  // The printer says so.
  'no-paper',
  'paper-low',
  'jam',
  'cutter',
  'cover-open',
  'ink-out',
  'ink-low',
  'tray-full',
  'too-hot',
  'paused',
  'busy',
  'broken',
  // We say so of the printer.
  'offline',
  'untrusted',
  'wrong-printer',
  'refused',
  'timeout',
  'cannot-tell',
  'no-printer',
  // Of the slip.
  'left',
  'not-seen',
  'interrupted',
  'unknown',
] as const;
export const printerProblemSchema = z.enum(printerProblems);
export type PrinterProblem = z.infer<typeof printerProblemSchema>;

/**
 * A slip on its way. `sent` is not `printed`: only the printer says that. `failed`: no whole slip came out and none will.
 * `unknown`: bytes have left and nobody knows. `settled`: somebody said that no slip is missing. After the first try only
 * a desk prints it again.
 */
export const printStateSchema = z.enum(['queued', 'sent', 'printed', 'failed', 'unknown', 'settled']);
export type PrintState = z.infer<typeof printStateSchema>;
export const receiptStatusSchema = z.strictObject({
  reportId: reportIdSchema,
  state: printStateSchema,
  problem: printerProblemSchema.nullable(),
});
export type ReceiptStatus = z.infer<typeof receiptStatusSchema>;

/** Paper without a report, as a slip; nobody settles it. */
export const leafletStatusSchema = z.strictObject({
  leafletId: leafletIdSchema,
  state: printStateSchema.exclude(['settled']),
  problem: printerProblemSchema.nullable(),
});
export type LeafletStatus = z.infer<typeof leafletStatusSchema>;

/**
 * `interpreter`: somebody whose language is not on the screen. `card`: somebody who cannot or will not speak holds up a
 * card. `urgent-report`: a report was stored that cannot wait; the kiosk raises it. `escalated`: a colleague at a desk wants
 * help with a report.
 */
export const alertKindSchema = z.enum([
  'danger-notice',
  'staff-now',
  'officer',
  'interpreter',
  'card',
  'urgent-report',
  'escalated',
]);
export type AlertKind = z.infer<typeof alertKindSchema>;
/** What a visitor's screen may raise. */
export const callKindSchema = alertKindSchema.exclude(['urgent-report', 'escalated']);
export type CallKind = z.infer<typeof callKindSchema>;

/** What somebody may say with a call; nothing of it has to be said. */
export const alertDetailsSchema = z.strictObject({
  nameToCall: typedText(100).nullable(),
  isPersonHere: z.enum(['yes', 'no', 'not-said']).nullable(),
  isUnder18: z.boolean(),
  /** Somebody is with the visitor: they may hear it too, or not. */
  company: z.enum(['may-hear', 'alone']).nullable(),
  /** Which interpreter. */
  wantedLanguage: languageTagSchema.nullable(),
  /** Which card is held up: `desk:alerts.card.<card>`. */
  card: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .nullable(),
});
export type AlertDetails = z.infer<typeof alertDetailsSchema>;
/** `sent`: told to nobody yet; `seen`: delivered to a connected desk; `taken`: by name; `unanswered`: nobody took it in time. */
export const alertStateSchema = z.enum(['sent', 'seen', 'taken', 'unanswered']);
export type AlertState = z.infer<typeof alertStateSchema>;

/** All a visitor's screen learns of an alert: nobody's name. */
export const visitorAlertSchema = z.strictObject({
  alertId: alertIdSchema,
  kind: callKindSchema,
  state: alertStateSchema,
});
export type VisitorAlert = z.infer<typeof visitorAlertSchema>;

/** What a desk sees; a locked desk gets no detail but the language of the interpreter, and no report. */
export const deskAlertSchema = z.strictObject({
  alertId: alertIdSchema,
  kind: alertKindSchema,
  state: alertStateSchema,
  raisedAt: instantSchema,
  language: languageSchema.nullable(),
  ...alertDetailsSchema.shape,
  /** Who called from a desk; of `escalated`. */
  raisedBy: z.string().nullable(),
  /** Of `urgent-report` and `escalated`. */
  report: z.strictObject({ reportId: reportIdSchema, reference: referenceNumberSchema }).nullable(),
  takenBy: z.string().nullable(),
  /** How often it was raised again within two minutes. */
  repeats: z.int().min(0),
});
export type DeskAlert = z.infer<typeof deskAlertSchema>;

/** The one push stream of the visitor's screen. */
export const kioskStatusSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('kiosk'),
    isDeskConnected: z.boolean(),
    isLobbyStaffed: z.boolean(),
    canReport: z.boolean(),
    localTime: z.string(),
    isClockTrusted: z.boolean(),
    /** Rises when a supervisor approves hours or notices: the screen asks again what is true. */
    stationVersion: z.int().min(0),
    /** Languages whose voice was tried and sounded; null before all were tried. */
    voices: z.array(languageSchema).nullable(),
    headphones: headphonesSchema,
    /** Of what is shown now: another one is asked for once nobody is in a visit. */
    contentVersion: z.string(),
    /** Other content is ready: a page on which nobody is in a visit says so (`takeContent`). */
    isContentWaiting: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('receipt'), receipt: receiptStatusSchema }),
  z.strictObject({ kind: z.literal('leaflet'), leaflet: leafletStatusSchema }),
  z.strictObject({ kind: z.literal('alert'), alert: visitorAlertSchema }),
]);
export type KioskStatus = z.infer<typeof kioskStatusSchema>;

/**
 * Why delivery stands still; each is a sentence in the locales and a way on in src-main/sync/README.md. `events-missing`:
 * the kiosk's own log has a hole. `too-large`: a single event that nobody on the way takes.
 */
export const stopReasons = [
  'unknown-kiosk',
  'bad-signature',
  'broken-chain',
  'conflict',
  'gap',
  'malformed',
  'too-large',
  'events-missing',
] as const;
export const stopReasonSchema = z.enum(stopReasons);
export type StopReason = z.infer<typeof stopReasonSchema>;

export const deliveryStatusSchema = z.strictObject({
  state: z.enum(['no-district', 'up-to-date', 'waiting', 'failing']),
  undelivered: z.int().min(0),
  /** Held by the district and not registered there: a person has to look. */
  parked: z.int().min(0),
  /** Why the last attempt failed, in a word the desk can translate. */
  problem: z
    .enum([
      'unreachable',
      'timeout',
      'tls',
      'not-an-acknowledgement',
      'server-error',
      'refused',
      'redirected',
    ])
    .nullable(),
  /** With `refused`: why the line stands still, and the event it stands at. Only a person gets it going again. */
  stopped: z.strictObject({ reason: stopReasonSchema, sequence: z.int().min(1) }).nullable(),
  /** Of the events that wait since the queue was last empty. */
  progress: z.strictObject({ sent: z.int().min(0), total: z.int().min(0) }).nullable(),
  /** When the first event that waits was made. */
  oldestWaitingAt: instantSchema.nullable(),
  acknowledgedAt: instantSchema.nullable(),
});
export type DeliveryStatus = z.infer<typeof deliveryStatusSchema>;

export const deskNoticeSchema = z.strictObject({
  /** Whether somebody is signed in on this connection: a page learns here that its session was ended by others. */
  isSessionOpen: z.boolean(),
  alerts: z.array(deskAlertSchema),
  /** Rises at every change of the queue: the page asks again. */
  queueVersion: z.int().min(0),
  unprinted: z.int().min(0),
  delivery: deliveryStatusSchema,
  printer: z.strictObject({
    state: z.enum(['ready', 'attention', 'absent']),
    problem: printerProblemSchema.nullable(),
  }),
  isStoreHealthy: z.boolean(),
  /** The page asks again for content and its words when it is another one. */
  contentVersion: z.string(),
});
export type DeskNotice = z.infer<typeof deskNoticeSchema>;

export const queueRowSchema = z.strictObject({
  reportId: reportIdSchema,
  reference: referenceNumberSchema,
  sequence: z.int().min(1),
  receivedAt: instantSchema,
  lane: z.enum(['self', 'assisted']),
  state: z.enum(['new', 'claimed', 'finished']),
  version: z.int().min(1),
  claimedBy: z.string().nullable(),
  isMine: z.boolean(),
  isRejected: z.boolean(),
  printState: printStateSchema,
  printProblem: printerProblemSchema.nullable(),
  isDelivered: z.boolean(),
  sealedSummary: z.string(),
});
export type QueueRow = z.infer<typeof queueRowSchema>;

/** Whether a page that visitors see has asked for the welcome of late; `never`: not since the kiosk started. */
export const lobbyScreenStateSchema = z.enum(['never', 'shown', 'silent']);
export type LobbyScreenState = z.infer<typeof lobbyScreenStateSchema>;
