import { fail, ok, skipped, warn, type Finding } from './check.ts';
import type { MachineFiles } from './machine-files.ts';

export interface LockdownPlaces {
  readonly dataDir: string;
  readonly programDir: string;
}

/** One line of docs/lockdown.md, which has a heading for each id. */
export interface LockdownRule {
  readonly id: `lock-${string}`;
  readonly look: (files: MachineFiles, places: LockdownPlaces) => Promise<Finding>;
}

const page = (id: string): string => `docs/lockdown.md, ${id}.`;

function judge(id: string, isGood: boolean, good: string, bad: string): Finding {
  return isGood ? ok(good) : warn(bad, page(id));
}

/** The last word of a key in an ini file of systemd and what is laid over it; null: not set. */
async function settingOf(files: MachineFiles, file: string, key: string): Promise<string | null> {
  const texts = [(await files.text(file)) ?? '', ...(await files.texts(`${file}.d`, '.conf'))];
  const lines = texts.flatMap((text) => text.split('\n'));
  const set = lines.flatMap((line) => new RegExp(String.raw`^\s*${key}\s*=\s*(\S+)`).exec(line)?.[1] ?? []);
  return set.at(-1) ?? null;
}

const logind = '/etc/systemd/logind.conf';

async function lookAtConsoles(files: MachineFiles): Promise<Finding> {
  const isNone =
    (await settingOf(files, logind, 'NAutoVTs')) === '0' &&
    (await settingOf(files, logind, 'ReserveVT')) === '0' &&
    (await files.isMasked('getty@.service'));
  return judge(
    'lock-consoles',
    isNone,
    'No text console waits behind the kiosk.',
    'Ctrl+Alt+F2 leads to a text console.',
  );
}

async function lookAtUser(files: MachineFiles, { dataDir, programDir }: LockdownPlaces): Promise<Finding> {
  const data = await files.owner(dataDir);
  const program = await files.owner(programDir);
  if (data === null || program === null) return skipped('There is no data folder yet.');
  const fix = page('lock-user');
  if (data.uid === 0) return fail('The kiosk runs as root.', fix);
  if (program.uid === data.uid || (program.mode & 0o022) !== 0)
    return fail('The user of the kiosk may change the program.', fix);
  return ok('The kiosk has a user of its own, who may not change the program.');
}

async function lookAtUsbDisks(files: MachineFiles): Promise<Finding> {
  const rules = (await files.texts('/etc/modprobe.d', '.conf')).join('\n');
  const isBlocked = /^\s*install\s+usb[-_]storage\s+\S*\/(false|true)\s*$/m.test(rules);
  const mounters = ['/usr/libexec/udisks2/udisksd', '/usr/lib/udisks2/udisksd'];
  const isMounted = (await Promise.all(mounters.map((path) => files.isThere(path)))).includes(true);
  return judge(
    'lock-usb-disks',
    isBlocked && !isMounted,
    'A stick that is plugged in is no disk here.',
    isBlocked ? 'udisks2 is installed, which mounts disks.' : 'A stick that is plugged in becomes a disk.',
  );
}

async function lookAtUsbDevices(files: MachineFiles): Promise<Finding> {
  const isThere = await files.isThere('/usr/sbin/usbguard-daemon');
  const rules = isThere ? ((await files.text('/etc/usbguard/rules.conf')) ?? '') : '';
  return judge(
    'lock-usb-devices',
    /^\s*allow\s/m.test(rules),
    'Only devices on the list of usbguard are let in.',
    isThere ? 'usbguard has no list of devices.' : 'Any keyboard that is plugged in types.',
  );
}

/** The words of a print job must not stay, and nobody may reach the printer's pages. */
async function lookAtCups(files: MachineFiles): Promise<Finding> {
  const text = await files.text('/etc/cups/cupsd.conf');
  if (text === null) return skipped('CUPS is not installed.');
  const has = (line: RegExp): boolean => line.test(text);
  const isOpen = has(/^\s*(Port\s|Listen\s+(?!localhost|127\.0\.0\.1|\[::1\]|\/))/im);
  const faults = [
    ...(has(/^\s*WebInterface\s+No\b/im) ? [] : ['its web pages are on']),
    ...(has(/^\s*PreserveJobFiles\s+No\b/im) ? [] : ['it keeps what it printed']),
    ...(isOpen ? ['it listens on the network'] : []),
  ];
  return judge(
    'lock-cups',
    faults.length === 0,
    'CUPS keeps nothing and listens to this machine only.',
    `CUPS: ${faults.join(', ')}.`,
  );
}

/** What a visitor types is in memory only, so memory must not reach a disk in clear. */
async function lookAtSwap(files: MachineFiles): Promise<Finding> {
  const lines = ((await files.text('/proc/swaps')) ?? '').trim().split('\n').slice(1);
  const open: string[] = [];
  for (const line of lines) {
    const device = line.split(/\s+/)[0] ?? '';
    const isInMemory = /^\/dev\/zram\d+$/.test(device);
    if (!isInMemory && !(await isCryptName(files, device))) open.push(device);
  }
  return judge(
    'lock-swap',
    open.length === 0,
    'Memory never reaches a disk in clear.',
    `Memory is swapped to ${open.join(', ')} in clear: what visitors type may stay there.`,
  );
}

async function isCryptName(files: MachineFiles, device: string): Promise<boolean> {
  const name = device.replace(/^\/dev\/(mapper\/)?/, '');
  for (const folder of await files.names('/sys/block')) {
    if (!folder.startsWith('dm-')) continue;
    const isThis = folder === name || (await files.text(`/sys/block/${folder}/dm/name`))?.trim() === name;
    if (isThis) return isCrypt(files, `/sys/block/${folder}`);
  }
  return false;
}

