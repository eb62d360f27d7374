import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createHttpDistrict } from '../../src-main/adapters/http-district.ts';
import { createSystemClock } from '../../src-main/adapters/clock.ts';
import { readConfig, type Config } from '../../src-main/app/config.ts';
import { enrolByCode } from '../../src-main/app/enrol-by-code.ts';
import { readEnrolledKeys } from '../../src-main/app/key-store.ts';
import { kioskIdSchema } from '../../src-main/contract/ids.ts';
import { publicKeySchema, type PublicKey } from '../../src-main/contract/keys.ts';
import { createBatchSigner } from '../../src-main/sealing/batch-signer.ts';
import { makeDistrictKey } from '../../src-main/sealing/make-keys.ts';
import { claimFolder } from '../../src-main/services/claim-folder.ts';
import { createOutbox } from '../../src-main/services/outbox.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import { openStore, type Store } from '../../src-main/services/store.ts';
import { createDelivery } from '../../src-main/sync/delivery.ts';
import { createIntakeServer, type IntakeServer } from '../../src-district/http-server.ts';
import { createIntake } from '../../src-district/intake.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { makeEnrolmentCode } from '../../src-district/kiosk-registry.ts';
import { listReports } from '../../src-district/reports.ts';
import { makeSealedReport } from '../helpers/fakes.ts';
import { openOrFail } from '../helpers/opening.ts';
import { makeFolder, migrationsDir } from '../helpers/test-store.ts';

const log = { note: () => undefined, warn: () => undefined };
const clock = createSystemClock(new Date(0));

