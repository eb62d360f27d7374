import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, type TestContext } from 'vitest';
import { findPrinters, parseBrowsed } from '../../src-main/adapters/find-printers.ts';
import { prepareIppEvePrinter, startIppEvePrinter } from '../helpers/ipp-printer.ts';
import { needs } from '../helpers/needs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'skranke-find-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('printers on USB are found with the name they give, and nothing else of that folder', async () => {
  for (const name of ['lp1', 'lp0', 'hiddev0']) writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, 'sys/lp0/device'), { recursive: true });
  writeFileSync(
    join(folder, 'sys/lp0/device/ieee1284_id'),
    'MFG:EPSON;CMD:ESC/POS;MDL:TM-T20III;CLS:PRINTER;',
  );
  const found = await findPrinters({
    deviceDir: folder,
    sysDir: join(folder, 'sys'),
    browse: async () => null,
  });
  expect(found).toEqual({
    hasNetworkSearch: false,
    printers: [
      { kind: 'escpos', address: `usb:${folder}/lp0`, name: 'EPSON TM-T20III' },
      { kind: 'escpos', address: `usb:${folder}/lp1`, name: null },
    ],
  });
});

test('what DNS-SD tells becomes addresses for the configuration; odd lines are passed over', () => {
  const told = [
    '+;eth0;IPv4;Front desk;_ipp._tcp;local',
    String.raw`=;eth0;IPv4;Front\032desk\032\195\166;_ipp._tcp;local;slip.local;10.0.0.7;631;"txtvers=1" "rp=printers/slip" "ty=A"`,
    '=;eth0;IPv4;Secure;_ipps._tcp;local;slip.local;10.0.0.7;443;"rp=ipp/print"',
    '=;eth0;IPv4;TM-m30;_pdl-datastream._tcp;local;tm.local;10.0.0.8;9100;""',
    '=;eth0;IPv4;broken',
    '',
  ];
  expect(parseBrowsed(told.join('\n'))).toEqual([
    { kind: 'ipp', address: 'ipp://slip.local:631/printers/slip', name: 'Front desk æ' },
    { kind: 'ipp', address: 'ipps://slip.local:443/ipp/print', name: 'Secure' },
    { kind: 'escpos', address: 'tcp://tm.local:9100', name: 'TM-m30' },
  ]);
});

describe.skipIf(!needs('avahi-browse').run || !needs('ippeveprinter').run)('on a network', () => {
  test('a printer that announces itself is found under its own path', async (context: TestContext) => {
    prepareIppEvePrinter();
    const real = await startIppEvePrinter('prints', 'announced');
    if (real === null) context.skip('ippeveprinter does not start on this machine');
    onTestFinished(() => real.stop());
    const { port } = new URL(real.url);
    const { printers } = await findPrinters({ deviceDir: folder });
    const paths = printers.map(({ address }) => address.replace(/\/\/[^:]+:/, '//host:'));
    expect(paths).toContain(`ipp://host:${port}/ipp/print`);
  });
});
