import type { IncomingMessage } from 'node:http';
import { kioskActionSchema, openSessionSchema } from '../src-main/contract/district-page.ts';
import { pagePaths } from '../src-main/contract/district-page-paths.ts';
import { endSession, findSession, openSession } from './administrators.ts';
import type { Administration } from './kiosk-handlers.ts';
import { readJsonBody } from './http-body.ts';
import { createKeyFinder, makeEnrolmentCode, revokeKeys } from './kiosk-registry.ts';
import { readOverview } from './overview.ts';
import { problem, type Reply } from './reply.ts';

/** The intake's own page, as it was built, with the headers that every answer of it carries. */
export interface PageFiles {
  readonly files: ReadonlyMap<string, { readonly body: Uint8Array; readonly contentType: string }>;
  readonly headers: Readonly<Record<string, string>>;
}
export interface PageParts extends Administration {
  readonly page: PageFiles;
  /** The cookie goes over TLS only; false behind a server that speaks it for us, and on this machine. */
  readonly isTls: boolean;
}

/** How a request to a path of the page is answered; null: the path is not the page's. */
export type Page = (request: IncomingMessage, path: string) => Promise<Reply> | null;

const cookieName = 'skranke-district';
const codeHours = 24;

export function createPage(parts: PageParts): Page {
  const paths: readonly string[] = Object.values(pagePaths);
  return (request, path) => {
    if (paths.includes(path)) return answer(parts, request, path).then((reply) => withHeaders(parts, reply));
    const file = path === '/' ? '/district.html' : path;
    const isOurs = path === '/' || path === '/favicon.ico' || /^\/assets\/[\w.-]+$/.test(path);
    if (!isOurs) return null;
    return Promise.resolve(withHeaders(parts, serve(parts, request, file)));
  };
}

function withHeaders({ page }: PageParts, reply: Reply): Reply {
  return { ...reply, headers: { ...page.headers, ...reply.headers } };
}

function serve({ page }: PageParts, request: IncomingMessage, file: string): Reply {
  if (request.method !== 'GET') return { ...problem(405, 'method'), headers: { allow: 'GET' } };
  if (file === '/favicon.ico') return { status: 204, body: '' };
  const found = page.files.get(file);
  if (found === undefined) return problem(404, 'not-found');
  return { status: 200, body: found.body, headers: { 'content-type': found.contentType } };
}

async function answer(parts: PageParts, request: IncomingMessage, path: string): Promise<Reply> {
  const method = path === pagePaths.overview ? 'GET' : 'POST';
  if (request.method !== method) return { ...problem(405, 'method'), headers: { allow: method } };
  // Another site may make a browser send a form, but not JSON, and never our cookie (SameSite=Strict).
  if (!isOwnOrigin(request)) return { ...problem(401, 'token'), isUntrue: true };
  if (path === pagePaths.session) return enter(parts, request);
  const token = cookieOf(request);
  const administrator = token === null ? null : await findSession(parts.database, token);
  if (token === null || administrator === null) return problem(401, 'token');
  switch (path) {
    case pagePaths.overview:
      return {
        status: 200,
        body: await readOverview(parts.database, administrator, parts.kioskKeys ?? new Map()),
      };
    case pagePaths.leave:
      await endSession(parts.database, token);
      return { status: 200, body: {}, headers: { 'set-cookie': cookie(parts, '', 0) } };
    default:
      return act(parts, request, path, administrator);
  }
}

function isOwnOrigin({ headers: { origin, host } }: IncomingMessage): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

function cookieOf(request: IncomingMessage): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=');
    if (name === cookieName && value !== undefined && value !== '') return value;
  }
  return null;
}

function cookie({ isTls }: PageParts, token: string, seconds: number): string {
  const secure = isTls ? '; Secure' : '';
  return `${cookieName}=${token}; HttpOnly; SameSite=Strict; Path=/admin; Max-Age=${String(seconds)}${secure}`;
}

async function enter(parts: PageParts, request: IncomingMessage): Promise<Reply> {
  const body = await readJsonBody(request);
  const asked = body.ok ? openSessionSchema.safeParse(body.content) : null;
  if (asked?.success !== true) return problem(400, 'malformed');
  const token = await openSession(parts.database, asked.data.code);
  if (token === null) return { ...problem(401, 'token'), isUntrue: true };
  return { status: 200, body: {}, headers: { 'set-cookie': cookie(parts, token, 8 * 3600) } };
}

async function act(
  { database, kioskKeys = new Map() }: PageParts,
  request: IncomingMessage,
  path: string,
  administrator: string,
): Promise<Reply> {
  const body = await readJsonBody(request);
  const asked = body.ok ? kioskActionSchema.safeParse(body.content) : null;
  if (asked?.success !== true) return problem(400, 'malformed');
  const { kioskId } = asked.data;
  if (path === pagePaths.addKiosk) {
    const code = await makeEnrolmentCode(database, kioskId, codeHours);
    const note = { event: 'kiosk-code-made', facts: { kioskId, administrator } } as const;
    return { status: 200, body: { kioskId, code, validHours: codeHours }, note };
  }
  const keys = await createKeyFinder(database, kioskKeys)(kioskId);
  await revokeKeys(database, kioskId, keys);
  const facts = { kioskId, keys: keys.length, administrator };
  return { status: 200, body: {}, note: { event: 'kiosk-revoked', facts } };
}
