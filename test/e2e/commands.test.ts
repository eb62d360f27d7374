import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDistrictKey, makeKioskKey } from '../../src-main/sealing/make-keys.ts';
import {
  makeDataDir,
  projectRoot,
  runSkranke,
  startKiosk,
  type CommandResult,
} from '../helpers/kiosk-process.ts';

/* Every mistake of IT's is one sentence that names the place and what was expected; nothing is changed by it. */

let folder: { path: string; remove(): Promise<void> };
beforeEach(async () => {
  folder = await makeDataDir();
});
afterEach(() => folder.remove());

const enrolledConfig = {
  district: { id: 'fyn', url: 'https://intake.example' },
  kiosk: { number: '120', stationId: 'odense' },
};

async function writeConfig(config: unknown): Promise<string> {
  const file = join(folder.path, 'config.json');
  await writeFile(file, JSON.stringify(config));
  return file;
}

function expectSentence(result: CommandResult, code: number, ...words: string[]): void {
  expect(result.code, result.err).toBe(code);
  const sentences = result.err.split('\n').filter((line) => line.startsWith('skranke: '));
  expect(sentences, result.err).toHaveLength(1);
  for (const word of words) expect(sentences[0]).toContain(word);
  expect(result.err).not.toContain('    at ');
}

describe('the command line', () => {
  it('names an option it does not know, and a command', async () => {
    expectSentence(await runSkranke(['start', '--prot', '8080']), 2, '--prot');
    expectSentence(await runSkranke(['strat']), 2, 'strat');
    expectSentence(
      await runSkranke(['start', '--port', '99999', '--data-dir', folder.path]),
      2,
      '--port 99999',
      '65534',
    );
    expectSentence(
      await runSkranke(['start', '--host', 'browser', '--data-dir', folder.path]),
      2,
      'electron or node',
    );
  });

  it('says that a district over plain http is not taken, and where it stands', async () => {
    const config = await writeConfig({
      ...enrolledConfig,
      district: { id: 'fyn', url: 'http://intake.example' },
    });
    expectSentence(
      await runSkranke(['start', '--config', config, '--data-dir', folder.path]),
      2,
      config,
      'district.url',
      'https://',
    );
  });

  it('knows a station that content does not have', async () => {
    const config = await writeConfig({ ...enrolledConfig, kiosk: { number: '120', stationId: 'atlantis' } });
    expectSentence(
      await runSkranke([
        'start',
        '--host',
        'node',
        '--no-open',
        '--config',
        config,
        '--data-dir',
        folder.path,
      ]),
      2,
      'kiosk.stationId',
      'atlantis',
    );
  });

  it('takes no key file of the wrong kind, and keeps none of it', async () => {
    const config = await writeConfig(enrolledConfig);
    const file = join(folder.path, 'fyn.jwk.json');
    await writeFile(file, (await makeKioskKey()).publicText);
    expectSentence(
      await runSkranke(['enrol', '--config', config, '--data-dir', folder.path, '--district-key', file]),
      2,
      file,
      'RSA',
    );
    await writeFile(file, (await makeDistrictKey()).privateText);
    expectSentence(
      await runSkranke(['enrol', '--config', config, '--data-dir', folder.path, '--district-key', file]),
      2,
      file,
      'private',
    );
    expect(existsSync(join(folder.path, 'keys'))).toBe(false);
  });

  it('moves no demonstration into the folder of a real kiosk, and enrols none twice', async () => {
    const config = await writeConfig(enrolledConfig);
    const data = join(folder.path, 'data');
    const key = join(folder.path, 'fyn.jwk.json');
    await writeFile(key, (await makeDistrictKey()).publicText);
    const enrol = ['enrol', '--config', config, '--data-dir', data, '--district-key', key];
    expect(await runSkranke(enrol)).toMatchObject({ code: 0 });
    expectSentence(await runSkranke(enrol), 2, 'enrolled already');
    expectSentence(
      await runSkranke(['start', '--host', 'node', '--no-open', '--data-dir', data]),
      2,
      'enrolled',
    );
    expect(existsSync(join(data, 'demonstration'))).toBe(false);
  });

  it('makes no district key over another one', async () => {
    expect(await runSkranke(['district', 'key', folder.path, '--district', 'fyn'])).toMatchObject({
      code: 0,
    });
    const before = await readFile(join(folder.path, 'private.jwk.json'), 'utf8');
    expectSentence(
      await runSkranke(['district', 'key', folder.path, '--district', 'fyn']),
      2,
      'not overwritten',
    );
    expect(await readFile(join(folder.path, 'private.jwk.json'), 'utf8')).toBe(before);
    expect((await stat(join(folder.path, 'private.jwk.json'))).mode & 0o077).toBe(0);
  });

  it('refuses a database of a newer version and touches nothing', async () => {
    const file = join(folder.path, 'skranke.db');
    expect(await runSkranke(['staff', 'list', '--data-dir', folder.path])).toMatchObject({ code: 0 });
    const newer = new Database(file);
    newer.pragma('user_version = 4711');
    newer.pragma('journal_mode = DELETE');
    newer.close();
    const before = await readFile(file);
    expectSentence(await runSkranke(['staff', 'list', '--data-dir', folder.path]), 1, 'newer');
    expect(await readFile(file)).toEqual(before);
  });
});

