import { describe, expect, onTestFinished, test, vi, type TestContext } from 'vitest';
import { createIppPrinter } from '../../src-main/adapters/ipp-printer.ts';
import type { PrintRun } from '../../src-main/domain/printer.ts';
import {
  prepareIppEvePrinter,
  startIppEvePrinter,
  type IppEveBehaviour,
  type IppEvePrinter,
} from '../helpers/ipp-printer.ts';
import { needs } from '../helpers/needs.ts';
import { createTestLayout, fullReceipt } from '../helpers/receipt-content.ts';

prepareIppEvePrinter();

const kioskId = '07120';
const until = (signal: AbortSignal): PrintRun => ({ signal, onSent: () => undefined });

async function started(context: TestContext, behaviour: IppEveBehaviour): Promise<IppEvePrinter> {
  const printer = await startIppEvePrinter(behaviour);
  if (printer === null) context.skip('ippeveprinter does not start on this machine');
  onTestFinished(() => printer.stop());
  return printer;
}

describe.skipIf(!needs('ippeveprinter').run)('a real IPP printer', () => {
  test('prints a receipt and says so', async (context) => {
    const real = await started(context, 'prints');
    const { pdf } = await createTestLayout().render(fullReceipt('ar'), '80mm');
    const outcome = await createIppPrinter({ url: real.url, kioskId }).print(
      { kind: 'pdf', title: '071204837395', pdf },
      until(AbortSignal.timeout(60_000)),
    );
    expect(outcome).toEqual({ outcome: 'printed' });
    expect(real.printed().map((paper) => paper.equals(pdf))).toEqual([true]);
  });

  // This printer only warns, whatever it is told, and keeps the job under way: so only the deadline ends it.
  test.for([
    ['+media-empty', 'no-paper'],
    ['+cover-open', 'cover-open'],
    ['+marker-supply-low', 'ink-low'],
    ['+spool-area-full', 'busy'],
  ] as const)(
    'that says %s while it prints is named when the time is up',
    async ([state, problem], context) => {
      const real = await started(context, state);
      const printer = createIppPrinter({ url: real.url, kioskId });
      const deadline = new AbortController();
      const slip = { kind: 'pdf' as const, title: '071204837395', pdf: Buffer.from('%PDF-1.7') };
      const outcome = printer.print(slip, until(deadline.signal));
      await vi.waitUntil(async () => (await printer.status(AbortSignal.timeout(5000))).problem === problem, {
        timeout: 20_000,
        interval: 50,
      });
      deadline.abort();
      expect(await outcome).toEqual({ outcome: 'unknown', reason: problem });
      expect(real.printed()).toEqual([]);
    },
  );

  test('that gets its paper back in time has printed, once', async (context) => {
    const real = await started(context, '+media-empty');
    const printer = createIppPrinter({ url: real.url, kioskId });
    const slip = { kind: 'pdf' as const, title: '071204837395', pdf: Buffer.from('%PDF-1.7') };
    const outcome = printer.print(slip, until(AbortSignal.timeout(60_000)));
    await vi.waitUntil(async () => (await printer.status(AbortSignal.timeout(5000))).problem === 'no-paper', {
      timeout: 20_000,
      interval: 50,
    });
    real.release();
    expect(await outcome).toEqual({ outcome: 'printed' });
    expect(real.printed()).toHaveLength(1);
  });

  test('asked under a wrong path is the wrong printer', async (context) => {
    const real = await started(context, 'prints');
    const wrong = createIppPrinter({ url: real.url.replace('/ipp/print', '/ipp/other'), kioskId });
    expect(await wrong.status(AbortSignal.timeout(5000))).toEqual({
      state: 'attention',
      problem: 'wrong-printer',
    });
  });
});
