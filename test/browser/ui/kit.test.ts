import axe from 'axe-core';
import { tick } from 'svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import '../../../src-renderer/ui/theme.css';
import { createI18n, type I18n } from '../../../src-renderer/i18n/i18n.svelte.ts';
import type { Language } from '../../../src-renderer/i18n/languages.ts';
import Gallery from './Gallery.svelte';

type GalleryPage = 'choices' | 'typing' | 'receipt' | 'idle';

const until = { timeout: 30_000, interval: 50 };
const portrait = [1080, 1920] as const;
const landscape = [1920, 1080] as const;

async function open(
  shown: GalleryPage,
  {
    language = 'da',
    size = portrait,
    choices = 8,
  }: Partial<{ language: Language; size: readonly [number, number]; choices: number }> = {},
): Promise<{ presses: string[]; i18n: I18n }> {
  await page.viewport(...size);
  const i18n = createI18n();
  await i18n.useLanguage(language);
  const presses: string[] = [];
  await render(Gallery, { i18n, page: shown, choices, onPress: (what: string) => presses.push(what) });
  return { presses, i18n };
}

function get(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`nothing matches ${selector}`);
  return found;
}

/** Fonts are there and sizes have been measured. */
async function settle(): Promise<void> {
  await document.fonts.ready;
  for (let frames = 0; frames < 3; frames += 1) await new Promise((done) => requestAnimationFrame(done));
}

function field(name: string): HTMLInputElement | HTMLTextAreaElement {
  const found = get(`[data-field="${name}"]`);
  if (found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement) return found;
  throw new Error(`${name} is no field`);
}

async function press(key: string): Promise<void> {
  get(`[data-key="${CSS.escape(key)}"]`).click();
  await tick();
}

