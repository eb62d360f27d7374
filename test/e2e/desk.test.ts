import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { findViolations } from '../helpers/axe.ts';
import { openBrowser, type OpenBrowser } from '../helpers/browser.ts';
import { DeskDriver } from '../helpers/desk-driver.ts';
import { makeDataDir, startKiosk, type KioskProcess } from '../helpers/kiosk-process.ts';
import { readPin } from '../helpers/pin.ts';
import { connectVisitor } from '../helpers/rpc-client.ts';
import { readPrintedReference } from '../helpers/slip.ts';
import { makeSubmission } from '../helpers/submissions.ts';

/* Two reports wait. A colleague signs in, reads the Arabic one in Danish beside the visitor's own words, and finishes it. */

const arabic = makeSubmission({
  language: 'ar',
  answers: [
    {
      questionId: 'things',
      answer: {
        kind: 'things',
        things: [{ kind: 'phone', fields: { brand: 'نوكيا', imei: '490154203237518' } }],
      },
    },
    { questionId: 'what-happened', answer: { kind: 'text', text: 'سرق هاتفي \u202Egnorw\u202C' } },
    { questionId: 'seen-by', answer: { kind: 'choice', codes: ['camera'], note: '' } },
    { questionId: 'insurance', answer: { kind: 'skipped' } },
  ],
});
const danish = makeSubmission({
  answers: [{ questionId: 'what-happened', answer: { kind: 'text', text: 'blå jakke' } }],
});

let folder: { path: string; remove(): Promise<void> };
let kiosk: KioskProcess;
let open: OpenBrowser[] = [];
let danishReference: string;

beforeAll(async () => {
  folder = await makeDataDir();
  kiosk = await startKiosk(folder.path);
  const { api, socket } = await connectVisitor(kiosk.ready.kiosk);
  await api.submit(arabic);
  danishReference = (await api.submit(danish)).reference;
  socket.close();
}, 300_000);
afterEach(async () => {
  for (const browser of open) await browser.close();
  open = [];
});
afterAll(async () => {
  await kiosk.putAway();
  await folder.remove();
});

async function comeToDesk(): Promise<{ desk: DeskDriver; browser: OpenBrowser }> {
  const browser = await openBrowser(kiosk.ready.desk, 'desk');
  open.push(browser);
  return { desk: new DeskDriver(browser.page), browser };
}

describe('the desk', () => {
  it('lets nobody in with a wrong PIN, and says so in Danish', async () => {
    const { desk, browser } = await comeToDesk();
    await desk.signIn('demo', '0000');
    await desk.page.getByRole('status').filter({ hasText: /\S/ }).first().waitFor();
    await desk.on('desk-sign-in');
    expect(await findViolations(browser.page)).toEqual([]);
  });

  it('shows the newest first; one colleague reads, takes and finishes; another sees who has it', async () => {
    const { desk, browser } = await comeToDesk();
    await desk.signIn('demo', await readPin(folder.path, 'demo'));
    await desk.on('desk-queue');
    const lines = desk.page.locator('[data-report]');
    await lines.nth(1).waitFor();
    expect(
      await lines.evaluateAll((all) =>
        all.map((line) => (line instanceof HTMLElement ? line.dataset['report'] : undefined)),
      ),
    ).toEqual([danish.reportId, arabic.reportId]);

    await desk.open(arabic.reportId);
    expect(await desk.answer('what-happened').innerText()).toContain('سرق هاتفي');
    // The override that would turn the line around is shown, not obeyed.
    expect(await desk.answer('what-happened').innerText()).not.toContain('\u202E');
    expect(await desk.answer('seen-by').innerText()).toMatch(/kamera/i);
    expect(await desk.answer('things').innerText()).toContain('49 015420');
    expect(await findViolations(browser.page)).toEqual([]);

    const other = await comeToDesk();
    await other.desk.signIn('demo', await readPin(folder.path, 'demo'));
    await other.desk.on('desk-queue');
    await other.desk.open(arabic.reportId);

    await desk.act('claim');
    await desk.page.locator('[data-desk-action="finish"]').waitFor();
    await other.desk.page.locator(`[data-report="${arabic.reportId}"][data-state="claimed"]`).waitFor();
    await desk.act('finish');
    await desk.act('finish-confirmed');
    await desk.page
      .locator(`[data-report="${arabic.reportId}"][data-state="claimed"]`)
      .waitFor({ state: 'detached' });

    await desk.act('lock');
    await desk.on('desk-sign-in');
    expect(await desk.page.content()).not.toContain('سرق هاتفي');
  });

  it('prints a slip again when a colleague asks for it', async () => {
    const { desk } = await comeToDesk();
    await desk.signIn('demo', await readPin(folder.path, 'demo'));
    await desk.on('desk-queue');
    await desk.open(danish.reportId);
    await desk.act('reprint');
    await desk.page.getByRole('status').filter({ hasText: /\S/ }).first().waitFor();
  });

  it('checks the slip that came out with a code reader: genuine, its report opens; another station in it, forged', async () => {
    const slip = join(folder.path, 'receipts', `${danishReference}.pdf`);
    const pdf = await vi.waitFor(() => readFile(slip), { timeout: 60_000, interval: 250 });
    const { code } = await readPrintedReference(pdf, danishReference);
    if (code === null) throw new Error('the code on the slip can be read');
    const { desk, browser } = await comeToDesk();
    await desk.signIn('demo', await readPin(folder.path, 'demo'));
    await desk.on('desk-queue');
    await desk.scan(code);
    await desk.page.locator('[data-slip-verdict="genuine"][data-slip-report="shown"]').waitFor();
    await desk.page.locator(`[data-open-report="${danish.reportId}"]`).waitFor();
    expect(await findViolations(browser.page)).toEqual([]);
    await desk.scan(code.replace('FJORDBY', 'FJORDBU'));
    await desk.page.locator('[data-slip-verdict="forged"]').waitFor();
  });

  it('finds what a visitor wrote, in their letters or by a number, and what comes in meanwhile', async () => {
    const { desk } = await comeToDesk();
    await desk.signIn('demo', await readPin(folder.path, 'demo'));
    await desk.on('desk-queue');
    await desk.find('سُرِقَ هاتفى', 1);
    await desk.find('49 015420 323751 8', 1);
    await desk.page.locator(`[data-report="${arabic.reportId}"]`).waitFor();
    await desk.find('jakken forsvandt', 0);
    const { api, socket } = await connectVisitor(kiosk.ready.kiosk);
    const later = makeSubmission({
      answers: [{ questionId: 'what-happened', answer: { kind: 'text', text: 'Jakken forsvandt i toget' } }],
    });
    await api.submit(later);
    socket.close();
    await desk.find('jakken forsvandt', 1);
    await desk.open(later.reportId);
  });
});
