import type { KioskPublicKey, KioskSigningKey } from '../contract/keys.ts';
import type { BatchSigner, ReceiptSigner } from '../domain/ports.ts';
import { createBatchSigner } from '../sealing/batch-signer.ts';
import { createReceiptSigner } from '../sealing/receipt-signer.ts';

/** The key that this kiosk signs with, which may be renewed while it runs, and those before it. */
export interface SigningKeys {
  current(): KioskSigningKey;
  /** Whose signatures are this kiosk's, the newest first. */
  all(): readonly KioskPublicKey[];
  change(next: KioskSigningKey): void;
}

/** Named one by one: the private half never leaves by accident. */
export function publicHalf({ kty, crv, x, y, kid }: KioskPublicKey): KioskPublicKey {
  return { kty, crv, x, y, kid };
}

export function createSigningKeys(
  signing: KioskSigningKey,
  earlier: readonly KioskPublicKey[] = [],
): SigningKeys {
  let current = signing;
  let before = [...earlier];
  return {
    current: () => current,
    all: () => [publicHalf(current), ...before],
    change(next) {
      if (next.kid === current.kid) return;
      before = [publicHalf(current), ...before];
      current = next;
    },
  };
}

/** Makes a signer for each key once, and signs with today's. */
function follow<Signer>(keys: SigningKeys, make: (key: KioskSigningKey) => Signer): () => Signer {
  const made = new Map<string, Signer>();
  return () => {
    const key = keys.current();
    const signer = made.get(key.kid) ?? make(key);
    made.set(key.kid, signer);
    return signer;
  };
}

export function batchSignerOf(keys: SigningKeys): BatchSigner {
  const signer = follow(keys, createBatchSigner);
  return { sign: (claims) => signer().sign(claims) };
}

export function receiptSignerOf(keys: SigningKeys): ReceiptSigner {
  const signer = follow(keys, createReceiptSigner);
  return { sign: (claims) => signer().sign(claims) };
}
