import { oc } from '@orpc/contract';
import { z } from 'zod';
import { inSession } from './desk-session.ts';
import { instantSchema } from './ids.ts';
import { publicKeySchema } from './keys.ts';

/** 256 bits, base64url. */
const secretSchema = z.string().regex(/^[\w-]{43}$/);
const signatureSchema = z.string().regex(/^[\w-]{86}$/);

/** A desk is known by the thumbprint (RFC 7638) of the key it signs with. */
export const deviceIdSchema = secretSchema.brand<'DeviceId'>();
export type DeviceId = z.infer<typeof deviceIdSchema>;

/** Public half of a desk's own key, EC P-256. */
export const devicePublicKeySchema = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: secretSchema,
  y: secretSchema,
});
export type DevicePublicKey = z.infer<typeof devicePublicKeySchema>;

/** A private station key, wrapped for one desk: ECDH with a key made for this once, HKDF-SHA256, AES-256-GCM. */
export const keyBoxSchema = z.strictObject({
  keyId: z.string().min(8).max(80),
  ephemeralKey: devicePublicKeySchema,
  iv: z.string().regex(/^[\w-]{16}$/),
  wrapped: z.string().regex(/^[\w-]{1000,4000}$/),
});
export type KeyBox = z.infer<typeof keyBoxSchema>;

export const deskGreetingSchema = z.strictObject({
  kioskId: z.string(),
  stationName: z.string(),
  /** To be signed by the desk; counts on this connection only. */
  challenge: secretSchema,
  /** Admitted already: a demonstration on its own machine. Otherwise nothing else answers before the proof. */
  isAdmitted: z.boolean(),
  hasStationKey: z.boolean(),
});
export type DeskGreeting = z.infer<typeof deskGreetingSchema>;

export const deskNameSchema = z.string().trim().min(1).max(40);

export const deskDeviceSchema = z.strictObject({
  deviceId: deviceIdSchema,
  name: z.string(),
  boxKey: devicePublicKeySchema,
  addedAt: instantSchema,
  seenAt: instantSchema,
  isConnected: z.boolean(),
  /** The one that asks. */
  isThis: z.boolean(),
  /** `waiting` for the station key, which a desk that has it must give. */
  key: z.enum(['holds', 'given', 'waiting']),
});
export type DeskDevice = z.infer<typeof deskDeviceSchema>;

const stored = { NOT_STORED: { status: 507 } };
const known = { NOT_FOUND: { status: 404 }, ...stored };

export const deskDevicesContract = {
  /** What a page asks first, whoever it is. */
  greet: oc.input(z.strictObject({})).output(deskGreetingSchema),
  /** A desk that is registered signs the challenge. */
  prove: oc
    .input(z.strictObject({ deviceId: deviceIdSchema, signature: signatureSchema }))
    .errors({ UNKNOWN_DESK: { status: 403 } })
    .output(z.strictObject({ name: z.string() })),
  /** The code comes from `skranke desk pair` or from another desk. The first desk brings the station key it has made. */
  register: oc
    .input(
      z.strictObject({
        code: z.string().max(40),
        name: deskNameSchema,
        signKey: devicePublicKeySchema,
        boxKey: devicePublicKeySchema,
        releaseSecret: secretSchema,
        stationKey: publicKeySchema.nullable(),
        signature: signatureSchema,
      }),
    )
    .errors({
      WRONG_CODE: { status: 403 },
      NAME_TAKEN: { status: 409 },
      /** The kiosk has had a station key for a moment, or has none any more: greet again. */
      OTHER_KEY: { status: 409 },
      WRONG_KEY: { status: 422 },
      ...stored,
    })
    .output(z.strictObject({ deviceId: deviceIdSchema })),
  /** What this desk needs to take its station key out; `box` when another desk has given it one. Null where no desk is registered. */
  releaseKey: inSession.input(z.strictObject({})).output(
    z
      .strictObject({
        releaseSecret: secretSchema,
        box: keyBoxSchema.nullable(),
        /** Some desk has the station key; false: nobody can give it any more. */
        isHeld: z.boolean(),
      })
      .nullable(),
  ),
  /** It has kept the given key and taken it out once. */
  keepKey: inSession
    .input(z.strictObject({ keyId: z.string().min(8).max(80) }))
    .errors({ ...known, OTHER_KEY: { status: 409 } })
    .output(z.strictObject({})),
  devices: inSession
    .input(z.strictObject({}))
    .output(z.strictObject({ devices: z.array(deskDeviceSchema), stationKeyId: z.string().nullable() })),
  makeDeskCode: inSession
    .input(z.strictObject({}))
    .output(z.strictObject({ code: z.string(), validForMs: z.int() })),
  giveKey: inSession
    .input(z.strictObject({ deviceId: deviceIdSchema, box: keyBoxSchema }))
    .errors({ ...known, OTHER_KEY: { status: 409 } })
    .output(z.strictObject({})),
  /** Never the desk one stands at: that is for another desk or for IT. */
  revokeDevice: inSession
    .input(z.strictObject({ deviceId: deviceIdSchema }))
    .errors({ ...known, THIS_DESK: { status: 409 } })
    .output(z.strictObject({})),
};
