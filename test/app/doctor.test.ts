import { chmodSync, copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import type { Finding } from '../../src-main/app/doctor/check.ts';
import { judgeReach, reachDistrict } from '../../src-main/app/doctor/district-check.ts';
import { checkTestPage, diagnose, type Check } from '../../src-main/app/doctor/doctor.ts';
import { lockdownRules } from '../../src-main/app/doctor/lockdown-rules.ts';
import { judgeClock, judgeRoom, judgeSync } from '../../src-main/app/doctor/machine-checks.ts';
import { enrolKeys } from '../../src-main/app/key-store.ts';
import { builtAt } from '../../src-main/app/version.ts';
import { makeDistrictKey } from '../../src-main/sealing/make-keys.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import { createFakeClock, makeSealedReport } from '../helpers/fakes.ts';
import { makeFolder, openTestStore } from '../helpers/test-store.ts';

const ids = [
  ...['config', 'version', 'disk', 'clock', 'database', 'keys', 'seal'],
  ...['printer', 'district', 'desks', 'packages', 'content', 'facts', 'locales', 'fonts', 'voices', 'screen'],
  ...lockdownRules.map(({ id }) => id),
];

async function look(configFile: string | null, dataDir: string) {
  const told: Check[] = [];
  const { checks, exitCode } = await diagnose({ configFile, dataDir }, (check) => told.push(check));
  expect(told).toEqual(checks);
  expect(checks.map(({ id }) => id)).toEqual(ids);
  for (const { state, message, fix } of checks) {
    expect(message).toMatch(/\S/);
    expect(fix !== null).toBe(state === 'warn' || state === 'fail');
  }
  const find = (id: string): Check | undefined => checks.find((check) => check.id === id);
  return { exitCode, find };
}

/** A kiosk that was enrolled, took three reports and stands still. */
async function makeKiosk(): Promise<{ dataDir: string; configFile: string }> {
  const dataDir = makeFolder();
  const district = await makeDistrictKey();
  await enrolKeys(dataDir, new Map([['fyn', district.publicText]]));
  const store = openTestStore(createFakeClock(), dataDir);
  for (let n = 0; n < 3; n += 1) storeReport(store, makeSealedReport(500), '80mm');
  store.close();
  chmodSync(join(dataDir, 'skranke.db'), 0o600);
  const configFile = join(makeFolder(), 'config.json');
  const config = {
    district: { id: 'fyn', url: 'http://127.0.0.1:9' },
    kiosk: { number: '120', stationId: 'odense' },
  };
  writeFileSync(configFile, JSON.stringify(config));
  return { dataDir, configFile };
}

it('an empty folder is no fault, and nothing is left in it', async () => {
  const dataDir = makeFolder();
  const { find, exitCode } = await look(null, dataDir);
  expect(find('database')?.state).toBe('skipped');
  expect(find('district')?.state).toBe('skipped');
  expect(find('fonts')?.state).toBe('ok');
  expect(find('voices')?.state).toBe('ok');
  expect(find('content')?.state).toBe('ok');
  expect(exitCode).not.toBe(2);
  // The file printer of a demonstration tries whether it can write.
  expect(readdirSync(dataDir)).toEqual(['receipts']);
});

it('a kiosk that stands still is looked through: reports, keys, a probe; the dead line is named', async () => {
  const { dataDir, configFile } = await makeKiosk();
  const { find, exitCode } = await look(configFile, dataDir);
  expect(find('database')).toMatchObject({ state: 'ok', message: expect.stringContaining('Reports: 3') });
  expect(find('keys')?.state).toBe('ok');
  expect(find('seal')?.state).toBe('ok');
  expect(find('printer')?.state).toBe('warn');
  expect(find('district')).toMatchObject({ state: 'fail', message: expect.stringContaining('ECONNREFUSED') });
  expect(exitCode).toBe(2);
});

it('keys that others may read are named with what mends it; so is a key that is not there', async () => {
  const { dataDir, configFile } = await makeKiosk();
  const key = join(dataDir, 'keys', 'kiosk-private.jwk.json');
  chmodSync(key, 0o644);
  expect((await look(configFile, dataDir)).find('keys')).toMatchObject({
    state: 'fail',
    fix: `chmod go-rwx ${key}`,
  });
  const text = readFileSync(configFile, 'utf8').replace('"fyn"', '"nordjylland"');
  writeFileSync(configFile, text);
  const { find } = await look(configFile, dataDir);
  expect(find('keys')).toMatchObject({ state: 'fail', message: expect.stringContaining('nordjylland') });
  expect(find('seal')?.state).toBe('skipped');
});

it('a line somebody changed, and a page the disk lost, are a failure each, and the file stays as it is', async () => {
  const { dataDir, configFile } = await makeKiosk();
  const file = join(dataDir, 'skranke.db');
  const whole = join(makeFolder(), 'whole.db');
  copyFileSync(file, whole);
  const database = new Sqlite(file);
  database.exec("UPDATE audit SET actor = 'nobody' WHERE sequence = 2");
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  expect((await look(configFile, dataDir)).find('database')).toMatchObject({
    state: 'fail',
    message: expect.stringContaining('line 2 of the audit log'),
  });
  const bytes = readFileSync(whole);
  bytes.fill(0, bytes.length - 8192, bytes.length - 4096);
  writeFileSync(file, bytes);
  expect((await look(configFile, dataDir)).find('database')).toMatchObject({
    state: 'fail',
    message: expect.stringContaining('damaged'),
    fix: expect.stringContaining('skranke restore'),
  });
  expect(readFileSync(file)).toEqual(bytes);
});

it('a wrong configuration is told in whole, and what does not hang on it is looked at all the same', async () => {
  const configFile = join(makeFolder(), 'config.json');
  writeFileSync(configFile, JSON.stringify({ screen: { idleSeconds: 5 }, desk: { onKiosk: 1 } }));
  const { find, exitCode } = await look(configFile, makeFolder());
  expect(find('config')?.message).toMatch(/screen\.idleSeconds.*desk\.onKiosk/);
  expect(find('database')?.state).toBe('skipped');
  expect(find('fonts')?.state).toBe('ok');
  expect(exitCode).toBe(2);
});

it.each<[string, Finding, Finding['state']]>([
  ['a disk that confirms before anything can be written', judgeSync(8), 'warn'],
  ['a disk', judgeSync(900), 'ok'],
  ['a disk nobody can wait for', judgeSync(900_000), 'warn'],
  ['room', judgeRoom(50e9, 100e9), 'ok'],
  ['little room', judgeRoom(0.5e9, 100e9), 'warn'],
  ['no room', judgeRoom(0.05e9, 100e9), 'fail'],
  ['a clock before the program', judgeClock(new Date('1970-01-02'), builtAt, true, null), 'fail'],
  ['a clock far ahead', judgeClock(new Date('2046-01-01'), builtAt, true, null), 'fail'],
  ['a clock that was set back', judgeClock(new Date('2027-01-01'), builtAt, false, true), 'fail'],
  ['a clock nobody keeps', judgeClock(new Date('2027-01-01'), builtAt, true, false), 'warn'],
  ['a clock', judgeClock(new Date('2027-01-01'), builtAt, true, true), 'ok'],
])('%s is judged for what it is', (_story, { state }, expected) => {
  expect(state).toBe(expected);
});

const pem = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../helpers/certificates', name), 'utf8');

async function serve(name: string, status = 200): Promise<string> {
  const tls = { key: pem(`${name}.key`), cert: pem(`${name}.pem`) };
  const server = https.createServer(tls, (_request, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

it('an intake that answers over TLS is well; its certificate and clock are looked at', async () => {
  const url = await serve('good');
  const reach = await reachDistrict(url, pem('authority.pem'));
  const now = new Date();
  if (reach.kind !== 'answered' || reach.validTo === null) throw new Error(JSON.stringify(reach));
  expect(judgeReach(url, reach, now).state).toBe('ok');
  const late = new Date(reach.validTo.getTime() - 86_400_000);
  expect(judgeReach(url, { ...reach, date: late }, late)).toMatchObject({
    state: 'warn',
    message: expect.stringContaining('certificate ends'),
  });
  const off = new Date(now.getTime() - 365 * 86_400_000);
  expect(judgeReach(url, reach, off)).toMatchObject({
    state: 'warn',
    message: expect.stringContaining('clock'),
  });
  expect(judgeReach(url, { ...reach, status: 302 }, now).state).toBe('fail');
});

it.each([
  ['expired', 'clock'],
  ['not-yet', 'clock'],
  ['other-host', 'another name'],
  ['self-signed', 'Somebody else may be answering'],
])('a certificate that is %s is a failure, with what to look at', async (name, words) => {
  const url = await serve(name);
  const finding = judgeReach(url, await reachDistrict(url, pem('authority.pem')), new Date());
  expect(finding.state).toBe('fail');
  expect(finding.fix).toContain(words);
});

it('a test page is good only when somebody who looked at it says so', async () => {
  const options = { configFile: null, dataDir: makeFolder() };
  const asked: string[] = [];
  const answer = (isGood: boolean) => () => {
    asked.push(...readdirSync(join(options.dataDir, 'receipts')));
    return Promise.resolve(isGood);
  };
  expect(await checkTestPage(options, answer(true))).toMatchObject({ state: 'ok', fix: null });
  expect(await checkTestPage(options, answer(false))).toMatchObject({ state: 'fail' });
  expect(asked.some((name) => name.endsWith('.pdf'))).toBe(true);
});
