import { once } from 'node:events';
import { request } from 'node:http';
import { createConnection, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openListener, type Listener } from '../../../src-main/hosts/node/listener.ts';
import type { BuiltFile } from '../../../src-main/hosts/pages/built-files.ts';

const page = (text: string): BuiltFile => ({
  body: Buffer.from(text),
  contentType: 'text/html; charset=utf-8',
});
const files = new Map([
  ['/visitor.html', page('visitor')],
  ['/desk.html', page('desk')],
  ['/assets/a.js', { body: Buffer.from('1'), contentType: 'text/javascript' }],
]);

interface Reply {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

let kiosk: Listener;
let desk: Listener;
let refusals: string[];

async function get(
  listener: Listener,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Reply> {
  const asked = request({ host: '127.0.0.1', port: listener.port, path, method, headers, agent: false });
  asked.end();
  const [response] = await once(asked, 'response');
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, headers: response.headers, text };
}

async function enter(listener: Listener): Promise<string> {
  const url = new URL(listener.address);
  const reply = await get(listener, url.pathname + url.search);
  expect(reply.status).toBe(303);
  expect(reply.headers['location']).toBe('/');
  const cookie = String(reply.headers['set-cookie']);
  expect(cookie).toContain('HttpOnly');
  expect(cookie).toContain('SameSite=Strict');
  return cookie.split(';')[0] ?? '';
}

/** `open`, or the status the upgrade was refused with. */
async function connect(listener: Listener, headers: Record<string, string>, path = '/rpc'): Promise<string> {
  const socket = new WebSocket(`ws://127.0.0.1:${String(listener.port)}${path}`, { headers });
  return new Promise((resolve) => {
    socket.once('open', () => {
      resolve('open');
    });
    socket.once('unexpected-response', (_request, response) => {
      resolve(String(response.statusCode));
    });
    socket.once('error', () => {
      resolve('error');
    });
  });
}

beforeEach(async () => {
  refusals = [];
  const options = {
    port: 0,
    tls: null,
    files,
    onConnect: () => undefined,
    onRefuse: (word: string) => refusals.push(word),
    mostConnections: 1,
  };
  kiosk = await openListener({ ...options, role: 'kiosk', page: '/visitor.html' });
  desk = await openListener({ ...options, role: 'desk', page: '/desk.html' });
});
afterEach(async () => {
  await Promise.all([kiosk.close(), desk.close()]);
});

describe('the border of the Node host', () => {
  it('lets in whoever holds the printed address, and takes the token out of it', async () => {
    const cookie = await enter(kiosk);
    const reply = await get(kiosk, '/', { cookie });
    expect(reply).toMatchObject({ status: 200, text: 'visitor' });
    expect(String(reply.headers['content-security-policy'])).toContain("default-src 'none'");
    expect(await connect(kiosk, { cookie, origin: kiosk.origin })).toBe('open');
  });

  it('refuses a foreign Host, as after DNS rebinding', async () => {
    const cookie = await enter(kiosk);
    expect((await get(kiosk, '/', { cookie, host: `evil.example:${String(kiosk.port)}` })).status).toBe(403);
    expect(refusals).toEqual(['foreign-host']);
  });

  it('refuses a foreign Origin, and a WebSocket without one', async () => {
    const cookie = await enter(kiosk);
    expect(await connect(kiosk, { cookie, origin: 'http://evil.example' })).toBe('403');
    expect(await connect(kiosk, { cookie, origin: desk.origin })).toBe('403');
    expect(await connect(kiosk, { cookie })).toBe('403');
    expect(refusals).toEqual(['foreign-origin', 'foreign-origin', 'foreign-origin']);
  });

  it('refuses a missing and a wrong token, for pages and for sockets', async () => {
    expect((await get(kiosk, '/')).status).toBe(403);
    expect((await get(kiosk, '/?token=guess')).status).toBe(403);
    expect((await get(kiosk, '/assets/a.js', { cookie: 'skranke-kiosk=guess' })).status).toBe(403);
    expect(await connect(kiosk, { origin: kiosk.origin })).toBe('403');
    expect(refusals).toEqual(['no-token', 'wrong-token', 'wrong-token', 'no-token']);
  });

  it('does not let the kiosk into the desk, whatever it sends', async () => {
    const cookie = await enter(kiosk);
    expect((await get(desk, '/', { cookie })).status).toBe(403);
    expect(await connect(desk, { cookie, origin: desk.origin })).toBe('403');
    expect(
      await connect(desk, { cookie: cookie.replace('skranke-kiosk', 'skranke-desk'), origin: desk.origin }),
    ).toBe('403');
    expect((await get(kiosk, '/desk.html', { cookie })).status).toBe(404);
  });

  it('serves only what was built, whatever the path says, and takes no body', async () => {
    const cookie = await enter(kiosk);
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/assets/%00',
      '/assets\\a.js',
      '//assets/a.js',
      '//',
      '/assets/a.js/',
    ]) {
      expect((await get(kiosk, path, { cookie })).status, path).toBe(404);
    }
    expect((await get(kiosk, '/', { cookie }, 'POST')).status).toBe(405);
  });

  it('takes one visitor page at a time', async () => {
    const cookie = await enter(kiosk);
    expect(await connect(kiosk, { cookie, origin: kiosk.origin })).toBe('open');
    expect(await connect(kiosk, { cookie, origin: kiosk.origin })).toBe('409');
    expect(await connect(kiosk, { cookie, origin: kiosk.origin }, '/elsewhere')).toBe('409');
  });

  it('closes although somebody it refused keeps the line open, and outlives one who breaks it', async () => {
    const knock = (listener: Listener): Socket => {
      // Half open: this client never hangs up by itself.
      const socket = createConnection({ port: listener.port, host: '127.0.0.1', allowHalfOpen: true });
      socket.on('error', () => undefined);
      socket.write(
        `GET /rpc HTTP/1.1\r\nHost: 127.0.0.1:${String(listener.port)}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
      );
      return socket;
    };
    const patient = knock(kiosk);
    const [answer] = await once(patient, 'data');
    expect(String(answer)).toContain('403');
    const hasty = knock(kiosk);
    hasty.resetAndDestroy();
    await kiosk.close();
    patient.destroy();
    kiosk = await openListener({
      ...{ role: 'kiosk', tls: null, page: '/visitor.html', port: 0, files, mostConnections: 1 },
      ...{ onConnect: () => undefined, onRefuse: () => undefined },
    });
  });

  it('says that a port is taken instead of taking another one', async () => {
    const options = {
      role: 'kiosk' as const,
      tls: null,
      page: '/visitor.html',
      files,
      onConnect: () => undefined,
      onRefuse: () => undefined,
      mostConnections: 1,
    };
    await expect(openListener({ ...options, port: kiosk.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});
