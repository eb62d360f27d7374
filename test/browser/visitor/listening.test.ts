import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { laterListening } from '../../../src-renderer/visitor/later-listening.svelte.ts';
import { languages } from '../../../src-renderer/i18n/languages.ts';
import {
  act,
  landscape,
  openStage,
  passDanger,
  portrait,
  screen,
  seen,
  stopVisits,
  touch,
  until,
  type Stage,
} from './stage.ts';

/** What the page gives to the sound device, and how that device is. */
const sound = { isStill: false, played: 0 };

beforeEach(() => {
  sound.isStill = false;
  sound.played = 0;
  const { start } = Object.getOwnPropertyDescriptors(AudioBufferSourceNode.prototype);
  const play: unknown = start.value;
  vi.spyOn(AudioBufferSourceNode.prototype, 'start').mockImplementation(function (this: AudioNode, ...when) {
    sound.played += 1;
    if (typeof play === 'function' && !sound.isStill) Reflect.apply(play, this, when);
  });
  vi.spyOn(AudioScheduledSourceNode.prototype, 'stop').mockImplementation(() => undefined);
  const { currentTime } = Object.getOwnPropertyDescriptors(BaseAudioContext.prototype);
  vi.spyOn(BaseAudioContext.prototype, 'currentTime', 'get').mockImplementation(function (
    this: AudioContext,
  ) {
    return sound.isStill ? 0 : (currentTime.get?.call(this) ?? 0);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  stopVisits();
});

async function open(): Promise<Stage> {
  const stage = await openStage();
  laterListening.load();
  await vi.waitUntil(() => laterListening.ears !== null, until);
  return stage;
}

async function said(stage: Stage, text: string, since = 0): Promise<void> {
  await vi.waitUntil(() => stage.services.spoken.slice(since).some((saying) => saying.text === text), until);
}

const silent = (): Promise<HTMLElement> => seen('[data-speech="silent"]');

describe('listening', () => {
  test('begins with a touch: nothing is said before, then the page in the languages that stand on it', async () => {
    const stage = await open();
    const { services, i18n } = stage;
    expect(services.spoken).toEqual([]);
    await act('listen');
    await said(stage, i18n.tIn('en')('visitor:start.title'));
    const heading = services.spoken.find(({ text }) => text === i18n.t('visitor:start.title'));
    expect(heading?.language).toBe('da');
    await said(stage, i18n.tIn('ar')('tile:name'));
    const arabic = services.spoken.find(({ text }) => text === i18n.tIn('ar')('tile:name'));
    expect(arabic?.language).toBe('ar');
    await vi.waitUntil(() => sound.played > 0, until);
  });

  test('follows the visitor from page to page and into another language, and ends with the visit', async () => {
    const stage = await open();
    const { services, i18n, visit } = stage;
    await act('listen');
    await touch('[data-language="uk"]');
    await said(stage, i18n.tIn('uk')('visitor:home.title'));
    await act('language');
    const since = services.spoken.length;
    await touch('[data-language="pl"]');
    await said(stage, i18n.tIn('pl')('visitor:home.title'), since);
    expect(services.spoken.slice(since).at(-1)?.language).toBe('pl');
    await act('leave');
    await screen('start');
    expect(visit.session.speech.isOn).toBe(false);
    expect(document.querySelector('[data-speech]')).toBeNull();
  });

  test('first touch says, second touch does; danger never waits', async () => {
    const stage = await open();
    const { services, i18n } = stage;
    await touch('[data-language="da"]');
    await act('listen');
    await act('listen-point');
    const report = await seen('[data-door="report"]');
    const press = (element: HTMLElement): boolean =>
      element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }));
    press(report);
    await said(stage, i18n.t('content:door.report.title'));
    await screen('home');
    press(report);
    await screen('privacy');
    press(await seen('[data-action="danger"]'));
    await screen('stop');
    expect(services.raised).toHaveLength(1);
  });

  test('STOP says nothing by itself; the neutral page of who waits for an officer ends it', async () => {
    const stage = await open();
    const { services, visit } = stage;
    await touch('[data-language="en"]');
    await act('listen');
    await touch('[data-door="report"]');
    await passDanger();
    await seen('[data-gate="force"]');
    await vi.waitUntil(
      () => services.spoken.some(({ text }) => text === stage.i18n.t('gates:force.title')),
      until,
    );
    await act('danger');
    await screen('stop');
    await silent();
    const said = (): string[] => services.spoken.map(({ text }) => text);
    expect(said()).not.toContain(stage.i18n.t('safety:stop.title'));
    // Who asks for it hears it.
    await act('listen-again');
    await vi.waitUntil(() => said().includes(stage.i18n.t('safety:stop.title')), until);
    await act('back');
    await touch('[data-gate="force"] [data-gate-answer="fear"]');
    await screen('officer');
    await silent();
    expect(said()).not.toContain(stage.i18n.t('safety:officer.title'));
    await act('person-here');
    await screen('officer-waiting');
    await vi.waitUntil(() => !visit.session.speech.isOn, until);
  });

  test('pulled headphones silence it in the middle of a word, and the page says why', async () => {
    const stage = await open();
    const { services, visit } = stage;
    services.headphones = 'plugged';
    services.pushKiosk();
    // Plugged in before anybody touched anything: that is the wish to listen.
    await vi.waitUntil(() => visit.session.speech.doing === 'speaking', until);
    services.headphones = 'unplugged';
    services.pushKiosk();
    await seen('[data-trouble="unplugged"]');
    expect(visit.session.speech.doing).toBe('silent');
  });

  test.each(['no-voice', 'broken', 'busy'] as const)(
    '%s is a sentence on the page, and the visit goes on',
    async (failure) => {
      const stage = await open();
      stage.services.speechFails = failure;
      await touch('[data-language="ar"]');
      await act('listen');
      await seen(`[data-trouble="${failure}"]`);
      await touch('[data-door="report"]');
      await screen('privacy');
    },
  );

  test('a device that has gone, and a line that has fallen, are told too', async () => {
    const stage = await open();
    sound.isStill = true;
    await act('listen');
    await seen('[data-trouble="no-sound"]');
    sound.isStill = false;
    stage.services.unplug();
    await act('listen-again');
    await seen('[data-trouble="broken"]');
    stage.services.plugIn();
    await act('listen-again');
    await seen('[data-speech="speaking"]');
  });

  test('a voice that reads keeps the page from ending, and pauses when asked', async () => {
    const stage = await open();
    const { speech } = stage.visit.session;
    await act('listen');
    await seen('[data-speech="speaking"]');
    await act('listen-pause');
    expect(speech.doing).toBe('paused');
    const slow = speech.wordsPerMinute;
    await touch('[data-language="da"]');
    await act('listen-faster');
    await vi.waitUntil(() => (stage.services.spoken.at(-1)?.wordsPerMinute ?? 0) > slow, until);
  });

  test.each([portrait, landscape])(
    'its buttons hold their words in every language, %i wide',
    async (...size) => {
      const { visit } = await openStage({}, [size[0], size[1]]);
      laterListening.load();
      await touch('[data-language="da"]');
      await act('listen');
      await seen('[data-action="listen-louder"]');
      const cut: string[] = [];
      for (const language of languages) {
        visit.session.language = language;
        await vi.waitUntil(() => document.documentElement.lang === language, until);
        await document.fonts.ready;
        for (const tool of document.querySelectorAll<HTMLElement>('[data-listen] .tool')) {
          const { left, right } = tool.getBoundingClientRect();
          const words = tool.lastElementChild?.getBoundingClientRect();
          if (words && (words.left < left || words.right > right || tool.scrollWidth > tool.clientWidth))
            cut.push(`${language}: ${tool.textContent}`);
        }
      }
      expect(cut).toEqual([]);
    },
  );
});
