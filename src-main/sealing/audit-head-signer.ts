import { CompactSign, compactVerify, importJWK } from 'jose';
import { auditHeadClaimsSchema, type AuditHeadClaims } from '../contract/audit-head.ts';
import type { KioskPublicKey, KioskSigningKey } from '../contract/keys.ts';

const alg = 'ES256';

/** Says with the kiosk's key how far the audit log went. */
export async function signAuditHead(key: KioskSigningKey, claims: AuditHeadClaims): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg, kid: key.kid })
    .sign(await importJWK({ ...key, alg }));
}

/** Whether one of these keys said exactly this. */
export async function isAuditHeadSigned(
  keys: readonly KioskPublicKey[],
  claims: Omit<AuditHeadClaims, 'about'>,
  signature: string,
): Promise<boolean> {
  for (const key of keys) {
    try {
      const { payload } = await compactVerify(signature, await importJWK({ ...key, alg }), {
        algorithms: [alg],
      });
      const said = auditHeadClaimsSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
      return (
        said.sequence === claims.sequence && said.hash === claims.hash && said.signedAt === claims.signedAt
      );
    } catch {
      // Not by this key, or not a signature at all.
    }
  }
  return false;
}
