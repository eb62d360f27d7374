import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';
import type { Page } from 'playwright';
import { openBrowser, type OpenBrowser } from '../helpers/browser.ts';
import { makeDataDir, projectRoot, startKiosk } from '../helpers/kiosk-process.ts';
import { chromiumPath } from '../helpers/tools.ts';
import { VisitDriver } from '../helpers/visit-driver.ts';
import {
  describeMachine,
  isTooNoisy,
  runRounds,
  timesAsLong,
  toCeiling,
  toRows,
  type BenchResult,
  type Contender,
} from './measure.ts';

const assets = join(projectRoot, 'out', 'renderer', 'assets');
const kinds = new Map([
  ['.css', 'text/css'],
  ['.woff2', 'font/woff2'],
  ['.html', 'text/html; charset=utf-8'],
]);

/** The page as it stands, with its styles and fonts, without any script. */
async function takeCopy(page: Page): Promise<string> {
  return page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true);
    if (!(copy instanceof HTMLElement)) return '';
    for (const script of copy.querySelectorAll('script, link[rel="modulepreload"]')) script.remove();
    return `<!doctype html>${copy.outerHTML}`;
  });
}

const body = (html: string): string => /<div id="app">[\s\S]*<\/div>(?=\s*<\/body>)/.exec(html)?.[0] ?? '';

/** The least a tap can cost: a page that holds both screens and swaps one for the other. */
function swapPage(one: string, other: string): string {
  const screens = JSON.stringify([body(one), body(other)]).replaceAll('<', String.raw`\u003c`);
  return one.replace(
    '</body>',
    `<script>
      const screens = ${screens};
      let shown = 0;
      document.addEventListener('click', () => {
        shown = 1 - shown;
        document.getElementById('app').outerHTML = screens[shown];
      });
    </script></body>`,
  );
}

/** Serves the static pages with the very files the kiosk serves, and nothing kept by the browser, as the kiosk does. */
async function serve(pages: ReadonlyMap<string, string>): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const page = pages.get(path);
    const file = path.startsWith('/assets/') ? path.slice('/assets/'.length) : '';
    if (page === undefined && (file === '' || file.includes('/'))) {
      response.writeHead(404).end();
      return;
    }
    const type = kinds.get(page === undefined ? extname(file) : '.html') ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' });
    response.end(page ?? readFileSync(join(assets, file)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the static pages are not served');
  return { url: `http://127.0.0.1:${address.port}`, server };
}

/** Milliseconds from asking for the page to its first paint with content on it. */
async function firstPaint(browser: OpenBrowser, url: string): Promise<number> {
  const page = await browser.context.newPage();
  try {
    await page.goto(url);
    await page.locator('[data-language]').first().waitFor();
    return await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => {
            const paint = list.getEntriesByName('first-contentful-paint')[0];
            if (paint !== undefined) resolve(paint.startTime);
          }).observe({ type: 'paint', buffered: true });
        }),
    );
  } finally {
    await page.close();
  }
}

/** Touches, and answers how long it took from the touch until the other question was handed to the screen. */
async function timeTap(page: Page, selector: string, question: string): Promise<number> {
  const painted = page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        let touchedAt = 0;
        const look = (): void => {
          if (document.querySelector(`[data-question="${wanted}"]`) === null) {
            requestAnimationFrame(look);
            return;
          }
          // Posted inside the frame that shows it, heard after that frame was painted.
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => resolve(performance.now() - touchedAt));
          port1.start();
          port2.postMessage(null);
        };
        addEventListener(
          'click',
          (event) => {
            touchedAt = event.timeStamp;
            requestAnimationFrame(look);
          },
          { capture: true, once: true },
        );
      }),
    question,
  );
  await page.tap(selector);
  return painted;
}

const skip = '[data-action="skip"]';
const back = '[data-action="back"]';

/** Bytes of script, as they would be compressed, that the page asks for before its screen answers a touch. */
async function startScripts(page: Page): Promise<number> {
  const names = await page.evaluate(() => {
    const liveAt = performance.getEntriesByName('live')[0]?.startTime ?? Number.POSITIVE_INFINITY;
    return performance
      .getEntriesByType('resource')
      .filter(({ name, startTime }) => name.endsWith('.js') && startTime < liveAt)
      .map(({ name }) => new URL(name).pathname.split('/').at(-1) ?? '');
  });
  if (names.length === 0) throw new Error('the start page asked for no script');
  return names.reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0);
}

