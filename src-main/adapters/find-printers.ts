import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A printer that was found, with the address to write into the configuration. */
export interface FoundPrinter {
  readonly kind: 'escpos' | 'ipp';
  /** `usb:/dev/usb/lp0`, `tcp://host:9100`, `ipp://host:631/ipp/print`. */
  readonly address: string;
  /** What it calls itself; null when it does not say. */
  readonly name: string | null;
}

export interface FindOptions {
  readonly deviceDir?: string;
  readonly sysDir?: string;
  /** Prints what DNS-SD knows; by default avahi-browse. */
  readonly browse?: (service: string) => Promise<string | null>;
}

const browseMs = 6_000;
const services = ['_ipp._tcp', '_ipps._tcp', '_pdl-datastream._tcp'] as const;

export interface FoundPrinters {
  readonly printers: readonly FoundPrinter[];
  /** False: nobody on this machine can ask the network. */
  readonly hasNetworkSearch: boolean;
}

/** Printers on USB, and those that announce themselves on the network. Nothing is sent to any of them. */
export async function findPrinters(options: FindOptions = {}): Promise<FoundPrinters> {
  const browse = options.browse ?? browseWithAvahi;
  const [usb, ...announced] = await Promise.all([findUsb(options), ...services.map(browse)]);
  const network = announced.flatMap((text) => (text === null ? [] : parseBrowsed(text)));
  const once = new Map([...usb, ...network].map((printer) => [printer.address, printer]));
  return { printers: [...once.values()], hasNetworkSearch: announced.some((text) => text !== null) };
}

async function findUsb({
  deviceDir = '/dev/usb',
  sysDir = '/sys/class/usbmisc',
}: FindOptions): Promise<FoundPrinter[]> {
  const names = await readdir(deviceDir).catch(() => []);
  const lines = names.filter((name) => /^lp\d+$/.test(name)).toSorted();
  return Promise.all(
    lines.map(async (name): Promise<FoundPrinter> => {
      const id = await readFile(join(sysDir, name, 'device', 'ieee1284_id'), 'utf8').catch(() => '');
      return { kind: 'escpos', address: `usb:${join(deviceDir, name)}`, name: readDeviceId(id) };
    }),
  );
}

/** IEEE 1284: "MFG:EPSON;MDL:TM-T20III;…". */
function readDeviceId(id: string): string | null {
  const field = (...keys: readonly string[]): string | undefined =>
    id
      .split(';')
      .map((part) => part.trim().split(':'))
      .find(([key = '']) => keys.includes(key.toUpperCase()))?.[1]
      ?.trim();
  const words = [field('MFG', 'MANUFACTURER'), field('MDL', 'MODEL')].filter((word) => word !== undefined);
  return words.length === 0 ? null : words.join(' ');
}

function browseWithAvahi(service: string): Promise<string | null> {
  return new Promise((resolve) => {
    const options = { timeout: browseMs, maxBuffer: 4 * 1024 * 1024 };
    execFile('avahi-browse', ['-rptk', service], options, (error, stdout) => {
      // Cut off by the clock it has still told what it had found; only a program that is not there tells nothing.
      resolve(error !== null && 'code' in error && error.code === 'ENOENT' ? null : stdout);
    });
  });
}

/** Lines of avahi-browse -p: `=;eth0;IPv4;Name;_ipp._tcp;local;host.local;10.0.0.7;631;"rp=ipp/print" …`. */
export function parseBrowsed(text: string): FoundPrinter[] {
  return text.split('\n').flatMap((line): FoundPrinter[] => {
    const [mark, , , name = '', service = '', , host = '', , port = '', ...rest] = line.split(';');
    if (mark !== '=' || host === '' || !/^\d+$/.test(port)) return [];
    const called = unescapeName(name);
    if (service === '_pdl-datastream._tcp')
      return [{ kind: 'escpos', address: `tcp://${host}:${port}`, name: called }];
    const path = /"rp=([^"]*)"/.exec(rest.join(';'))?.[1] ?? 'ipp/print';
    const scheme = service === '_ipps._tcp' ? 'ipps' : 'ipp';
    return [{ kind: 'ipp', address: `${scheme}://${host}:${port}/${path}`, name: called }];
  });
}

/** avahi writes other characters as three decimal digits a byte: `Kontor\032208`. */
function unescapeName(name: string): string {
  const bytes: number[] = [];
  for (let at = 0; at < name.length; at += 1) {
    const code = /^\\(\d{3})/.exec(name.slice(at))?.[1];
    if (code === undefined) bytes.push(...Buffer.from(name[at] ?? ''));
    else {
      bytes.push(Number(code));
      at += 3;
    }
  }
  return Buffer.from(bytes).toString('utf8');
}
