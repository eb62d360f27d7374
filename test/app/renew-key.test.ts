import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createIntakeServer, type IntakeServer } from '../../src-district/http-server.ts';
import { createIntake } from '../../src-district/intake.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { makeEnrolmentCode } from '../../src-district/kiosk-registry.ts';
import { readConfig, type Config } from '../../src-main/app/config.ts';
import { enrolByCode } from '../../src-main/app/enrol-by-code.ts';
import { keepNextKey, openNextKey, readEnrolledKeys } from '../../src-main/app/key-store.ts';
import { verifyReceipt } from '../../src-main/app/receipt-verify.ts';
import { openStation } from '../../src-main/app/station.ts';
import { kioskIdSchema, referenceNumberSchema } from '../../src-main/contract/ids.ts';
import { publicKeySchema, type KioskSigningKey } from '../../src-main/contract/keys.ts';
import { checkDigit } from '../../src-main/domain/reference-number.ts';
import { makeDistrictKey } from '../../src-main/sealing/make-keys.ts';
import { createReceiptSigner } from '../../src-main/sealing/receipt-signer.ts';
import { openOrFail } from '../helpers/opening.ts';
import { makeFolder } from '../helpers/test-store.ts';

let database: IntakeDatabase;
let server: IntakeServer;
let url = '';
beforeAll(async () => {
  database = await openOrFail('pglite:memory');
  const key = publicKeySchema.parse(JSON.parse((await makeDistrictKey()).publicText));
  const districts = [{ districtId: 'nordjylland', district: '01', keys: [key] as const }];
  const intake = createIntake({ database, kioskKeys: new Map(), patienceMs: 0 });
  server = createIntakeServer({ intake, administration: { database, districts } });
  ({ url } = await server.listen(0, '127.0.0.1'));
});
afterAll(async () => {
  await server.close();
  await database.close();
});

async function signingKey(dataDir: string): Promise<KioskSigningKey> {
  const keys = await readEnrolledKeys(dataDir);
  if (keys === null) throw new Error('enrolled');
  return keys.signing;
}

async function renew(config: Config): Promise<string> {
  const station = await openStation(config, { district: null, isQuiet: true });
  try {
    const answer = await station.handleAdmin({ ask: 'renew-key' });
    return answer.answer === 'refused' ? answer.sentence : answer.answer;
  } finally {
    await station.close();
  }
}

it('a kiosk renews its key, whatever breaks off on the way, and its older slips stay genuine', async () => {
  const dataDir = makeFolder();
  const configFile = join(makeFolder(), 'kiosk.json');
  const configure = async (at: string): Promise<Config> => {
    const district = { id: 'nordjylland', url: at };
    await writeFile(configFile, JSON.stringify({ district, kiosk: { number: '301', stationId: 'aalborg' } }));
    return readConfig({ configFile, dataDir });
  };
  const config = await configure(url);
  await enrolByCode(config, await makeEnrolmentCode(database, kioskIdSchema.parse('01-301'), 1));
  const first = await signingKey(dataDir);
  const digits = '01301123456';
  const reference = referenceNumberSchema.parse(`${digits}${checkDigit(digits)}`);
  const slip = await createReceiptSigner(first).sign({ reference, stationId: 'aalborg', day: '2026-11-20' });

  // Nobody answers: the key stays, and the same next one is asked for again.
  expect(await renew(await configure('http://127.0.0.1:1'))).toContain('The key of today stays');
  expect(await signingKey(dataDir)).toEqual(first);
  const next = await openNextKey(dataDir);
  expect(await renew(await configure(url))).toBe('key-renewed');
  expect(await signingKey(dataDir)).toMatchObject({ kid: next.kid, d: next.d });
  const names = async (): Promise<string[]> => (await readdir(join(dataDir, 'keys'))).toSorted();
  expect(await names()).not.toContain('kiosk-next.jwk.json');
  // Nothing of the old key is left that could sign.
  const kept = await readFile(join(dataDir, 'keys', 'earlier', `${first.kid}.jwk.json`), 'utf8');
  expect(kept).not.toContain(first.d);
  for (const keys of [
    { kind: 'data-dir', path: dataDir },
    { kind: 'database', database },
  ] as const)
    expect(await verifyReceipt(slip, keys)).toMatchObject({ kind: 'genuine', claims: { reference } });

  // The power went when the new key was in place and the next one not yet taken away.
  await writeFile(join(dataDir, 'keys', 'kiosk-next.jwk.json'), JSON.stringify(next));
  expect(await renew(config)).toBe('key-renewed');
  expect((await signingKey(dataDir)).kid).toBe(next.kid);
  expect(await names()).not.toContain('kiosk-next.jwk.json');
  // And when only the public half was.
  const third = await openNextKey(dataDir);
  await keepNextKey(dataDir, next, third);
  await writeFile(join(dataDir, 'keys', 'kiosk-private.jwk.json'), JSON.stringify(next));
  await writeFile(join(dataDir, 'keys', 'kiosk-next.jwk.json'), JSON.stringify(third));
  expect(await renew(config)).toBe('key-renewed');
  expect((await signingKey(dataDir)).kid).toBe(third.kid);
}, 60_000);
