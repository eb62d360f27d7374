import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEscPosPrinter } from '../../src-main/adapters/escpos-printer.ts';
import { usbChannel } from '../../src-main/adapters/usb-channel.ts';
import { startFakeEscPosPrinter, type FakeEscPosPrinter } from '../helpers/fake-escpos-printer.ts';
import { makeStrip, testProfile } from '../helpers/escpos-parts.ts';
import { needs } from '../helpers/needs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'skranke-usb-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const printerAt = (path: string) =>
  createEscPosPrinter({ open: usbChannel(path), profile: testProfile, paper: '80mm' });
const document = { kind: 'strip' as const, title: '071204837395', strip: makeStrip() };
const patient = () => ({ signal: AbortSignal.timeout(20_000), onSent: () => undefined });
const asking = () => AbortSignal.timeout(5000);

test('a device that is not plugged in is a printer that is not there', async () => {
  const printer = printerAt(join(folder, 'lp0'));
  expect(await printer.print(document, patient())).toEqual({ outcome: 'failed', reason: 'offline' });
  expect(await printer.status(asking())).toEqual({ state: 'absent', problem: 'offline' });
});

test('a file is no printer, and is not written to', async () => {
  const path = join(folder, 'lp0');
  writeFileSync(path, '');
  expect(await printerAt(path).print(document, patient())).toEqual({
    outcome: 'failed',
    reason: 'wrong-printer',
  });
});

/** A terminal line is a character device that is read and written like /dev/usb/lp0; behind it stands the fake. */
describe.skipIf(!needs('socat').run)('a printer behind a device', () => {
  let fake: FakeEscPosPrinter;
  let path: string;
  let unplug: () => Promise<void>;
  beforeEach(async () => {
    fake = await startFakeEscPosPrinter();
    path = join(folder, 'lp0');
    const line = spawn('socat', [`PTY,link=${path},rawer,b115200`, `TCP:127.0.0.1:${fake.port}`], {
      stdio: 'ignore',
    });
    const ended = new Promise<void>((resolve) => line.once('exit', () => resolve()));
    unplug = async () => {
      line.kill();
      await ended;
    };
    await vi.waitUntil(() => existsSync(path) && fake.connections > 0, { timeout: 20_000 });
  });
  afterEach(async () => {
    await unplug();
    await fake.close();
  });

  test('prints dot for dot and says so, slip after slip', async () => {
    const printer = printerAt(path);
    expect(await printer.status(asking())).toEqual({ state: 'ready', problem: null });
    for (let n = 0; n < 2; n += 1)
      expect(await printer.print(document, patient())).toEqual({ outcome: 'printed' });
    expect(fake.slips).toHaveLength(2);
    for (const { bytes } of fake.slips)
      expect(Buffer.from(bytes).equals(Buffer.from(document.strip.bytes))).toBe(true);
  });

  test('tells that the paper has run out, and forgets the rest', async () => {
    fake.paperOutAfter(120);
    expect(await printerAt(path).print(document, patient())).toEqual({
      outcome: 'failed',
      reason: 'no-paper',
    });
    fake.putPaper();
    expect(await printerAt(path).status(asking())).toEqual({ state: 'ready', problem: null });
    expect(fake.slips).toMatchObject([{ heightDots: 120, isCut: false }]);
  });

  test('that is unplugged in the middle of a slip has failed', async () => {
    fake.slowDown(30);
    fake.limitMemory(8000);
    const long = { ...document, strip: makeStrip(2000) };
    const outcome = printerAt(path).print(long, patient());
    await vi.waitUntil(() => fake.slips.length > 0, { timeout: 20_000, interval: 5 });
    await unplug();
    expect(await outcome).toEqual({ outcome: 'failed', reason: 'offline' });
  });
});
