import http from 'node:http';
import https from 'node:https';
import type { ApiRoute } from '../src-main/contract/api-route.ts';
import { districtApi, type DistrictOperation } from '../src-main/contract/district-api.ts';
import { isWarned, type NotedEvent, type WarnedEvent } from '../src-main/contract/log-events.ts';
import { createCallers, type Callers } from './callers.ts';
import { createHandlers, type HandlerParts } from './handlers.ts';
import { createCounts, type Counts } from './metrics.ts';
import { createPage, type Page, type PageFiles } from './page.ts';
import type { Handler, Handlers, Reply } from './reply.ts';

type Facts = Readonly<Record<string, string | number | boolean | null>>;

export interface IntakeServerParts extends HandlerParts {
  readonly tls?: { readonly key: string; readonly cert: string };
  /** The intake's own page for its administrators; left out, there is none. */
  readonly page?: PageFiles;
  /** Ids, counts and codes only. */
  readonly warn?: (event: WarnedEvent, facts: Facts) => void;
  readonly note?: (event: NotedEvent, facts: Facts) => void;
}

export interface IntakeServer {
  /** Port 0 takes a free one. */
  listen(port: number, host: string): Promise<{ readonly url: string }>;
  /** What is under way may end; nothing new is taken. */
  close(): Promise<void>;
}

/** A long batch on a slow line takes its time; a header that drips does not get it. */
const timeouts = { requestTimeout: 120_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 };
const mostConnections = 2000;

/** The intake over HTTP, from the table in contract/district-api.ts. */
export function createIntakeServer(parts: IntakeServerParts): IntakeServer {
  const counts = createCounts();
  const { administration, page } = parts;
  const serving = {
    ...{ handlers: createHandlers(parts, counts), callers: createCallers(), counts, log: parts },
    page:
      administration === undefined || page === undefined
        ? null
        : createPage({ ...administration, page, isTls: parts.tls !== undefined }),
  };
  const listener: http.RequestListener = (request, response) => void respond(serving, request, response);
  const server =
    parts.tls === undefined
      ? http.createServer(timeouts, listener)
      : https.createServer({ ...timeouts, ...parts.tls, minVersion: 'TLSv1.2' }, listener);
  server.maxConnections = mostConnections;
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

interface Serving {
  readonly handlers: Handlers;
  readonly page: Page | null;
  readonly callers: Callers;
  readonly counts: Counts;
  readonly log: Pick<IntakeServerParts, 'warn' | 'note'>;
}

async function respond(
  serving: Serving,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const reply = await answer(serving, request).catch((error: unknown): Reply => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'none';
    serving.log.warn?.('intake-failed', { error: error instanceof Error ? error.name : 'unknown', code });
    return { status: 503, body: { problem: 'unavailable' }, headers: { 'retry-after': '5' } };
  });
  serving.counts.request(findOperation(pathOf(request)) ?? 'none', reply.status);
  const { body } = reply;
  const isText = typeof body === 'string';
  const bytes = body instanceof Uint8Array ? body : Buffer.from(isText ? body : JSON.stringify(body));
  response.writeHead(reply.status, {
    'content-type': isText ? 'text/plain; version=0.0.4; charset=utf-8' : 'application/json',
    'content-length': bytes.length,
    'cache-control': 'no-store',
    // What was not read of a request cannot be skipped: the connection ends with the answer.
    ...(request.complete ? {} : { connection: 'close' }),
    ...reply.headers,
  });
  response.end(bytes);
}

async function answer(serving: Serving, request: http.IncomingMessage): Promise<Reply> {
  const path = pathOf(request);
  const operation = findOperation(path);
  const handler = operation === null ? undefined : serving.handlers[operation];
  if (operation === null || handler === undefined) return answerPage(serving, request, path);
  const route: ApiRoute = districtApi[operation];
  if (request.method !== route.method)
    return { status: 405, body: { problem: 'method' }, headers: { allow: route.method } };
  return within(serving, request, route.proof, handler);
}

function answerPage(serving: Serving, request: http.IncomingMessage, path: string): Promise<Reply> {
  const handle = async (): Promise<Reply> =>
    (await serving.page?.(request, path)) ?? { status: 404, body: { problem: 'not-found' } };
  // A code may be guessed at; the files of the page are for everybody.
  return within(serving, request, path.startsWith('/admin') ? 'code' : 'none', handle);
}

async function within(
  { callers, log }: Serving,
  request: http.IncomingMessage,
  proof: ApiRoute['proof'],
  handle: Handler,
): Promise<Reply> {
  const place = callers.enter(request.socket.remoteAddress ?? '', proof);
  if (place === null)
    return {
      status: 429,
      body: { problem: 'too-many' },
      headers: { 'retry-after': callers.secondsToStayAway() },
    };
  try {
    const reply = await handle(request);
    if (reply.note !== undefined) {
      const { event, facts } = reply.note;
      if (isWarned(event)) log.warn?.(event, facts);
      else log.note?.(event, facts);
    }
    if (reply.isUntrue === true) place.blame();
    return reply;
  } finally {
    place.leave();
  }
}

function pathOf(request: http.IncomingMessage): string {
  return (request.url ?? '').split('?')[0] ?? '';
}

function findOperation(path: string): DistrictOperation | null {
  for (const [operation, route] of operations) if (route.path === path) return operation;
  return null;
}
const operations = Object.keys(districtApi)
  .filter((name): name is DistrictOperation => name in districtApi)
  .map((name) => [name, districtApi[name]] as const);