describe('a kiosk that runs', () => {
  it('keeps its folder and its port, takes commands, and stops when asked', async () => {
    const kiosk = await startKiosk(folder.path);
    expectSentence(
      await runSkranke(['start', '--host', 'node', '--no-open', '--data-dir', folder.path]),
      3,
      'running on this data folder',
    );

    const other = join(folder.path, 'other');
    await mkdir(other);
    const port = new URL(kiosk.ready.kiosk).port;
    expectSentence(
      await runSkranke(['start', '--host', 'node', '--no-open', '--port', port, '--data-dir', other]),
      2,
      `--port ${port}`,
      'taken',
    );

    const added = await runSkranke([
      'staff',
      'add',
      'b.berg',
      '--name',
      'B. Berg',
      '--role',
      'officer',
      '--data-dir',
      folder.path,
      '--json',
    ]);
    expect(added.code).toBe(0);
    const pinFile = join(folder.path, 'pin-b.berg.txt');
    expect((await readFile(pinFile, 'utf8')).trim()).toMatch(/^\d{6,}$/);
    expect((await stat(pinFile)).mode & 0o077).toBe(0);
    expect(added.out + added.err).not.toMatch(/\d{6,}/);
    const listed = await runSkranke(['staff', 'list', '--data-dir', folder.path]);
    expect(listed.out).toContain('b.berg');

    // What was a demonstration never becomes a real kiosk.
    expect(await kiosk.stop()).toBe(0);
    const config = await writeConfig(enrolledConfig);
    expectSentence(
      await runSkranke([
        'start',
        '--host',
        'node',
        '--no-open',
        '--config',
        config,
        '--data-dir',
        folder.path,
      ]),
      2,
      'demonstration',
      'empty',
    );
  });

  it('without keys gives information only, and says so', async () => {
    const config = await writeConfig(enrolledConfig);
    const kiosk = await startKiosk(folder.path, ['--config', config]);
    expect(kiosk.output()).toContain('"mode":"unenrolled"');
    expect(await kiosk.stop()).toBe(0);
  });
});

describe('a Node that is too old', () => {
  const systemNode = '/usr/bin/node';
  const version = existsSync(systemNode) ? spawnSync(systemNode, ['--version']).stdout.toString() : '';
  const isOld = /^v(?:1\d|2[0-3])\./.test(version);
  it.skipIf(!isOld)('gets one sentence instead of a crash without words', () => {
    const result = spawnSync(systemNode, [join(projectRoot, 'src-main/cli/guard.js'), 'start']);
    expect(result.status).toBe(2);
    expect(result.stderr.toString()).toMatch(/^skranke: Node .* is too old, Node 24/);
  });
});

it('a port that somebody else holds is named', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  expectSentence(
    await runSkranke(['start', '--host', 'node', '--no-open', '--port', port, '--data-dir', folder.path]),
    2,
    port,
  );
  holder.close();
});
