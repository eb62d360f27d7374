import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src-main/app/config-error.ts';
import { openPrinter, parsePrinterAddress, type PrinterConfig } from '../../src-main/app/printer-config.ts';
import { loadPrinterProfiles } from '../../src-main/content/printer-profiles.ts';
import { printerProfileSchema } from '../../src-main/contract/printer-profile.ts';
import { testProfile } from '../helpers/escpos-parts.ts';
import { projectRoot } from '../helpers/kiosk-process.ts';

const resourcesDir = join(projectRoot, 'resources');
const open = (printer: PrinterConfig) =>
  openPrinter({ printer, dataDir: '/nowhere', resourcesDir, configFile: 'skranke.json' }, '07120');
const escpos = { kind: 'escpos', address: 'tcp://printer:9100', profile: 'generic', paper: '80mm' } as const;

async function sentenceFor(printer: PrinterConfig): Promise<string> {
  const failure = await open(printer).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConfigError);
  return failure instanceof Error ? failure.message : '';
}

describe('the printer of the configuration', () => {
  it.each([
    ['tcp://10.0.0.7:9100', { kind: 'tcp', host: '10.0.0.7', port: 9100 }],
    ['tcp://printer.station.example', { kind: 'tcp', host: 'printer.station.example', port: 9100 }],
    ['tcp://[fe80::1]:9101', { kind: 'tcp', host: 'fe80::1', port: 9101 }],
    ['usb:/dev/usb/lp0', { kind: 'usb', path: '/dev/usb/lp0' }],
    ['usb:lp0', null],
    ['tcp://', null],
    ['tcp://printer:0', null],
    ['tcp://user@printer:9100', null],
    ['http://printer:9100', null],
  ])('%s', (address, place) => {
    expect(parsePrinterAddress(address)).toEqual(place);
  });

  it('takes the width of the head from the model and the paper', async () => {
    expect((await open(escpos)).printer.form).toEqual({ kind: 'strip', widthDots: 576 });
    const narrow = await open({ ...escpos, profile: 'epson-tm-t88vi', paper: '58mm' });
    expect(narrow.printer.form).toEqual({ kind: 'strip', widthDots: 344 });
  });

  it('names the models there are when asked for another', async () => {
    const sentence = await sentenceFor({ ...escpos, profile: 'epson' });
    for (const { id } of (await loadPrinterProfiles(join(resourcesDir, 'content'))).profiles)
      expect(sentence).toContain(id);
    expect(sentence).toContain('"printer.profile"');
  });

  it('says which file of certificates it cannot read', async () => {
    const printer = {
      kind: 'ipp',
      url: 'ipps://printer/ipp/print',
      paper: 'a4',
      caFile: '/nowhere/ca.pem',
    } as const;
    expect(await sentenceFor(printer)).toContain('/nowhere/ca.pem');
  });
});

describe('a file of a model', () => {
  it('that tells more dots than its head has room for is a mistake', () => {
    const wide = { ...testProfile, papers: { '80mm': 640 } };
    const found = printerProfileSchema.safeParse(wide);
    expect(found.error?.issues[0]?.message).toBe('expected dots for 72 mm at 203 dpi, found some for 80 mm');
    expect(printerProfileSchema.safeParse(testProfile).success).toBe(true);
  });
});

describe('the models that ship', () => {
  it('believe no printer that its maker does not vouch for', async () => {
    const { profiles, sentences } = await loadPrinterProfiles(join(resourcesDir, 'content'));
    expect(sentences).toEqual([]);
    const generic = profiles.find(({ id }) => id === 'generic');
    expect(generic).toMatchObject({ confirm: 'none', clear: 'none', status: 'may-answer' });
    for (const { confirm, status } of profiles) expect(confirm === 'none' || status === 'answers').toBe(true);
  });
});
