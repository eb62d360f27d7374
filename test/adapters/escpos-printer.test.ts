import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { tcpChannel } from '../../src-main/adapters/escpos-channel.ts';
import { createEscPosPrinter } from '../../src-main/adapters/escpos-printer.ts';
import type { PrinterProfile } from '../../src-main/contract/printer-profile.ts';
import type { PrinterProblem } from '../../src-main/contract/status.ts';
import type { Bitmap, PrintOutcome, PrintRun } from '../../src-main/domain/printer.ts';
import { makeStrip, testProfile } from '../helpers/escpos-parts.ts';
import { startFakeEscPosPrinter, type FakeEscPosPrinter } from '../helpers/fake-escpos-printer.ts';

let fake: FakeEscPosPrinter;
beforeEach(async () => {
  fake = await startFakeEscPosPrinter();
});
afterEach(() => fake.close());

const printerOf = (change: Partial<PrinterProfile> = {}) =>
  createEscPosPrinter({
    open: tcpChannel('127.0.0.1', fake.port),
    profile: { ...testProfile, ...change },
    paper: '80mm',
  });
const document = (strip: Bitmap) => ({ kind: 'strip' as const, title: '071204837395', strip });
const within = (ms: number): PrintRun => ({ signal: AbortSignal.timeout(ms), onSent: () => undefined });
const patient = (): PrintRun => within(20_000);
const asking = (): AbortSignal => AbortSignal.timeout(5000);
const failed = (reason: PrinterProblem): PrintOutcome => ({ outcome: 'failed', reason });
const unknown = (reason: PrinterProblem): PrintOutcome => ({ outcome: 'unknown', reason });
const printed: PrintOutcome = { outcome: 'printed' };

/** Starts a long slip, and comes back when its first rows are out. */
async function startSlip(printer: ReturnType<typeof printerOf>, run: PrintRun) {
  fake.slowDown(20);
  fake.limitMemory(8000);
  const outcome = printer.print(document(makeStrip(2000)), run);
  await vi.waitUntil(() => fake.slips.length > 0, { timeout: 10_000, interval: 2 });
  return { outcome };
}

describe('a slip over ESC/POS', () => {
  test.each(['process-id', 'paper-status'] as const)(
    'that came out is printed, dot for dot, because the printer answered the %s',
    async (confirm) => {
      const strip = makeStrip();
      expect(await printerOf({ confirm }).print(document(strip), patient())).toEqual(printed);
      expect(fake.slips).toMatchObject([{ widthDots: 576, heightDots: 500, isCut: true }]);
      expect(Buffer.from(fake.slips[0]?.bytes ?? []).equals(Buffer.from(strip.bytes))).toBe(true);
      expect(fake.unknownBytes).toBe(0);
    },
  );

  test('whose dots spell commands stays a picture: nothing is cleared, switched off or answered', async () => {
    const strip = makeStrip(96);
    const spelled = [0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8, 0x10, 0x04, 1, 0x10, 0x05, 2];
    spelled.forEach((byte, at) => {
      strip.bytes[100 + at] = byte;
    });
    expect(await printerOf().print(document(strip), patient())).toEqual(printed);
    const came = fake.slips[0]?.bytes ?? new Uint8Array();
    const differing = strip.bytes.filter((byte, at) => byte !== came[at]);
    expect([fake.slips[0]?.heightDots, differing.length]).toEqual([96, 3]);
  });

  test('on a printer that cannot say so is never called printed, though it is there', async () => {
    const generic = printerOf({ status: 'may-answer', confirm: 'none', clear: 'none' });
    expect(await generic.print(document(makeStrip()), patient())).toEqual(unknown('cannot-tell'));
    await vi.waitFor(() => expect(fake.slips).toMatchObject([{ heightDots: 500, isCut: true }]));
  });

  test('on a printer that answers nothing at all is unknown, not lost', async () => {
    fake.fallSilent();
    const generic = printerOf({ status: 'may-answer', confirm: 'none', clear: 'none' });
    expect(await generic.print(document(makeStrip()), patient())).toEqual(unknown('cannot-tell'));
    expect(await generic.status(asking())).toEqual({ state: 'ready', problem: 'cannot-tell' });
  });

  test('tells before the first byte that could become paper', async () => {
    const onSent = vi.fn<() => void>(() => expect(fake.slips).toEqual([]));
    await printerOf().print(document(makeStrip()), { signal: asking(), onSent });
    expect(onSent).toHaveBeenCalledOnce();
  });
});

