import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import { languages } from '../../src-main/contract/ids.ts';
import { findViolations } from '../helpers/axe.ts';
import { root } from './process.ts';

/** What is wrong with one picture; empty lists are well. */
export interface Findings {
  /** Wider than the screen, or words wider than what they stand in. */
  readonly overflow: readonly string[];
  /** Words cut by something around them; what stands on another page of a long screen is not cut. */
  readonly clipped: readonly string[];
  /** Two things to touch that lie over each other. */
  readonly overlap: readonly string[];
  /** Danish words on a screen of another language, or a bare key. */
  readonly untranslated: readonly string[];
  /** Drawn by a font of this machine: a kiosk without it shows boxes. */
  readonly tofu: readonly string[];
  readonly axe: readonly string[];
}

interface Geometry {
  readonly overflow: string[];
  readonly clipped: string[];
  readonly overlap: string[];
  readonly words: { readonly text: string; readonly language: string }[];
}

/** Runs in the page. */
function measure(): Geometry {
  const slack = 2;
  const found: Geometry = { overflow: [], clipped: [], overlap: [], words: [] };
  const named = (element: Element): string =>
    `${element.tagName.toLowerCase()} "${(element.textContent ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 60)}"`;
  const isHidden = (element: Element): boolean =>
    !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ||
    element.closest('.visually-hidden, svg, [hidden]') !== null;
  /** What can be seen of an element: less than all where something around it cuts it. */
  const visiblePart = (element: Element, box: DOMRect): { box: DOMRect; by: Element | null } => {
    let [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom];
    let by: Element | null = null;
    for (let around = element.parentElement; around !== null; around = around.parentElement) {
      if (getComputedStyle(around).overflow === 'visible') continue;
      const edge = around.getBoundingClientRect();
      if (
        left < edge.left - slack ||
        right > edge.right + slack ||
        top < edge.top - slack ||
        bottom > edge.bottom + slack
      )
        by ??= around;
      [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
      [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
    }
    return { box: new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top)), by };
  };
  if (document.documentElement.scrollWidth > window.innerWidth + slack) found.overflow.push('the page');

  const frame = document.querySelector('[data-screen]') ?? document.body;
  const walker = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const holder = node.parentElement;
    const text = (node.nodeValue ?? '').trim();
    if (holder === null || text === '' || isHidden(holder)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const { box: seen, by } = visiblePart(holder, box);
    const language = holder.closest<HTMLElement>('[lang]')?.lang ?? '';
    found.words.push({ text, language });
    // The pages of a long screen are turned by a button: nothing is lost there.
    if (by !== null && !by.classList.contains('view') && seen.height > 0 && seen.width > 0)
      found.clipped.push(named(holder));
    else if (by !== null && !by.classList.contains('view'))
      found.clipped.push(`${named(holder)} (all of it)`);
    const control = holder.closest('button, label, h1, p, li');
    const edge = control?.getBoundingClientRect();
    if (edge !== undefined && (box.left < edge.left - slack || box.right > edge.right + slack))
      found.overflow.push(named(holder));
  }

  const controls = [...frame.querySelectorAll('button, input, textarea, a')]
    .filter((control) => !isHidden(control))
    .map((control) => ({ control, box: visiblePart(control, control.getBoundingClientRect()).box }))
    .filter(({ box }) => box.width > slack && box.height > slack);
  for (const [at, one] of controls.entries())
    for (const other of controls.slice(at + 1)) {
      if (one.control.contains(other.control) || other.control.contains(one.control)) continue;
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (wide > slack && high > slack)
        found.overlap.push(`${named(one.control)} and ${named(other.control)}`);
    }
  return found;
}

const localesDir = path.join(root, 'resources', 'locales');

function texts(tree: unknown, at = ''): [string, string][] {
  if (typeof tree === 'string') return [[at, tree]];
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([key, below]) => texts(below, `${at}.${key}`));
}

function wordsOf(language: string): Map<string, string> {
  const folder = path.join(localesDir, language);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'status.json');
  return new Map(
    files.flatMap((name) => texts(JSON.parse(readFileSync(path.join(folder, name), 'utf8')), name)),
  );
}

const danish = wordsOf('da');
/** Danish words that a language says otherwise: on its screen nobody means them, unless they are marked as Danish. */
const onlyDanish = new Map<string, ReadonlySet<string>>(
  languages.map((language) => {
    const own = wordsOf(language);
    const said = new Set(own.values());
    return [language, new Set([...danish].flatMap(([, words]) => (said.has(words) ? [] : [words])))];
  }),
);

function untranslated(words: Geometry['words'], language: string): string[] {
  const wrong = words.filter(
    ({ text, language: of }) =>
      /^(?:ui|visitor|safety|content|gates|rights|tile):[a-z]/.test(text) ||
      (of === language && language !== 'da' && onlyDanish.get(of)?.has(text) === true),
  );
  return wrong.map(({ text }) => text);
}

/** Fonts of the machine that had to help out. */
async function foreignFonts(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('DOM.enable');
    await session.send('CSS.enable');
    const { root: top } = await session.send('DOM.getDocument');
    const { nodeId } = await session.send('DOM.querySelector', {
      nodeId: top.nodeId,
      selector: '[data-screen]',
    });
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    return fonts
      .filter(({ isCustomFont }) => !isCustomFont)
      .map(({ familyName, glyphCount }) => `${String(glyphCount)} signs by ${familyName}`);
  } finally {
    await session.detach();
  }
}

/** Looks at what stands on the screen now, as geometry, words, fonts and rules of accessibility. */
export async function findingsOf(
  page: Page,
  language: string,
  shorten: () => Promise<void>,
): Promise<Findings> {
  const { words, ...geometry } = await page.evaluate(measure);
  const tofu = await foreignFonts(page);
  // Lengthened words are no longer those of their names.
  await shorten();
  return {
    ...geometry,
    untranslated: untranslated(words, language),
    tofu,
    axe: await findViolations(page),
  };
}

/** Makes every word on the screen longer by three fifths, as a language may be; returns what puts the screen back. */
export async function lengthen(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const before: [Node, string | null][] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.nodeValue ?? '';
      // Numbers, keys of one sign and names of languages are as long in every language.
      if (!/\p{L}{2}/u.test(text) || node.parentElement?.closest('.ltr, .num, [data-language]') != null)
        continue;
      before.push([node, node.nodeValue]);
      node.nodeValue = text.replaceAll(
        /\p{L}{2,}/gu,
        (word) => `${word}-${word.slice(0, Math.ceil(word.length * 0.6))}`,
      );
    }
    Object.assign(window, { shorten: () => before.forEach(([node, text]) => (node.nodeValue = text)) });
  });
  // Two frames: long pages find out that they are long.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return async () => {
    await page.evaluate(() => {
      const shorten: unknown = Reflect.get(window, 'shorten');
      if (typeof shorten === 'function') shorten();
    });
  };
}
