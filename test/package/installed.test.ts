import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bootMachine, builtDeb, until, type Machine } from '../helpers/machine.ts';
import { needs } from '../helpers/needs.ts';
import { addMigration, makeVersion } from '../helpers/other-version.ts';
import { enrolTerminal, isActive, reportThere, undelivered, untilActive } from '../helpers/terminal.ts';
import { sha256 } from '../tools/packaging/sums.ts';

/*
 * A Debian that never saw Skranke. IT installs it, enrols and starts it; a visitor reports while the district is out of
 * reach; the services are killed, hang, are updated by a dpkg that dies, go back a version and forward again; at last the
 * package is removed and purged. The report is there all the time. One machine, told from top to bottom.
 */

/** As `systemd-analyze security --offline=true` judges it; from 0, closed, to 10. */
const mostExposure = { 'skranke.service': 1.8, 'skranke-screen.service': 4.4 };

const doctorSchema = z.object({ checks: z.array(z.object({ id: z.string(), state: z.string() })) });

describe.skipIf(!needs('machine').run || !needs('chromium').run)('a terminal', () => {
  let machine: Machine;
  let debs: string;

  beforeAll(async () => {
    debs = mkdtempSync(path.join(tmpdir(), 'skranke-debs-'));
    const built = builtDeb('skranke-node');
    makeVersion(built, '0.1.0', debs);
    makeVersion(built, '0.2.0', debs, (program) => {
      addMigration(program, 'CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;');
    });
    machine = await bootMachine({ '/srv/debs': debs, '/srv/release': path.dirname(built) });
  });

  afterAll(async () => {
    await machine.close();
    rmSync(debs, { recursive: true, force: true });
  });

  const nodeDeb = (version: string): string => `/srv/debs/skranke-node_${version}_amd64.deb`;
  /** What doctor, asked by root, finds well. */
  const ticked = (): string[] =>
    doctorSchema
      .parse(JSON.parse(machine.run('skranke', 'doctor', '--json').out))
      .checks.filter(({ state }) => state === 'ok')
      .map(({ id }) => id);
  const database = (): string => path.join(machine.root, 'var/lib/skranke/skranke.db');

  it('is installed without a server and starts nothing by itself', () => {
    machine.must('dpkg', '--install', nodeDeb('0.1.0'));
    expect(machine.must('skranke', 'version').trim()).toBe('0.1.0');
    expect(isActive(machine, 'skranke')).toBe(false);
    expect(machine.must('stat', '-c', '%a %U', '/var/lib/skranke').trim()).toBe('700 skranke');
    expect(machine.run('dpkg', '--verify', 'skranke-node').out).toBe('');
  });

  it('has units that systemd finds in order, and closed as far as they were', () => {
    const units = [
      'skranke.service',
      'skranke-screen.service',
      'skranke-update.service',
      'skranke-update.timer',
    ];
    const verified = machine.run(
      'systemd-analyze',
      'verify',
      ...units.map((unit) => `/usr/lib/systemd/system/${unit}`),
    );
    expect(verified).toMatchObject({ code: 0, err: '' });
    for (const [unit, most] of Object.entries(mostExposure)) {
      const judged = machine.must('systemd-analyze', 'security', '--offline=true', '--no-pager', unit);
      const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(judged)?.[1]);
      expect(exposure, unit).toBeLessThanOrEqual(most);
    }
  });

  it('serves once IT has enrolled and started it, and every command finds the kiosk', async () => {
    enrolTerminal(machine);
    machine.must('systemctl', 'enable', '--now', 'skranke');
    expect(JSON.parse(machine.run('skranke', 'status', '--json').out)).toMatchObject({
      running: true,
      mode: 'enrolled',
      canReport: true,
      version: '0.1.0',
    });
    expect(machine.must('skranke', 'config', 'check', '/etc/skranke/config.json')).not.toBe('');
    for (const argv of [
      ['staff', 'list'],
      ['desk', 'list'],
      ['audit', 'verify'],
      ['support-bundle', '/root/bundle'],
    ])
      machine.must('skranke', ...argv);
    machine.must('skranke', 'backup', '/root/backup.db');
    // Doctor looks from outside, as root; the kiosk goes on.
    expect(ticked()).toEqual(
      expect.arrayContaining(['config', 'version', 'database', 'seal', 'fonts', 'lock-user']),
    );
    expect(isActive(machine, 'skranke')).toBe(true);
    expect(machine.run('find', '/var/lib/skranke', '!', '-user', 'skranke').out).toBe('');
  });

  it('takes a report in Arabic at its own screen, which waits for the district', async () => {
    expect(await reportThere(machine)).toMatch(/\d/);
    expect(undelivered(machine)).toBeGreaterThan(0);
  });

  it('is back after its services were killed, and after they hung', async () => {
    const pid = (): string =>
      machine.must('systemctl', 'show', '--property=MainPID', '--value', 'skranke').trim();
    // Before systemd has noticed, the unit is still active, and then without a process.
    const isBack = (before: string): boolean =>
      !['0', before].includes(pid()) && isActive(machine, 'skranke') && !['0', before].includes(pid());
    const killed = pid();
    machine.must('sh', '-c', `kill -KILL ${killed}`);
    await until('the killed services are back', () => isBack(killed));
    const before = undelivered(machine);
    // Nobody waits a minute in a test: the same unit with a shorter patience.
    machine.must('mkdir', '-p', '/run/systemd/system/skranke.service.d');
    machine.must(
      'sh',
      '-c',
      'printf "[Service]\\nWatchdogSec=6\\n" > /run/systemd/system/skranke.service.d/test.conf',
    );
    machine.must('systemctl', 'daemon-reload');
    machine.must('systemctl', 'restart', 'skranke');
    const hung = pid();
    machine.must('sh', '-c', `kill -STOP ${hung}`);
    await until('the hung services are back', () => isBack(hung));
    machine.must('rm', '-r', '/run/systemd/system/skranke.service.d');
    machine.must('systemctl', 'daemon-reload');
    expect(undelivered(machine)).toBe(before);
  });

  it('serves the old version after an update that was killed, and the new one once it is whole', async () => {
    const before = undelivered(machine);
    const half = path.join(machine.root, 'usr/lib/skranke/0.2.0/bin/node.dpkg-new');
    const dpkg = spawn('nsenter', machine.enter('dpkg', '--install', nodeDeb('0.2.0')), { stdio: 'ignore' });
    const gone = once(dpkg, 'exit');
    await until('dpkg is in the middle of it', () => existsSync(half));
    machine.run('sh', '-c', 'kill -KILL $(grep -l "^dpkg" /proc/[0-9]*/comm | cut -d/ -f3)');
    await gone;
    machine.must('systemctl', 'restart', 'skranke');
    await untilActive(machine, 'skranke');
    expect(machine.must('skranke', 'version').trim()).toBe('0.1.0');
    expect(undelivered(machine)).toBe(before);

    machine.must('dpkg', '--install', nodeDeb('0.2.0'));
    await untilActive(machine, 'skranke');
    expect(JSON.parse(machine.run('skranke', 'status', '--json').out)).toMatchObject({ version: '0.2.0' });
    expect(undelivered(machine)).toBe(before);
    expect(existsSync(path.join(machine.root, 'usr/lib/skranke/0.1.0'))).toBe(false);
  });

  it('refuses a newer database after a downgrade and does not touch it', async () => {
    const before = undelivered(machine);
    machine.must('systemctl', 'stop', 'skranke');
    const sum = sha256(database());
    machine.must('dpkg', '--install', nodeDeb('0.1.0'));
    const refused = machine.run('skranke', 'start', '--no-open', '--json', '--port', '0');
    expect(refused.code).not.toBe(0);
    expect(refused.err).toContain('newer');
    expect(sha256(database())).toBe(sum);
    machine.must('dpkg', '--install', nodeDeb('0.2.0'));
    machine.must('systemctl', 'start', 'skranke');
    expect(undelivered(machine)).toBe(before);
  });

  it('closes the machine with one script, and doctor ticks it off', () => {
    machine.must('sh', '/usr/share/skranke/lockdown/linux/apply');
    const closed = [
      'lock-user',
      'lock-desktop',
      'lock-consoles',
      'lock-reset-keys',
      'lock-power-key',
      'lock-usb-disks',
    ];
    expect(ticked()).toEqual(expect.arrayContaining(closed));
  });

  it('keeps its reports when the package is removed, and sets them aside when it is purged', async () => {
    machine.must('dpkg', '--remove', 'skranke-node');
    expect(isActive(machine, 'skranke')).toBe(false);
    const sum = sha256(database());
    const purged = machine.run('dpkg', '--purge', 'skranke-node');
    expect(purged.code).toBe(0);
    const aside = /kept in (\/var\/lib\/skranke\.purged-\S+)\./.exec(purged.err)?.[1] ?? '';
    expect(sha256(path.join(machine.root, aside, 'skranke.db'))).toBe(sum);
    expect(machine.must('stat', '-c', '%a %U', aside).trim()).toBe('700 root');
    for (const left of ['etc/skranke/config.json', 'usr/bin/skranke', 'usr/lib/skranke', 'var/lib/skranke'])
      expect(existsSync(path.join(machine.root, left)), left).toBe(false);
  });

  it('takes the package with the screen in Electron beside it, whose commands are the same', () => {
    const name = path.basename(builtDeb('skranke'));
    const deb = `/srv/release/${name}`;
    machine.must('dpkg', '--install', `/srv/release/${path.basename(builtDeb('skranke-node'))}`);
    // The libraries that Electron needs are not on this machine: nothing of it runs here.
    const libraries = machine.must('dpkg-deb', '--field', deb, 'Depends').trim();
    const missing = libraries.split(', ').flatMap((one) => /^lib\S+/.exec(one)?.[0] ?? []);
    expect(machine.run('dpkg', '--install', deb).err).toContain('dependency problems');
    machine.must('dpkg', `--ignore-depends=${missing.join(',')}`, '--install', deb);
    expect(machine.must('stat', '-c', '%a', '/usr/lib/skranke-electron/chrome-sandbox').trim()).toBe('4755');
    const shell = machine.must('dpkg-query', '--listfiles', 'skranke');
    expect(shell).not.toMatch(/\.(map|ts)$|\/test\//m);
    machine.must('systemctl', 'cat', 'skranke-shell.service');
    machine.must('dpkg', '--purge', 'skranke');
    machine.must('skranke', 'version');
    expect(readFileSync(path.join(machine.root, 'etc/skranke/config.json'), 'utf8')).toContain(
      '/var/lib/skranke',
    );
  });
});