async function faultsSeenByAxe(): Promise<string[]> {
  // Half-way through a change of colour nothing can be judged.
  for (const change of document.getAnimations()) change.finish();
  const { violations } = await axe.run(document.body, {
    rules: {
      // The page around a test has no title and no language of its own; 7:1 is ours, not axe's default.
      'color-contrast-enhanced': { enabled: true },
      region: { enabled: false },
      'page-has-heading-one': { enabled: false },
    },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

beforeEach(() => {
  for (const name of ['theme', 'text', 'reach', 'app'])
    document.documentElement.removeAttribute(`data-${name}`);
});

describe('everyone can use it', () => {
  for (const shown of ['choices', 'typing', 'receipt', 'idle'] as const) {
    test(`${shown}: axe finds nothing, contrast is 7:1, in every theme`, async () => {
      await open(shown);
      expect(await faultsSeenByAxe()).toEqual([]);
      for (const theme of ['dark', 'contrast']) {
        document.documentElement.dataset['theme'] = theme;
        expect(await faultsSeenByAxe()).toEqual([]);
      }
    });
  }

  test('every touch target is at least 72 units high and 16 from the next, in both directions', async () => {
    for (const [language, shown, size] of [
      ['da', 'choices', portrait],
      ['ar', 'typing', portrait],
      ['da', 'typing', landscape],
    ] as const) {
      await open(shown, { language, size, choices: 2 });
      await settle();
      const boxes = [...document.querySelectorAll('button')].map((button) => ({
        name: button.textContent.trim(),
        ...button.getBoundingClientRect().toJSON(),
      }));
      expect(boxes.filter(({ height, width }) => height < 71.5 || width < 71.5)).toEqual([]);
      const tooClose = boxes.flatMap((a, index) =>
        boxes
          .slice(index + 1)
          .filter((b) => {
            const across = Math.max(b.left - a.right, a.left - b.right);
            const down = Math.max(b.top - a.bottom, a.top - b.bottom);
            return Math.max(across, down) < 15.5;
          })
          .map((b) => `${a.name} / ${b.name}`),
      );
      expect(tooClose, `${shown} ${language}`).toEqual([]);
    }
  });

  test('nothing is ever wider than the screen, at any text size', async () => {
    for (const text of ['1', '1.25', '1.5']) {
      document.documentElement.dataset['text'] = text;
      for (const size of [portrait, landscape, [1366, 768] as const]) {
        await open('typing', { language: 'ar', size });
        const outside = [...document.querySelectorAll('button, textarea, h1')].filter((element) => {
          const { left, right } = element.getBoundingClientRect();
          return left < -0.5 || right > size[0] + 0.5;
        });
        expect(outside, `${text} ${size.join('x')}`).toEqual([]);
        expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(size[0]);
      }
    }
  });
});

describe('a page that is too long', () => {
  test('says so with a button, shows the rest, and lets the reader come back', async () => {
    await open('choices', { choices: 30 });
    await vi.waitFor(() => get('[data-action="more"]'), until);
    for (let turns = 0; turns < 30 && document.querySelector('[data-action="more"]'); turns += 1) {
      get('[data-action="more"]').click();
      await vi.waitFor(() => get('[data-action="up"]'), until);
    }
    expect(document.querySelector('[data-action="more"]')).toBeNull();
    const last = get('[data-language="ar"]').getBoundingClientRect();
    expect(last.bottom).toBeLessThanOrEqual(get('[data-action="up"]').getBoundingClientRect().top);
    while (document.querySelector('[data-action="up"]')) {
      get('[data-action="up"]').click();
      await vi.waitFor(() => get('[data-action="more"]'), until);
    }
    expect(get('h1').getBoundingClientRect().top).toBeGreaterThan(0);
  });

  test('a short page has no such button', async () => {
    await open('choices', { choices: 2 });
    await settle();
    expect(document.querySelector('[data-action="more"]')).toBeNull();
  });
});

describe('the keyboard on the page', () => {
  test('types at the caret into the field that was touched last', async () => {
    await open('typing');
    for (const key of ['s', 't', 'æ', 'space', 'ø']) await press(key);
    expect(field('story').value).toBe('stæ ø');
    field('story').setSelectionRange(1, 1);
    await press('shift');
    await press('Å');
    await press('b');
    expect(field('story').value).toBe('sÅbtæ ø');
    expect(field('story').selectionStart).toBe(3);
    field('place').focus();
    await press('7');
    expect(field('place').value).toBe('7');
    expect(field('story').value).toBe('sÅbtæ ø');
  });

  test('deletes whole characters and stops at the limit without losing what is there', async () => {
    await open('typing');
    const family = '👩‍👩‍👧‍👦';
    await userEvent.fill(page.elementLocator(field('story')), `mig ${family}`);
    field('story').setSelectionRange(field('story').value.length, field('story').value.length);
    await press('backspace');
    expect(field('story').value).toBe('mig ');
    for (let count = 0; count < 60; count += 1) await press('a');
    expect(field('story').value).toBe(`mig ${'a'.repeat(36)}`);
    await expect.element(page.getByText('Der er ikke plads til flere tegn.')).toBeVisible();
  });

  test('changes script with one key and back', async () => {
    await open('typing');
    await press('layout');
    await vi.waitFor(() => get('[data-key="ض"]'), until);
    await press('ض');
    await press('layout');
    await vi.waitFor(() => get('[data-key="q"]'), until);
    await press('q');
    expect(field('story').value).toBe('ضq');
  });
});

describe('small promises', () => {
  test('the idle warning takes the focus to the safe button and leaves the counter in reach', async () => {
    const { presses } = await open('idle');
    expect(document.activeElement).toBe(get('[data-action="extend"]'));
    get('[data-action="danger"]').click();
    get('[data-action="extend"]').click();
    expect(presses).toEqual(['danger', 'extend']);
  });

  test('in Arabic the page turns round and the numbers do not', async () => {
    await open('receipt', { language: 'ar' });
    expect(document.documentElement.dir).toBe('rtl');
    const number = get('.number');
    expect(number.textContent).toBe('0712 0483 0618');
    expect(getComputedStyle(number).direction).toBe('ltr');
    const mark = get('header svg').getBoundingClientRect();
    expect(mark.left).toBeGreaterThan(540);
  });
});
