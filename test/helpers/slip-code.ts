import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import {
  kioskPublicKeySchema,
  kioskSigningKeySchema,
  type KioskPublicKey,
} from '../../src-main/contract/keys.ts';
import type { ReceiptSigner } from '../../src-main/domain/ports.ts';
import { createReceiptSigner } from '../../src-main/sealing/receipt-signer.ts';

/** What a kiosk signs its slips with, and what they are checked with; also made inside a page. */
export async function makeSlipSigner(): Promise<{ signer: ReceiptSigner; kioskKey: KioskPublicKey }> {
  const pair = await generateKeyPair('ES256', { extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const signing = kioskSigningKeySchema.parse({ ...(await exportJWK(pair.privateKey)), kid });
  return {
    signer: createReceiptSigner(signing),
    kioskKey: kioskPublicKeySchema.parse({ ...publicJwk, kid }),
  };
}
