import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { ApiRoute } from '../../src-main/contract/api-route.ts';
import { districtApi, type DistrictOperation } from '../../src-main/contract/district-api.ts';
import type { Renewal } from '../../src-main/contract/kiosk-api.ts';
import { kioskIdSchema } from '../../src-main/contract/ids.ts';
import { makeDistrictKey, makeKioskKey } from '../../src-main/sealing/make-keys.ts';
import {
  kioskPublicKeySchema,
  kioskSigningKeySchema,
  publicKeySchema,
  type KioskPublicKey,
  type PublicKey,
} from '../../src-main/contract/keys.ts';
import { signRenewal } from '../../src-main/sealing/renewal-proof.ts';
import { exampleBatch } from '../../src-district/example-batch.ts';
import { createIntakeServer, type IntakeServer } from '../../src-district/http-server.ts';
import { makeEnrolmentCode } from '../../src-district/kiosk-registry.ts';
import { addReader } from '../../src-district/readers.ts';
import { createIntake, type Intake } from '../../src-district/intake.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { describeIntakeApi } from '../../src-district/openapi.ts';
import { freshReportId, makeChainKiosk, type ChainKiosk } from '../helpers/event-chain.ts';
import { makeRegistration } from '../helpers/registration-cases.ts';
import { contentOffersSchema } from '../../src-main/contract/content-api.ts';
import { openPackage } from '../../src-main/sealing/content-package.ts';
import { publishContent } from '../../src-district/content.ts';
import { makeSigner, makeTestPackage, publicOf } from '../helpers/content-packages.ts';
import { makeContentRequest } from '../helpers/content-report.ts';
import { openOrFail } from '../helpers/opening.ts';

const token = 'a-token-of-this-test';
const noPart = { version: 1, sha256: 'f'.repeat(64), part: 0 };

async function makeRenewal(number: string, oldText?: string): Promise<Renewal> {
  const read = (text: string) => kioskSigningKeySchema.parse(JSON.parse(text));
  const [old, next] = [await makeKioskKey(), await makeKioskKey()];
  const signing = read(oldText ?? old.privateText);
  return signRenewal(kioskIdSchema.parse(number), signing, read(next.privateText));
}
const json = { 'content-type': 'application/json' };
const reached = new Set<string>();

/** Asks and holds the answer against what is documented for it. */
async function ask(
  url: string,
  operation: DistrictOperation,
  init: RequestInit = {},
  query = '',
): Promise<number> {
  const route: ApiRoute = districtApi[operation];
  const response = await fetch(new URL(`${route.path}${query}`, url), { method: route.method, ...init });
  const text = await response.text();
  const documented = route.answers[response.status];
  if (documented === undefined) throw new Error(`${operation} answered ${String(response.status)}: ${text}`);
  if (documented.content !== 'text') documented.content.parse(JSON.parse(text));
  expect(response.headers.has('retry-after')).toBe(documented.retryAfter === true);
  reached.add(`${operation} ${String(response.status)}`);
  return response.status;
}

