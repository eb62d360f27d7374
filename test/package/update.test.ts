import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bootMachine, builtDeb, type Machine } from '../helpers/machine.ts';
import { needs } from '../helpers/needs.ts';
import { addMigration, makeVersion } from '../helpers/other-version.ts';
import { enrolTerminal, openAtTerminal, reportThere, undelivered, untilActive } from '../helpers/terminal.ts';
import { writeRepository } from '../tools/packaging/repository.ts';
import { runCommand } from '../tools/packaging/run-command.ts';

/*
 * A terminal with a report that waits for the district, and an apt repository with newer versions: one that this kiosk is not
 * to take yet, one that has to wait for a visitor, one that is good, and one that migrates the database and then lacks its
 * letters.
 */

const outcomeSchema = z.object({ kind: z.string(), version: z.string() });

describe.skipIf(!needs('machine').run || !needs('chromium').run)('an update', () => {
  let machine: Machine;
  let folder: string;
  const inFolder = (name: string): string => path.join(folder, name);

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'skranke-update-'));
    process.env['GNUPGHOME'] = inFolder('gpg');
    runCommand('mkdir', ['-m', '700', inFolder('gpg')]);
    runCommand('mkdir', ['-m', '755', inFolder('repository')]);
    const gpg = ['--batch', '--quiet', '--passphrase', ''];
    runCommand('gpg', [...gpg, '--quick-gen-key', 'repository@skranke.example', 'ed25519', 'sign', 'never']);
    process.env['SKRANKE_REPOSITORY_KEY'] = 'repository@skranke.example';
    const key = inFolder('repository/skranke.asc');
    runCommand('gpg', [...gpg, '--armor', '--output', key, '--export', 'repository@skranke.example']);
    const first = makeVersion(builtDeb('skranke-node'), '0.1.0', inFolder('debs'));
    writeRepository(inFolder('repository'), [first]);
    machine = await bootMachine({ '/srv/debs': inFolder('debs'), '/srv/repository': inFolder('repository') });
    machine.must('dpkg', '--install', '/srv/debs/skranke-node_0.1.0_amd64.deb');
    writeFileSync(
      path.join(machine.root, 'etc/apt/sources.list.d/skranke.sources'),
      'Types: deb\nURIs: file:/srv/repository\nSuites: stable\nComponents: main\nSigned-By: /srv/repository/skranke.asc\n',
    );
    enrolTerminal(machine, { percent: 0 });
    machine.must('systemctl', 'enable', '--now', 'skranke');
    await reportThere(machine);
  });

  afterAll(async () => {
    await machine.close();
    runCommand('gpgconf', ['--kill', 'all']);
    rmSync(folder, { recursive: true, force: true });
  });

  const update = (): z.infer<typeof outcomeSchema> & { err: string } => {
    const { out, err } = machine.run('skranke', 'update', '--json');
    if (!out.startsWith('{')) throw new Error(`${out}${err}`);
    return { ...outcomeSchema.parse(JSON.parse(out)), err };
  };
  const status = () => z.looseObject({}).parse(JSON.parse(machine.run('skranke', 'status', '--json').out));

  it('leaves a kiosk alone that is not among those that take the version, and one that has the newest', () => {
    expect(update()).toMatchObject({ kind: 'up-to-date', version: '0.1.0' });
    const later = makeVersion(
      inFolder('debs/skranke-node_0.1.0_amd64.deb'),
      '0.2.0',
      inFolder('debs'),
      (program) => {
        addMigration(program, 'CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;');
      },
    );
    writeRepository(inFolder('repository'), [later]);
    expect(update()).toMatchObject({ kind: 'not-yet', version: '0.2.0' });
    expect(status()).toMatchObject({ version: '0.1.0' });
  });

  it('waits for the visitor, then takes the new version with the report in the queue', async () => {
    enrolTerminal(machine, { percent: 100, waitMinutes: 0 });
    machine.must('systemctl', 'restart', 'skranke');
    const before = undelivered(machine);
    const { visit, browser } = await openAtTerminal(machine);
    await visit.goToTypes('en');
    expect(update()).toMatchObject({ kind: 'busy', version: '0.2.0' });
    // The visitor saw nothing of it, and goes on.
    await visit.chooseType('stolen-things');
    await visit.on('question', 'things');
    await browser.close();
    const { visit: next, browser: nextBrowser } = await openAtTerminal(machine);
    await next.on('start');
    expect(update()).toMatchObject({ kind: 'updated', version: '0.2.0' });
    await nextBrowser.close();
    await untilActive(machine, 'skranke');
    expect(status()).toMatchObject({ version: '0.2.0', canReport: true });
    expect(undelivered(machine)).toBe(before);
    expect(readdirSync(path.join(machine.root, 'var/lib/skranke-update'))).toContain('before-0.2.0.db');
    // Visitors are let in again.
    expect(readdirSync(path.join(machine.root, 'var/lib/skranke'))).not.toContain('door-held-until');
  });

  it('goes back from a version that migrated the database and then fails its self-check, and tries it once', async () => {
    const before = undelivered(machine);
    const bad = makeVersion(
      inFolder('debs/skranke-node_0.2.0_amd64.deb'),
      '0.3.0',
      inFolder('debs'),
      (program) => {
        addMigration(program, 'CREATE TABLE latest (id INTEGER PRIMARY KEY) STRICT;');
        rmSync(path.join(program, 'resources/fonts/NotoSansArabic-Regular.ttf'));
      },
    );
    writeRepository(inFolder('repository'), [bad]);
    const went = update();
    expect(went).toMatchObject({ kind: 'went-back', version: '0.2.0' });
    expect(went.err).toContain('0.3.0');
    await untilActive(machine, 'skranke');
    expect(status()).toMatchObject({ version: '0.2.0', canReport: true });
    expect(undelivered(machine)).toBe(before);
    await reportThere(machine);
    expect(undelivered(machine)).toBeGreaterThan(before);
    expect(update()).toMatchObject({ kind: 'failed-before', version: '0.3.0' });
  });
});
