import type { IncomingMessage } from 'node:http';
import { batchClaimsSchema, type IntakeRefusal } from '../src-main/contract/envelope.ts';
import type { ContentPublicKey, KioskPublicKey } from '../src-main/contract/keys.ts';
import { registrationSchema, renewalSchema } from '../src-main/contract/kiosk-api.ts';
import type { IntakeDistrict } from './districts.ts';
import { readJsonBody } from './http-body.ts';
import type { Intake } from './intake.ts';
import type { IntakeDatabase } from './intake-database.ts';
import { createKeyFinder, registerKiosk } from './kiosk-registry.ts';
import { renewKey } from './renew-key.ts';
import type { Counts } from './metrics.ts';
import { problem, type Facts, type Reply } from './reply.ts';

/** Takes registrations and readers. */
export interface Administration {
  readonly database: IntakeDatabase;
  /** Those that reports are sealed for, or handed to. */
  readonly districts: readonly IntakeDistrict[];
  /** Those that packages of content are signed with, by the id of their district. */
  readonly contentKeys?: ReadonlyMap<string, ContentPublicKey>;
  /** Of the folder; beside them those that were registered count. */
  readonly kioskKeys?: ReadonlyMap<string, KioskPublicKey>;
}

/** Made once: a schema compiles itself when it is first used. */
const claimsInBatch = batchClaimsSchema.loose();

export async function takeBatch(intake: Intake, counts: Counts, request: IncomingMessage): Promise<Reply> {
  const body = await readJsonBody(request);
  if (!body.ok) {
    const refusal: IntakeRefusal = { refusal: 'malformed', throughSequence: null };
    return { status: body.status, body: refusal };
  }
  const startedMs = performance.now();
  const outcome = await intake.handleBatch(body.content);
  const ms = performance.now() - startedMs;
  const claims = claimsInBatch.safeParse(body.content);
  const facts: Facts = claims.success
    ? { kioskId: claims.data.kioskId, first: claims.data.firstSequence, last: claims.data.lastSequence }
    : {};
  if (outcome.outcome === 'acknowledged') {
    const { acknowledgement } = outcome;
    const { parked } = acknowledgement;
    const events = claims.success ? claims.data.lastSequence - claims.data.firstSequence + 1 : 0;
    counts.batch('acknowledged', events, parked.length, ms);
    const event = parked.length > 0 ? 'batch-parked' : 'batch-kept';
    const note = { event, facts: { ...facts, parked: parked.length, ms: Math.round(ms) } } as const;
    return { status: 200, body: acknowledgement, note };
  }
  const { refusal } = outcome.refusal;
  counts.batch(refusal, 0, 0, ms);
  return {
    status: statusOf[refusal],
    body: outcome.refusal,
    note: { event: 'batch-refused', facts: { ...facts, refusal } },
    ...(statusOf[refusal] === 403 ? { isUntrue: true } : {}),
  };
}

const statusOf: Readonly<Record<IntakeRefusal['refusal'], number>> = {
  gap: 409,
  conflict: 409,
  'unknown-kiosk': 403,
  'bad-signature': 403,
  'broken-chain': 422,
  malformed: 400,
};

export async function takeRegistration(
  { database, districts, contentKeys = new Map() }: Administration,
  request: IncomingMessage,
): Promise<Reply> {
  const body = await readJsonBody(request);
  if (!body.ok) return problem(body.status, 'malformed');
  const registration = registrationSchema.safeParse(body.content);
  if (!registration.success) return problem(400, 'malformed');
  const outcome = await registerKiosk(database, registration.data);
  if (outcome.ok) {
    const { kioskId } = outcome;
    const facts = { kioskId, keyId: registration.data.publicKey.kid };
    const districtKeys = Object.fromEntries(districts.map(({ districtId, keys }) => [districtId, keys[0]]));
    const answer = { kioskId, districtKeys, contentKeys: Object.fromEntries(contentKeys) };
    return { status: 200, body: answer, note: { event: 'kiosk-registered', facts } };
  }
  const note = { event: 'registration-refused', facts: { problem: outcome.problem } } as const;
  const reply = { ...problem(outcome.problem === 'history' ? 409 : 403, outcome.problem), note };
  return outcome.problem === 'history' ? reply : { ...reply, isUntrue: true };
}

export async function takeRenewal(
  { database, kioskKeys = new Map() }: Administration,
  request: IncomingMessage,
): Promise<Reply> {
  const body = await readJsonBody(request);
  if (!body.ok) return problem(body.status, 'malformed');
  const renewal = renewalSchema.safeParse(body.content);
  if (!renewal.success) return problem(400, 'malformed');
  const { kioskId, newKeyId } = renewal.data;
  const outcome = await renewKey(database, createKeyFinder(database, kioskKeys), renewal.data);
  if (outcome.ok) {
    const note = { event: 'kiosk-key-renewed', facts: { kioskId, keyId: newKeyId } } as const;
    return { status: 200, body: { kioskId, keyId: newKeyId }, note };
  }
  const note = { event: 'renewal-refused', facts: { kioskId, problem: outcome.problem } } as const;
  return { ...problem(403, outcome.problem), note, isUntrue: true };
}
