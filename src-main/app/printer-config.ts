import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { tcpChannel, type OpenChannel } from '../adapters/escpos-channel.ts';
import { createEscPosPrinter } from '../adapters/escpos-printer.ts';
import { createFilePrinter } from '../adapters/file-printer.ts';
import { createIppPrinter } from '../adapters/ipp-printer.ts';
import { createNoPrinter } from '../adapters/no-printer.ts';
import { usbChannel } from '../adapters/usb-channel.ts';
import { loadPrinterProfiles } from '../content/printer-profiles.ts';
import { receiptPapers, rollPapers, type ReceiptPaper } from '../contract/receipt.ts';
import type { Printer } from '../domain/printer.ts';
import { ConfigError } from './config-error.ts';

const defaultPort = 9100;

/** Where an ESC/POS printer is; null when the text says no such place. */
export function parsePrinterAddress(
  text: string,
):
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'usb'; readonly path: string }
  | null {
  const usb = /^usb:(\/\S+)$/.exec(text);
  if (usb?.[1] !== undefined) return { kind: 'usb', path: usb[1] };
  const tcp = /^tcp:\/\/(?:\[([0-9a-fA-F:.]+)\]|([^\s/:[\]@]+))(?::(\d{1,5}))?$/.exec(text);
  const host = tcp?.[1] ?? tcp?.[2];
  const port = Number(tcp?.[3] ?? defaultPort);
  return host === undefined || port < 1 || port > 65_535 ? null : { kind: 'tcp', host, port };
}

const escposAddress = z
  .string()
  .refine(
    (text) => parsePrinterAddress(text) !== null,
    'expected an address such as tcp://10.0.0.7:9100 or usb:/dev/usb/lp0',
  )
  .refine(
    (text) => process.platform !== 'win32' || !text.startsWith('usb:'),
    'expected tcp:// (usb: is a device of Linux; on Windows share the printer over IPP)',
  );

export const printerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), paper: z.enum(receiptPapers).default('80mm') }),
  z
    .strictObject({
      kind: z.literal('ipp'),
      url: z
        .string()
        .regex(/^ipps?:\/\/[^\s]+$/, 'expected an address such as ipp://127.0.0.1:631/printers/slip'),
      paper: z.enum(receiptPapers).default('80mm'),
      /** PEM of whoever signed the printer's certificate, or of a printer that signed its own; with ipps:// only. */
      caFile: z.string().min(1).optional(),
      /**
       * What the end of a job is worth. Without a word the printer itself is believed, and a queue of CUPS only when the
       * printer behind it speaks IPP too: other queues only know that the bytes have left.
       */
      completionMeans: z.enum(['paper-out', 'data-sent']).optional(),
    })
    .refine(({ url, caFile }) => caFile === undefined || url.startsWith('ipps://'), {
      path: ['caFile'],
      error: 'expected an ipps:// address with it; without TLS nobody shows a certificate',
    }),
  z.strictObject({
    kind: z.literal('escpos'),
    address: escposAddress,
    /** A file of resources/content/printers. */
    profile: z.string().min(1).default('generic'),
    paper: z.enum(rollPapers).default('80mm'),
  }),
  z.strictObject({ kind: z.literal('none') }),
]);
export type PrinterConfig = z.infer<typeof printerSchema>;

/** The part of the configuration a printer needs. */
interface PrinterParts {
  readonly printer: PrinterConfig;
  readonly dataDir: string;
  readonly resourcesDir: string;
  readonly configFile: string | null;
}

export interface OpenedPrinter {
  readonly printer: Printer;
  readonly paper: ReceiptPaper;
  /** As IT knows it. */
  readonly name: string;
}

function mistake({ configFile }: PrinterParts, key: string, expected: string): ConfigError {
  const where = configFile ?? 'the configuration';
  return new ConfigError(`${where}: "printer.${key}": ${expected}.`, `printer.${key}`);
}

async function openIpp(
  config: Extract<PrinterConfig, { kind: 'ipp' }>,
  parts: PrinterParts,
  kioskId: string,
): Promise<Printer> {
  const { url, caFile, completionMeans } = config;
  const authority =
    caFile === undefined
      ? null
      : await readFile(caFile, 'utf8').catch(() => {
          throw mistake(parts, 'caFile', `expected a readable PEM file at ${caFile}`);
        });
  return createIppPrinter({ url, kioskId, certificateAuthority: authority, completionMeans });
}

function openChannel(address: string): OpenChannel {
  const place = parsePrinterAddress(address);
  if (place === null) throw new Error('the schema has let a wrong address through');
  return place.kind === 'usb' ? usbChannel(place.path) : tcpChannel(place.host, place.port);
}

async function openEscPos(
  { address, profile: id, paper }: Extract<PrinterConfig, { kind: 'escpos' }>,
  parts: PrinterParts,
): Promise<OpenedPrinter> {
  const { profiles, sentences } = await loadPrinterProfiles(join(parts.resourcesDir, 'content'));
  const profile = profiles.find((one) => one.id === id);
  if (profile === undefined) {
    const known = profiles.map((one) => one.id).join(', ');
    const wrong = sentences.find((sentence) => sentence.includes(`printers/${id}.json`));
    throw mistake(parts, 'profile', `expected one of ${known}; ${wrong ?? `found "${id}"`}`);
  }
  if (profile.papers[paper] === undefined) {
    const taken = Object.keys(profile.papers).join(' or ');
    throw mistake(
      parts,
      'paper',
      `expected ${taken}, for the ${profile.name} takes no other; found "${paper}"`,
    );
  }
  const printer = createEscPosPrinter({ open: openChannel(address), profile, paper });
  return { printer, paper, name: `${profile.name}, ${address}` };
}

/**
 * The printer of the configuration. Nothing is asked of it yet: a kiosk starts without its printer too.
 * @throws ConfigError with one sentence.
 */
export async function openPrinter(parts: PrinterParts, kioskId: string): Promise<OpenedPrinter> {
  const config = parts.printer;
  switch (config.kind) {
    case 'file': {
      const dir = join(parts.dataDir, 'receipts');
      return { printer: createFilePrinter({ dir }), paper: config.paper, name: dir };
    }
    case 'ipp':
      return { printer: await openIpp(config, parts, kioskId), paper: config.paper, name: config.url };
    case 'escpos':
      return openEscPos(config, parts);
    case 'none':
      return { printer: createNoPrinter(), paper: '80mm', name: '-' };
  }
}