describe('a kiosk that registers with a one-time code', () => {
  let database: IntakeDatabase;
  let server: IntakeServer;
  let url = '';
  let districtKey: PublicKey;
  beforeAll(async () => {
    database = await openOrFail('pglite:memory');
    districtKey = publicKeySchema.parse(JSON.parse((await makeDistrictKey()).publicText));
    const districts = [{ districtId: 'nordjylland', district: '01', keys: [districtKey] as const }];
    const intake = createIntake({ database, kioskKeys: new Map(), patienceMs: 0 });
    server = createIntakeServer({ intake, administration: { database, districts } });
    ({ url } = await server.listen(0, '127.0.0.1'));
  });
  afterAll(async () => {
    await server.close();
    await database.close();
  });

  const configOf = async (dataDir: string, number: string, at = url): Promise<Config> => {
    const configFile = join(makeFolder(), 'kiosk.json');
    const district = { id: 'nordjylland', url: at };
    await writeFile(configFile, JSON.stringify({ district, kiosk: { number, stationId: 'aalborg' } }));
    return readConfig({ configFile, dataDir });
  };
  const codeFor = (number: string): Promise<string> =>
    makeEnrolmentCode(database, kioskIdSchema.parse(`01-${number}`), 1);
  const open = (dataDir: string, number: string): Store => {
    const store = openStore({ dataDir, migrationsDir, clock, log });
    const kioskId = kioskIdSchema.parse(`01-${number}`);
    expect(claimFolder(store, clock, { kioskId, mode: 'enrolled' })).toEqual({ kind: 'ours' });
    return store;
  };
  /** Until all is through, or the line stands; why it does. */
  const deliverAll = async (store: Store, dataDir: string, number: string): Promise<string | null> => {
    const keys = await readEnrolledKeys(dataDir);
    if (keys === null) throw new Error('enrolled');
    const outbox = createOutbox({ store, clock, onAcknowledged: () => undefined });
    const line = createHttpDistrict({ url, certificateAuthority: null });
    const signer = createBatchSigner(keys.signing);
    const kioskId = kioskIdSchema.parse(`01-${number}`);
    const delivery = createDelivery({ outbox, signer, line, clock, log, kioskId });
    delivery.start();
    const isSettled = (): boolean =>
      delivery.status().state === 'up-to-date' || delivery.status().stopped !== null;
    await vi.waitFor(() => expect(isSettled()).toBe(true), { timeout: 20_000 });
    await delivery.stop();
    line.close();
    return delivery.status().stopped?.reason ?? null;
  };

  it('has its key, its number and the key to seal for; nobody else can use the code', async () => {
    const dataDir = makeFolder();
    const code = await codeFor('201');
    expect(await enrolByCode(await configOf(dataDir, '201'), code)).toBe('01-201');
    const keys = await readEnrolledKeys(dataDir);
    expect(keys?.districts.get('nordjylland')).toEqual(districtKey);
    expect((await stat(join(dataDir, 'keys', 'kiosk-private.jwk.json'))).mode & 0o777).toBe(0o600);
    await expect(readFile(join(dataDir, 'keys', 'kiosk-pending.jwk.json'))).rejects.toThrow('ENOENT');
    const store = open(dataDir, '201');
    storeReport(store, makeSealedReport(), '80mm');
    await deliverAll(store, dataDir, '201');
    store.close();
    expect(await listReports(database, '01-201')).toHaveLength(1);
    await expect(enrolByCode(await configOf(makeFolder(), '201'), code)).rejects.toThrow('code');
  });

  it('whose answer was lost repeats with the same key and the same code', async () => {
    const dataDir = makeFolder();
    const code = await codeFor('202');
    // Takes the request on to the district and never answers.
    const swallowing = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        void fetch(new URL(request.url ?? '', url), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: Buffer.concat(chunks).toString('utf8'),
        }).then(() => response.destroy());
      });
    });
    await new Promise<void>((resolve) => void swallowing.listen(0, '127.0.0.1', resolve));
    const address = swallowing.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const lost = await configOf(dataDir, '202', `http://127.0.0.1:${String(port)}`);
    await expect(enrolByCode(lost, code)).rejects.toThrow('The same code works again');
    swallowing.close();
    expect(await readEnrolledKeys(dataDir)).toBeNull();
    expect(await enrolByCode(await configOf(dataDir, '202'), code)).toBe('01-202');
  });

  it('is told when code and configuration are of different kiosks, or the code is wrong', async () => {
    const dataDir = makeFolder();
    const code = await codeFor('203');
    await expect(enrolByCode(await configOf(dataDir, '204'), code)).rejects.toThrow(
      'the code is for kiosk 01-203',
    );
    expect(await enrolByCode(await configOf(dataDir, '203'), code)).toBe('01-203');
    await expect(enrolByCode(await configOf(makeFolder(), '205'), 'AAAAA-AAAAA-AAAAA-AAAAA')).rejects.toThrow(
      'code',
    );
    const demonstration = makeFolder();
    await mkdir(join(demonstration, 'demonstration'));
    await writeFile(join(demonstration, 'demonstration', 'kiosk-public.jwk.json'), '{}');
    await expect(enrolByCode(await configOf(demonstration, '206'), code)).rejects.toThrow('demonstration');
  });

  it('with a cloned disk: the second machine goes on under a number of its own, and nothing of either is lost', async () => {
    const [first, second] = [makeFolder(), makeFolder()];
    await enrolByCode(await configOf(first, '207'), await codeFor('207'));
    const before = open(first, '207');
    const shared = makeSealedReport();
    storeReport(before, shared, '80mm');
    await deliverAll(before, first, '207');
    before.close();
    for (const part of [
      'skranke.db',
      'keys/kiosk-private.jwk.json',
      'keys/kiosk-public.jwk.json',
      'keys/districts/nordjylland.jwk.json',
    ]) {
      await mkdir(join(second, 'keys', 'districts'), { recursive: true });
      await writeFile(join(second, part), await readFile(join(first, part)));
    }
    const mine = makeSealedReport();
    const machines = [open(first, '207'), open(second, '207')] as const;
    storeReport(machines[0], makeSealedReport(), '80mm');
    await deliverAll(machines[0], first, '207');
    storeReport(machines[1], mine, '80mm');
    expect(await deliverAll(machines[1], second, '207')).toBe('conflict');
    for (const store of machines) store.close();
    // The old number is taken: this machine needs one of its own.
    await expect(enrolByCode(await configOf(makeFolder(), '207'), await codeFor('207'))).rejects.toThrow(
      'another log',
    );
    await enrolByCode(await configOf(second, '208'), await codeFor('208'));
    const moved = open(second, '208');
    expect(await deliverAll(moved, second, '208')).toBeNull();
    moved.close();
    expect(await listReports(database, '01-207')).toHaveLength(2);
    expect((await listReports(database, '01-208')).map(({ sealed }) => sealed.reportId)).toEqual([
      mine.reportId,
    ]);
  }, 60_000);
});
