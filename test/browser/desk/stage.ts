import axe from 'axe-core';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import { vi } from 'vitest';
import '../../../src-renderer/ui/theme.css';
import DeskPage from '../../../src-renderer/desk/DeskPage.svelte';
import { createKeyring } from '../../../src-renderer/desk/keys/keyring.ts';
import { openDraftStore } from '../../../src-renderer/desk/keys/draft-store.ts';
import { openKeyStore } from '../../../src-renderer/desk/keys/key-store.ts';
import { createI18n, type I18n } from '../../../src-renderer/i18n/i18n.svelte.ts';
import { DeskKiosks } from '../../../src-renderer/state/desk-kiosks.svelte.ts';
import { Desk } from '../../../src-renderer/state/desk.svelte.ts';
import type { DeskLine } from '../../../src-renderer/api/connect-desk.ts';
import type { DeskHands } from '../../../src-renderer/state/desk-ports.ts';
import { deskPin, FakeDeskServices, type FakeDeskOptions } from '../../helpers/fake-desk-api.ts';
import { deskNow } from '../../helpers/fake-desk-reports.ts';

export const until = { timeout: 30_000, interval: 50 };

export interface Stage {
  readonly desk: Desk;
  readonly kiosk: FakeDeskServices;
  readonly kiosks: DeskKiosks;
  /** Other kiosks of the station, in the order of their tabs. */
  readonly others: readonly FakeDeskServices[];
  readonly i18n: I18n;
  readonly storeName: string;
}

/** Another kiosk of the station beside the one whose page it is. */
export interface OtherKiosk {
  readonly name: string;
  readonly options: FakeDeskOptions;
}

const originOf = (index: number): string => `https://kiosk${String(120 + index)}.example:8443`;

/** What the page's own kiosk tells of the station. */
function listOf(others: readonly OtherKiosk[]): NonNullable<FakeDeskOptions['kiosks']> {
  if (others.length === 0) return [];
  const names = ['Indgangen', ...others.map(({ name }) => name)];
  return names.map((name, index) => ({ name, origin: originOf(index) }));
}

const running: (() => void)[] = [];
/** Files that pages handed out. */
export const copied: string[] = [];
export const printed: string[] = [];
export const saved: { readonly name: string; readonly text: string }[] = [];

/** Lets go of the pages of a test. */
export function stopDesks(): void {
  for (const stop of running.splice(0)) stop();
}

/** The desk's page over a kiosk that exists only here, on the sign-in screen. */
export async function openDesk(
  options: FakeDeskOptions = {},
  width = 1366,
  height = 768,
  first = 'desk-sign-in',
  others: readonly OtherKiosk[] = [],
): Promise<Stage> {
  await page.viewport(width, height);
  document.documentElement.dataset['app'] = 'desk';
  const i18n = createI18n({ namespaces: ['desk'] });
  await i18n.useLanguage('da');
  const storeName = `desk-test-${crypto.randomUUID()}`;
  const fakes = await Promise.all([
    FakeDeskServices.start({ kiosks: listOf(others), ...options }),
    ...others.map(({ options: other }, index) =>
      FakeDeskServices.start({ kioskId: `00-${String(121 + index)}`, ...other }),
    ),
  ]);
  const [kiosk, ...rest] = fakes;
  const [store, drafts] = await Promise.all([openKeyStore(storeName), openDraftStore(`${storeName}-drafts`)]);
  const lineTo = (origin: string | null): DeskLine =>
    (fakes.find((_fake, index) => originOf(index) === origin) ?? kiosk).line;
  const kiosks = new DeskKiosks({
    openDesk: (origin, sound, parts) =>
      new Desk({
        ...{ drafts, sound, hands, clock: () => deskNow, others: parts },
        line: lineTo(origin),
        keyring: createKeyring(store, origin),
        words: (key, values) => i18n.t(`desk:${key}`, values),
        origin: origin ?? originOf(0),
      }),
    origin: originOf(0),
    sound: { canPlay: false, wake: () => undefined, playAlarm: () => undefined },
    clock: () => deskNow,
  });
  running.push(kiosks.start());
  await render(DeskPage, { kiosks, i18n });
  await screen(first);
  return { desk: kiosks.shown.desk, kiosk, kiosks, others: rest, i18n, storeName };
}

const hands: DeskHands = {
  saveFile: (file) => saved.push(file),
  copyText: async (text) => {
    copied.push(text);
    return true;
  },
  printPage: () => {
    printed.push(document.querySelector('[data-sheet]')?.textContent ?? '');
    dispatchEvent(new Event('afterprint'));
  },
};

export async function screen(name: string): Promise<HTMLElement> {
  return seen(`[data-screen="${name}"]`);
}

/** Waits until something stands on the page. */
export async function seen(selector: string): Promise<HTMLElement> {
  return vi.waitUntil(() => document.querySelector<HTMLElement>(selector), until);
}

/** All words inside the first match, as they stand in the page. */
export function textOf(selector: string): string {
  return document.querySelector<HTMLElement>(selector)?.innerText.replaceAll(/\s+/g, ' ').trim() ?? '';
}

export async function press(selector: string): Promise<void> {
  (await seen(selector)).click();
}

export async function type(field: string, text: string): Promise<void> {
  await seen(`[data-field="${field}"]`);
  await page.elementLocator(await seen(`[data-field="${field}"]`)).fill(text);
}

/** Types into a field and leaves it. */
export async function write(field: string, text: string): Promise<void> {
  await type(field, text);
  (await seen(`[data-field="${field}"]`)).dispatchEvent(new Event('change', { bubbles: true }));
}

export async function signIn(pin = deskPin): Promise<void> {
  await type('user-name', 'skranke1');
  await type('pin', pin);
  await press('[data-desk-action="sign-in"]');
}

export async function openFirstReport(): Promise<void> {
  await press('[data-desk-action="open"]');
  await seen('[data-report-view="open"] [data-question]');
}

/** What axe finds on the page as it stands, in words. */
export async function axeFaults(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    // The page around a test has no title and no language of its own; 7:1 is ours, not axe's default.
    rules: { 'color-contrast-enhanced': { enabled: true } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Words that reach past the box that holds them, and targets below 36 px. */
export function layoutFaults(): string[] {
  const faults: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('button, input')) {
    // A box to tick is pressed by its words too.
    const isTicked = element.matches('[type="radio"], [type="checkbox"]');
    const target = (isTicked ? element.closest('label') : null) ?? element;
    const { width, height, right, bottom } = target.getBoundingClientRect();
    const name = element.dataset['deskAction'] ?? element.dataset['filter'] ?? element.tagName;
    if (width < 36 || height < 36) faults.push(`${name} is ${Math.round(width)} × ${Math.round(height)}`);
    const scrolls = element.closest('.list, .answers, .calls') !== null;
    if (!scrolls && (right > innerWidth + 0.5 || bottom > innerHeight + 0.5))
      faults.push(`${name} is cut off`);
    if (element.scrollWidth > element.clientWidth + 1) faults.push(`${name} is wider than its box`);
  }
  const { scrollWidth, scrollHeight } = document.documentElement;
  if (scrollWidth > innerWidth || scrollHeight > innerHeight) faults.push('the page itself scrolls');
  return faults;
}
