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

  test('that runs out of paper is named when the time is up', async (context) => {
    const real = await started(context, 'runs-out');
    const printer = createIppPrinter({ url: real.url, kioskId });
    const deadline = new AbortController();
    const slip = { kind: 'pdf' as const, title: '071204837395', pdf: Buffer.from('%PDF-1.7') };
    const outcome = printer.print(slip, until(deadline.signal));
    // This printer only warns and keeps the job under way, so only the deadline can end it.
    await vi.waitUntil(async () => (await printer.status(AbortSignal.timeout(5000))).problem === 'no-paper', {
      timeout: 20_000,
      interval: 100,
    });
    deadline.abort();
    expect(await outcome).toEqual({ outcome: 'failed', reason: 'no-paper' });
    expect(real.printed()).toEqual([]);
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
