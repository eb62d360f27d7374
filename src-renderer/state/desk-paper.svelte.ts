import { safe } from '@orpc/client';
import type { DeskLeaflet } from '../../src-main/contract/desk-paper.ts';
import type { Language } from '../../src-main/contract/ids.ts';
import type { LeafletStatus } from '../../src-main/contract/status.ts';
import { makeLeafletId } from '../../src-main/domain/visit-ids.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskClock } from './desk-ports.ts';
import type { DeskSession } from './desk-session.svelte.ts';

export interface DeskPaperOptions {
  readonly client: DeskClient;
  readonly session: DeskSession;
  readonly clock: DeskClock;
}

/** What came of the paper that was asked for last. */
export type PaperSaying =
  | { readonly kind: 'printing' | 'too-many' | 'gone' | 'no-answer' }
  | { readonly kind: LeafletStatus['state']; readonly problem: LeafletStatus['problem'] };

/** Paper that staff hand to a visitor: words of content in the visitor's language, with Danish under them. */
export class DeskPaper {
  #saying = $state.raw<PaperSaying | null>(null);
  readonly #options: DeskPaperOptions;
  #asked = 0;

  constructor(options: DeskPaperOptions) {
    this.#options = options;
    options.session.onLock(() => this.forget());
  }

  get saying(): PaperSaying | null {
    return this.#saying;
  }
  get isBusy(): boolean {
    return this.#saying?.kind === 'printing';
  }

  forget(): void {
    this.#asked += 1;
    this.#saying = null;
  }

  /** One sheet after the other; the first that does not come out ends it. */
  async print(leaflets: readonly DeskLeaflet[], language: Language): Promise<void> {
    if (this.isBusy || leaflets.length === 0) return;
    this.forget();
    const asked = this.#asked;
    this.#saying = { kind: 'printing' };
    for (const leaflet of leaflets) {
      const saying = await this.#printOne(leaflet, language);
      if (asked !== this.#asked) return;
      if (saying?.kind === 'printed' && leaflet !== leaflets.at(-1)) continue;
      this.#saying = saying;
      return;
    }
  }

  async #printOne(leaflet: DeskLeaflet, language: Language): Promise<PaperSaying | null> {
    const { client, clock, session } = this.#options;
    const leafletId = makeLeafletId(clock(), crypto.getRandomValues(new Uint8Array(10)));
    const result = await safe(client.printLeaflet({ leafletId, leaflet, language }));
    if (result.isSuccess) return { kind: result.data.state, problem: result.data.problem };
    if (!result.isDefined) return { kind: 'no-answer' };
    if (result.error.code === 'TOO_MANY') return { kind: 'too-many' };
    if (result.error.code === 'NOT_FOUND') return { kind: 'gone' };
    session.refused(result.error.code);
    return null;
  }
}
