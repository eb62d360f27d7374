import type { DistrictOverview, MadeCode } from '../../src-main/contract/district-page.ts';
import { pagePaths } from '../../src-main/contract/district-page-paths.ts';

export type EnterProblem = 'wrong' | 'too-many' | 'no-answer';
interface Answered {
  readonly status: number;
  readonly content: unknown;
}

/** The intake that served this page is the one that answers: whether it is the answer at all, and no proxy's. */
function isOverview(content: unknown): content is DistrictOverview {
  return (
    typeof content === 'object' &&
    content !== null &&
    'kiosks' in content &&
    Array.isArray(content.kiosks) &&
    'readers' in content &&
    Array.isArray(content.readers)
  );
}

function isMade(content: unknown): content is MadeCode {
  return typeof content === 'object' && content !== null && 'code' in content && 'kioskId' in content;
}

/** Asks the intake; null when it does not answer. The cookie goes along by itself. */
async function ask(path: string, body?: object): Promise<Answered | null> {
  try {
    const sent =
      body === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          };
    const response = await fetch(path, sent);
    const content: unknown = await response.json();
    return { status: response.status, content };
  } catch {
    return null;
  }
}

/** What the intake knows of its kiosks, asked again and again while the page is open. */
export class District {
  #overview = $state.raw<DistrictOverview | null>(null);
  /** Null: not known yet. */
  #isIn = $state<boolean | null>(null);
  #isAnswering = $state(true);
  #made = $state.raw<MadeCode | null>(null);

  get overview(): DistrictOverview | null {
    return this.#overview;
  }
  get isIn(): boolean | null {
    return this.#isIn;
  }
  get isAnswering(): boolean {
    return this.#isAnswering;
  }
  /** The newest code, shown until another one is made or the page is left. */
  get made(): MadeCode | null {
    return this.#made;
  }

  async enter(code: string): Promise<EnterProblem | null> {
    const answer = await ask(pagePaths.session, { code });
    if (answer === null || answer.status >= 500) return 'no-answer';
    if (answer.status === 429) return 'too-many';
    if (answer.status !== 200) return 'wrong';
    await this.refresh();
    return null;
  }

  async refresh(): Promise<void> {
    const answer = await ask(pagePaths.overview);
    const content = answer?.status === 200 ? answer.content : null;
    this.#isAnswering = isOverview(content) || answer?.status === 401;
    if (answer?.status === 401) this.#close();
    if (!isOverview(content)) return;
    this.#overview = content;
    this.#isIn = true;
  }

  async leave(): Promise<void> {
    await ask(pagePaths.leave, {});
    this.#close();
  }

  /** @returns whether it was done. */
  async addCode(kioskId: string): Promise<boolean> {
    const answer = await ask(pagePaths.addKiosk, { kioskId });
    const content = answer?.status === 200 ? answer.content : null;
    if (isMade(content)) this.#made = content;
    await this.refresh();
    return isMade(content);
  }

  async revoke(kioskId: string): Promise<boolean> {
    const answer = await ask(pagePaths.revokeKiosk, { kioskId });
    await this.refresh();
    return answer?.status === 200;
  }

  #close(): void {
    this.#isIn = false;
    this.#overview = null;
    this.#made = null;
  }
}
