import type { Page } from 'playwright';

const patienceMs = 60_000;

/** A colleague at the desk: mouse and keyboard, by data attributes. */
export class DeskDriver {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  async on(screen: string): Promise<void> {
    await this.page.locator(`[data-screen="${screen}"]`).waitFor({ timeout: patienceMs });
  }

  async act(action: string): Promise<void> {
    await this.page.locator(`[data-desk-action="${action}"]`).first().click({ timeout: patienceMs });
  }

  /** A desk the kiosk does not know registers by a code. */
  async pair(code: string, name: string): Promise<void> {
    await this.on('desk-pair');
    await this.page.locator('[data-field="pair-code"]').fill(code);
    await this.page.locator('[data-field="pair-name"]').fill(name);
    await this.act('pair');
  }

  /** Whoever was given a PIN chooses another. */
  async choosePin(pin: string): Promise<void> {
    await this.on('desk-new-pin');
    await this.page.locator('[data-field="new-pin"]').fill(pin);
    await this.page.locator('[data-field="new-pin-again"]').fill(pin);
    await this.act('choose-pin');
  }

  async signIn(userName: string, pin: string): Promise<void> {
    await this.on('desk-sign-in');
    await this.page.locator('[data-field="user-name"]').fill(userName);
    await this.page.locator('[data-field="pin"]').fill(pin);
    await this.act('sign-in');
  }

  /** A place of the desk, by its tab. */
  async goTo(place: string): Promise<void> {
    await this.page.locator(`[data-place="${place}"]`).click({ timeout: patienceMs });
    await this.on(`desk-${place}`);
  }

  async open(reportId: string): Promise<void> {
    await this.page.locator(`[data-report="${reportId}"]`).first().click({ timeout: patienceMs });
    await this.page.locator(`[data-report-view="open"]`).waitFor({ timeout: patienceMs });
  }

  /** Types into the search field and waits until so many reports are found. */
  async find(words: string, count: number): Promise<void> {
    await this.page.locator('[data-search="ready"]').waitFor({ timeout: patienceMs, state: 'attached' });
    await this.page.locator('[data-field="search"]').fill(words);
    await this.page.locator(`[data-found="${count}"]`).waitFor({ timeout: patienceMs, state: 'attached' });
  }

  /** A code reader types into the field for slips. */
  async scan(code: string): Promise<void> {
    await this.page.keyboard.press('F2');
    await this.page.locator('[data-field="slip"]:focus').waitFor({ timeout: patienceMs });
    await this.page.keyboard.type(code);
    await this.page.keyboard.press('Enter');
  }

  answer(questionId: string) {
    return this.page.locator(`[data-question="${questionId}"]`);
  }
}
