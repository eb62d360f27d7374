import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { servedTextsSchema, visitorContentSchema } from './content.ts';
import {
  districtSchema,
  placeRoutingSchema,
  stationHoursSchema,
  stationSchema,
  stationServiceSchema,
} from './station.ts';
import {
  alertIdSchema,
  instantSchema,
  languageSchema,
  leafletIdSchema,
  localTimeSchema,
  referenceNumberSchema,
  reportIdSchema,
} from './ids.ts';
import { menuNowSchema } from './menu.ts';
import { leafletSchema } from './leaflet.ts';
import { submissionSchema } from './report.ts';
import { sayingSchema, speechPartSchema } from './speech.ts';
import {
  alertDetailsSchema,
  callKindSchema,
  kioskStatusSchema,
  leafletStatusSchema,
  modeSchema,
  printStateSchema,
  visitorAlertSchema,
} from './status.ts';

/** Colours of the screen: by daylight, in a dark lobby, and for who needs strong contrast. */
export const themeSchema = z.enum(['light', 'dark', 'contrast']);
export type Theme = z.infer<typeof themeSchema>;

export const welcomeSchema = z.strictObject({
  mode: modeSchema,
  canReport: z.boolean(),
  station: stationSchema,
  /** Of the counter. */
  stationHours: stationHoursSchema,
  /** What else the station has hours for. */
  stationServices: z.array(stationServiceSchema),
  district: districtSchema,
  isLobbyStaffed: z.boolean(),
  languages: z.array(languageSchema),
  localTime: localTimeSchema,
  isClockTrusted: z.boolean(),
  /** What references look like: this kiosk's own begin with `ownPrefix`, all others with the number of a district. */
  references: z.strictObject({
    ownPrefix: z.string().regex(/^\d{5}$/),
    districtNumbers: z.array(z.string().regex(/^\d{2}$/)),
  }),
  screen: z.strictObject({
    idleMs: z.int(),
    warningMs: z.int(),
    referenceMs: z.int(),
    officerMs: z.int(),
    /** What each visit starts with. */
    theme: themeSchema,
    /** How much of the screen, from below, a seated hand reaches; null where nobody measured. */
    reachableShare: z.number().min(0).max(1).nullable(),
  }),
  /** What the station promises to whoever says how to be reached; null: nothing. */
  replyWithinDays: z.int().nullable(),
  menu: menuNowSchema,
  content: visitorContentSchema,
  contentVersion: z.string(),
  /** Content while it is written: the screen says so, and each visit starts with this type, where there is one. */
  preview: z.strictObject({ typeId: z.string().nullable() }).nullable(),
});
export type Welcome = z.infer<typeof welcomeSchema>;

const pixelsSchema = z.int().min(1).max(32_768);
const screenSizeSchema = z.strictObject({ widthPx: pixelsSchema, heightPx: pixelsSchema });

export const submitResultSchema = z.strictObject({
  reportId: reportIdSchema,
  reference: referenceNumberSchema,
  receivedAt: instantSchema,
  receivedLocal: localTimeSchema,
  isClockTrusted: z.boolean(),
  route: z.enum(['self', 'assisted']),
  printState: printStateSchema,
});
export type SubmitResult = z.infer<typeof submitResultSchema>;

const stationWithHoursSchema = z.strictObject({
  station: stationSchema,
  district: districtSchema,
  hours: stationHoursSchema,
  services: z.array(stationServiceSchema),
  /** As the crow flies from the middle of the postcode, rounded; null where no postcode was given. */
  kilometres: z.int().min(0).nullable(),
});
export type StationWithHours = z.infer<typeof stationWithHoursSchema>;

/** A screen of ours and a language, to be counted: nothing about whoever stood there. */
export const droppedAtSchema = z.strictObject({
  screen: z.string().regex(/^[a-z0-9-]{1,40}$/),
  language: languageSchema,
});
export type DroppedAt = z.infer<typeof droppedAtSchema>;

