import type { CustomScheme, Protocol } from 'electron';
import { readBuiltFiles, type BuiltFiles } from '../pages/built-files.ts';
import { makePageHeaders } from '../pages/page-headers.ts';
import { roleOf, scheme, type Role } from './roles.ts';

/** Said before the app is ready: pages of this scheme are a secure context with an origin. */
export const customScheme: CustomScheme = {
  scheme,
  privileges: { standard: true, secure: true, supportFetchAPI: false, stream: false, codeCache: true },
};

/** A page here talks over its port only, so it needs no connection at all. */
const headers = makePageHeaders("'none'");

const startPages: Readonly<Record<Role, string>> = { kiosk: '/visitor.html', desk: '/desk.html' };

/** The answer to one address: a built file under its own origin, or 404. One role's page is not served to the other. */
export function answerRequest(
  files: BuiltFiles,
  request: { readonly url: string; readonly method: string },
): Response {
  const role = roleOf(request.url);
  if (role === null || request.method !== 'GET') return new Response(null, { status: 404, headers });
  const { pathname } = new URL(request.url);
  const page = startPages[role];
  const name = pathname === '/' ? page : pathname;
  const file = name.endsWith('.html') && name !== page ? undefined : files.get(name);
  if (file === undefined) return new Response(null, { status: 404, headers });
  return new Response(file.body, { headers: { ...headers, 'content-type': file.contentType } });
}

/** Serves the built screens under `app://kiosk/` and `app://desk/`. */
export async function serveScreens(protocol: Protocol, rendererDir: string): Promise<void> {
  const files = await readBuiltFiles(rendererDir);
  protocol.handle(scheme, (request) => answerRequest(files, request));
}