describe('the intake and its document', () => {
  let database: IntakeDatabase;
  let kiosk: ChainKiosk;
  let server: IntakeServer;
  let sick: IntakeServer;
  let url = '';
  let fyn: PublicKey;
  let readerToken = '';
  let sickUrl = '';
  let finish = (): void => undefined;
  beforeAll(async () => {
    database = await openOrFail('pglite:memory');
    kiosk = await makeChainKiosk('07-120');
    kiosk.addReports(6);
    const { publicKey, batch } = exampleBatch;
    const kioskKeys = new Map<string, KioskPublicKey>([
      [kiosk.kioskId, kiosk.publicKey],
      [batch.kioskId, kioskPublicKeySchema.parse(publicKey)],
    ]);
    const reading = { database, token };
    fyn = publicKeySchema.parse(JSON.parse((await makeDistrictKey()).publicText));
    const districts = [{ districtId: 'fyn', district: '06', keys: [fyn] as const }];
    const administration = { database, districts };
    const intake = createIntake({ database, kioskKeys, patienceMs: 0 });
    server = createIntakeServer({ intake, reading, administration });
    readerToken = (await addReader(database, { name: 'case system', district: null })) ?? '';
    ({ url } = await server.listen(0, '127.0.0.1'));
    const busy = new Promise<void>((resolve) => (finish = resolve));
    const down: Intake = {
      handleBatch: async () => {
        await busy;
        throw new Error('down');
      },
      health: () => Promise.reject(new Error('down')),
    };
    const broken: IntakeDatabase = { ...database, transaction: () => Promise.reject(new Error('down')) };
    sick = createIntakeServer({
      intake: down,
      reading: { database: broken, token },
      administration: { database: broken, districts: [] },
    });
    ({ url: sickUrl } = await sick.listen(0, '127.0.0.1'));
  });
  afterAll(async () => {
    await server.close();
    await sick.close();
    await database.close();
  });

  const deliver = async (batch: unknown, at = url): Promise<number> =>
    ask(at, 'deliverBatch', { headers: json, body: JSON.stringify(batch) });
  const asReader = (word: string): RequestInit => ({ headers: { authorization: `Bearer ${word}` } });

  it('a batch is answered as documented, whatever is wrong with it', async () => {
    const first = await kiosk.batch(1, 3);
    expect(await deliver(first)).toBe(200);
    expect(await deliver({ ...first, version: 2 })).toBe(400);
    expect(await deliver({ ...first, kioskId: '99-999' })).toBe(403);
    expect(await deliver(await kiosk.batch(5, 6))).toBe(409);
    expect(await deliver({ ...first, previousHash: 'f'.repeat(64) })).toBe(422);
    expect(await ask(url, 'deliverBatch', { body: '{}' })).toBe(415);
    const long = ' '.repeat(4_000_001);
    expect(await ask(url, 'deliverBatch', { headers: json, body: long })).toBe(413);
  });

  it('too many at once, and a database that fails, say when to come again', async () => {
    const turnedAway: number[] = [];
    const many = Array.from({ length: 70 }, async () => {
      const status = await deliver({}, sickUrl);
      turnedAway.push(status);
      return status;
    });
    await vi.waitFor(() => expect(turnedAway).toEqual(Array(6).fill(429)), { timeout: 20_000 });
    for (const operation of ['renewKioskKey', 'askContent', 'fetchContentPart'] as const)
      expect(await send(operation, {}, sickUrl)).toBe(429);
    finish();
    expect((await Promise.all(many)).filter((status) => status === 503)).toHaveLength(64);
    expect(await ask(sickUrl, 'health')).toBe(503);
    expect(await ask(sickUrl, 'reports', asReader(token))).toBe(503);
    for (const operation of ['feed', 'districts', 'metrics'] as const)
      expect(await ask(sickUrl, operation, asReader(readerToken))).toBe(503);
    for (const operation of ['acknowledgeFeed', 'transferReport'] as const)
      expect(await send(operation, { cursor: 'x' }, sickUrl)).toBe(503);
    const code = await makeEnrolmentCode(database, kioskIdSchema.parse('07-700'), 1);
    const registration = await makeRegistration(code, (await makeKioskKey()).privateText);
    expect(await send('registerKiosk', registration, sickUrl)).toBe(503);
    const renewal = await makeRenewal('07-700');
    expect(await send('renewKioskKey', renewal, sickUrl)).toBe(503);
    const { privateText } = await makeKioskKey();
    expect(await send('askContent', await makeContentRequest('07-700', privateText), sickUrl)).toBe(503);
    expect(await send('fetchContentPart', noPart, sickUrl)).toBe(503);
  });

  const send = (operation: DistrictOperation, body: unknown, at = url): Promise<number> =>
    ask(at, operation, {
      headers: { ...json, authorization: `Bearer ${readerToken}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('a kiosk is registered, and a case system served, as documented', async () => {
    const keys = await makeKioskKey();
    const fresh = (number: string): Promise<string> =>
      makeEnrolmentCode(database, kioskIdSchema.parse(number), 1);
    const code = await fresh('07-701');
    expect(await send('registerKiosk', await makeRegistration(code, keys.privateText))).toBe(200);
    expect(await send('registerKiosk', {})).toBe(400);
    expect(await send('renewKioskKey', await makeRenewal('07-701', keys.privateText))).toBe(200);
    expect(await send('renewKioskKey', await makeRenewal('07-701'))).toBe(403);
    expect(await send('renewKioskKey', {})).toBe(400);
    const guess = await makeRegistration('AAAAA-BBBBB-CCCCC-DDDDD', keys.privateText);
    expect(await send('registerKiosk', guess)).toBe(403);
    const used = await makeRegistration(await fresh(kiosk.kioskId), keys.privateText);
    expect(await send('registerKiosk', used)).toBe(409);
    expect(await ask(url, 'feed', asReader(readerToken), '?limit=2')).toBe(200);
    expect(await ask(url, 'feed', asReader(readerToken), '?limit=many')).toBe(400);
    const cursor = Buffer.from(JSON.stringify([[kiosk.kioskId, 1]])).toString('base64url');
    expect(await send('acknowledgeFeed', { cursor })).toBe(200);
    expect(await send('acknowledgeFeed', { cursor: 'none' })).toBe(400);
    expect(await ask(url, 'districts', asReader(readerToken))).toBe(200);
    const [event] = kiosk.events;
    const key = {
      ...{ kioskId: kiosk.kioskId, sequence: 1, part: 'sealedReport' },
      ...{ kid: fyn.kid, encryptedKey: 'A'.repeat(512) },
    };
    const transfer = { reportId: event?.reportId, to: '06', sealedReason: null, keys: [key] };
    expect(await send('transferReport', { ...transfer, keys: [] })).toBe(422);
    expect(await send('transferReport', transfer)).toBe(200);
    expect(await send('transferReport', { ...transfer, reportId: freshReportId() })).toBe(404);
    expect(await send('transferReport', { ...transfer, to: 'fyn' })).toBe(400);
    for (const operation of [
      'registerKiosk',
      'renewKioskKey',
      'acknowledgeFeed',
      'transferReport',
    ] as const) {
      expect(await send(operation, ' '.repeat(4_000_001))).toBe(413);
      expect(await ask(url, operation, { ...asReader(readerToken), body: '{}' })).toBe(415);
    }
  });

  it('a kiosk hears of content for it, and fetches it, as documented', async () => {
    const { privateText } = await makeKioskKey();
    const code = await makeEnrolmentCode(database, kioskIdSchema.parse('06-702'), 1);
    expect(await send('registerKiosk', await makeRegistration(code, privateText))).toBe(200);
    const key = await makeSigner();
    const bytes = await makeTestPackage(key, { version: 3 });
    const opening = await openPackage(bytes, [publicOf(key)]);
    if (!opening.ok) throw new Error(opening.problem);
    await publishContent(database, opening.opened.claims, bytes);
    const request = await makeContentRequest('06-702', privateText);
    expect(await send('askContent', request)).toBe(200);
    const response = await fetch(new URL('/v1/content', url), {
      ...{ method: 'POST', headers: json, body: JSON.stringify(request) },
    });
    const { packages } = contentOffersSchema.parse(await response.json());
    expect(packages).toMatchObject([{ version: 3, bytes: bytes.length }]);
    const [offer] = packages;
    expect(await send('fetchContentPart', { version: 1, sha256: offer?.sha256, part: 0 })).toBe(200);
    expect(await send('fetchContentPart', noPart)).toBe(404);
    expect(await send('fetchContentPart', {})).toBe(400);
    expect(await send('askContent', {})).toBe(400);
    const other = (await makeKioskKey()).privateText;
    expect(await send('askContent', await makeContentRequest('06-702', other))).toBe(403);
    for (const operation of ['askContent', 'fetchContentPart'] as const) {
      expect(await send(operation, ' '.repeat(4_000_001))).toBe(413);
      expect(await ask(url, operation, { body: '{}' })).toBe(415);
    }
  });

  it('the counts say what was kept and refused, and of which kiosk; nothing of a report', async () => {
    expect(await ask(url, 'metrics', asReader(readerToken))).toBe(200);
    const response = await fetch(new URL('/metrics', url), asReader(readerToken));
    const text = await response.text();
    expect(text).toContain('skranke_batches_total{outcome="acknowledged"}');
    expect(text).toContain(`skranke_kiosk_events{kiosk="${kiosk.kioskId}"} 3`);
    expect(text).toMatch(/^skranke_batch_seconds_bucket\{le="\+Inf"\} \d+$/m);
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) |[a-z_]+(\{[^}]*\})? [\d.]+$)/);
    for (const { reportId } of kiosk.events) expect(text).not.toContain(reportId);
  });

  it('reading needs the token, and few wrong ones are heard from one address', async () => {
    expect(await ask(url, 'health')).toBe(200);
    expect(await ask(url, 'description')).toBe(200);
    expect(await ask(url, 'reports', asReader(token))).toBe(200);
    const readers = ['reports', 'feed', 'metrics', 'acknowledgeFeed', 'transferReport', 'districts'] as const;
    for (const operation of readers)
      expect(await ask(url, operation, asReader('a guess of some length'))).toBe(401);
    // These six, and the wrong code before.
    let guesses = 7;
    while ((await ask(url, 'reports', asReader(`guess ${String(guesses)}`))) === 401) guesses += 1;
    expect(guesses).toBe(30);
    for (const operation of [...readers, 'registerKiosk'] as const)
      expect(await ask(url, operation, asReader(readerToken))).toBe(429);
    // Kiosks behind the same address are not kept out by that.
    expect(await deliver(await kiosk.batch(1, 3))).toBe(200);
  });

  it('the example in the document is taken as it stands', async () => {
    expect(await deliver(exampleBatch.batch)).toBe(200);
  });

  it('every documented answer was reached, and the document is that of the program', () => {
    const documented = Object.entries(districtApi).flatMap(([operation, { answers }]) =>
      Object.keys(answers).map((status) => `${operation} ${status}`),
    );
    expect([...reached].toSorted()).toEqual(documented.toSorted());
    const file = path.join(import.meta.dirname, '../../resources/district-api.json');
    const advice = 'npm run -s skranke -- district api > resources/district-api.json';
    expect(readFileSync(file, 'utf8'), advice).toBe(`${JSON.stringify(describeIntakeApi(), null, 2)}\n`);
  });

  it('every reference in the document leads somewhere', () => {
    const document = describeIntakeApi();
    const schemas = z
      .object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) })
      .parse(document).components.schemas;
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, target]) => target,
    );
    expect(references.length).toBeGreaterThan(5);
    for (const target of references) {
      const name = target?.replace('#/components/schemas/', '') ?? '';
      expect(Object.keys(schemas)).toContain(name);
    }
  });
});
