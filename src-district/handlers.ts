import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { DistrictOperation, Problem } from '../src-main/contract/district-api.ts';
import type { IntakeRefusal } from '../src-main/contract/envelope.ts';
import { readJsonBody } from './http-body.ts';
import type { Intake } from './intake.ts';
import type { IntakeDatabase } from './intake-database.ts';
import { describeIntakeApi } from './openapi.ts';
import { listReports } from './reports.ts';

export interface HandlerParts {
  readonly intake: Intake;
  /** Lets whoever holds the token list the sealed reports: PGlite has one process at a time. */
  readonly reading?: { readonly database: IntakeDatabase; readonly token: string };
}

export interface Reply {
  readonly status: number;
  /** A text is sent as such, anything else as JSON. */
  readonly body: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The proof that came along was not good. */
  readonly isUntrue?: true;
  readonly warning?: { readonly event: string; readonly facts: Readonly<Record<string, string>> };
}

export type Handlers = Readonly<
  Partial<Record<DistrictOperation, (request: IncomingMessage) => Promise<Reply>>>
>;

/** One for each operation that this intake serves; what has none is not there for whoever asks. */
export function createHandlers({ intake, reading }: HandlerParts): Handlers {
  const document = describeIntakeApi();
  return {
    deliverBatch: (request) => takeBatch(intake, request),
    health: async () => ({ status: 200, body: await intake.health() }),
    description: async () => ({ status: 200, body: document }),
    ...(reading === undefined ? {} : { reports: (request) => tellReports(reading, request) }),
  };
}

async function takeBatch(intake: Intake, request: IncomingMessage): Promise<Reply> {
  const body = await readJsonBody(request);
  if (!body.ok) {
    const refusal: IntakeRefusal = { refusal: 'malformed', throughSequence: null };
    return { status: body.status, body: refusal };
  }
  const outcome = await intake.handleBatch(body.content);
  if (outcome.outcome === 'acknowledged') return { status: 200, body: outcome.acknowledgement };
  const { refusal } = outcome.refusal;
  return {
    status: statusOf[refusal],
    body: outcome.refusal,
    warning: { event: 'batch-refused', facts: { refusal } },
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
  const problem: Problem = 'token';
  return { status: 401, body: { problem }, headers: { 'www-authenticate': 'Bearer' }, isUntrue: true };
}

function hasToken(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
