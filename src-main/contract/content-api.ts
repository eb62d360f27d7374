import { z } from 'zod';
import { problemSchema, tooMany, unavailable, type ApiAnswer, type ApiRoute } from './api-route.ts';
import { contentStandingSchema, contentVersionSchema, mostPackageBytes } from './content-package.ts';
import { sha256Hex } from './envelope.ts';
import { instantSchema, kioskIdSchema } from './ids.ts';

/** A package goes to a kiosk in parts of so many bytes; the last may be shorter. */
export const partBytes = 196_608;

/** What the JWS (ES256, compact) of a request for content signs. */
export const contentReportSchema = z.strictObject({
  kioskId: kioskIdSchema,
  standing: contentStandingSchema,
});
export type ContentReport = z.infer<typeof contentReportSchema>;
export const contentRequestSchema = z.strictObject({
  version: z.literal(1),
  kioskId: kioskIdSchema,
  /** By a key of this kiosk. */
  report: z.string().min(1).max(20_000),
});
export type ContentRequest = z.infer<typeof contentRequestSchema>;

const contentOfferSchema = z.object({
  version: contentVersionSchema,
  sha256: sha256Hex,
  bytes: z.int().min(1).max(mostPackageBytes),
});
export type ContentOffer = z.infer<typeof contentOfferSchema>;
export const contentOffersSchema = z.object({
  /** By the clock of the district: a kiosk holds its own against it. */
  time: instantSchema,
  /** Rising versions; nothing that a later one has replaced before its time. */
  packages: z.array(contentOfferSchema).max(20),
});
export type ContentOffers = z.infer<typeof contentOffersSchema>;

export const contentRefusals = ['unknown-kiosk', 'bad-signature'] as const;
export type ContentRefusal = (typeof contentRefusals)[number];
const refusal = (when: string): ApiAnswer => ({
  when,
  content: z.strictObject({ problem: z.enum([...contentRefusals, 'malformed']) }),
});

export const askContent: ApiRoute = {
  method: 'POST',
  path: '/v1/content',
  summary: 'A kiosk says which content it shows, and hears what is new',
  description:
    'About every five minutes, and when something changed. What it says is kept for the district to look at. Packages are signed by the district and looked over by the kiosk: this intake vouches for none of them.',
  proof: 'signature',
  body: contentRequestSchema,
  answers: {
    200: { when: 'What is there for this kiosk beyond what is live.', content: contentOffersSchema },
    400: refusal('`malformed`.'),
    403: refusal('`unknown-kiosk`, or `bad-signature`: not signed by a key of this kiosk.'),
    413: refusal('`malformed`: far too long.'),
    415: refusal('`malformed`: not application/json.'),
    429: tooMany,
    503: unavailable,
  },
};

export const contentPartRequestSchema = z.strictObject({
  version: z.literal(1),
  sha256: sha256Hex,
  /** From 0. */
  part: z
    .int()
    .min(0)
    .max(Math.ceil(mostPackageBytes / partBytes)),
});
export type ContentPartRequest = z.infer<typeof contentPartRequestSchema>;
export const contentPartSchema = z.object({
  part: z.int().min(0),
  /** Base64 of the bytes. */
  data: z.string().max(Math.ceil(partBytes / 3) * 4),
});
const noPart: ApiAnswer = {
  when: 'There is no such package, or no such part of it.',
  content: problemSchema,
};

export const fetchContentPart: ApiRoute = {
  method: 'POST',
  path: '/v1/content/parts',
  summary: 'A part of a package',
  description:
    'Each of 196,608 bytes but the last. A fetch that was cut off goes on with the part it lacks. Whoever knows the SHA-256 of a package may have it: visitors read what is in it.',
  proof: 'hash',
  body: contentPartRequestSchema,
  answers: {
    200: { when: 'The bytes.', content: contentPartSchema },
    400: { when: 'No such request.', content: problemSchema },
    404: noPart,
    413: { when: 'Far too long.', content: problemSchema },
    415: { when: 'Not application/json.', content: problemSchema },
    429: tooMany,
    503: unavailable,
  },
};
