import { createContentStore } from '../adapters/content-store.ts';
import { ContentError } from '../content/content-error.ts';
import type { Library } from '../content/library.ts';
import { loadContent, type LoadedContent } from '../content/load-content.ts';
import type { ContentProblem } from '../contract/content.ts';
import { localDate } from '../domain/local-time.ts';
import type { Clock, Log } from '../domain/ports.ts';
import { openPackage, type OpenedPackage } from '../sealing/content-package.ts';
import { startContent } from '../services/content-start.ts';
import type { ContentFit, ContentTakerOptions } from '../services/content-taker.ts';
import type { StationSettingsDesk } from '../services/station-settings.ts';
import type { Config } from './config.ts';
import { readContentKeys } from './content-keys.ts';
import { knownToContent } from './station-said.ts';

export interface ContentProblems {
  readonly problems: readonly ContentProblem[];
  readonly overdue: readonly ContentProblem[];
}

/** What a station shows, and where the next of it comes from. */
export interface StationContent extends Pick<ContentTakerOptions, 'shelf' | 'open' | 'readPackage'> {
  /** Becomes another content when a package goes live; whoever holds it sees that. */
  readonly library: Library;
  /** What is wrong with what is shown now. */
  problems(): ContentProblems;
  /** Loads what would be shown with a package, null without one, and says whether it fits this kiosk. */
  fit(opened: OpenedPackage | null, settings: StationSettingsDesk): Promise<ContentFit>;
}

interface Places {
  readonly config: Config;
  readonly clock: Clock;
}

/** What ships, what the configuration lays over it, and over both what the district sent. */
function loadWith({ config, clock }: Places, opened: OpenedPackage | null): Promise<LoadedContent> {
  return loadContent({
    resourcesDir: config.resourcesDir,
    ...config.content,
    today: localDate(clock.now()),
    isDemonstration: config.district === undefined,
    packaged: opened === null ? null : packagedOf(opened),
  });
}

function packagedOf({ claims, files }: OpenedPackage): NonNullable<Config['content']['packaged']> {
  const { version, district, languages } = claims;
  return { districtId: district.id, label: `package ${String(version)}: `, languages, files };
}

const sentenceOf = ({ file, path, message }: ContentProblem): string =>
  `${file}: ${path === '' ? '' : `${path}: `}${message}`;

/** Also what does no harm to others: a package is taken whole or not at all. */
async function mistakesOf(places: Places, loaded: LoadedContent): Promise<readonly string[]> {
  const before = await loadWith(places, null);
  const known = new Set(before.problems.map(sentenceOf));
  return loaded.problems.map(sentenceOf).filter((sentence) => !known.has(sentence));
}

function firstOf(sentences: readonly string[]): string {
  const [first = '', ...others] = sentences;
  return others.length === 0 ? first : `${first} ${String(others.length)} more.`;
}

async function load(
  places: Places,
  opened: OpenedPackage | null,
): Promise<{ ok: true; loaded: LoadedContent } | { ok: false; detail: string }> {
  try {
    return { ok: true, loaded: await loadWith(places, opened) };
  } catch (error) {
    // Without any package nothing is left to show: that stops the start, with its sentence.
    if (!(error instanceof ContentError) || opened === null) throw error;
    return { ok: false, detail: error.message };
  }
}

/** What is shown now, and what would be shown with another package. */
class ShownContent {
  #shown: LoadedContent;
  readonly #places: Places;
  readonly #log: Log;

  constructor(loaded: LoadedContent, places: Places, log: Log) {
    this.#shown = loaded;
    this.#places = places;
    this.#log = log;
    this.#tell();
  }

  get now(): LoadedContent {
    return this.#shown;
  }

  async fit(opened: OpenedPackage | null, settings: StationSettingsDesk): Promise<ContentFit> {
    const next = await load(this.#places, opened);
    if (!next.ok) return { kind: 'does-not-fit', detail: next.detail };
    const mistakes = opened === null ? [] : await mistakesOf(this.#places, next.loaded);
    if (mistakes.length > 0) return { kind: 'does-not-fit', detail: firstOf(mistakes) };
    // What a supervisor approved holds; content without its words would take it off the screen.
    if (opened !== null && !settings.fits(knownToContent(next.loaded.library)))
      return {
        kind: 'does-not-fit',
        detail: "it lacks words of the hours that this station's supervisor approved.",
      };
    return { kind: 'fits', show: () => this.#show(next.loaded, settings) };
  }

  #show(next: LoadedContent, settings: StationSettingsDesk): void {
    const { library } = this.#shown;
    library.become(next.library);
    this.#shown = { ...next, library };
    settings.contentChanged();
    this.#tell();
  }

  /** What is wrong with content is named in the log; the kiosk does without it. */
  #tell(): void {
    const { problems, overdue } = this.#shown;
    for (const { file, path, message } of [...problems, ...overdue])
      this.#log.warn('content-left-out', { file, path, message });
  }
}

/**
 * Loads what the kiosk was left with.
 * @param options isStart: a kiosk starts, and not a command of IT; the lock of the folder is held.
 * @throws ContentError
 */
export async function openStationContent(
  config: Config,
  options: { readonly clock: Clock; readonly log: Log; readonly isStart: boolean },
): Promise<StationContent> {
  const places = { config, clock: options.clock };
  const store = createContentStore(config.dataDir);
  const open: StationContent['open'] = async (bytes) =>
    openPackage(bytes, await readContentKeys(config.dataDir));
  const { shelf, loaded } = await startContent({
    ...options,
    ...{ store, open },
    load: (opened) => load(places, opened),
  });
  const shown = new ShownContent(loaded, places, options.log);
  return {
    library: loaded.library,
    ...{ open, shelf },
    readPackage: (version) => store.readPackage(version),
    problems: () => ({ problems: [...shown.now.problems], overdue: [...shown.now.overdue] }),
    fit: (opened, settings) => shown.fit(opened, settings),
  };
}
