import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  districtApi,
  feedAcknowledgementSchema,
  registrationSchema,
  type DistrictOperation,
  type Problem,
  type RegistrationRefusal,
} from '../src-main/contract/district-api.ts';
import { batchClaimsSchema, type IntakeRefusal } from '../src-main/contract/envelope.ts';
import type { PublicKey } from '../src-main/contract/keys.ts';
import type { LogEvent } from '../src-main/contract/log-events.ts';
import { acknowledgeFeed, readFeed } from './feed.ts';
import { readJsonBody } from './http-body.ts';
import type { Intake } from './intake.ts';
import type { IntakeDatabase } from './intake-database.ts';
import { registerKiosk } from './kiosk-registry.ts';
import { createCounts, type Counts } from './metrics.ts';
import { describeIntakeApi } from './openapi.ts';
import { findReader, type Reader } from './readers.ts';
import { listReports } from './reports.ts';

export interface HandlerParts {
  readonly intake: Intake;
  /** Lets whoever holds the token list the sealed reports: PGlite has one process at a time. */
  readonly reading?: { readonly database: IntakeDatabase; readonly token: string };
  /** Takes registrations and readers: `districtKeys` are what reports are sealed for, by district. */
  readonly administration?: {
    readonly database: IntakeDatabase;
    readonly districtKeys: ReadonlyMap<string, PublicKey>;
  };
}

type Facts = Readonly<Record<string, string | number>>;

export interface Reply {
  readonly status: number;
  /** A text is sent as such, anything else as JSON. */
  readonly body: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The proof that came along was not good. */
  readonly isUntrue?: true;
  /** For the log: ids, counts and words of our own. */
  readonly note?: { readonly event: LogEvent; readonly facts: Facts };
}

export type Handlers = Readonly<
  Partial<Record<DistrictOperation, (request: IncomingMessage) => Promise<Reply>>>
>;

/** One for each operation that this intake serves; what has none is not there for whoever asks. */
export function createHandlers(parts: HandlerParts, counts: Counts = createCounts()): Handlers {
  const { intake, reading, administration } = parts;
  const document = describeIntakeApi();
  return {
    deliverBatch: (request) => takeBatch(intake, counts, request),
    health: async () => ({ status: 200, body: await intake.health() }),
    description: async () => ({ status: 200, body: document }),
    ...(reading === undefined ? {} : { reports: (request) => tellReports(reading, request) }),
    ...(administration === undefined ? {} : administrate(administration, counts)),
  };
}

function administrate(parts: NonNullable<HandlerParts['administration']>, counts: Counts): Handlers {
  const { database } = parts;
  const forReader =
    (reply: (reader: Reader, request: IncomingMessage) => Promise<Reply>) =>
    async (request: IncomingMessage): Promise<Reply> => {
      const token = /^Bearer (\S{20,200})$/.exec(request.headers.authorization ?? '')?.[1];
      const reader = token === undefined ? null : await findReader(database, token);
      return reader === null ? wrongToken() : reply(reader, request);
    };
  return {
    registerKiosk: (request) => takeRegistration(parts, request),
    feed: forReader((reader, request) => tellFeed(database, reader, request)),
    acknowledgeFeed: forReader((reader, request) => takeFeedAcknowledgement(database, reader, request)),
    metrics: forReader(async () => ({ status: 200, body: await counts.write(database) })),
  };
}

async function takeBatch(intake: Intake, counts: Counts, request: IncomingMessage): Promise<Reply> {
  const body = await readJsonBody(request);
  if (!body.ok) {
    const refusal: IntakeRefusal = { refusal: 'malformed', throughSequence: null };
    return { status: body.status, body: refusal };
  }
  const startedMs = performance.now();
  const outcome = await intake.handleBatch(body.content);
  const ms = performance.now() - startedMs;
  const claims = batchClaimsSchema.loose().safeParse(body.content);
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

async function tellReports(
  { database, token }: NonNullable<HandlerParts['reading']>,
  request: IncomingMessage,
): Promise<Reply> {
  if (!hasToken(request, token)) return wrongToken();
  return { status: 200, body: await listReports(database) };
}

function wrongToken(): Reply {
  const headers = { 'www-authenticate': 'Bearer' };
  return { ...problem(401, 'token'), headers, isUntrue: true };
}

function problem(status: number, word: Problem | RegistrationRefusal): Reply {
  return { status, body: { problem: word } };
}

function hasToken(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function takeRegistration(
  { database, districtKeys }: NonNullable<HandlerParts['administration']>,
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
    const answer = { kioskId, districtKeys: Object.fromEntries(districtKeys) };
    return { status: 200, body: answer, note: { event: 'kiosk-registered', facts } };
  }
  const note = { event: 'registration-refused', facts: { problem: outcome.problem } } as const;
  const reply = { ...problem(outcome.problem === 'history' ? 409 : 403, outcome.problem), note };
  return outcome.problem === 'history' ? reply : { ...reply, isUntrue: true };
}

async function tellFeed(database: IntakeDatabase, reader: Reader, request: IncomingMessage): Promise<Reply> {
  const [, query = ''] = (request.url ?? '').split('?');
  const asked = districtApi.feed.query?.safeParse(Object.fromEntries(new URLSearchParams(query)));
  if (asked?.success !== true) return problem(400, 'malformed');
  return { status: 200, body: await readFeed(database, reader, Number(asked.data['limit'])) };
}

async function takeFeedAcknowledgement(
  database: IntakeDatabase,
  reader: Reader,
  request: IncomingMessage,
): Promise<Reply> {
  const body = await readJsonBody(request);
  if (!body.ok) return problem(body.status, 'malformed');
  const told = feedAcknowledgementSchema.safeParse(body.content);
  const kiosks = told.success ? await acknowledgeFeed(database, reader, told.data.cursor) : null;
  return kiosks === null ? problem(400, 'malformed') : { status: 200, body: { kiosks } };
}
