import { hash as digest } from 'node:crypto';
import { compactVerify, errors, importJWK, type CryptoKey } from 'jose';
import { z } from 'zod';
import {
  batchClaimsSchema,
  batchSchema,
  entryAddedSchema,
  eventDigestText,
  reportPurgedSchema,
  reviewChangeSchema,
  type Batch,
  type IntakeRefusal,
  type ParkReason,
  type WireEvent,
} from '../src-main/contract/envelope.ts';
import { instantSchema, reportIdSchema, type KioskId } from '../src-main/contract/ids.ts';
import type { KioskPublicKey } from '../src-main/contract/keys.ts';
import { sealedReportSchema } from '../src-main/contract/report.ts';

export type Refusal = IntakeRefusal['refusal'];
export type CheckedBatch =
  | {
      readonly ok: true;
      readonly batch: Batch;
      /** Of the key that signed it. */
      readonly keyId: string;
      /** Events that can be held but not registered, and why. */
      readonly doubtful: ReadonlyMap<number, Exclude<ParkReason, 'other-words'>>;
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** All that can be found out without the database: form, signature, the chain inside the batch, readable bodies. */
export interface BatchChecker {
  check(input: unknown): Promise<CheckedBatch>;
}

/** The keys a kiosk may sign with: more than one while it changes its key. Empty: nobody knows it. */
export type KioskKeyFinder = (kioskId: KioskId) => Promise<readonly KioskPublicKey[]>;

export function createBatchChecker(findKeys: KioskKeyFinder): BatchChecker {
  return {
    async check(input) {
      const parsed = batchSchema.safeParse(input);
      if (!parsed.success) return refuse('malformed');
      const batch = parsed.data;
      const keys = await findKeys(batch.kioskId);
      if (keys.length === 0) return refuse('unknown-kiosk');
      const signer = await findSigner(batch, keys);
      if (signer === null) return refuse('bad-signature');
      if (!isChained(batch)) return refuse('broken-chain');
      return { ok: true, batch, keyId: signer.kid, doubtful: findDoubtful(batch) };
    },
  };
}

function refuse(refusal: Refusal): CheckedBatch {
  return { ok: false, refusal };
}

const imported = new Map<string, Promise<CryptoKey | Uint8Array>>();

/** A key is imported once in the life of the process. */
function importOnce(jwk: KioskPublicKey): Promise<CryptoKey | Uint8Array> {
  const name = `${jwk.x}.${jwk.y}`;
  const key = imported.get(name) ?? importJWK({ ...jwk, alg: 'ES256' });
  imported.set(name, key);
  return key;
}

async function findSigner(batch: Batch, keys: readonly KioskPublicKey[]): Promise<KioskPublicKey | null> {
  for (const key of keys) if (await isSigned(batch, await importOnce(key))) return key;
  return null;
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
      claims.data.headHash === batch.headHash &&
      // Both were parsed by one schema: the same words stand in the same order.
      JSON.stringify(claims.data.withheld) === JSON.stringify(batch.withheld)
    );
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}

/**
 * Sequences without a gap, each hash recomputed from the one before, the last one being the signed head. The hash of an
 * event without its words is the one the kiosk signed for; the next event is chained to it.
 */
function isChained(batch: Batch): boolean {
  const withheld = new Set(batch.withheld?.map(({ sequence }) => sequence));
  let previousHash = batch.previousHash;
  for (const [index, event] of batch.events.entries()) {
    if (event.sequence !== batch.firstSequence + index) return false;
    if (withheld.has(event.sequence) ? event.body !== '' : hashOf(previousHash, event) !== event.hash)
      return false;
    previousHash = event.hash;
  }
  return batch.events.at(-1)?.sequence === batch.lastSequence && previousHash === batch.headHash;
}

export function hashOf(previousHash: string, event: Omit<WireEvent, 'hash'>): string {
  return digest('sha256', eventDigestText(previousHash, event));
}

function findDoubtful(batch: Batch): Extract<CheckedBatch, { ok: true }>['doubtful'] {
  const withheld = new Set(batch.withheld?.map(({ sequence }) => sequence));
  const doubtful = new Map<number, 'withheld' | 'unreadable'>();
  for (const event of batch.events) {
    if (withheld.has(event.sequence)) doubtful.set(event.sequence, 'withheld');
    else if (!isReadable(event)) doubtful.set(event.sequence, 'unreadable');
  }
  return doubtful;
}

const bodyIds = z.object({ reportId: reportIdSchema });
/** More fields than this intake knows are kept, not refused: a kiosk may be newer. */
const bodies: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['report-received', sealedReportSchema.loose().refine(({ receivedAt }) => isInCalendar(receivedAt))],
  ['review-changed', reviewChangeSchema.loose().refine(({ staffName }) => isText(staffName ?? ''))],
  ['entry-added', entryAddedSchema.loose()],
  ['report-purged', reportPurgedSchema.loose()],
]);

/** The database holds neither NUL nor half a surrogate pair; a kiosk never writes one. */
function isText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** The database's calendar has no year 0. */
function isInCalendar(instant: string): boolean {
  return instantSchema.safeParse(instant).success && !instant.startsWith('0000');
}

/** Whether the tables can hold it as it came. */
export function isHoldable({ kind, reportId, occurredAt, body }: WireEvent): boolean {
  return [kind, reportId, body].every(isText) && isInCalendar(occurredAt);
}

function isReadable(event: WireEvent): boolean {
  if (!isHoldable(event)) return false;
  const body = readJson(event.body);
  const ids = bodyIds.safeParse(body);
  const form = bodies.get(event.kind);
  return ids.success && ids.data.reportId === event.reportId && form?.safeParse(body).success === true;
}

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