interface Walk {
  readonly browser: OpenBrowser;
  readonly questions: readonly [string, string];
  readonly copies: ReadonlyMap<string, string>;
  readonly scriptBytes: number;
}

/** Opens the kiosk, copies the start screen, and goes on to the first two questions of a theft. */
async function walkToQuestions(url: string): Promise<Walk> {
  const browser = await openBrowser('about:blank', 'portrait');
  const { page } = browser;
  await page.goto(url);
  const visit = new VisitDriver(page);
  await visit.on('start');
  const scriptBytes = await startScripts(page);
  // The station's name and hours have come.
  await page.waitForLoadState('networkidle');
  const start = await takeCopy(page);
  await visit.goToTypes('en');
  await visit.chooseType('stolen-things');
  const questionNow = async (): Promise<string> => (await visit.screen()).question ?? '';
  const first = await questionNow();
  const one = await takeCopy(page);
  await visit.next(first, 'skip');
  const second = await questionNow();
  const other = await takeCopy(page);
  await visit.next(second, 'back');
  const copies = new Map([
    ['/', start],
    ['/swap', swapPage(one, other)],
  ]);
  return { browser, questions: [first, second], copies, scriptBytes };
}

function tapContender(name: string, page: Page, [first, second]: Walk['questions']): Contender {
  return {
    name,
    perSlice: 1,
    async run(count) {
      let spent = 0;
      for (let tap = 0; tap < count; tap += 1) {
        spent += await timeTap(page, skip, second);
        await page.tap(back);
        await page.locator(`[data-question="${first}"]`).waitFor();
      }
      return spent;
    },
  };
}

const rounds = 25;
/** Kilobytes of 1,000 bytes. */
const mostScriptKb = 120;

async function measure(
  kioskUrl: string,
  loadedUrl: string,
): Promise<{ result: BenchResult; isNoisy: boolean }> {
  const walk = await walkToQuestions(kioskUrl);
  const { url, server } = await serve(walk.copies);
  const still = await openBrowser(`${url}/swap`, 'portrait');
  // The address holds a token for one page; what it is exchanged for is this browser's own.
  const loader = await openBrowser(loadedUrl, 'portrait');
  const paintContender = (name: string, of: string): Contender => ({
    name,
    perSlice: 1,
    async run(count) {
      let spent = 0;
      for (let load = 0; load < count; load += 1) spent += await firstPaint(loader, of);
      return spent;
    },
  });
  try {
    const contenders = [
      paintContender('start to first paint', new URL('/', loadedUrl).href),
      paintContender('static start page', `${url}/`),
      tapContender('tap to next question', walk.browser.page, walk.questions),
      tapContender('static swap', still.page, walk.questions),
    ];
    const times = await runRounds(contenders, { rounds, slices: 1 });
    const targets = [
      toCeiling(
        'first paint, times a static page',
        timesAsLong(times, 'start to first paint', 'static start page'),
        1.4,
        1.1,
      ),
      toCeiling(
        'tap to next question, times a static swap',
        timesAsLong(times, 'tap to next question', 'static swap'),
        2,
        1.2,
      ),
      toCeiling('script at start, kB gzip', walk.scriptBytes / 1000, mostScriptKb, 80),
    ];
    const limit = 'static start page';
    const rows = toRows(times, contenders);
    return {
      result: { name: 'paint', limit, rounds, machine: describeMachine(), rows, targets },
      isNoisy: isTooNoisy(times, limit),
    };
  } finally {
    for (const browser of [still, loader, walk.browser]) await browser.close();
    server.close();
  }
}

/** How soon the visitor sees something, against pages that do nothing but stand there. */
export async function benchPaint(): Promise<{ result: BenchResult; isNoisy: boolean }> {
  const chromium = chromiumPath();
  if (chromium === undefined) throw new Error('Chromium is not installed; set CHROMIUM to one');
  process.env['CHROMIUM'] = chromium;
  // Two kiosks: each serves one page, and one is loaded again and again while the other stands at its questions.
  const folders = [await makeDataDir(), await makeDataDir()] as const;
  const kiosks = [await startKiosk(folders[0].path), await startKiosk(folders[1].path)] as const;
  try {
    return await measure(kiosks[0].ready.kiosk, kiosks[1].ready.kiosk);
  } finally {
    for (const kiosk of kiosks) await kiosk.stop();
    for (const folder of folders) await folder.remove();
  }
}
