import { z } from 'zod';
import { tooMany, unavailable, type ApiAnswer, type ApiRoute } from './api-route.ts';
import { acknowledgementSchema, batchPath, batchSchema, intakeRefusalSchema, sha256Hex } from './envelope.ts';
import { kioskIdSchema } from './ids.ts';
import { contentPublicKeySchema, kioskPublicKeySchema, publicKeySchema } from './keys.ts';

const refusal = (when: string): ApiAnswer => ({ when, content: intakeRefusalSchema });

export const deliverBatch: ApiRoute = {
  method: 'POST',
  path: batchPath,
  summary: 'A kiosk delivers events',
  description:
    'Signed, in order, at most 500 events or about 2 MB, never more than 4 MB on the wire. May be sent any number of times. Up to three batches may be on their way at once, each following the other; one that overtakes the one in front of it waits here for two seconds.',
  proof: 'signature',
  body: batchSchema,
  answers: {
    200: {
      when: 'Everything of this kiosk through the last event of this very request is held durably. Events in `parked` are held and not registered; they hold nothing up.',
      content: acknowledgementSchema,
    },
    400: refusal('`malformed`: not a batch of version 1.'),
    403: refusal('`unknown-kiosk`, or `bad-signature`: not signed by a key of this kiosk over these claims.'),
    409: refusal(
      '`gap`: events before these are missing here; `throughSequence` is what is held. `conflict`: another event is held under the same number.',
    ),
    413: refusal('`malformed`: longer than 4 MB. Send fewer events.'),
    415: refusal('`malformed`: not application/json.'),
    422: refusal('`broken-chain`: the hashes do not follow each other, or not what is held.'),
    429: tooMany,
    503: unavailable,
  },
};

/** Where a kiosk's log goes on from: 0 and 64 zeros for a new one. */
const logMarkSchema = z.strictObject({ throughSequence: z.int().min(0), headHash: sha256Hex });
/** What the JWS (ES256, compact) of a registration signs. */
export const registrationProofSchema = z.strictObject({ code: z.string(), log: logMarkSchema });
export const registrationSchema = z.strictObject({
  version: z.literal(1),
  /** As the district gave it out, once. */
  code: z.string().min(8).max(60),
  publicKey: kioskPublicKeySchema,
  log: logMarkSchema,
  /** By the key that is registered. */
  proof: z.string().min(1).max(4000),
});
export type Registration = z.infer<typeof registrationSchema>;
export const registrationRefusals = ['code', 'proof', 'history'] as const;
export type RegistrationRefusal = (typeof registrationRefusals)[number];
export const registeredSchema = z.strictObject({
  kioskId: kioskIdSchema,
  /** Public keys that reports are sealed for, by the id of their district. */
  districtKeys: z.record(z.string().regex(/^[a-z0-9-]{1,40}$/), publicKeySchema),
  /** Those that packages of content are signed with, by the id of their district. */
  contentKeys: z.record(z.string().regex(/^[a-z0-9-]{1,40}$/), contentPublicKeySchema).default({}),
});
const registrationRefusal = (when: string): ApiAnswer => ({
  when,
  content: z.strictObject({ problem: z.enum([...registrationRefusals, 'malformed']) }),
});

export const registerKiosk: ApiRoute = {
  method: 'POST',
  path: '/v1/kiosks',
  summary: 'A kiosk registers its key with a one-time code',
  description:
    'May be repeated with the same key. What signed for this kiosk before is revoked. A number that was never used takes a log from where it is, so that a machine may go on under another number; one that was used goes on with its own log only.',
  proof: 'code',
  body: registrationSchema,
  answers: {
    200: { when: 'From now on batches signed with this key are taken.', content: registeredSchema },
    400: registrationRefusal('`malformed`.'),
    403: registrationRefusal(
      '`code`: unknown, over, or used with another key. `proof`: not signed by that key.',
    ),
    409: registrationRefusal('`history`: this number has a log already, and this is not it.'),
    413: registrationRefusal('`malformed`: far too long.'),
    415: registrationRefusal('`malformed`: not application/json.'),
    429: tooMany,
    503: unavailable,
  },
};

/** What both JWS (ES256, compact) of a renewal sign. */
export const renewalClaimsSchema = z.strictObject({
  kioskId: kioskIdSchema,
  oldKeyId: z.string().min(8).max(80),
  newKeyId: z.string().min(8).max(80),
});
export const renewalSchema = z.strictObject({
  version: z.literal(1),
  ...renewalClaimsSchema.shape,
  publicKey: kioskPublicKeySchema,
  /** By the key that is registered now: it vouches for the new one. */
  vouched: z.string().min(1).max(4000),
  /** By the new key. */
  proof: z.string().min(1).max(4000),
});
export type Renewal = z.infer<typeof renewalSchema>;
export const renewalRefusals = ['unknown-key', 'proof'] as const;
export type RenewalRefusal = (typeof renewalRefusals)[number];
export const renewedSchema = z.strictObject({ kioskId: kioskIdSchema, keyId: z.string() });
const renewalRefusal = (when: string): ApiAnswer => ({
  when,
  content: z.strictObject({ problem: z.enum([...renewalRefusals, 'malformed']) }),
});

export const renewKioskKey: ApiRoute = {
  method: 'POST',
  path: '/v1/kiosk-keys',
  summary: 'A kiosk renews its signing key',
  description:
    'Signed by both keys; may be repeated. Both are taken until the first batch that the new one signed: only then the old one is good for nothing but what it signed before. So the kiosk may lose the answer, or its power, at any moment.',
  proof: 'signature',
  body: renewalSchema,
  answers: {
    200: { when: 'The new key is taken from now on.', content: renewedSchema },
    400: renewalRefusal('`malformed`.'),
    403: renewalRefusal(
      '`unknown-key`: the old key is none of this kiosk, was revoked, or was renewed before. `proof`: not signed by both.',
    ),
    413: renewalRefusal('`malformed`: far too long.'),
    415: renewalRefusal('`malformed`: not application/json.'),
    429: tooMany,
    503: unavailable,
  },
};
