import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { contentProblemSchema, servedTextsSchema, visitorContentSchema } from './content.ts';
import { districtSchema, stationSchema } from './station.ts';
import {
  alertIdSchema,
  instantSchema,
  languageSchema,
  referenceNumberSchema,
  reportIdSchema,
  staffIdSchema,
} from './ids.ts';
import { kioskPublicKeySchema } from './keys.ts';
import { sealedReportSchema } from './report.ts';
import {
  deskNoticeSchema,
  modeSchema,
  printerProblemSchema,
  printStateSchema,
  queueRowSchema,
} from './status.ts';

export const roleSchema = z.enum(['front-desk', 'officer', 'supervisor', 'it']);
export type Role = z.infer<typeof roleSchema>;
export const staffSchema = z.strictObject({
  staffId: staffIdSchema,
  userName: z.string(),
  displayName: z.string(),
  roles: z.array(roleSchema).min(1),
});
export type Staff = z.infer<typeof staffSchema>;

/** RSA-OAEP-256 public key, 3072 bits, as JWK. */
export const publicKeySchema = z.object({
  kty: z.literal('RSA'),
  n: z.string().min(500).max(600),
  e: z.literal('AQAB'),
  kid: z.string().min(8).max(80),
});
export type PublicKey = z.infer<typeof publicKeySchema>;

export const deskWelcomeSchema = z.strictObject({
  mode: modeSchema,
  kioskId: z.string(),
  station: stationSchema,
  district: districtSchema,
  /** `kid` of the station key the kiosk seals for, or null while no desk is paired. */
  stationKeyId: z.string().nullable(),
  /** Demonstration only: the private station key as JWK text, handed to the desk when it opens. */
  demonstrationStationKey: z.string().nullable(),
  /** What the codes on this kiosk's slips are checked with; null while it cannot sign. */
  kioskKey: kioskPublicKeySchema.nullable(),
  content: visitorContentSchema,
  /** For whoever looks after content: what was left out or is said in Danish only, and what should be looked at again. */
  contentProblems: z.strictObject({
    problems: z.array(contentProblemSchema),
    overdue: z.array(contentProblemSchema),
  }),
});
export type DeskWelcome = z.infer<typeof deskWelcomeSchema>;

export const reviewSchema = z.strictObject({
  reportId: reportIdSchema,
  state: z.enum(['new', 'claimed', 'finished']),
  version: z.int().min(1),
  claimedBy: z.string().nullable(),
  isMine: z.boolean(),
});
export type Review = z.infer<typeof reviewSchema>;

/** `FORBIDDEN`: signed in, but in no role that may do this (desk-access.ts). */
const signedOut = { SIGNED_OUT: { status: 401 }, FORBIDDEN: { status: 403 } };
const changed = {
  CHANGED: { status: 409, data: reviewSchema },
  NOT_FOUND: { status: 404 },
  NOT_STORED: { status: 507 },
};
const sessionless = oc;
const inSession = oc.errors(signedOut);
const slipRefused = { NOT_FOUND: { status: 404 }, UNDER_WAY: { status: 409 }, NOT_STORED: { status: 507 } };
const slipStandingSchema = z.strictObject({
  printState: printStateSchema,
  printProblem: printerProblemSchema.nullable(),
});
const expectedVersion = z.strictObject({ reportId: reportIdSchema, version: z.int().min(1) });

/** What a desk's page may call. All but the first five need a session bound to this connection. */
export const deskContract = {
  welcome: sessionless.input(z.strictObject({})).output(deskWelcomeSchema),
  texts: sessionless.input(z.strictObject({ language: languageSchema })).output(servedTextsSchema),
  /** The stream also feeds a locked desk: alerts then carry no details. */
  follow: sessionless.input(z.strictObject({})).output(eventIterator(deskNoticeSchema)),
  signIn: sessionless
    .input(z.strictObject({ userName: z.string().min(1).max(60), pin: z.string().min(4).max(64) }))
    .errors({
      WRONG_PIN: { status: 401 },
      THROTTLED: { status: 429, data: z.strictObject({ retryAfterMs: z.int() }) },
      NOT_STORED: { status: 507 },
    })
    .output(z.strictObject({ staff: staffSchema })),
  signOut: sessionless.input(z.strictObject({})).output(z.strictObject({})),
  /** First desk only: gives the kiosk the public half of the station key made in this browser. The code is shown by `skranke desk pair`. */
  pair: inSession
    .input(z.strictObject({ code: z.string().max(40), publicKey: publicKeySchema }))
    .errors({
      WRONG_CODE: { status: 403 },
      ALREADY_PAIRED: { status: 409 },
      WRONG_KEY: { status: 422 },
      NOT_STORED: { status: 507 },
    })
    .output(z.strictObject({ stationKeyId: z.string() })),
  queue: inSession
    .input(
      z.strictObject({
        filter: z.enum(['all', 'new', 'mine', 'unprinted', 'finished']),
        beforeSequence: z.int().min(1).nullable(),
      }),
    )
    .output(
      z.strictObject({
        rows: z.array(queueRowSchema),
        nextBeforeSequence: z.int().nullable(),
        counts: z.strictObject({ all: z.int(), new: z.int(), mine: z.int(), unprinted: z.int() }),
      }),
    ),
  /** The line of the report with this number, wherever it stands; null when the kiosk has none. */
  findReport: inSession
    .input(z.strictObject({ reference: referenceNumberSchema }))
    .output(z.strictObject({ row: queueRowSchema.nullable() })),
  openReport: inSession
    .input(z.strictObject({ reportId: reportIdSchema }))
    .errors({ NOT_FOUND: { status: 404 } })
    .output(
      z.strictObject({
        sealed: sealedReportSchema,
        review: reviewSchema,
        printState: printStateSchema,
        printProblem: printerProblemSchema.nullable(),
        acknowledgedAt: instantSchema.nullable(),
      }),
    ),
  /** Contact that a report keeps out of sight is about to be shown: noted, by whom. */
  showContact: inSession
    .input(z.strictObject({ reportId: reportIdSchema }))
    .errors({ NOT_FOUND: { status: 404 } })
    .output(z.strictObject({})),
  claim: inSession.input(expectedVersion).errors(changed).output(reviewSchema),
  takeOver: inSession.input(expectedVersion).errors(changed).output(reviewSchema),
  release: inSession.input(expectedVersion).errors(changed).output(reviewSchema),
  finish: inSession.input(expectedVersion).errors(changed).output(reviewSchema),
  reprint: inSession
    .input(
      z.strictObject({
        reportId: reportIdSchema,
        variant: z.enum(['full', 'discreet']),
        reportType: z.string().max(40).nullable(),
        language: languageSchema,
      }),
    )
    .errors(slipRefused)
    .output(slipStandingSchema),
  /** No slip is missing: nothing is printed any more, and it leaves the list of those that did not come out. */
  settleSlip: inSession
    .input(z.strictObject({ reportId: reportIdSchema }))
    .errors(slipRefused)
    .output(slipStandingSchema),
  takeAlert: inSession
    .input(z.strictObject({ alertId: alertIdSchema }))
    .errors({
      NOT_FOUND: { status: 404 },
      TAKEN: { status: 409, data: z.strictObject({ takenBy: z.string() }) },
    })
    .output(z.strictObject({})),
};
export type DeskContract = typeof deskContract;