describe('before a slip', () => {
  test.each<[string, (printer: FakeEscPosPrinter) => void, PrinterProblem]>([
    ['no paper', (printer) => printer.paperOut(), 'no-paper'],
    ['an open cover', (printer) => printer.openCover(), 'cover-open'],
    ['a jammed knife', (printer) => printer.jamCutter(), 'cutter'],
    ['jammed paper', (printer) => printer.jam(), 'jam'],
    ['a broken printer', (printer) => printer.breakDown(), 'broken'],
    ['silence', (printer) => printer.fallSilent(), 'offline'],
    ['garbage', (printer) => printer.answerGarbage(), 'wrong-printer'],
  ])('%s: nothing is sent, and the reason is told', async (_, spoil, problem) => {
    spoil(fake);
    const onSent = vi.fn<() => void>();
    expect(await printerOf().print(document(makeStrip()), { signal: asking(), onSent })).toEqual(
      failed(problem),
    );
    expect(onSent).not.toHaveBeenCalled();
    fake.recover();
    expect(fake.slips).toEqual([]);
  });

  test('nobody there, or somebody else', async () => {
    await fake.close();
    expect(await printerOf().print(document(makeStrip()), patient())).toEqual(failed('offline'));
    expect(await printerOf().status(asking())).toEqual({ state: 'absent', problem: 'offline' });
  });

  test('too hot: it waits, and prints when it has cooled down', async () => {
    fake.overheat();
    const outcome = printerOf().print(document(makeStrip()), patient());
    await vi.waitUntil(() => fake.connections > 0);
    fake.coolDown();
    expect(await outcome).toEqual(printed);
  });
});

describe('in the middle of a slip', () => {
  test('the paper runs out: it failed at once, and new paper brings nothing of it', async () => {
    fake.paperOutAfter(220);
    expect(await printerOf().print(document(makeStrip(2000)), patient())).toEqual(failed('no-paper'));
    fake.putPaper();
    expect(fake.slips).toMatchObject([{ heightDots: 220, isCut: false }]);
  });

  test('what hangs out of it is cut off before the next slip', async () => {
    const printer = printerOf();
    fake.paperOutAfter(220);
    await printer.print(document(makeStrip(2000)), patient());
    fake.putPaper();
    expect(await printer.print(document(makeStrip(100)), patient())).toEqual(printed);
    const came = fake.slips.map(({ heightDots, isCut }) => [heightDots, isCut]);
    expect(came).toEqual([
      [220, true],
      [100, true],
    ]);
  });

  test('the paper runs out in a printer that cannot forget: the rest is parted from the next slip', async () => {
    const strip = makeStrip(100);
    const printer = printerOf({ clear: 'none' });
    fake.paperOutAfter(220);
    expect(await printer.print(document(makeStrip(2000)), patient())).toEqual(failed('no-paper'));
    fake.putPaper();
    expect(await printer.print(document(strip), patient())).toEqual(printed);
    expect(fake.slips.map(({ isCut }) => isCut)).toEqual([true, true]);
    const next = fake.slips[1];
    expect(Buffer.from(next?.bytes ?? []).equals(Buffer.from(strip.bytes))).toBe(true);
  });

  test.each<[string, (printer: FakeEscPosPrinter) => void, PrinterProblem]>([
    ['the cover is opened', (printer) => printer.openCover(), 'cover-open'],
    ['it breaks', (printer) => printer.breakDown(), 'broken'],
  ])('%s: it failed, and nothing more of it comes out', async (_, spoil, problem) => {
    const printer = printerOf();
    const { outcome } = await startSlip(printer, patient());
    spoil(fake);
    expect(await outcome).toEqual(failed(problem));
    const cameOut = fake.slips[0]?.heightDots;
    fake.recover();
    expect(await printer.status(asking())).toEqual({ state: 'ready', problem: null });
    expect(fake.slips[0]?.heightDots).toBe(cameOut);
  });

  test('it falls silent: it failed, for the rest was never sent', async () => {
    const printer = printerOf();
    const { outcome } = await startSlip(printer, patient());
    fake.fallSilent();
    expect(await outcome).toEqual(failed('offline'));
  });

  test('the line breaks: it failed, and the next slip stands alone', async () => {
    const strip = makeStrip(100);
    const printer = printerOf();
    fake.breakLineAfter(20_000);
    expect(await printer.print(document(makeStrip(2000)), patient())).toEqual(failed('offline'));
    fake.recover();
    expect(await printer.print(document(strip), patient())).toEqual(printed);
    const last = fake.slips.at(-1);
    expect(
      Buffer.from(last?.bytes ?? [])
        .subarray(-strip.bytes.length)
        .equals(Buffer.from(strip.bytes)),
    ).toBe(true);
  });

  test('it takes no more bytes because it has no paper: the time is not waited out, and the reason is told', async () => {
    fake.limitMemory(4000);
    fake.paperOutAfter(220);
    const began = performance.now();
    expect(await printerOf().print(document(makeStrip(2000)), within(20_000))).toEqual(failed('no-paper'));
    expect(performance.now() - began).toBeLessThan(19_000);
  });

  test('the time is up: it failed, the printer forgets the rest', async () => {
    const deadline = new AbortController();
    const printer = printerOf();
    const { outcome } = await startSlip(printer, { signal: deadline.signal, onSent: () => undefined });
    deadline.abort();
    expect(await outcome).toEqual(failed('timeout'));
    fake.recover();
    expect(await printer.print(document(makeStrip(96)), patient())).toEqual(printed);
    expect(fake.slips.at(-1)?.heightDots).toBeLessThan(2000);
  });
});

