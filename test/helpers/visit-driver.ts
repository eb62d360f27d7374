import type { Page } from 'playwright';
import { groupOf } from './type-groups.ts';

/** Long enough for a screen on a busy machine; a screen that never comes fails with its name. */
const patienceMs = 60_000;

/**
 * A visitor's finger: it knows screens, questions and keys by their data attributes, and no language.
 * Nothing is reached but by touch; what stands on another page of a long screen is reached with "more".
 */
export class VisitDriver {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** Waits for a screen, and for a question's page on it. */
  async on(screen: string, question?: string): Promise<void> {
    const which = question === undefined ? '' : `[data-question="${question}"]`;
    await this.page.locator(`[data-screen="${screen}"]${which}`).first().waitFor({ timeout: patienceMs });
  }

  async screen(): Promise<{
    name: string;
    question: string | null;
    gate: string | null;
    idea: string | null;
  }> {
    const root = this.page.locator('[data-screen]').first();
    await root.waitFor({ timeout: patienceMs });
    return root.evaluate((element: HTMLElement) => ({
      name: element.dataset['screen'] ?? '',
      question: element.dataset['question'] ?? null,
      gate: element.dataset['gate'] ?? null,
      idea: element.dataset['idea'] ?? null,
    }));
  }

  /** Whether a finger at the middle of the element would touch it: not clipped, not covered, not on another page. */
  async #isUnderFinger(selector: string): Promise<boolean> {
    return this.page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const box = element.getBoundingClientRect();
        const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return hit !== null && (element.contains(hit) || hit.closest('label')?.contains(element) === true);
      });
  }

  /** Touches what a selector names, turning pages of a long screen until it is there. */
  async touch(selector: string): Promise<void> {
    const target = this.page.locator(selector).first();
    await target.waitFor({ state: 'attached', timeout: patienceMs });
    for (let turn = 0; turn < 12 && !(await this.#isUnderFinger(selector)); turn += 1) {
      const more = this.page.locator('[data-action="more"]:visible').first();
      const up = this.page.locator('[data-action="up"]:visible').first();
      const isBelow = await target.evaluate(
        (element) => element.getBoundingClientRect().y > window.innerHeight / 3,
      );
      const turner = isBelow ? more : up;
      if ((await turner.count()) === 0) break;
      await turner.tap();
    }
    await target.tap({ timeout: patienceMs });
  }

  async action(name: string): Promise<void> {
    await this.touch(`[data-action="${name}"]`);
  }

  async choose(...codes: string[]): Promise<void> {
    for (const code of codes) await this.touch(`[data-choice="${code}"]`);
  }

  /** Touches a field, then types on the kiosk's own keyboard, key by key. */
  async type(field: string, text: string): Promise<void> {
    await this.touch(`[data-field="${field}"]`);
    for (const character of text) await this.touch(`[data-key="${character === ' ' ? 'space' : character}"]`);
  }

  async typed(field: string): Promise<string> {
    return this.page.locator(`[data-field="${field}"]`).first().inputValue();
  }

  /** From the start screen through privacy and gate to the types of report. */
  async goToTypes(language: string): Promise<void> {
    await this.on('start');
    await this.touch(`[data-language="${language}"]`);
    await this.on('home');
    await this.touch('[data-door="report"]');
    await this.passPrivacyAndGates();
  }

  /** To the types of report, or through the door of tips to the tip. */
  async passPrivacyAndGates(): Promise<void> {
    for (;;) {
      await this.page
        .locator(
          ':is([data-screen="privacy"], [data-screen="gate"], [data-screen="types"], [data-screen="type-notice"])',
        )
        .first()
        .waitFor({ timeout: patienceMs });
      const { name, gate, idea } = await this.screen();
      if (name === 'types' || name === 'type-notice') return;
      if (name === 'privacy') await this.action('continue');
      else
        await this.touch(
          `[data-gate="${gate ?? ''}"] [data-gate-answer="${gate === 'place' ? 'denmark' : 'none'}"]`,
        );
      await this.page.waitForFunction(
        ([before, gateBefore, ideaBefore]) => {
          const now = document.querySelector<HTMLElement>('[data-screen]');
          return (
            now?.dataset['screen'] !== before ||
            (now?.dataset['gate'] ?? null) !== gateBefore ||
            (now?.dataset['idea'] ?? null) !== ideaBefore
          );
        },
        [name, gate, idea] as const,
        { timeout: patienceMs },
      );
    }
  }

  /** From the groups to a type and, past what cannot wait, to what comes first of it. */
  async chooseType(type: string): Promise<void> {
    await this.openGroup(groupOf(type));
    await this.touch(`[data-type="${type}"]`);
    const { name } = await this.#screenAfter('type-group');
    if (name === 'type-notice') {
      await this.action('continue');
      await this.#screenAfter('type-notice');
    }
  }

  async openGroup(group: string): Promise<void> {
    await this.on('types');
    await this.touch(`[data-group="${group}"]`);
    await this.on('type-group');
  }

  async #screenAfter(before: string): Promise<{ name: string }> {
    await this.page
      .locator(`[data-screen]:not([data-screen="${before}"])`)
      .first()
      .waitFor({ timeout: patienceMs });
    return this.screen();
  }

  /** Goes on, and waits until the question is another one or the answers are read back. */
  async next(question: string, action = 'continue'): Promise<void> {
    await this.action(action);
    await this.page.waitForFunction(
      (before) => document.querySelector<HTMLElement>('[data-screen]')?.dataset['question'] !== before,
      question,
      { timeout: patienceMs },
    );
  }

  /** Skips questions until one of these screens or questions stands there. */
  async skipTo(wanted: string): Promise<void> {
    for (let step = 0; step < 30; step += 1) {
      const { name, question } = await this.screen();
      if (name === wanted || question === wanted) return;
      if (question === null) throw new Error(`on ${name}, while skipping to ${wanted}`);
      await this.next(question, 'skip');
    }
    throw new Error(`${wanted} never came`);
  }

  /** Submits, and reads the reference off the screen. */
  async submit(): Promise<string> {
    await this.on('check');
    await this.action('submit');
    return this.reference();
  }

  async reference(): Promise<string> {
    const shown = this.page.locator('[data-reference]').first();
    await shown.waitFor({ timeout: patienceMs });
    return (await shown.getAttribute('data-reference')) ?? '';
  }
}
