import { z } from 'zod';

/** JWKs as they stand in key files. */
const kid = z.string().min(8).max(80);
const part = z.string().regex(/^[\w-]{40,600}$/);

/** What reports are sealed for: RSA-OAEP-256, 3072 bits. */
export const publicKeySchema = z.object({
  kty: z.literal('RSA'),
  n: z.string().min(500).max(600),
  e: z.literal('AQAB'),
  kid,
});
export type PublicKey = z.infer<typeof publicKeySchema>;

/** Opens reports; only ever at the district, or in the demonstration's folder. */
export const openingKeySchema = z.object({
  kty: z.literal('RSA'),
  n: z.string().min(500).max(600),
  e: z.literal('AQAB'),
  kid,
  d: part,
  p: part,
  q: part,
  dp: part,
  dq: part,
  qi: part,
});
export type OpeningKey = z.infer<typeof openingKeySchema>;

const point = z.string().regex(/^[\w-]{43}$/);

const publicPoint = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: point, y: point, kid });

/** Checks a kiosk's signature. */
export const kioskPublicKeySchema = publicPoint.extend({});
export type KioskPublicKey = z.infer<typeof kioskPublicKeySchema>;

/** Signs a kiosk's batches; opens nothing. */
export const kioskSigningKeySchema = publicPoint.extend({ d: point });
export type KioskSigningKey = z.infer<typeof kioskSigningKeySchema>;

/** Checks that a package of content is the district's. */
export const contentPublicKeySchema = publicPoint.extend({});
export type ContentPublicKey = z.infer<typeof contentPublicKeySchema>;

/** Signs a district's content; only ever at the district. */
export const contentSigningKeySchema = publicPoint.extend({ d: point });
export type ContentSigningKey = z.infer<typeof contentSigningKeySchema>;
