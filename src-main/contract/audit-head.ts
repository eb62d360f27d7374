import { z } from 'zod';
import { instantSchema } from './ids.ts';

/** What the kiosk's key says of the audit log: so far it went, and this was its last line. */
export const auditHeadClaimsSchema = z.strictObject({
  /** Nothing else that this key signs says this of itself. */
  about: z.literal('audit-head'),
  sequence: z.int().min(1),
  hash: z.string().length(64),
  signedAt: instantSchema,
});
export type AuditHeadClaims = z.infer<typeof auditHeadClaimsSchema>;
export type SignedAuditHead = Omit<AuditHeadClaims, 'about'> & { readonly signature: string };
