import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { reportExportJsonSchema } from '../../src-main/app/report-schema.ts';
import { reportExportSchema } from '../../src-main/contract/report-export.ts';
import { openBrowser, type OpenBrowser } from '../helpers/browser.ts';
import { DeskDriver } from '../helpers/desk-driver.ts';
import { makeDataDir, startKiosk, type KioskProcess } from '../helpers/kiosk-process.ts';
import { needs } from '../helpers/needs.ts';
import { readPin } from '../helpers/pin.ts';
import { connectVisitor } from '../helpers/rpc-client.ts';
import { makeSubmission } from '../helpers/submissions.ts';

/* A report leaves the desk as A4 and as a file; the one who is afraid is found in neither. */

const submission = makeSubmission({
  language: 'ar',
  answers: [
    { questionId: 'when', answer: { kind: 'when', precision: 'day', start: '2026-11-19', end: null } },
    { questionId: 'what-happened', answer: { kind: 'text', text: 'سرق هاتفي في المحطة' } },
    {
      questionId: 'contact',
      answer: {
        kind: 'contact',
        contact: {
          kind: 'named',
          ...{
            name: 'Opfundet Navn',
            phone: '22 00 00 01',
            email: '',
            address: 'Skjulevej 3',
            safeContact: '',
          },
          asksProtection: true,
          forWhom: 'me',
        },
      },
    },
  ],
});

let folder: { path: string; remove(): Promise<void> };
let kiosk: KioskProcess;
let browser: OpenBrowser;
let desk: DeskDriver;
let reference: string;

beforeAll(async () => {
  folder = await makeDataDir();
  kiosk = await startKiosk(folder.path);
  const { api, socket } = await connectVisitor(kiosk.ready.kiosk);
  ({ reference } = await api.submit(submission));
  socket.close();
  browser = await openBrowser(kiosk.ready.desk, 'desk');
  desk = new DeskDriver(browser.page);
  await desk.signIn('demo', await readPin(folder.path, 'demo'));
  await desk.on('desk-queue');
  await desk.open(submission.reportId);
  await desk.act('hand-on');
}, 300_000);
afterAll(async () => {
  await browser.close();
  await kiosk.putAway();
  await folder.remove();
});

it('the file is named by the number and fits the schema', async () => {
  const download = browser.page.waitForEvent('download');
  await desk.act('save-report');
  const file = await download;
  expect(file.suggestedFilename()).toBe(`${reference}.json`);
  const text = await readFile(await file.path(), 'utf8');
  // What another program has: the published schema, of which a test says that it is this one.
  const published = z.fromJSONSchema(reportExportJsonSchema());
  expect(published.safeParse(JSON.parse(text)).error).toBeUndefined();
  const made = reportExportSchema.parse(JSON.parse(text));
  expect(made).toMatchObject({ reference, language: 'ar' });
  expect(text).not.toContain('Skjulevej');
});

describe.skipIf(!needs('pdftoppm').run)('A4', () => {
  it('is one page with the number, Danish and the visitor’s own words, and nothing of the screen', async () => {
    await desk.act('print-sheet');
    await browser.page.locator('[data-sheet]').waitFor({ state: 'attached' });
    const pdf = await browser.page.pdf({ preferCSSPageSize: true });
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
    expect(text.replaceAll(' ', '')).toContain(reference);
    expect(text).toContain('19.11.2026');
    expect(text).toMatch(/1\s*\/\s*1/);
    expect(text).not.toContain('Skjulevej');
    expect(text).not.toMatch(/Lås|Printer klar/);
    const about = execFileSync('pdfinfo', ['-'], { input: pdf, encoding: 'utf8' });
    expect(about).toMatch(/Pages:\s+1\n/);
    expect(about).toContain('A4');
  });
});
