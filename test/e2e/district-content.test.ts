import { existsSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { renderReport } from '../../src-main/domain/render-answer.ts';
import { textAt } from '../../src-main/domain/text-tree.ts';
import { findViolations } from '../helpers/axe.ts';
import { openBrowser, type OpenBrowser } from '../helpers/browser.ts';
import { DeskDriver } from '../helpers/desk-driver.ts';
import { waitForDistrict } from '../helpers/district-copy.ts';
import {
  makeDataDir,
  runSkranke,
  startKiosk,
  startPreview,
  type KioskProcess,
} from '../helpers/kiosk-process.ts';
import { readPin } from '../helpers/pin.ts';
import { connectDesk } from '../helpers/rpc-client.ts';
import { VisitDriver } from '../helpers/visit-driver.ts';

/*
 * A district writes a type of its own: one file, its words in all languages, a branch by JSON Logic, a number to call.
 * No developer, no build. One more of its types has a mistake.
 */

const own = resolve(import.meta.dirname, 'district-content');
const mistake =
  'report-types/boat-sunk.json: sunk-where.showIf: expected an earlier question, found "sunk-where" itself.';

let folder: { path: string; remove(): Promise<void> };
let browser: OpenBrowser | null = null;
beforeEach(() => {
  browser = null;
});
afterEach(async () => {
  const complaints = browser?.complaints() ?? [];
  await browser?.close();
  expect(complaints).toEqual([]);
});

/** Of its two types one is left, so the group opens it at once, with what cannot wait before it. */
async function openHarbour(visit: VisitDriver): Promise<void> {
  await visit.on('types');
  await visit.touch('[data-group="harbour"]');
  await visit.on('type-notice');
}

async function come(address: string): Promise<VisitDriver> {
  browser = await openBrowser(address, 'portrait');
  return new VisitDriver(browser.page);
}

describe('a kiosk with what its district adds', () => {
  let kiosk: KioskProcess;
  beforeAll(async () => {
    folder = await makeDataDir();
    // Beside the configuration, as IT would put it.
    await cp(own, join(folder.path, 'own-content'), { recursive: true });
    const config = join(folder.path, 'config.json');
    await writeFile(config, JSON.stringify({ contentDir: 'own-content' }));
    kiosk = await startKiosk(join(folder.path, 'data'), ['--config', config]);
  }, 300_000);
  afterAll(async () => {
    expect(await kiosk.stop()).toBe(0);
    await folder.remove();
  });

  it('offers it in the menu, walks it in Arabic along its own branch, and the desk reads it in Danish', async () => {
    const visit = await come(kiosk.ready.kiosk);
    await visit.goToTypes('ar');
    await openHarbour(visit);
    await visit.action('continue');
    await visit.on('question', 'boat-kind');
    await visit.choose('motor');
    await visit.next('boat-kind');
    await visit.on('question', 'engine-number');
    await visit.type('engine-number', 'رقم');
    await visit.next('engine-number');
    await visit.choose('sailed-away');
    await visit.next('boat-seen');
    await visit.on('question', 'boat-heading');
    await visit.skipTo('contact');
    await visit.choose('anonymous');
    await visit.next('contact');
    const reference = await visit.submit();

    const report = await waitForDistrict(['--data-dir', join(folder.path, 'data')], reference);
    expect(report.summary).toMatchObject({ reportType: 'boat-theft', language: 'ar', flags: ['afloat'] });
    const { api, socket } = await connectDesk(kiosk.ready.desk);
    const { content } = await api.welcome({});
    const { texts } = await api.texts({ language: 'da' });
    socket.close();
    const rendered = renderReport({ content, texts: texts.content, words: (key) => `[${key}]` }, report);
    expect(
      rendered.slice(0, 4).map(({ question, lines }) => [question, lines[0]?.danish, lines[0]?.own]),
    ).toEqual([
      ['Hvilken slags båd er det?', 'Motorbåd', null],
      ['Hvilket nummer har motoren?', null, 'رقم'],
      ['Hvordan blev båden taget?', 'Den sejlede væk', null],
      ['Hvor sejlede den hen?', '[answer.skipped]', null],
    ]);
    expect(textAt(texts.content, 'type.boat-theft.title')).toBe('En båd er væk');
  });

  it('asks a rowing boat for no engine and no heading', async () => {
    const visit = await come(kiosk.ready.kiosk);
    await visit.goToTypes('en');
    await openHarbour(visit);
    await visit.action('continue');
    await visit.on('question', 'boat-kind');
    await visit.choose('rowing');
    await visit.next('boat-kind');
    await visit.on('question', 'boat-seen');
    await visit.choose('sailed-away');
    await visit.next('boat-seen');
    await visit.on('question', 'when');
  });

  it('names the mistake at the start, leaves that type out, and all that ships is there', async () => {
    expect(kiosk.output()).toContain('"file":');
    expect(kiosk.output()).toContain(join(folder.path, 'own-content', 'report-types/boat-sunk.json'));
    const visit = await come(kiosk.ready.kiosk);
    await visit.goToTypes('da');
    await openHarbour(visit);
    await visit.action('back');
    await visit.chooseType('stolen-bicycle');
    await visit.on('question', 'bicycle');
  });

  it('tells a supervisor at the desk what is wrong, with file, place and sentence', async () => {
    browser = await openBrowser(kiosk.ready.desk, 'desk');
    const desk = new DeskDriver(browser.page);
    await desk.signIn('demo', await readPin(join(folder.path, 'data'), 'demo'));
    await desk.on('desk-queue');
    const told = browser.page.locator('[data-content-problems="1"]');
    await told.locator('summary').click();
    const line = told.locator('li');
    expect(await line.innerText()).toContain('report-types/boat-sunk.json');
    expect(await line.innerText()).toContain('found "sunk-where" itself.');
    expect(await findViolations(browser.page)).toEqual([]);
  });
});

describe('skranke content, on what a district adds', () => {
  it('check tells only its own mistakes, and lists what it adds', async () => {
    const { code, out } = await runSkranke(['content', 'check', own, '--on', '2026-11-21', '--json']);
    expect(code).toBe(1);
    const told = JSON.parse(out);
    expect(told.problems).toEqual([
      {
        file: 'report-types/boat-sunk.json',
        path: 'sunk-where.showIf',
        message: 'expected an earlier question, found "sunk-where" itself.',
      },
    ]);
    expect(told.types[0]).toBe('boat-theft');
    expect(told.types).toContain('stolen-things');
    expect(told.types).not.toContain('boat-sunk');
  });

  it('walk tells its branches, and why a type with a mistake has none', async () => {
    const walked = await runSkranke(['content', 'walk', own, '--type', 'boat-theft', '--json']);
    const rest = ['when', 'where', 'what-happened', 'contact'];
    const ways: { questions: string[] }[] = JSON.parse(walked.out).branches;
    expect(ways.map(({ questions }) => questions.slice(0, -rest.length))).toEqual([
      ['boat-kind', 'engine-number', 'boat-seen', 'boat-heading'],
      ['boat-kind', 'engine-number', 'boat-seen'],
      ['boat-kind', 'boat-seen'],
      ['boat-kind', 'boat-seen', 'boat-heading'],
    ]);
    const refused = await runSkranke(['content', 'walk', own, '--type', 'boat-sunk']);
    expect(refused).toMatchObject({ code: 1, out: '', err: `skranke: ${mistake}\n` });
  });

  it('preview shows a type at once, says that it is one, and leaves nothing behind', async () => {
    const preview = await startPreview([own, '--type', 'boat-theft']);
    try {
      const visit = await come(preview.ready.kiosk);
      await visit.on('type-notice');
      await visit.page.locator('[data-mark="preview"]').waitFor();
      await visit.action('continue');
      await visit.on('question', 'boat-kind');
      await browser?.close();
      browser = null;
    } finally {
      expect(await preview.stop()).toBe(0);
    }
    expect(existsSync(preview.ready.dataDir)).toBe(false);
    expect(await runSkranke(['content', 'preview', own, '--type', 'boat-sunk'])).toMatchObject({
      code: 1,
      err: `skranke: ${mistake}\n`,
    });
  });
});
