import type { Utterance } from '../../state/visit-speech.svelte.ts';

/** Something on the page and what is said of it. */
export interface Line {
  readonly element: Element;
  readonly said: readonly Utterance[];
}

/** Words that are heard and not shown, in the language of the page. */
export interface SpokenWords {
  readonly language: string;
  position(current: number, total: number): string;
  readonly chosen: string;
  readonly empty: string;
  readonly typed: string;
  readonly hidden: string;
}

const controls = 'button, input, textarea, [role="button"]';
/** Read where the eye meets it: all that stands apart from the words around it. */
const blocks =
  'p, div, section, article, ul, ol, li, dl, dt, dd, h1, h2, h3, nav, footer, aside, table, tr, td, th, header';
/** Its own thought inside of a button or a line: a title, its help, the same in Danish. */
const thoughts = new Set(['B', 'SMALL', 'P', 'DIV', 'LI', 'DT', 'DD', 'H1', 'H2', 'H3']);

/** Language of an element, as it says itself: `da` under Arabic words. */
function languageOf(element: Element): string {
  return (element.closest('[lang]')?.getAttribute('lang') ?? 'da').split('-')[0] ?? 'da';
}

function isThere(element: Element): boolean {
  if (element.getAttribute('aria-hidden') === 'true' || element instanceof SVGElement) return false;
  return element.checkVisibility({ visibilityProperty: true });
}

/** The words in an element, cut where a new thought or another language begins. */
function wordsIn(element: Element): Utterance[] {
  const found: { text: string; language: string }[] = [];
  let isCut = true;
  const add = (text: string, language: string): void => {
    const last = found.at(-1);
    if (!isCut && last?.language === language) last.text += text;
    else if (text.trim() !== '') found.push({ text, language });
    if (text.trim() !== '') isCut = false;
  };
  const walk = (node: Element): void => {
    const label = node === element ? null : node.getAttribute('aria-label');
    if (label !== null) add(` ${label} `, languageOf(node));
    else
      for (const child of node.childNodes) {
        if (child instanceof Text) add(child.data, languageOf(node));
        else if (child instanceof Element && isThere(child)) {
          isCut ||= thoughts.has(child.tagName);
          if (child.tagName === 'SPAN' || child.tagName === 'BR') add(' ', languageOf(node));
          walk(child);
          if (child.tagName === 'SPAN') add(' ', languageOf(node));
          isCut ||= thoughts.has(child.tagName);
        }
      }
  };
  walk(element);
  return found.map(({ text, language }) => ({ text: text.replaceAll(/\s+/g, ' ').trim(), language }));
}

function isField(element: Element): element is HTMLInputElement | HTMLTextAreaElement {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
}

/** What is typed shows as dots: it is not said in a lobby either. */
export function isMasked(field: Element): boolean {
  return field.classList.contains('masked');
}

function sayField(field: HTMLInputElement | HTMLTextAreaElement, words: SpokenWords): Utterance[] {
  const own = (text: string): Utterance => ({ text, language: words.language });
  const label = field.labels?.[0];
  const described = (field.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .flatMap((id) => document.getElementById(id) ?? []);
  const value = field.value.trim();
  return [
    ...(label ? wordsIn(label) : []),
    ...(value === '' ? [own(words.empty)] : [own(words.typed), own(isMasked(field) ? words.hidden : value)]),
    ...described.flatMap(wordsIn),
  ];
}

/** "1 of 4", among those it stands with; what stands in the bars is not counted. */
function sayPosition(control: Element, words: SpokenWords): Utterance[] {
  if (control.closest('nav, footer, header') !== null) return [];
  const parent = control.parentElement;
  const list = parent?.closest('[role="group"]:not(.view), [role="radiogroup"], ul, ol, [data-list]');
  const group = list ?? parent;
  const all = [...(group?.querySelectorAll(controls) ?? [])].filter(isThere);
  const at = all.indexOf(control);
  if (at === -1 || all.length < 2) return [];
  return [{ text: words.position(at + 1, all.length), language: words.language }];
}

function sayState(control: Element, words: SpokenWords): Utterance[] {
  const isChosen = ['aria-checked', 'aria-pressed'].some((name) => control.getAttribute(name) === 'true');
  return isChosen ? [{ text: words.chosen, language: words.language }] : [];
}

/** A button, an option or a field as somebody hears it who does not see it: whoever knows the list goes on at its name. */
export function readControl(control: Element, words: SpokenWords): Utterance[] {
  if (isField(control)) return sayField(control, words);
  const label = control.getAttribute('aria-label');
  const named = label === null ? wordsIn(control) : [{ text: label, language: languageOf(control) }];
  return [...named, ...sayState(control, words), ...sayPosition(control, words)];
}

/** Whatever was touched: the button or field it belongs to, else its words. */
export function readTouched(element: Element, words: SpokenWords): Line | null {
  const control = element.closest(controls) ?? labelled(element);
  if (control !== null) return { element: control, said: readControl(control, words) };
  const block = element.closest(blocks);
  if (block === null || block.querySelector(controls) !== null) return null;
  const said = wordsIn(block);
  return said.length === 0 ? null : { element: block, said };
}

function labelled(element: Element): Element | null {
  return element.closest('label')?.control ?? null;
}

/** A field says its own label, help and state; what is wrong with it is said before everything else, too. */
function isSaidByField(element: Element): boolean {
  if (element instanceof HTMLLabelElement) return element.control !== null;
  if (element.id === '' || element.querySelector('[data-say="first"]') !== null) return false;
  return (
    document.querySelector(`:is(input, textarea)[aria-describedby~="${CSS.escape(element.id)}"]`) !== null
  );
}

function linesIn(element: Element, words: SpokenWords): Line[] {
  if (!isThere(element)) return [];
  const mark = element instanceof HTMLElement ? element.dataset['say'] : undefined;
  if (mark === 'none') return [];
  if (mark === 'name') {
    const text = element.getAttribute('aria-label') ?? '';
    return text === '' ? [] : [{ element, said: [{ text, language: languageOf(element) }] }];
  }
  if (element.matches(controls)) return [{ element, said: readControl(element, words) }];
  if (isSaidByField(element)) return [];
  if (element.querySelector(`${controls}, ${blocks}`) === null) {
    const said = wordsIn(element);
    return said.length === 0 ? [] : [{ element, said }];
  }
  const lines = [...element.children].flatMap((child) => linesIn(child, words));
  const loose = [...element.childNodes].filter(
    (node): node is Text => node instanceof Text && node.data.trim() !== '',
  );
  const said = loose.map(({ data }) => ({ text: data.trim(), language: languageOf(element) }));
  return said.length === 0 ? lines : [{ element, said }, ...lines];
}

/**
 * The page in the order in which it is heard: what is wrong, the heading, what stands under it, the answers, the actions,
 * the people. The bar on top is reached by Tab and read out by nobody.
 */
export function readPage(frame: Element, words: SpokenWords): Line[] {
  const parts = [...frame.children].filter((part) => !part.matches('.top'));
  const lines = parts.flatMap((part) => linesIn(part, words));
  const isWrong = ({ element }: Line): boolean => element.closest('[data-say="first"]') !== null;
  const isHeading = ({ element }: Line): boolean => element.closest('h1') !== null;
  const rank = (line: Line): number => (isWrong(line) ? 0 : isHeading(line) ? 1 : 2);
  return lines.toSorted((one, other) => rank(one) - rank(other));
}

/** To find what is new among lines: two that say the same are the same. */
export function sayingOf({ said }: Line): string {
  return said.map(({ text }) => text).join('\n');
}
