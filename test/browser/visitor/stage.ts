import axe from 'axe-core';
import { flushSync } from 'svelte';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import { vi } from 'vitest';
import '../../../src-renderer/ui/theme.css';
import type { Welcome } from '../../../src-main/contract/visitor.ts';
import type { I18n } from '../../../src-renderer/i18n/i18n.svelte.ts';
import { languages } from '../../../src-renderer/i18n/languages.ts';
import type { Visit } from '../../../src-renderer/state/visit.svelte.ts';
import { openVisitor } from '../../../src-renderer/visitor/open-visitor.ts';
import { laterScreens } from '../../../src-renderer/visitor/later-screens.svelte.ts';
import { loadLaterTexts } from '../../../src-renderer/visitor/later-texts.ts';
import VisitorApp from '../../../src-renderer/visitor/VisitorApp.svelte';
import { FakeVisitorServices, makeWelcome, shippedContent } from '../../helpers/fake-visitor-api.ts';

export const until = { timeout: 30_000, interval: 50 };
export const portrait = [1080, 1920] as const;
export const landscape = [1920, 1080] as const;

export interface Stage {
  readonly services: FakeVisitorServices;
  readonly visit: Visit;
  readonly i18n: I18n;
}

const running: Visit[] = [];

/** Lets go of the pages of a test. */
export function stopVisits(): void {
  for (const visit of running.splice(0)) visit.stop();
}

/** The visitor's page over services that exist only here, on its start screen. */
export async function openStage(
  changes: Partial<Welcome> = {},
  size: readonly [number, number] = portrait,
): Promise<Stage> {
  await page.viewport(...size);
  delete document.documentElement.dataset['app'];
  const services = new FakeVisitorServices(makeWelcome(changes));
  const { visit, i18n } = await openVisitor(services.line);
  running.push(visit);
  laterScreens.load();
  await render(VisitorApp, { visit, i18n });
  await seen('[data-screen="start"]');
  // Content is there when the station's own name stands on the page.
  // Content arrives language by language, in this order.
  const last = languages.at(-1) ?? 'da';
  await vi.waitUntil(() => visit.kiosk.welcome !== null && i18n.has('gates:danger.title', last), until);
  await loadLaterTexts(i18n);
  return { services, visit, i18n };
}

export async function seen(selector: string): Promise<HTMLElement> {
  return vi.waitUntil(() => document.querySelector<HTMLElement>(selector), until);
}

export async function screen(name: string): Promise<HTMLElement> {
  return seen(`[data-screen="${name}"]`);
}

export async function touch(selector: string): Promise<void> {
  (await seen(selector)).click();
  flushSync();
}

export const act = (name: string): Promise<void> => touch(`[data-action="${name}"]`);

/** Touches a field, then the kiosk's own keys, one by one. */
export async function type(field: string, text: string): Promise<void> {
  (await seen(`[data-field="${field}"]`)).focus();
  flushSync();
  for (const character of text)
    await touch(`[data-key="${CSS.escape(character === ' ' ? 'space' : character)}"]`);
}

/** From the start screen to the types of report. */
export async function goToTypes(language: string): Promise<void> {
  await touch(`[data-language="${language}"]`);
  await touch('[data-door="report"]');
  await passGates();
  await screen('types');
}

/** What is asked before a door to one type: danger alone. */
export async function passDanger(): Promise<void> {
  await screen('privacy');
  await act('continue');
  await touch('[data-gate="danger"] [data-gate-answer="none"]');
}

export async function passGates(): Promise<void> {
  await passDanger();
  await touch('[data-gate="force"] [data-gate-answer="none"]');
  await touch('[data-gate="place"] [data-gate-answer="denmark"]');
}

/** From the groups to a type and, past what cannot wait, to what comes first of it. */
export async function chooseType(id: string): Promise<void> {
  const { groups, reportTypes, otherTypes } = shippedContent();
  await touch(`[data-group="${groups.find(({ types }) => types.includes(id))?.id ?? ''}"]`);
  await touch(`[data-type="${id}"]`);
  const type = [...reportTypes, ...otherTypes].find((candidate) => candidate.id === id);
  if (type?.notice == null) return;
  await screen('type-notice');
  await act('continue');
}

/** Whether a part of the page stands on another one, to be reached with "more". */
export async function isPaged(): Promise<boolean> {
  await document.fonts.ready;
  const area = await seen('main .area');
  const content = area.querySelector('.content');
  return content === null || content.scrollHeight > area.clientHeight + 1;
}

/** What a screen reader's user or a person with low vision would stumble over, by axe; empty is well. */
export async function stumbles(): Promise<string[]> {
  for (const change of document.getAnimations()) change.finish();
  const frame = await seen('[data-screen]');
  const { violations } = await axe.run(frame, { rules: { region: { enabled: false } } });
  const name = frame.dataset['screen'] ?? '';
  return violations.map(
    ({ id, nodes }) => `${name} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`,
  );
}

/** One h1, no bare key and nothing that reaches beyond the side of the screen. */
export function flaws(i18n: I18n): string[] {
  const found: string[] = [];
  const frame = document.querySelector<HTMLElement>('[data-screen]');
  const name = frame?.dataset['screen'] ?? '';
  if (frame?.querySelectorAll('h1').length !== 1) found.push(`${name}: not one h1`);
  if (/\b(visitor|safety|content|gates|ui):[a-z]/.test(frame?.innerText ?? ''))
    found.push(`${name}: a bare key`);
  for (const [key] of i18n.missing) if (!key.includes(' rights:')) found.push(`${name}: no words for ${key}`);
  for (const button of frame?.querySelectorAll('button, input, textarea, h1') ?? []) {
    const { left, right, width } = button.getBoundingClientRect();
    if (width > 0 && (left < -1 || right > window.innerWidth + 1))
      found.push(`${name}: ${button.outerHTML.slice(0, 80)} is cut`);
  }
  return found;
}