/** A volume on an encrypted one is encrypted as well. */
async function isCrypt(files: MachineFiles, block: string): Promise<boolean> {
  if (((await files.text(`${block}/dm/uuid`)) ?? '').startsWith('CRYPT-')) return true;
  const below = await files.names(`${block}/slaves`);
  const found = await Promise.all(below.map((name) => isCrypt(files, `/sys/class/block/${name}`)));
  return found.length > 0 && found.every(Boolean);
}

async function lookAtDiskCrypt(files: MachineFiles, { dataDir }: LockdownPlaces): Promise<Finding> {
  const data = await files.owner(dataDir);
  if (data === null) return skipped('There is no data folder yet.');
  const major = (data.device >> 8) & 0xfff;
  const minor = (data.device & 0xff) | ((data.device >> 12) & 0xfff00);
  return judge(
    'lock-disk',
    await isCrypt(files, `/sys/dev/block/${major}:${minor}`),
    'The disk of the data folder is encrypted.',
    'The disk of the data folder is not encrypted: whoever takes it reads how many reports there are, and when.',
  );
}

async function lookAtFirewall(files: MachineFiles): Promise<Finding> {
  const rules = (await files.text('/etc/nftables.conf')) ?? '';
  const starts = ['sysinit.target.wants', 'multi-user.target.wants'].map((target) =>
    files.isThere(`/etc/systemd/system/${target}/nftables.service`),
  );
  const isOn = (await Promise.all(starts)).includes(true);
  return judge(
    'lock-firewall',
    isOn && /hook\s+input[^}]*policy\s+drop/s.test(rules),
    'What is not let in from the network is dropped.',
    isOn ? 'The firewall lets in what it does not name.' : 'No firewall (nftables) starts with the machine.',
  );
}

const secureBoot = '/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c';

async function lookAtBoot(files: MachineFiles): Promise<Finding> {
  // Four bytes of attributes, then one: 1 when it is on.
  const isSecure = (await files.text(secureBoot))?.charCodeAt(4) === 1;
  const grub = await files.text('/boot/grub/grub.cfg');
  const hasPassword = grub === null || /^\s*password(_pbkdf2)?\s/m.test(grub);
  return judge(
    'lock-boot',
    isSecure && hasPassword,
    'The machine starts only what is signed, and its start menu asks for a password.',
    isSecure ? 'The start menu asks for no password.' : 'Secure Boot is off: another system can be started.',
  );
}

/** The kiosk's own browser, where the station manages Chromium itself. */
async function lookAtBrowser(files: MachineFiles): Promise<Finding> {
  if (!(await files.isThere('/usr/bin/chromium'))) return skipped('There is no Chromium here.');
  const policy = (await files.texts('/etc/chromium/policies/managed', '.json')).join('\n');
  const isHeld =
    /"URLBlocklist"\s*:\s*\[\s*"\*"/.test(policy) &&
    /"DeveloperToolsAvailability"\s*:\s*2\b/.test(policy) &&
    /"DownloadRestrictions"\s*:\s*3\b/.test(policy);
  return judge(
    'lock-browser',
    isHeld,
    'Chromium opens the pages of the kiosk and nothing else.',
    'Chromium has no policy that holds it to the pages of the kiosk, without downloads and developer tools.',
  );
}

/** In the order of docs/lockdown.md. */
export const lockdownRules: readonly LockdownRule[] = [
  { id: 'lock-user', look: lookAtUser },
  {
    id: 'lock-desktop',
    look: async (files) =>
      judge(
        'lock-desktop',
        !(await files.isThere('/etc/systemd/system/display-manager.service')),
        'No desktop stands behind the kiosk.',
        'A desktop with its own sign-in starts on this machine.',
      ),
  },
  { id: 'lock-browser', look: lookAtBrowser },
  { id: 'lock-consoles', look: lookAtConsoles },
  {
    id: 'lock-reset-keys',
    look: async (files) =>
      judge(
        'lock-reset-keys',
        await files.isMasked('ctrl-alt-del.target'),
        'Ctrl+Alt+Del does nothing.',
        'Ctrl+Alt+Del starts the machine again.',
      ),
  },
  {
    id: 'lock-sysrq',
    look: async (files) => {
      const set = await files.text('/proc/sys/kernel/sysrq');
      const isOff = set === null || set.trim() === '0';
      return judge('lock-sysrq', isOff, 'Alt+SysRq does nothing.', 'Alt+SysRq reaches the kernel.');
    },
  },
  {
    id: 'lock-power-key',
    look: async (files) =>
      judge(
        'lock-power-key',
        (await settingOf(files, logind, 'HandlePowerKey')) === 'ignore',
        'A touch on the power button does nothing.',
        'A touch on the power button turns the kiosk off.',
      ),
  },
  {
    id: 'lock-openers',
    look: async (files) =>
      judge(
        'lock-openers',
        !(await files.isThere('/usr/bin/xdg-open')),
        'Nothing here opens links for other programs.',
        'xdg-open is installed: a link could start another program.',
      ),
  },
  { id: 'lock-usb-disks', look: lookAtUsbDisks },
  { id: 'lock-usb-devices', look: lookAtUsbDevices },
  { id: 'lock-cups', look: lookAtCups },
  { id: 'lock-swap', look: lookAtSwap },
  { id: 'lock-disk', look: lookAtDiskCrypt },
  { id: 'lock-firewall', look: lookAtFirewall },
  { id: 'lock-boot', look: lookAtBoot },
];
