import { safe } from '@orpc/client';
import type { ServedTexts } from '../../src-main/contract/content.ts';
import type { Language } from '../../src-main/contract/ids.ts';
import type {
  SettingsProblem,
  StationPreview,
  StationSettings,
  StationStanding,
} from '../../src-main/contract/station-settings.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskSession } from './desk-session.svelte.ts';

export interface DeskStationOptions {
  readonly client: DeskClient;
  readonly session: DeskSession;
}

export type StationSaying = 'approved' | 'restored' | 'changed' | 'refused' | 'not-stored' | 'no-answer';
export interface ShownPreview {
  /** Local time at which it would be read for the first time. */
  readonly at: string;
  readonly preview: StationPreview;
}
type Refusal = 'NOT_STORED' | 'CHANGED' | 'REFUSED' | 'SIGNED_OUT' | 'FORBIDDEN';

/** A supervisor writes what this station's visitors read, sees it as they will, and approves it. */
export class DeskStation {
  #standing = $state.raw<StationStanding | null>(null);
  #draft = $state.raw<StationSettings | null>(null);
  #problems = $state.raw<readonly SettingsProblem[]>([]);
  #preview = $state.raw<ShownPreview | null>(null);
  #texts = $state.raw<Readonly<Partial<Record<Language, ServedTexts>>>>({});
  #saying = $state<StationSaying | null>(null);
  #isBusy = $state(false);
  /** Fields in which something stands that was not understood: the draft holds what was there before. */
  #misread = $state.raw<readonly string[]>([]);
  #round = $state(0);
  readonly #options: DeskStationOptions;
  /** Rises with every question; an answer to an older draft is dropped. */
  #asked = 0;

  constructor(options: DeskStationOptions) {
    this.#options = options;
    options.session.onLock(() => this.#wipe());
  }

  get standing(): StationStanding | null {
    return this.#standing;
  }
  get draft(): StationSettings | null {
    return this.#draft;
  }
  get problems(): readonly SettingsProblem[] {
    return this.#problems;
  }
  /** Places where something is wrong. */
  get faults(): number {
    return this.#problems.length + this.#misread.length;
  }
  /** What stands here is not what visitors read. */
  get isUnapproved(): boolean {
    if (this.#draft === null || this.#standing === null) return false;
    return JSON.stringify(this.#draft) !== JSON.stringify(holding(this.#standing));
  }
  /** Rises when everything begins anew: fields forget what was typed. */
  get round(): number {
    return this.#round;
  }
  /** The last draft without a mistake, as visitors would read it. */
  get preview(): ShownPreview | null {
    return this.#preview;
  }
  /** Words of content in the visitors' languages, as far as they have come. */
  get texts(): Readonly<Partial<Record<Language, ServedTexts>>> {
    return this.#texts;
  }
  get saying(): StationSaying | null {
    return this.#saying;
  }
  get isBusy(): boolean {
    return this.#isBusy;
  }

  problemsAt(path: string): readonly SettingsProblem['kind'][] {
    return this.#problems.filter((problem) => problem.path === path).map(({ kind }) => kind);
  }

  /** What stands in a field was not understood, or is again, or went with the field. @param field any id of its own. */
  readonly misread = (field: string, isOdd: boolean): void => {
    const others = this.#misread.filter((one) => one !== field);
    if (!isOdd && others.length === this.#misread.length) return;
    this.#misread = isOdd ? [...others, field] : others;
    this.#saying = null;
  };

  /** What somebody has begun to write is still there when they come back to the place. */
  async enter(): Promise<void> {
    const result = await safe(this.#options.client.stationSettings({}));
    if (!result.isSuccess) {
      this.#refused(result.isDefined ? result.error.code : null);
      return;
    }
    this.#standing = result.data;
    if (this.#draft === null) this.#begin(result.data);
  }

  /** Each language is fetched when somebody wants to see it. */
  async needTexts(language: Language): Promise<void> {
    if (this.#texts[language] !== undefined) return;
    const result = await safe(this.#options.client.texts({ language }));
    if (result.isSuccess) this.#texts = { ...this.#texts, [language]: result.data };
  }

  change(change: Partial<StationSettings>): void {
    if (this.#draft === null) return;
    this.#draft = { ...this.#draft, ...change };
    this.#saying = null;
    void this.#look();
  }

  approve(): Promise<void> {
    const [draft, standing] = [this.#draft, this.#standing];
    if (draft === null || standing === null || this.faults > 0) return Promise.resolve();
    return this.#settle('approved', () =>
      safe(this.#options.client.approveStation({ version: standing.version, settings: draft })),
    );
  }

  /** What ships holds again; what was written stays here, for whoever wants it back. */
  restore(): Promise<void> {
    const standing = this.#standing;
    if (standing === null) return Promise.resolve();
    return this.#settle('restored', () =>
      safe(this.#options.client.restoreStation({ version: standing.version })),
    );
  }

  /** Throws away what was written and begins at what holds now. */
  startOver(): Promise<void> {
    this.#draft = null;
    this.#misread = [];
    this.#saying = null;
    this.#round += 1;
    return this.enter();
  }

  async #settle(
    done: 'approved' | 'restored',
    ask: () => Promise<
      | { readonly isSuccess: true; readonly data: StationStanding }
      | { readonly isSuccess: false; readonly isDefined: true; readonly error: { readonly code: Refusal } }
      | { readonly isSuccess: false; readonly isDefined: false }
    >,
  ): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      const result = await ask();
      if (result.isSuccess) {
        this.#standing = result.data;
        this.#saying = done;
        // What was promised stands in the welcome.
        void this.#options.session.load();
      } else this.#refused(result.isDefined ? result.error.code : null);
    } finally {
      this.#isBusy = false;
    }
  }

  #begin(standing: StationStanding): void {
    this.#draft = holding(standing);
    void this.#look();
  }

  async #look(): Promise<void> {
    const settings = this.#draft;
    if (settings === null) return;
    this.#asked += 1;
    const asked = this.#asked;
    const result = await safe(this.#options.client.previewStation({ settings }));
    if (asked !== this.#asked) return;
    if (!result.isSuccess) {
      this.#refused(result.isDefined ? result.error.code : null);
      return;
    }
    const { problems, at, preview } = result.data;
    this.#problems = problems;
    if (preview !== null) this.#preview = { at, preview };
  }

  #refused(code: Refusal | null): void {
    if (code === 'SIGNED_OUT' || code === 'FORBIDDEN') this.#options.session.refused(code);
    else if (code === 'CHANGED') this.#saying = 'changed';
    else if (code === 'REFUSED') this.#saying = 'refused';
    else this.#saying = code === null ? 'no-answer' : 'not-stored';
  }

  #wipe(): void {
    this.#asked += 1;
    this.#standing = null;
    this.#draft = null;
    this.#problems = [];
    this.#misread = [];
    this.#preview = null;
    this.#saying = null;
  }
}

/** What visitors read now. */
function holding({ approved, shipped }: StationStanding): StationSettings {
  return approved?.settings ?? shipped;
}
