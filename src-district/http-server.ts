import { timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { batchPath, type IntakeRefusal } from '../src-main/contract/envelope.ts';
import { readJsonBody } from './http-body.ts';
import type { Intake } from './intake.ts';
import type { IntakeDatabase } from './intake-database.ts';
import { listReports } from './reports.ts';

type Facts = Readonly<Record<string, string | number | boolean | null>>;

export interface IntakeServerParts {
  readonly intake: Intake;
  /** Lets whoever holds the token list the sealed reports: PGlite has one process at a time. */
  readonly reading?: { readonly database: IntakeDatabase; readonly token: string };
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Ids and codes only. */
  readonly warn?: (event: string, facts: Facts) => void;
}

export interface IntakeServer {
  /** Port 0 takes a free one. */
  listen(port: number, host: string): Promise<{ readonly url: string }>;
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const healthPath = '/v1/health';
export const reportsPath = '/v1/reports';

/** The intake over HTTP. Requests of any kind end within 30 seconds; a batch has at most 4 MB. */
export function createIntakeServer(parts: IntakeServerParts): IntakeServer {
  const timeouts = { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 };
  const listener: http.RequestListener = (request, response) => void respond(parts, request, response);
  const server =
    parts.tls === undefined
      ? http.createServer(timeouts, listener)
      : https.createServer({ ...timeouts, ...parts.tls, minVersion: 'TLSv1.2' }, listener);
  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          const address = server.address();
          const taken = typeof address === 'object' && address !== null ? address.port : port;
          const shown = host.includes(':') ? `[${host}]` : host;
          resolve({ url: `${parts.tls === undefined ? 'http' : 'https'}://${shown}:${taken}` });
        });
      }),
    close: () =>
      new Promise((resolve) => {
        // What is under way may end; a connection kept alive after that would hold the process for a minute.
        const impatient = setTimeout(() => server.closeAllConnections(), 5000);
        server.close(() => {
          clearTimeout(impatient);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

async function respond(
  parts: IntakeServerParts,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const reply = await answer(parts, request).catch((error: unknown): Reply => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'none';
    parts.warn?.('intake-failed', { error: error instanceof Error ? error.name : 'unknown', code });
    return { status: 503, body: { problem: 'unavailable' }, headers: { 'retry-after': '5' } };
  });
  const text = JSON.stringify(reply.body);
  response.writeHead(reply.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    // What was not read of a request cannot be skipped: the connection ends with the answer.
    ...(request.complete ? {} : { connection: 'close' }),
    ...reply.headers,
  });
  response.end(text);
}

async function answer(parts: IntakeServerParts, request: http.IncomingMessage): Promise<Reply> {
  const path = (request.url ?? '').split('?')[0];
  if (path === healthPath)
    return onlyFor('GET', request, async () => ({ status: 200, body: await parts.intake.health() }));
  if (path === reportsPath && parts.reading !== undefined) {
    const { reading } = parts;
    return onlyFor('GET', request, async () =>
      hasToken(request, reading.token)
        ? { status: 200, body: await listReports(reading.database) }
        : { status: 401, body: { problem: 'token' } },
    );
  }
  if (path === batchPath) return onlyFor('POST', request, () => takeBatch(parts, request));
  return { status: 404, body: { problem: 'not-found' } };
}

async function onlyFor(
  method: string,
  request: http.IncomingMessage,
  reply: () => Promise<Reply>,
): Promise<Reply> {
  if (request.method === method) return reply();
  return { status: 405, body: { problem: 'method' }, headers: { allow: method } };
}

async function takeBatch(parts: IntakeServerParts, request: http.IncomingMessage): Promise<Reply> {
  const body = await readJsonBody(request);
  if (!body.ok) {
    const refusal: IntakeRefusal = { refusal: 'malformed', throughSequence: null };
    return { status: body.status, body: refusal };
  }
  const outcome = await parts.intake.handleBatch(body.content);
  if (outcome.outcome === 'acknowledged') return { status: 200, body: outcome.acknowledgement };
  parts.warn?.('batch-refused', { refusal: outcome.refusal.refusal });
  return { status: statusOf[outcome.refusal.refusal], body: outcome.refusal };
}

const statusOf: Readonly<Record<IntakeRefusal['refusal'], number>> = {
  gap: 409,
  conflict: 409,
  'unknown-kiosk': 403,
  'bad-signature': 403,
  'broken-chain': 422,
  malformed: 400,
};

function hasToken(request: http.IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
