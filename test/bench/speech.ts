import openEspeak, { type EspeakVoice } from '@echogarden/espeak-ng-emscripten';
import type { Page } from 'playwright';
import { spokenText } from '../../src-main/domain/spoken-text.ts';
import { openBrowser } from '../helpers/browser.ts';
import { makeDataDir, startKiosk } from '../helpers/kiosk-process.ts';
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

const rounds = 25;
const touch = 'touch to first sound';
const bare = 'bare synthesis of the same words';
/** Two sentences of a page that are touched in turn: the second touch on the same one would act. */
const touched = ['h1', 'p.hint'] as const;

/** From the touch to the moment at which the page gives the first sound to the device. */
async function timeTouch(page: Page, selector: string): Promise<number> {
  return page.evaluate(async (wanted) => {
    const element = document.querySelector(wanted);
    const sounds = AudioBufferSourceNode.prototype;
    const own = Object.getOwnPropertyDescriptor(sounds, 'start');
    const play: unknown = own?.value;
    const startedAt = performance.now();
    return new Promise<number>((resolve) => {
      sounds.start = function (...when) {
        resolve(performance.now() - startedAt);
        if (own !== undefined) Object.defineProperty(sounds, 'start', own);
        if (typeof play === 'function') Reflect.apply(play, this, when);
      };
      element?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }));
    });
  }, selector);
}

function touchContender(page: Page): Contender {
  let turn = 0;
  return {
    name: touch,
    perSlice: 2,
    async run(count) {
      let spent = 0;
      for (let time = 0; time < count; time += 1) {
        turn += 1;
        spent += await timeTouch(page, touched[turn % 2] ?? 'h1');
      }
      return spent;
    },
  };
}

/** The engine and nothing else, in this process, warm, with the very words: all of their sound. */
function bareContender(voice: EspeakVoice, language: string, sentences: readonly string[]): Contender {
  let turn = 0;
  return {
    name: bare,
    perSlice: 2,
    run(count) {
      const startedAt = performance.now();
      for (let time = 0; time < count; time += 1) {
        turn += 1;
        voice.set_voice(language);
        voice.set_rate(175);
        let length = 0;
        voice.synthesize(spokenText(sentences[turn % 2] ?? '', language), (samples) => {
          length += samples?.length ?? 0;
          return false;
        });
        if (length === 0) throw new Error('the bare voice said nothing');
      }
      return performance.now() - startedAt;
    },
  };
}

async function walkToSentences(page: Page, language: string): Promise<string[]> {
  const visit = new VisitDriver(page);
  await visit.on('start');
  await visit.touch(`[data-language="${language}"]`);
  await visit.on('home');
  await visit.touch('[data-door="report"]');
  await visit.passPrivacyAndGates();
  await visit.chooseType('stolen-things');
  await visit.on('question');
  await visit.action('listen');
  await visit.action('listen-point');
  return Promise.all(
    touched.map(async (selector) => (await page.locator(selector).first().textContent()) ?? ''),
  );
}

/** How soon the first sound is heard after a touch, beside the engine alone. */
export async function benchSpeech(): Promise<{ result: BenchResult; isNoisy: boolean }> {
  const chromium = chromiumPath();
  if (chromium === undefined) throw new Error('Chromium is not installed; set CHROMIUM to one');
  process.env['CHROMIUM'] = chromium;
  const { eSpeakNGWorker: Voice } = await openEspeak();
  const folder = await makeDataDir();
  const kiosk = await startKiosk(folder.path);
  const browser = await openBrowser(kiosk.ready.kiosk, 'portrait');
  try {
    const language = 'uk';
    const sentences = await walkToSentences(browser.page, language);
    const contenders = [
      touchContender(browser.page),
      bareContender(
        new Voice(),
        language,
        sentences.map((sentence) => sentence.trim()),
      ),
    ];
    const times = await runRounds(contenders, { rounds, slices: 1 });
    const targets = [
      toCeiling('first sound after a touch, times a bare synthesis', timesAsLong(times, touch, bare), 1.5, 1),
    ];
    const rows = toRows(times, contenders);
    return {
      result: { name: 'speech', limit: bare, rounds, machine: describeMachine(), rows, targets },
      isNoisy: isTooNoisy(times, bare),
    };
  } finally {
    await browser.close();
    await kiosk.stop();
    await folder.remove();
  }
}