/** What a visitor's screen may call. It has no procedure of the desk, so it can forget no check. */
export const visitorContract = {
  /** Asked for again every minute: a page that hangs asks no more. `screen`, in CSS pixels: a page that people see. */
  welcome: oc.input(z.strictObject({ screen: screenSizeSchema.optional() })).output(welcomeSchema),
  texts: oc.input(z.strictObject({ language: languageSchema })).output(servedTextsSchema),
  routePlace: oc
    .input(
      z.strictObject({
        postcode: z.string().max(20).nullable(),
        municipalityCode: z.string().max(4).nullable(),
      }),
    )
    .output(placeRoutingSchema),
  stations: oc
    .input(z.strictObject({ postcode: z.string().max(20).nullable() }))
    .output(z.strictObject({ stations: z.array(stationWithHoursSchema) })),
  submit: oc
    .input(submissionSchema)
    .errors({
      /** No key to seal with: nothing is kept; go to the counter. */
      CANNOT_REPORT: { status: 503 },
      /** As many of this type as one kiosk takes within an hour. */
      TOO_MANY: { status: 429 },
      /** An answer does not fit content; the question is named. */
      INVALID_ANSWER: { status: 422, data: z.strictObject({ questionId: z.string(), reason: z.string() }) },
      /** The store says no before anything was promised; the same report may be sent again. */
      NOT_STORED: { status: 507, data: z.strictObject({ reason: z.enum(['full', 'read-only', 'broken']) }) },
      /** Nobody knows yet; ask again with the same report id. */
      UNCERTAIN: { status: 500 },
    })
    .output(submitResultSchema),
  /** The visitor has left: a slip still waiting is not for the next one. `droppedAt`: in the middle of a report. */
  leave: oc
    .input(
      z.strictObject({
        reportId: reportIdSchema.nullable(),
        droppedAt: droppedAtSchema.nullable().optional(),
      }),
    )
    .output(z.strictObject({})),
  /** Whether anybody has touched this page since it stood ready: nothing is changed on a kiosk under a visitor's hands. */
  tellVisit: oc.input(z.strictObject({ isUnderWay: z.boolean() })).output(z.strictObject({})),
  /** Whether the paper is in the visitor's hands; the printer's own word is not always the truth. */
  tellSlip: oc
    .input(z.strictObject({ reportId: reportIdSchema, hasSlip: z.boolean() }))
    .output(z.strictObject({})),
  /** Paper that belongs to no report; what becomes of it is told in `follow`. The same id twice is one leaflet. */
  printLeaflet: oc
    .input(z.strictObject({ leafletId: leafletIdSchema, leaflet: leafletSchema, language: languageSchema }))
    .errors({
      /** Content has no such page. */
      NO_SUCH_LEAFLET: { status: 404 },
      /** This visit has had its share of paper. */
      TOO_MANY_LEAFLETS: { status: 429 },
    })
    .output(leafletStatusSchema),
  raiseAlert: oc
    .input(
      z.strictObject({
        kind: callKindSchema,
        language: languageSchema,
        /** The same call, told before: a line that fell and came back makes no second one. */
        earlier: alertIdSchema.nullable(),
        ...alertDetailsSchema.shape,
      }),
    )
    .output(visitorAlertSchema),
  withdrawAlert: oc.input(z.strictObject({ alertId: alertIdSchema })).output(z.strictObject({})),
  /** Reads aloud: the sound of one thing, as it is made. Ending the stream ends the work. */
  speak: oc.input(sayingSchema).output(eventIterator(speechPartSchema)),
  /** Nobody is in a visit on this page: content that waits takes the place of what is shown. */
  takeContent: oc.input(z.strictObject({})).output(z.strictObject({})),
  follow: oc.input(z.strictObject({})).output(eventIterator(kioskStatusSchema)),
};
export type VisitorContract = typeof visitorContract;
