import { createHash } from 'node:crypto';
import { compactVerify, errors, importJWK, type CryptoKey } from 'jose';
import { z } from 'zod';
import {
  batchClaimsSchema,
  batchSchema,
  entryAddedSchema,
  eventDigestText,
  reviewChangeSchema,
  type Batch,
  type IntakeRefusal,
  type KioskEvent,
} from '../src-main/contract/envelope.ts';
import type { KioskId } from '../src-main/contract/ids.ts';
import type { KioskPublicKey } from '../src-main/contract/keys.ts';
import { sealedReportSchema } from '../src-main/contract/report.ts';

export type Refusal = IntakeRefusal['refusal'];
export type CheckedBatch =
  | {
      readonly ok: true;
      readonly batch: Batch;
      /** Sequences of events whose body is of no form this intake knows. */
      readonly unreadable: ReadonlySet<number>;
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** All that can be found out without the database: form, signature, the chain inside the batch, readable bodies. */
export interface BatchChecker {
  check(input: unknown): Promise<CheckedBatch>;
}

export function createBatchChecker(kioskKeys: ReadonlyMap<string, KioskPublicKey>): BatchChecker {
  const imported = new Map<string, Promise<CryptoKey | Uint8Array>>();
  const keyOf = (kioskId: KioskId): Promise<CryptoKey | Uint8Array> | null => {
    const jwk = kioskKeys.get(kioskId);
    if (jwk === undefined) return null;
    const key = imported.get(jwk.kid) ?? importJWK({ ...jwk, alg: 'ES256' });
    imported.set(jwk.kid, key);
    return key;
  };
  return {
    async check(input) {
      const parsed = batchSchema.safeParse(input);
      if (!parsed.success) return refuse('malformed');
      const batch = parsed.data;
      const key = keyOf(batch.kioskId);
      if (key === null) return refuse('unknown-kiosk');
      if (!(await isSigned(batch, await key))) return refuse('bad-signature');
      if (!isChained(batch)) return refuse('broken-chain');
      if (!batch.events.every(isText)) return refuse('malformed');
      const unreadable = batch.events.filter((event) => !isReadable(event)).map(({ sequence }) => sequence);
      return { ok: true, batch, unreadable: new Set(unreadable) };
    },
  };
}

function refuse(refusal: Refusal): CheckedBatch {
  return { ok: false, refusal };
}

async function isSigned(batch: Batch, key: CryptoKey | Uint8Array): Promise<boolean> {
  try {
    const verified = await compactVerify(batch.signature, key, { algorithms: ['ES256'] });
    const claims = batchClaimsSchema.safeParse(readJson(new TextDecoder().decode(verified.payload)));
    return (
      claims.success &&
      claims.data.kioskId === batch.kioskId &&
      claims.data.firstSequence === batch.firstSequence &&
      claims.data.lastSequence === batch.lastSequence &&
      claims.data.headHash === batch.headHash
    );
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}

/** Sequences without a gap, each hash recomputed from the one before, the last one being the signed head. */
function isChained(batch: Batch): boolean {
  let previousHash = batch.previousHash;
  for (const [index, event] of batch.events.entries()) {
    if (event.sequence !== batch.firstSequence + index) return false;
    if (hashOf(previousHash, event) !== event.hash) return false;
    previousHash = event.hash;
  }
  return batch.events.at(-1)?.sequence === batch.lastSequence && previousHash === batch.headHash;
}

export function hashOf(previousHash: string, event: Omit<KioskEvent, 'hash'>): string {
  return createHash('sha256').update(eventDigestText(previousHash, event)).digest('hex');
}

const bodyIds = z.object({ reportId: z.string() });
/** More fields than this intake knows are kept, not refused: a kiosk may be newer. */
const bodies = {
  'report-received': sealedReportSchema.loose(),
  'review-changed': reviewChangeSchema.loose(),
  'entry-added': entryAddedSchema.loose(),
} as const;

/** The database holds neither NUL nor half a surrogate pair; a kiosk never writes one. */
function isText({ body }: KioskEvent): boolean {
  return body.isWellFormed() && !body.includes('\0');
}

function isReadable(event: KioskEvent): boolean {
  const body = readJson(event.body);
  const ids = bodyIds.safeParse(body);
  return ids.success && ids.data.reportId === event.reportId && bodies[event.kind].safeParse(body).success;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
