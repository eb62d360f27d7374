import { z } from 'zod';
import {
  alertIdSchema,
  instantSchema,
  languageSchema,
  referenceNumberSchema,
  reportIdSchema,
} from './ids.ts';

export const modeSchema = z.enum(['demonstration', 'unenrolled', 'enrolled']);
export type Mode = z.infer<typeof modeSchema>;

export const printerProblemSchema = z.enum([
  'no-paper',
  'jam',
  'cover-open',
  'offline',
  'wrong-printer',
  'timeout',
  'refused',
  'no-printer',
  'unknown',
]);

/** `sent` is not `printed`. `unprinted` is terminal for the visitor: only a desk may print it again. */
export const printStateSchema = z.enum(['waiting', 'sent', 'printed', 'unprinted']);
export type PrintState = z.infer<typeof printStateSchema>;
export const receiptStatusSchema = z.strictObject({
  reportId: reportIdSchema,
  state: printStateSchema,
  problem: printerProblemSchema.nullable(),
});
export type ReceiptStatus = z.infer<typeof receiptStatusSchema>;

export const alertKindSchema = z.enum(['danger-notice', 'staff-now', 'officer']);
export type AlertKind = z.infer<typeof alertKindSchema>;
/** `sent`: told to nobody yet; `seen`: delivered to a connected desk; `taken`: by name; `unanswered`: nobody took it in time. */
export const alertStateSchema = z.enum(['sent', 'seen', 'taken', 'unanswered']);
export type AlertState = z.infer<typeof alertStateSchema>;

/** All a visitor's screen learns of an alert: nobody's name. */
export const visitorAlertSchema = z.strictObject({
  alertId: alertIdSchema,
  kind: alertKindSchema,
  state: alertStateSchema,
});
export type VisitorAlert = z.infer<typeof visitorAlertSchema>;

/** What a desk sees; a locked desk gets it without `nameToCall` and `isPersonHere`. */
export const deskAlertSchema = z.strictObject({
  alertId: alertIdSchema,
  kind: alertKindSchema,
  state: alertStateSchema,
  raisedAt: instantSchema,
  language: languageSchema.nullable(),
  nameToCall: z.string().nullable(),
  isPersonHere: z.enum(['yes', 'no', 'not-said']).nullable(),
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
  }),
  z.strictObject({ kind: z.literal('receipt'), receipt: receiptStatusSchema }),
  z.strictObject({ kind: z.literal('alert'), alert: visitorAlertSchema }),
]);
export type KioskStatus = z.infer<typeof kioskStatusSchema>;

export const deliveryStatusSchema = z.strictObject({
  state: z.enum(['no-district', 'up-to-date', 'waiting', 'failing']),
  undelivered: z.int().min(0),
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
  acknowledgedAt: instantSchema.nullable(),
});
export type DeliveryStatus = z.infer<typeof deliveryStatusSchema>;

export const deskNoticeSchema = z.strictObject({
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
  printState: printStateSchema,
  isDelivered: z.boolean(),
  sealedSummary: z.string(),
});
export type QueueRow = z.infer<typeof queueRowSchema>;
