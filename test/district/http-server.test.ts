import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchReports } from '../../src-district/fetch-reports.ts';
import { createIntakeServer, type IntakeServer } from '../../src-district/http-server.ts';
import type { Intake } from '../../src-district/intake.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { districtApi } from '../../src-main/contract/district-api.ts';
import { batchPath } from '../../src-main/contract/envelope.ts';
import { makeChainKiosk, type ChainKiosk } from '../helpers/event-chain.ts';
import { createRememberedIntake } from '../helpers/remembered-intake.ts';

const token = randomBytes(16).toString('hex');
let slow = async (): Promise<void> => undefined;
const asJson = { 'content-type': 'application/json' };

describe('the intake over HTTP', () => {
  let kiosk: ChainKiosk;
  let server: IntakeServer;
  let url = '';
  let isDatabaseUp = true;
  const warnings: string[] = [];
  beforeAll(async () => {
    kiosk = await makeChainKiosk('07-120');
    kiosk.addReports(4);
    const remembered = createRememberedIntake(kiosk.kioskId, kiosk.publicKey);
    const intake: Intake = {
      async handleBatch(input) {
        if (!isDatabaseUp) throw new Error('down');
        return remembered.handleBatch(input);
      },
      async health() {
        if (!isDatabaseUp) throw new Error('down');
        return { database: 'memory', isDurable: false };
      },
    };
    const database: IntakeDatabase = {
      kind: 'memory',
      transaction: (work) => work({ query: async () => [], script: async () => undefined }),
      isDurable: async () => false,
      close: async () => undefined,
    };
    server = createIntakeServer({
      intake,
      reading: { database, token },
      warn: (event) => warnings.push(event),
    });
    ({ url } = await server.listen(0, '127.0.0.1'));
  });
  afterAll(() => server.close());

  const post = async (body: string, headers: Record<string, string> = asJson): Promise<[number, unknown]> => {
    const response = await fetch(new URL(batchPath, url), { method: 'POST', headers, body });
    return [response.status, await response.json()];
  };
  const malformed = { refusal: 'malformed', throughSequence: null };

  it('acknowledges with 200, and names what it holds with 409', async () => {
    expect(await post(JSON.stringify(await kiosk.batch(3, 4)))).toEqual([
      409,
      { refusal: 'gap', throughSequence: 0 },
    ]);
    const [status, body] = await post(JSON.stringify(await kiosk.batch(1, 4)));
    expect([status, body]).toEqual([
      200,
      { kioskId: kiosk.kioskId, throughSequence: 4, headHash: kiosk.events[3]?.hash, parked: [] },
    ]);
    expect(warnings).toContain('batch-refused');
  });

  it('refuses another form, another kind, another way and another place', async () => {
    expect(await post('{"version":')).toEqual([400, malformed]);
    expect(await post('{}')).toEqual([400, malformed]);
    expect(await post('{}', { 'content-type': 'text/plain' })).toEqual([415, malformed]);
    expect((await fetch(new URL(batchPath, url))).status).toBe(405);
    expect((await fetch(new URL('/', url))).status).toBe(404);
  });

  it('reads no further than four megabytes, announced or not', async () => {
    expect(await tryToSend(url, { ...asJson, 'content-length': '99000000' })).toBe(413);
    expect(await tryToSend(url, asJson)).toBe(413);
  });

  it('a database that fails is 503 with Retry-After and not a word more', async () => {
    isDatabaseUp = false;
    const response = await fetch(new URL(batchPath, url), { method: 'POST', headers: asJson, body: '{}' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await response.json()).toEqual({ problem: 'unavailable' });
    expect((await fetch(new URL(districtApi.health.path, url))).status).toBe(503);
    isDatabaseUp = true;
    expect(await (await fetch(new URL(districtApi.health.path, url))).json()).toEqual({
      database: 'memory',
      isDurable: false,
    });
  });

  it('asked to stop it answers what is under way, and takes nothing new', async () => {
    let finish = (): void => undefined;
    const started = new Promise<void>((resolve) => {
      const held = new Promise<void>((release) => (finish = release));
      slow = async () => {
        resolve();
        await held;
      };
    });
    const stopping = createIntakeServer({
      intake: {
        handleBatch: async (input) => {
          await slow();
          return createRememberedIntake(kiosk.kioskId, kiosk.publicKey).handleBatch(input);
        },
        health: async () => ({ database: 'memory', isDurable: false }),
      },
    });
    const { url: address } = await stopping.listen(0, '127.0.0.1');
    const body = JSON.stringify(await kiosk.batch(1, 4));
    const underWay = fetch(new URL(batchPath, address), { method: 'POST', headers: asJson, body });
    await started;
    const closed = stopping.close();
    await expect(fetch(new URL(districtApi.health.path, address))).rejects.toThrow();
    finish();
    expect((await underWay).status).toBe(200);
    await closed;
  });

  it('lists reports for the token only', async () => {
    expect((await fetch(new URL(districtApi.reports.path, url))).status).toBe(401);
    expect(await fetchReports(url, `${token}x`)).toBeNull();
    expect(await fetchReports(url, token)).toEqual([]);
    await server.close();
    expect(await fetchReports(url, token)).toBeNull();
  });
});

/** Sends until it is answered; a server that read on would never answer. */
function tryToSend(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = http.request(new URL(batchPath, url), { method: 'POST', headers });
    const filler = Buffer.alloc(64 * 1024, 32);
    const more = (): void => {
      while (!request.destroyed && request.write(filler));
    };
    request.on('drain', more).on('error', () => undefined);
    request.on('response', (response) => {
      resolve(response.statusCode);
      request.destroy();
    });
    more();
  });
}
