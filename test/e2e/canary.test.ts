import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openBrowser } from '../helpers/browser.ts';
import { makeDataDir, startKiosk } from '../helpers/kiosk-process.ts';
import { VisitDriver } from '../helpers/visit-driver.ts';

/*
 * A visitor types a word that is nowhere else. After the report was sent, and after another draft was abandoned, the word
 * stands in no file of the kiosk, none of the browser's, and in no log.
 */

const sentWord = 'zqkanariefugl';
const abandonedWord = 'xwspurvehog';
/** Nobody's CPR number: there is no such day. */
const sentNumber = '3201904711';
const words = [sentWord, abandonedWord, sentNumber];

async function filesWith(folder: string, sought: readonly string[]): Promise<string[]> {
  const needles = sought.flatMap((word) => [Buffer.from(word, 'utf8'), Buffer.from(word, 'utf16le')]);
  const found: string[] = [];
  let searched = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    searched += 1;
    if (needles.some((needle) => bytes.includes(needle))) found.push(path);
  }
  expect(searched, folder).toBeGreaterThan(3);
  return found;
}

async function typeWord(visit: VisitDriver, word: string): Promise<void> {
  await visit.goToTypes('da');
  await visit.chooseType('stolen-things');
  await visit.on('question', 'things');
  await visit.skipTo('what-happened');
  await visit.type('what-happened', word);
}

it('what a visitor typed is found nowhere: not after sending, not after walking away', async () => {
  const folder = await makeDataDir();
  const kiosk = await startKiosk(folder.path);
  const browser = await openBrowser(kiosk.ready.kiosk, 'landscape');
  const visit = new VisitDriver(browser.page);

  await typeWord(visit, sentWord);
  await visit.next('what-happened');
  await visit.skipTo('contact');
  await visit.choose('named');
  await visit.action('add-cpr');
  await visit.type('cpr', sentNumber);
  await visit.next('contact');
  await visit.submit();
  await visit.action('finish');
  await visit.on('start');

  await typeWord(visit, abandonedWord);
  expect(await filesWith(folder.path, words)).toEqual([]);
  // The browser is ended while the draft is open: a crash, or the plug.
  const { profileDir } = browser;
  await browser.context.close();
  expect(await filesWith(profileDir, words)).toEqual([]);
  await kiosk.kill();
  // The search itself is tried on a word that is there.
  await writeFile(
    join(folder.path, 'receipts', 'planted.bin'),
    Buffer.concat([Buffer.from([0]), Buffer.from('zqplantet', 'utf16le')]),
  );
  expect(await filesWith(folder.path, ['zqplantet'])).toHaveLength(1);
  expect(await filesWith(folder.path, words)).toEqual([]);
  for (const word of words) expect(kiosk.output()).not.toContain(word);
  await browser.close();
  await folder.remove();
}, 600_000);
