import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { createORPCClient, safe } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { openKiosk, type Kiosk } from '../../../src-main/app/kiosk.ts';
import { deskContract } from '../../../src-main/contract/desk.ts';
import { deskAccess } from '../../../src-main/contract/desk-access.ts';
import { openDeskNetwork, type DeskNetwork } from '../../../src-main/hosts/network/desk-network.ts';
import { makeDevice } from '../../helpers/desk-device.ts';
import { freePort } from '../../helpers/free-port.ts';
import type { DeskApi } from '../../helpers/rpc-client.ts';

/* A thief on the station's network: who is answered there, and with what. */

const certificate = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../helpers/certificates', name), 'utf8');
const ca = certificate('authority.pem');

const listed = 'https://kiosk121.example:8443';

let dataDir: string;
let kiosk: Kiosk;
let network: DeskNetwork;
let port: number;
let own: string;
const sockets: WebSocket[] = [];

/** Puts a certificate where `desk import` leaves it. */
async function keepCertificate(dataDir: string, name: string): Promise<void> {
  const tls = join(dataDir, 'desk-tls');
  await mkdir(tls, { recursive: true });
  await writeFile(join(tls, 'key.pem'), certificate(`${name}.key`));
  await writeFile(join(tls, 'certificate.pem'), certificate(`${name}.pem`));
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'skranke-network-'));
  port = await freePort();
  own = `https://127.0.0.1:${String(port)}`;
  const station = [
    { name: 'The entrance', origin: own },
    { name: 'The waiting room', origin: listed },
  ];
  const configFile = join(dataDir, 'config.json');
  const place = { address: '127.0.0.1', port, names: ['127.0.0.1'], station };
  await writeFile(configFile, JSON.stringify({ desk: { network: place } }));
  const rendererDir = join(dataDir, 'pages');
  await mkdir(rendererDir);
  await writeFile(join(rendererDir, 'desk.html'), 'desk');
  await writeFile(join(rendererDir, 'visitor.html'), 'visitor');
  kiosk = await openKiosk({ configFile, dataDir: join(dataDir, 'kiosk') });
  await keepCertificate(kiosk.config.dataDir, 'good');
  network = await openDeskNetwork({ ...kiosk, config: { ...kiosk.config, rendererDir } });
  expect(network).toMatchObject({ kind: 'open' });
});
// One address has so many places and no more.
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate();
});
afterAll(async () => {
  await network.close();
  await kiosk.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function ask(path: string, headers: Record<string, string> = {}) {
  // The certificate is checked for the address, whatever name the request then says.
  const where = { host: '127.0.0.1', port, servername: '', ca, agent: false };
  const asked = request({ ...where, path, headers });
  asked.end();
  const [response] = await once(asked, 'response');
  response.resume();
  return { status: response.statusCode, policy: String(response.headers['content-security-policy']) };
}

async function upgrade(headers: Record<string, string>): Promise<string> {
  const socket = new WebSocket(`wss://127.0.0.1:${String(port)}/rpc`, { headers, ca });
  sockets.push(socket);
  return new Promise((resolve) => {
    socket.once('open', () => resolve('open'));
    socket.once('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
    socket.once('error', () => resolve('error'));
  });
}

async function connect(origin = own): Promise<{ api: DeskApi; socket: WebSocket }> {
  const socket = new WebSocket(`wss://127.0.0.1:${String(port)}/rpc`, { headers: { origin }, ca });
  sockets.push(socket);
  await once(socket, 'open');
  // The link wants the browser's class; both have what it uses.
  return { api: createORPCClient(new RPCLink({ websocket: Object.assign(socket) })), socket };
}

/** Registers a desk on a line of its own. */
async function register(name: string, page = own) {
  const { api, socket } = await connect(page);
  const desk = await makeDevice();
  const { challenge, kioskId, hasStationKey } = await api.greet({});
  expect(hasStationKey).toBe(true);
  const { signKey, boxKey } = desk.device;
  const signature = await desk.sign({ purpose: 'register', origin: own, kioskId, challenge });
  const { code } = kiosk.station.services.devices.makeCode();
  const { releaseSecret } = desk;
  await api.register({ code, name, signKey, boxKey, releaseSecret, stationKey: null, signature });
  return { api, socket, desk };
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  const [error] = await safe(call);
  return error !== null && typeof error === 'object' && 'code' in error ? String(error.code) : 'none';
}

async function addStaff(userName: string): Promise<string> {
  const wanted = { userName, displayName: userName, roles: ['front-desk' as const] };
  const added = await kiosk.station.services.staffAdmin.add(wanted, 'it', false);
  if (added.kind !== 'made') throw new Error(added.kind);
  return added.pin;
}

describe("the desk's listener on the station's network", () => {
  it('is asked by TLS 1.2 or newer, by its own name, from its own page, and has no page of the visitor', async () => {
    const answered = await Promise.all([
      ask('/'),
      ask('/visitor.html'),
      ask('/', { host: `evil.example:${String(port)}` }),
      ask('/', { origin: 'https://evil.example' }),
    ]);
    expect(answered.map(({ status }) => status)).toEqual([200, 404, 403, 403]);
    expect(await upgrade({ origin: 'https://evil.example' })).toBe('403');
    expect(await upgrade({ origin: own.replace('https', 'http') })).toBe('403');
    expect(await upgrade({})).toBe('403');
    expect(await upgrade({ origin: own })).toBe('open');
    const old = connectTls({
      host: '127.0.0.1',
      port,
      ca,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
    });
    const [refused] = await once(old, 'error');
    expect(String(refused)).toMatch(/protocol version|unsupported protocol|no protocols/i);
  });

  it('lets pages of the listed kiosks open a line and nothing else, and its own page open one to each of them', async () => {
    expect(await upgrade({ origin: listed })).toBe('open');
    for (const stranger of [`${listed}0`, 'https://kiosk122.example:8443', listed.replace('https', 'http')])
      expect(await upgrade({ origin: stranger })).toBe('403');
    // Host stays held against the certificate, whoever asks.
    expect(await upgrade({ origin: listed, host: 'kiosk121.example:8443' })).toBe('403');
    expect((await ask('/', { origin: listed })).status).toBe(403);
    const { policy } = await ask('/');
    expect(policy).toContain("; connect-src 'self' wss://kiosk121.example:8443; ");
    expect(policy).not.toContain('*');
  });

  it('tells of the other kiosks only a page that those let in: its own, by the listed name', async () => {
    const { api } = await register('Skranke 8');
    expect((await api.welcome({})).kiosks.map(({ origin }) => origin)).toEqual([own, listed]);
    const across = await register('Skranke 9', listed);
    expect((await across.api.welcome({})).kiosks).toEqual([]);
  });

  it('a page of another kiosk proves itself for the address it asks: what it signs for its own is nothing here', async () => {
    const { desk, api } = await register('Skranke 10', listed);
    expect((await api.welcome({})).mode).toBe('demonstration');
    const { deviceId } = desk.device;
    const again = await connect(listed);
    const { challenge, kioskId } = await again.api.greet({});
    const relayed = await desk.sign({ purpose: 'prove', origin: listed, kioskId, challenge });
    expect(await codeOf(again.api.prove({ deviceId, signature: relayed }))).toBe('UNKNOWN_DESK');
    const signature = await desk.sign({ purpose: 'prove', origin: own, kioskId, challenge });
    expect(await again.api.prove({ deviceId, signature })).toEqual({ name: 'Skranke 10' });
  });

  it('tells a page that has proven nothing no more than where it is: every other call is refused, also a PIN', async () => {
    const { api } = await connect();
    const calls: Record<string, unknown> = Object.assign({}, deskContract);
    const refusals = await Promise.all(
      Object.keys(calls).map(async (name): Promise<[string, string]> => {
        const call: (input: object) => Promise<unknown> = Reflect.get(api, name);
        return [name, await codeOf(call({}))];
      }),
    );
    for (const [name, code] of refusals)
      expect([name, code === 'NO_DESK']).toEqual([name, Reflect.get(deskAccess, name) !== 'any-page']);
    expect(Object.keys(await api.greet({})).toSorted()).toEqual([
      'challenge',
      'hasStationKey',
      'isAdmitted',
      'kioskId',
      'stationName',
    ]);
  });

  it('lets a registered desk in by its proof; a proof that was overheard lets nobody in', async () => {
    const { desk, api } = await register('Skranke 1');
    expect((await api.welcome({})).mode).toBe('demonstration');
    const { deviceId } = desk.device;
    const again = await connect();
    const { challenge, kioskId } = await again.api.greet({});
    const signature = await desk.sign({ purpose: 'prove', origin: own, kioskId, challenge });
    const thief = await connect();
    expect(await codeOf(thief.api.prove({ deviceId, signature }))).toBe('UNKNOWN_DESK');
    expect(await again.api.prove({ deviceId, signature })).toEqual({ name: 'Skranke 1' });
    const elsewhere = await desk.sign({
      purpose: 'prove',
      origin: 'https://evil.example',
      kioskId,
      challenge,
    });
    expect(await codeOf(again.api.prove({ deviceId, signature: elsewhere }))).toBe('UNKNOWN_DESK');
  });

  it('a session belongs to its line: locked, it is over there, and no other line of the same desk has it', async () => {
    const { api, desk } = await register('Skranke 2');
    const pin = await addStaff('anna');
    await api.signIn({ userName: 'anna', pin });
    const queue = { filter: 'all' as const, beforeSequence: null };
    expect((await api.queue(queue)).rows).toEqual([]);
    const other = await connect();
    const { challenge, kioskId } = await other.api.greet({});
    const signature = await desk.sign({ purpose: 'prove', origin: own, kioskId, challenge });
    await other.api.prove({ deviceId: desk.device.deviceId, signature });
    expect(await codeOf(other.api.queue(queue))).toBe('SIGNED_OUT');
    await api.signOut({});
    expect(await codeOf(api.queue(queue))).toBe('SIGNED_OUT');
  });

  it('cuts a removed desk off at once, with whoever is signed in there', async () => {
    const { api, socket, desk } = await register('Skranke 3');
    const pin = await addStaff('bo');
    await api.signIn({ userName: 'bo', pin });
    const ended = once(socket, 'close');
    kiosk.station.services.devices.revokeByName('Skranke 3');
    await ended;
    const back = await connect();
    const { challenge, kioskId } = await back.api.greet({});
    const signature = await desk.sign({ purpose: 'prove', origin: own, kioskId, challenge });
    expect(await codeOf(back.api.prove({ deviceId: desk.device.deviceId, signature }))).toBe('UNKNOWN_DESK');
    expect(await codeOf(back.api.signIn({ userName: 'bo', pin }))).toBe('NO_DESK');
  });

  it('a colleague who is shut out is signed out at every desk, and the page is told', async () => {
    const { api } = await register('Skranke 4');
    const pin = await addStaff('cleo');
    await api.signIn({ userName: 'cleo', pin });
    const seen: boolean[] = [];
    const ending = new AbortController();
    const listening = (async () => {
      for await (const { isSessionOpen } of await api.follow({}, { signal: ending.signal }))
        seen.push(isSessionOpen);
    })().catch(() => undefined);
    await vi.waitFor(() => expect(seen.at(-1)).toBe(true));
    const { staffAdmin } = kiosk.station.services;
    const member = staffAdmin.find('cleo');
    if (member === null) throw new Error('cleo works here');
    staffAdmin.setDisabled(member, true, 'it');
    await vi.waitFor(() => expect(seen.at(-1)).toBe(false));
    ending.abort();
    await listening;
    expect(await codeOf(api.signIn({ userName: 'cleo', pin }))).toBe('WRONG_PIN');
  });

  it('two supervisors remove each other: the second is told that something has changed', async () => {
    const [first, second] = [await register('Skranke 5'), await register('Skranke 6')];
    const { staffAdmin } = kiosk.station.services;
    const pins = new Map<string, string>();
    for (const userName of ['dora', 'emil']) {
      const added = await staffAdmin.add(
        { userName, displayName: userName, roles: ['supervisor'] },
        'it',
        false,
      );
      if (added.kind === 'made') pins.set(userName, added.pin);
    }
    await first.api.signIn({ userName: 'dora', pin: pins.get('dora') ?? '' });
    await second.api.signIn({ userName: 'emil', pin: pins.get('emil') ?? '' });
    const [dora, emil] = [staffAdmin.find('dora'), staffAdmin.find('emil')];
    if (dora === null || emil === null) throw new Error('both work here');
    const remove = (api: DeskApi, { staffId, version }: typeof dora) =>
      codeOf(api.setDisabled({ staffId, version, isDisabled: true }));
    const outcomes = await Promise.all([remove(first.api, emil), remove(second.api, dora)]);
    expect(outcomes.toSorted()).toEqual(['CHANGED', 'none']);
    const left = staffAdmin.list().filter(({ userName }) => ['dora', 'emil'].includes(userName));
    expect(left.filter(({ isDisabled }) => isDisabled)).toHaveLength(1);
  });

  it('guessing is slowed down for the desk, whatever names are tried from it', async () => {
    const { api } = await register('Skranke 7');
    const tried = [];
    for (let n = 0; n < 6; n += 1)
      tried.push(await codeOf(api.signIn({ userName: `name-${n}`, pin: '0000' })));
    expect(tried).toEqual([...Array(5).fill('WRONG_PIN'), 'THROTTLED']);
  });
});

describe('what is wrong with desks over the network', () => {
  it('is one sentence and costs the visitor nothing: no certificate, a certificate that ended, a port that is taken', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'skranke-network-'));
    const configFile = join(folder, 'config.json');
    const place = { address: '127.0.0.1', port, names: ['127.0.0.1'] };
    await writeFile(configFile, JSON.stringify({ desk: { network: place } }));
    const other = await openKiosk({ configFile, dataDir: join(folder, 'kiosk') });
    try {
      expect(await openDeskNetwork(other)).toMatchObject({
        kind: 'refused',
        sentence: expect.stringContaining('skranke desk csr'),
      });
      for (const [name, problem] of [
        ['expired', 'this one ended on'],
        ['other-host', 'a certificate for 127.0.0.1'],
        ['good', 'EADDRINUSE'],
      ] as const) {
        await keepCertificate(other.config.dataDir, name);
        const rendererDir = other.config.resourcesDir;
        const opened = await openDeskNetwork({ ...other, config: { ...other.config, rendererDir } });
        expect(opened).toMatchObject({ kind: 'refused', sentence: expect.stringContaining(problem) });
      }
      expect(other.station.services.reports.canReport()).toBe(true);
    } finally {
      await other.close();
      await rm(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
