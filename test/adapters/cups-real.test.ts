import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi, type TestContext } from 'vitest';
import { createIppPrinter } from '../../src-main/adapters/ipp-printer.ts';
import { startCups, type Cups } from '../helpers/cups.ts';
import { prepareIppEvePrinter, startIppEvePrinter } from '../helpers/ipp-printer.ts';
import { needs } from '../helpers/needs.ts';
import { createTestLayout, fullReceipt } from '../helpers/receipt-content.ts';

const patient = () => ({ signal: AbortSignal.timeout(60_000), onSent: () => undefined });
const asking = () => AbortSignal.timeout(10_000);
/** cups-pdf keeps letters and digits of a title. */
const newTitle = (): string => randomUUID().slice(-12);

describe.skipIf(!needs('cups').run)('a queue of CUPS', () => {
  let cups: Cups;
  let pdf: Uint8Array;
  let folder: string;
  beforeAll(async () => {
    cups = await startCups();
    ({ pdf } = await createTestLayout().render(fullReceipt('ar'), '80mm'));
    folder = mkdtempSync(join(tmpdir(), 'skranke-cups-slip-'));
    writeFileSync(join(folder, 'slip.pdf'), pdf);
  }, 120_000);
  afterAll(async () => {
    await cups.stop();
    rmSync(folder, { recursive: true });
  });

  test('before a device that cannot answer: the slip is there, and is still not called printed', async () => {
    const title = newTitle();
    const printer = createIppPrinter({ url: cups.addQueue('pdf', 'cups-pdf:/'), kioskId: '07120' });
    expect(await printer.status(asking())).toEqual({ state: 'ready', problem: null });
    const outcome = await printer.print({ kind: 'pdf', title, pdf }, patient());
    expect(outcome).toEqual({ outcome: 'unknown', reason: 'cannot-tell' });
    expect(cups.printed(title)).toHaveLength(1);
  });

  test('is believed when IT says that its end means paper', async () => {
    const title = newTitle();
    const url = cups.addQueue('trusted', 'cups-pdf:/');
    const printer = createIppPrinter({ url, kioskId: '07120', completionMeans: 'paper-out' });
    expect(await printer.print({ kind: 'pdf', title, pdf }, patient())).toEqual({ outcome: 'printed' });
    expect(cups.printed(title)).toHaveLength(1);
  });

  test('before a printer that speaks IPP is believed without a word from IT', async (context: TestContext) => {
    prepareIppEvePrinter();
    const real = await startIppEvePrinter('prints');
    if (real === null) context.skip('ippeveprinter does not start on this machine');
    onTestFinished(() => real.stop());
    const printer = createIppPrinter({ url: cups.addQueue('driverless', real.url), kioskId: '07120' });
    const outcome = await printer.print({ kind: 'pdf', title: newTitle(), pdf }, patient());
    expect(outcome).toEqual({ outcome: 'printed' });
    expect(real.printed()).toHaveLength(1);
  });

  test('that is paused gets nothing: resumed, it prints nothing late', async () => {
    const title = newTitle();
    const printer = createIppPrinter({ url: cups.addQueue('paused', 'cups-pdf:/'), kioskId: '07120' });
    cups.pause('paused');
    const slip = { kind: 'pdf', title, pdf } as const;
    expect(await printer.print(slip, patient())).toEqual({ outcome: 'failed', reason: 'paused' });
    expect(await printer.status(asking())).toEqual({ state: 'attention', problem: 'paused' });
    cups.resume('paused');
    const next = newTitle();
    await printer.print({ ...slip, title: next }, patient());
    expect([cups.printed(title).length, cups.printed(next).length]).toEqual([0, 1]);
  });

  test('that takes no jobs says so', async () => {
    const printer = createIppPrinter({ url: cups.addQueue('closed', 'cups-pdf:/'), kioskId: '07120' });
    cups.refuseJobs('closed');
    const outcome = await printer.print({ kind: 'pdf', title: newTitle(), pdf }, patient());
    expect(outcome).toEqual({ outcome: 'failed', reason: 'refused' });
  });

  test('with a slip of a kiosk that died: at the start it is taken back, another kiosk keeps its own', async () => {
    const [ours, theirs] = [newTitle(), newTitle()];
    const printer = createIppPrinter({ url: cups.addQueue('left', 'cups-pdf:/'), kioskId: '07120' });
    cups.pause('left');
    cups.hand('left', `Skranke 07120 ${ours}`, join(folder, 'slip.pdf'));
    cups.hand('left', `Skranke 07130 ${theirs}`, join(folder, 'slip.pdf'));
    await printer.takeBackOld(asking(), true);
    cups.resume('left');
    await vi.waitFor(() => expect(cups.printed(theirs)).toHaveLength(1), { timeout: 30_000 });
    expect(cups.printed(ours)).toEqual([]);
  });

  test('before a printer that is not there: when the time is up it is withdrawn, and nobody claims to know', async () => {
    const printer = createIppPrinter({
      url: cups.addQueue('dead', 'socket://127.0.0.1:1'),
      kioskId: '07120',
    });
    const run = { signal: AbortSignal.timeout(2000), onSent: () => undefined };
    const outcome = await printer.print({ kind: 'pdf', title: newTitle(), pdf }, run);
    expect(outcome).toMatchObject({ outcome: 'unknown' });
  });
});
