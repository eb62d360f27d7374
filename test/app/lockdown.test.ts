import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { CheckState } from '../../src-main/app/doctor/check.ts';
import { applyRule } from '../../src-main/app/doctor/lockdown-check.ts';
import { lockdownRules } from '../../src-main/app/doctor/lockdown-rules.ts';
import { NotAllowed, readMachineFiles, type MachineFiles } from '../../src-main/app/doctor/machine-files.ts';
import { makeFolder } from '../helpers/test-store.ts';

/** A small system in a folder: texts by path, and units that are masked. */
function makeMachine(texts: Readonly<Record<string, string>>, masked: readonly string[] = []) {
  const root = makeFolder();
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  for (const [file, text] of Object.entries(texts)) write(file, text);
  mkdirSync(path.join(root, 'etc/systemd/system'), { recursive: true });
  for (const unit of masked) symlinkSync('/dev/null', path.join(root, 'etc/systemd/system', unit));
  return readMachineFiles(root);
}

const device = (5 << 8) | 3;
/** Who owns what cannot be made without being root. */
function owned(files: MachineFiles, dataUid: number, programUid = 0, programMode = 0o755): MachineFiles {
  return {
    ...files,
    owner: (place) =>
      Promise.resolve(
        place === '/data'
          ? { uid: dataUid, mode: 0o700, device }
          : { uid: programUid, mode: programMode, device },
      ),
  };
}

async function look(files: MachineFiles): Promise<Record<string, CheckState>> {
  const found: Record<string, CheckState> = {};
  for (const rule of lockdownRules)
    found[rule.id] = (await applyRule(rule, files, { dataDir: '/data', programDir: '/program' })).state;
  return found;
}

const closed = {
  'etc/systemd/logind.conf': '[Login]\nHandlePowerKey=poweroff\n',
  'etc/systemd/logind.conf.d/skranke.conf': '[Login]\nNAutoVTs=0\nReserveVT=0\nHandlePowerKey=ignore\n',
  'proc/sys/kernel/sysrq': '0\n',
  'proc/swaps':
    'Filename Type Size Used Priority\n/dev/zram0 partition 1 0 100\n/dev/dm-1 partition 1 0 -2\n',
  'sys/block/dm-1/dm/uuid': 'LVM-x',
  'sys/block/dm-1/slaves/dm-0/dm/uuid': '',
  'sys/class/block/dm-0/dm/uuid': 'CRYPT-LUKS2-x',
  'sys/dev/block/5:3/dm/uuid': 'CRYPT-LUKS2-x',
  'etc/modprobe.d/skranke.conf': 'install usb-storage /bin/false\n',
  'usr/sbin/usbguard-daemon': '',
  'etc/usbguard/rules.conf': 'allow id 1d6b:0002\n',
  'etc/cups/cupsd.conf': 'WebInterface No\nPreserveJobFiles No\nListen /run/cups/cups.sock\n',
  'etc/nftables.conf':
    'table inet filter { chain input { type filter hook input priority 0; policy drop; } }',
  'etc/systemd/system/sysinit.target.wants/nftables.service': '',
  'sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c': '\u0006\0\0\0\u0001',
  'boot/grub/grub.cfg': 'set superusers="it"\npassword_pbkdf2 it grub.pbkdf2\n',
  'usr/bin/chromium': '',
  'etc/chromium/policies/managed/skranke.json':
    '{"URLBlocklist": ["*"], "DeveloperToolsAvailability": 2, "DownloadRestrictions": 3}',
};
const masks = ['getty@.service', 'ctrl-alt-del.target'];

it('a machine closed as the page says is well in every line, and each opened line is found alone', async () => {
  expect(new Set(Object.values(await look(owned(makeMachine(closed, masks), 990))))).toEqual(new Set(['ok']));
  const opened: readonly (readonly [string, Record<string, string>])[] = [
    ['lock-desktop', { 'etc/systemd/system/display-manager.service': '' }],
    ['lock-browser', { 'etc/chromium/policies/managed/skranke.json': '{"URLBlocklist": []}' }],
    ['lock-consoles', { 'etc/systemd/logind.conf.d/zz.conf': '[Login]\nNAutoVTs=6\n' }],
    ['lock-power-key', { 'etc/systemd/logind.conf.d/zz.conf': '[Login]\nHandlePowerKey=poweroff\n' }],
    ['lock-sysrq', { 'proc/sys/kernel/sysrq': '438\n' }],
    ['lock-openers', { 'usr/bin/xdg-open': '' }],
    ['lock-usb-disks', { 'usr/libexec/udisks2/udisksd': '' }],
    ['lock-usb-devices', { 'etc/usbguard/rules.conf': '# allow nothing yet\n' }],
    ['lock-cups', { 'etc/cups/cupsd.conf': `${closed['etc/cups/cupsd.conf']}Listen 0.0.0.0:631\n` }],
    ['lock-swap', { 'proc/swaps': 'Filename\n/dev/sda3 partition 1 0 -2\n' }],
    ['lock-disk', { 'sys/dev/block/5:3/dm/uuid': 'LVM-x' }],
    ['lock-firewall', { 'etc/nftables.conf': 'chain input { type filter hook input; policy accept; }' }],
    ['lock-boot', { 'boot/grub/grub.cfg': 'set timeout=5\n' }],
  ];
  for (const [id, change] of opened) {
    const found = await look(owned(makeMachine({ ...closed, ...change }, masks), 990));
    expect(
      Object.entries(found)
        .filter(([, state]) => state !== 'ok')
        .map(([name]) => name),
    ).toEqual([id]);
  }
  expect((await look(owned(makeMachine(closed, []), 990)))['lock-reset-keys']).toBe('warn');
});

it('a kiosk that runs as root, or that may change its own program, has to be mended', async () => {
  const files = makeMachine(closed, masks);
  expect((await look(owned(files, 0)))['lock-user']).toBe('fail');
  expect((await look(owned(files, 990, 990)))['lock-user']).toBe('fail');
  expect((await look(owned(files, 990, 0, 0o777)))['lock-user']).toBe('fail');
});

it('an empty machine is open nearly everywhere; nothing of it is called well that was not seen', async () => {
  const found = await look(owned(makeMachine({}), 990));
  const unseen = ['lock-browser', 'lock-cups'];
  const wellWithout = ['lock-user', 'lock-desktop', 'lock-sysrq', 'lock-openers', 'lock-swap'];
  for (const { id } of lockdownRules) {
    const state = unseen.includes(id) ? 'skipped' : wellWithout.includes(id) ? 'ok' : 'warn';
    expect([id, found[id]]).toEqual([id, state]);
  }
});

it('what only root may read is left out and said, not guessed', async () => {
  const files = owned(makeMachine(closed, masks), 990);
  const hidden: MachineFiles = {
    ...files,
    text: (file) => (file.startsWith('/boot') ? Promise.reject(new NotAllowed(file)) : files.text(file)),
  };
  const found = await look(hidden);
  expect([found['lock-boot'], found['lock-swap']]).toEqual(['skipped', 'ok']);
});

it('every line that doctor looks at has its heading on the page, and no other', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/lockdown.md'), 'utf8');
  const headings = [...page.matchAll(/^### (lock-\S+)$/gm)].map(([, id]) => id);
  expect(headings.toSorted()).toEqual(lockdownRules.map(({ id }) => id).toSorted());
});
