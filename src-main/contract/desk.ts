import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { deskContentSchema } from './desk-content.ts';
import { deskDevicesContract } from './desk-devices.ts';
import { deskEntriesContract, standingSchema } from './desk-entries.ts';
import { deskSearchContract } from './desk-search.ts';
import { deskPaperContract } from './desk-paper.ts';
import { inSession } from './desk-session.ts';
import { deskStaffContract, pinSchema } from './desk-staff.ts';
import { deskTrustContract } from './desk-trust.ts';
import { contentProblemSchema, servedTextsSchema, visitorContentSchema } from './content.ts';
import { districtSchema, stationSchema } from './station.ts';
import { replyPromiseSchema } from './station-settings.ts';
import {
  alertIdSchema,
  instantSchema,
  languageSchema,
  referenceNumberSchema,
  reportIdSchema,
} from './ids.ts';
import { kioskPublicKeySchema, publicKeySchema } from './keys.ts';
import { staffSchema } from './staff.ts';
import { sealedReportSchema } from './report.ts';
import { expectedVersionSchema, reviewSchema } from './review.ts';
import {
  deskNoticeSchema,
  modeSchema,
  printerProblemSchema,
  printStateSchema,
  queueRowSchema,
} from './status.ts';

export const deskWelcomeSchema = z.strictObject({
  mode: modeSchema,
  kioskId: z.string(),
  /**
   * The kiosks of the station that this page shows, this one among them; empty where it shows this one alone. Told only to
   * a page of this kiosk's that the others let in.
   */
  kiosks: z.array(z.strictObject({ name: z.string(), origin: z.string() })),
  station: stationSchema,
  district: districtSchema,
  /** `kid` of the station key the kiosk seals for, or null while no desk is paired. */
  stationKeyId: z.string().nullable(),
  /** Demonstration only: the private station key as JWK text, handed to the desk when it opens. */
  demonstrationStationKey: z.string().nullable(),
  /** What the codes on this kiosk's slips are checked with, today's first; empty while it cannot sign. */
  kioskKeys: z.array(kioskPublicKeySchema),
  /** Whom the desk seals for what it adds to a report; the home district's key is among them. */
  sealingKeys: z.strictObject({
    station: publicKeySchema.nullable(),
    districts: z.array(z.strictObject({ districtId: z.string(), key: publicKeySchema })),
  }),
  /** Every district a report can be handed to. */
  districts: z.array(districtSchema),
  deskContent: deskContentSchema,
  /** What the station promised visitors, since when. */
  promises: z.array(replyPromiseSchema),
  content: visitorContentSchema,
  /** For whoever looks after content: what was left out or is said in Danish only, and what should be looked at again. */
  contentProblems: z.strictObject({
    problems: z.array(contentProblemSchema),
    overdue: z.array(contentProblemSchema),
  }),
});
export type DeskWelcome = z.infer<typeof deskWelcomeSchema>;

const changed = {
  CHANGED: { status: 409, data: reviewSchema },
  NOT_FOUND: { status: 404 },
  NOT_STORED: { status: 507 },
};
const sessionless = oc;
const slipRefused = { NOT_FOUND: { status: 404 }, UNDER_WAY: { status: 409 }, NOT_STORED: { status: 507 } };
const slipStandingSchema = z.strictObject({
  printState: printStateSchema,
  printProblem: printerProblemSchema.nullable(),
});

/** What a desk's page may call; who may call what stands in desk-access.ts. */
export const deskContract = {
  ...deskDevicesContract,
  ...deskStaffContract,
  welcome: sessionless.input(z.strictObject({})).output(deskWelcomeSchema),
  texts: sessionless.input(z.strictObject({ language: languageSchema })).output(servedTextsSchema),
  /** The stream also feeds a locked desk: alerts then carry no details. */
  follow: sessionless.input(z.strictObject({})).output(eventIterator(deskNoticeSchema)),
  signIn: sessionless
    .input(z.strictObject({ userName: z.string().min(1).max(60), pin: pinSchema }))
    .errors({
      WRONG_PIN: { status: 401 },
      THROTTLED: { status: 429, data: z.strictObject({ retryAfterMs: z.int() }) },
      NOT_STORED: { status: 507 },
    })
    .output(z.strictObject({ staff: staffSchema, isPinOneTime: z.boolean() })),
  signOut: sessionless.input(z.strictObject({})).output(z.strictObject({})),
  queue: inSession
    .input(
      z.strictObject({
        filter: z.enum(['all', 'new', 'mine', 'unprinted', 'finished', 'rejected']),
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
        ...standingSchema.shape,
        printState: printStateSchema,
        printProblem: printerProblemSchema.nullable(),
        /** When the slip came to stand so; null where nobody noted it. */
        printChangedAt: instantSchema.nullable(),
        acknowledgedAt: instantSchema.nullable(),
      }),
    ),
  /** Contact that a report keeps out of sight is about to be shown: noted, by whom. */
  showContact: inSession
    .input(z.strictObject({ reportId: reportIdSchema }))
    .errors({ NOT_FOUND: { status: 404 } })
    .output(z.strictObject({})),
  claim: inSession.input(expectedVersionSchema).errors(changed).output(reviewSchema),
  takeOver: inSession.input(expectedVersionSchema).errors(changed).output(reviewSchema),
  release: inSession.input(expectedVersionSchema).errors(changed).output(reviewSchema),
  finish: inSession.input(expectedVersionSchema).errors(changed).output(reviewSchema),
  /** Takes "finished" back: by whoever finished it, for a while. */
  reopen: inSession.input(expectedVersionSchema).errors(changed).output(reviewSchema),
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
  ...deskEntriesContract,
  ...deskPaperContract,
  ...deskSearchContract,
  ...deskTrustContract,
};
export type DeskContract = typeof deskContract;