describe('after the last band', () => {
  test('a printer that swallows everything and says that all is well: nobody knows', async () => {
    fake.swallow();
    expect(await printerOf().print(document(makeStrip()), within(1500))).toEqual(unknown('timeout'));
    expect(fake.slips).toEqual([]);
  });

  test('the paper runs out in the last rows: it is not whole and never will be', async () => {
    fake.paperOutAfter(490);
    expect(await printerOf().print(document(makeStrip()), patient())).toEqual(failed('no-paper'));
    fake.putPaper();
    expect(fake.slips).toMatchObject([{ heightDots: 490, isCut: false }]);
  });

  test('the knife jams: it hangs in the printer, so nobody knows', async () => {
    fake.jamCutterAtCut();
    expect(await printerOf().print(document(makeStrip()), patient())).toEqual(unknown('cutter'));
    expect(fake.slips).toMatchObject([{ heightDots: 500, isCut: false }]);
  });
});

test('what a kiosk that died left in the printer is forgotten at the start, before new paper brings it out', async () => {
  fake.paperOutAfter(220);
  const dies = new AbortController();
  const lost = printerOf({ clear: 'none' }).print(document(makeStrip(240)), {
    signal: dies.signal,
    onSent: () => undefined,
  });
  await vi.waitUntil(() => fake.slips[0]?.heightDots === 220);
  dies.abort();
  await lost;
  await printerOf().takeBackOld(asking(), true);
  fake.putPaper();
  expect(fake.slips).toMatchObject([{ heightDots: 220 }]);
});

describe('how the printer is', () => {
  test('near the end of its paper it prints, and says that it wants some soon', async () => {
    fake.nearEnd();
    expect(await printerOf().status(asking())).toEqual({ state: 'ready', problem: 'paper-low' });
    expect(await printerOf().print(document(makeStrip()), patient())).toEqual(printed);
    const without = printerOf({ hasNearEndSensor: false });
    expect(await without.status(asking())).toEqual({ state: 'ready', problem: null });
  });

  test.each<[(printer: FakeEscPosPrinter) => void, PrinterProblem]>([
    [(printer) => printer.paperOut(), 'no-paper'],
    [(printer) => printer.openCover(), 'cover-open'],
    [(printer) => printer.jamCutter(), 'cutter'],
    [(printer) => printer.overheat(), 'too-hot'],
    [(printer) => printer.answerGarbage(), 'wrong-printer'],
  ])('a fault is told by name (%#)', async (spoil, problem) => {
    spoil(fake);
    expect(await printerOf().status(asking())).toEqual({ state: 'attention', problem });
  });
});
