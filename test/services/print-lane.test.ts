import { expect, it, vi } from 'vitest';
import type { PrintableDocument, Printer } from '../../src-main/domain/printer.ts';
import { createPrintLane } from '../../src-main/services/print-lane.ts';
import { createFakeClock, createFakeLog } from '../helpers/fakes.ts';
import { createFakePrinter } from '../helpers/fake-printer.ts';

const document = (title: string): PrintableDocument => ({ kind: 'pdf', title, pdf: Buffer.from(title) });

function setUp(change: Partial<Printer> = {}) {
  const clock = createFakeClock();
  const printer = createFakePrinter();
  const log = createFakeLog();
  const parts: Printer = {
    kind: printer.kind,
    form: printer.form,
    print: (...run) => printer.print(...run),
    takeBackOld: (...old) => printer.takeBackOld(...old),
    status: (signal) => printer.status(signal),
    ...change,
  };
  const lane = createPrintLane({ printer: parts, timers: clock, log });
  const print = (title: string, signal = new AbortController().signal) =>
    lane.print({ make: async () => document(title), signal });
  return { clock, printer, log, lane, print };
}

it('a slip and a leaflet asked for at once come out one after the other, in that order', async () => {
  const { printer, lane, print } = setUp();
  const begun: string[] = [];
  const slow = Promise.withResolvers<PrintableDocument>();
  const { signal } = new AbortController();
  const slip = lane.print({
    signal,
    make: () => {
      begun.push('slip');
      return slow.promise;
    },
  });
  const leaflet = lane.print({
    signal,
    make: async () => {
      begun.push('leaflet');
      return document('leaflet');
    },
  });
  await vi.waitFor(() => expect(begun).toEqual(['slip']));
  slow.resolve(document('slip'));
  expect([await slip, await leaflet, await print('third')]).toEqual(Array(3).fill({ outcome: 'printed' }));
  expect(printer.printed.map(({ title }) => title)).toEqual(['slip', 'leaflet', 'third']);
});

it('what waits is given up at once when nobody wants it any more, and is never printed', async () => {
  const { printer, print } = setUp();
  printer.hang();
  const inPrinter = new AbortController();
  const waits = new AbortController();
  const first = print('first', inPrinter.signal);
  const second = print('second', waits.signal);
  await vi.waitFor(() => expect(printer.attempts).toBe(1));
  waits.abort();
  expect(await second).toEqual({ outcome: 'failed', reason: 'timeout' });
  inPrinter.abort();
  await first;
  expect([printer.attempts, printer.printed]).toEqual([1, []]);
});

it('a printer that does not even answer the signal is left to itself, and of what it was sent nobody knows', async () => {
  const { clock, printer, print } = setUp();
  printer.hang();
  printer.neverAnswer();
  const given = new AbortController();
  const first = print('first', given.signal);
  await vi.waitFor(() => expect(printer.attempts).toBe(1));
  const second = print('second');
  given.abort();
  clock.advance(2999);
  expect(printer.attempts).toBe(1);
  printer.recover();
  clock.advance(1);
  expect(await first).toEqual({ outcome: 'unknown', reason: 'timeout' });
  expect(await second).toEqual({ outcome: 'printed' });
});

it('a layout or a printer that throws costs that document; before the first byte it has failed, after it nobody knows', async () => {
  const { lane, print } = setUp();
  const { signal } = new AbortController();
  const make = () => Promise.reject(new Error('no such font'));
  expect(await lane.print({ signal, make })).toEqual({ outcome: 'failed', reason: 'unknown' });
  expect(await print('next')).toEqual({ outcome: 'printed' });
  const broken = setUp({
    print: (_, { onSent }) => {
      onSent();
      throw new Error('a bug');
    },
  });
  expect(await broken.print('one')).toEqual({ outcome: 'unknown', reason: 'unknown' });
});

it('a printer at work is not asked how it is, and a document does not wait for the answer', async () => {
  const asked: AbortSignal[] = [];
  const status = (signal: AbortSignal) => {
    asked.push(signal);
    return new Promise<never>(() => undefined);
  };
  const { printer, lane, print } = setUp({ status });
  const question = lane.status();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  expect(await print('slip')).toEqual({ outcome: 'printed' });
  expect([await question, asked[0]?.aborted]).toEqual([null, true]);
  printer.hang();
  const stuck = new AbortController();
  const hanging = print('hangs', stuck.signal);
  expect(await lane.status()).toBeNull();
  stuck.abort();
  await hanging;
  expect(asked).toHaveLength(1);
});

it('silence about how it is, is the answer that it is not there', async () => {
  const { clock, lane } = setUp({ status: () => new Promise<never>(() => undefined) });
  const question = lane.status();
  clock.advance(5000);
  expect(await question).toEqual({ state: 'absent', problem: 'offline' });
});
