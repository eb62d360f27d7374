import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../../src-main/contract/answer.ts';
import type { Report } from '../../src-main/contract/report.ts';
import { findViolations } from '../helpers/axe.ts';
import { openBrowser, type OpenBrowser, type Orientation } from '../helpers/browser.ts';
import { waitForDistrict } from '../helpers/district-copy.ts';
import { makeDataDir, runSkranke, startKiosk, type KioskProcess } from '../helpers/kiosk-process.ts';
import { readPrintedReference } from '../helpers/slip.ts';
import { VisitDriver } from '../helpers/visit-driver.ts';

/*
 * A visitor comes in, chooses a language, answers by touch on the kiosk's own keyboard, sends, and takes the slip. Then the
 * slip is looked at by its pixels, and the district's copy is opened with the district's key. Nothing here is a stand-in:
 * kiosk, browser, typesetter, intake and database are the ones that ship.
 */

let folder: { path: string; remove(): Promise<void> };
let kiosk: KioskProcess;
let browser: OpenBrowser;
let visit: VisitDriver;

beforeAll(async () => {
  folder = await makeDataDir();
  kiosk = await startKiosk(folder.path);
}, 300_000);
afterAll(async () => {
  expect(await kiosk.stop()).toBe(0);
  await folder.remove();
});

async function come(orientation: Orientation): Promise<void> {
  browser = await openBrowser(kiosk.ready.kiosk, orientation);
  visit = new VisitDriver(browser.page);
}
afterEach(async () => {
  const complaints = browser.complaints();
  await browser.close();
  expect(complaints).toEqual([]);
});

async function looksAccessible(): Promise<void> {
  const { name, question } = await visit.screen();
  expect.soft(await findViolations(browser.page), `${name} ${question ?? ''}`).toEqual([]);
}

/** The slip as it came out, once the printer had time for it. */
function slipOf(reference: string): Promise<Uint8Array> {
  return vi.waitFor(() => readFile(join(folder.path, 'receipts', `${reference}.pdf`)), {
    timeout: 60_000,
    interval: 250,
  });
}

function answerOf(report: Report, questionId: string): Answer | undefined {
  return report.submission.answers.find((answered) => answered.questionId === questionId)?.answer;
}

/** What every visit ends with: number on screen, number on paper, one copy at the district, a clean start screen. */
async function finishVisit(reference: string): Promise<Report> {
  const { code, isInOrder } = await readPrintedReference(await slipOf(reference), reference);
  expect(isInOrder).toBe(true);
  const verified = await runSkranke([
    ...['receipt', 'verify', code ?? '', '--data-dir', folder.path, '--json'],
  ]);
  expect(JSON.parse(verified.out)).toMatchObject({ verdict: 'genuine', reference, station: 'fjordby' });
  const report = await waitForDistrict(['--data-dir', folder.path], reference);
  await visit.action('finish');
  await visit.on('start');
  return report;
}

