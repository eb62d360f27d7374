import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CustomScheme, Protocol } from 'electron';
import { roleOf, scheme, type Role } from './roles.ts';

/** Said before the app is ready: pages of this scheme are a secure context with an origin. */
export const customScheme: CustomScheme = {
  scheme,
  privileges: { standard: true, secure: true, supportFetchAPI: false, stream: false, codeCache: true },
};

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.woff2', 'font/woff2'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.json', 'application/json; charset=utf-8'],
]);

/** A page here talks over its port only, so it needs no connection at all. */
const headers: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types svelte-trusted-html',
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

interface BuiltFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

/** Reads the built screens once; afterwards an address is only ever looked up, never joined to a path. */
export async function readBuiltFiles(rendererDir: string): Promise<ReadonlyMap<string, BuiltFile>> {
  const files = new Map<string, BuiltFile>();
  for (const entry of await readdir(rendererDir, { recursive: true, withFileTypes: true })) {
    const contentType = contentTypes.get(path.extname(entry.name));
    if (!entry.isFile() || contentType === undefined) continue;
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(rendererDir, file).split(path.sep).join('/');
    files.set(`/${name}`, { body: new Uint8Array(await readFile(file)), contentType });
  }
  return files;
}

const startPages: Readonly<Record<Role, string>> = { kiosk: '/visitor.html', desk: '/desk.html' };

/** The answer to one address: a built file under its own origin, or 404. One role's page is not served to the other. */
export function answerRequest(
  files: ReadonlyMap<string, BuiltFile>,
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