describe('a whole visit', () => {
  it('in Arabic, upright: a stolen phone with its IMEI; the language changes in the middle and nothing is lost', async () => {
    await come('portrait');
    await looksAccessible();
    await visit.goToTypes('ar');
    await looksAccessible();
    await visit.chooseType('stolen-things');
    await visit.on('question', 'things');
    await looksAccessible();
    await visit.choose('phone');
    await visit.type('brand', 'نوكيا');
    await visit.type('imei', '490154203237518');
    await looksAccessible();
    await visit.action('done-thing');
    await visit.next('things');
    await visit.skipTo('where');
    await visit.type('postcode', '9000');
    await looksAccessible();
    await visit.next('where');
    await visit.type('what-happened', 'سرق');
    // A colleague who reads English helps for a moment, then the visitor goes on in Arabic.
    await visit.action('language');
    await visit.touch('[data-language="en"]');
    await visit.on('question', 'what-happened');
    expect(await visit.typed('what-happened')).toBe('سرق');
    await visit.action('language');
    await visit.touch('[data-language="ar"]');
    await visit.on('question', 'what-happened');
    expect(await visit.typed('what-happened')).toBe('سرق');
    await visit.next('what-happened');
    await visit.choose('camera');
    await looksAccessible();
    await visit.next('seen-by');
    await visit.skipTo('help');
    await visit.choose('interpreter');
    await visit.next('help');
    await visit.on('question', 'contact');
    await visit.choose('anonymous');
    await looksAccessible();
    await visit.next('contact');
    await visit.on('check');
    await looksAccessible();
    const reference = await visit.submit();
    await looksAccessible();
    const report = await finishVisit(reference);
    expect(report.summary).toMatchObject({
      language: 'ar',
      reportType: 'stolen-things',
      isAnonymous: true,
      flags: ['interpreter', 'number-known'],
    });
    expect(answerOf(report, 'things')).toEqual({
      kind: 'things',
      things: [
        { kind: 'phone', fields: expect.objectContaining({ brand: 'نوكيا', imei: '490154203237518' }) },
      ],
    });
    expect(answerOf(report, 'what-happened')).toEqual({ kind: 'text', text: 'سرق' });
    expect(answerOf(report, 'where')).toMatchObject({ kind: 'place', postcode: '9000' });
  });

  it.each([
    ['pl', 'landscape', 'zażółć gęślą jaźń'],
    ['uk', 'portrait', 'їхній ґанок'],
  ] as const)('in %s, %s: own words on own keys, to the slip', async (language, orientation, words) => {
    await come(orientation);
    await visit.goToTypes(language);
    await looksAccessible();
    await visit.chooseType('stolen-things');
    await visit.skipTo('what-happened');
    await visit.type('what-happened', words);
    await visit.next('what-happened');
    await visit.skipTo('contact');
    await visit.choose('anonymous');
    await visit.next('contact');
    const reference = await visit.submit();
    await looksAccessible();
    expect(await visit.page.locator('html').getAttribute('lang')).toBe(language);
    const report = await finishVisit(reference);
    expect(report.summary).toMatchObject({ language, isAnonymous: true });
    expect(answerOf(report, 'what-happened')).toEqual({ kind: 'text', text: words });
  });

  it('in Danish, lying: a bicycle; back never loses an answer, and a name is left', async () => {
    await come('landscape');
    await visit.goToTypes('da');
    await visit.chooseType('stolen-bicycle');
    await visit.on('question', 'bicycle');
    await looksAccessible();
    await visit.page.locator('[data-choice]').first().tap();
    await visit.type('frame-number', 'wbk12æøå');
    await visit.action('done-thing');
    await visit.next('bicycle');
    await visit.choose('day');
    // Yesterday: its code is the date.
    await visit.page.locator('[data-choice^="20"]').nth(1).tap();
    await looksAccessible();
    await visit.next('when');
    await visit.on('question', 'where');
    await visit.type('words', 'ved stationen');
    await visit.action('back');
    await visit.on('question', 'when');
    await visit.next('when');
    expect(await visit.typed('words')).toBe('ved stationen');
    await visit.next('where');
    await visit.skipTo('contact');
    await visit.choose('named');
    await visit.type('name', 'ib');
    await visit.type('phone', '12345678');
    await looksAccessible();
    await visit.next('contact');
    const reference = await visit.submit();
    const report = await finishVisit(reference);
    expect(report.summary).toMatchObject({
      language: 'da',
      reportType: 'stolen-bicycle',
      isAnonymous: false,
    });
    expect(JSON.stringify(answerOf(report, 'bicycle'))).toContain('wbk12æøå');
    expect(answerOf(report, 'contact')).toMatchObject({
      contact: { kind: 'named', name: 'ib', phone: '12345678' },
    });
    expect(answerOf(report, 'when')).toMatchObject({ kind: 'when', precision: 'day' });
  });

  it('in English, lying: cheated in an online trade, an amount; sent with two touches, kept once', async () => {
    await come('landscape');
    await visit.goToTypes('en');
    await visit.chooseType('online-trade');
    await visit.on('question', 'platform');
    await looksAccessible();
    await visit.skipTo('paid-how');
    await looksAccessible();
    await visit.page.locator('[data-choice]').first().tap();
    await visit.next('paid-how');
    await visit.skipTo('amount');
    await visit.type('amount', '1250,50');
    await looksAccessible();
    await visit.next('amount');
    await visit.skipTo('check');
    await visit.page.locator('[data-action="submit"]').dblclick();
    const reference = await visit.reference();
    const report = await finishVisit(reference);
    expect(report.summary).toMatchObject({
      language: 'en',
      reportType: 'online-trade',
      isFallbackRouting: true,
    });
    expect(answerOf(report, 'amount')).toEqual({ kind: 'amount', minorUnits: 125_050, currency: 'DKK' });
  });
});
