import { createHash, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { partBytes, type ContentOffer, type ContentRequest } from '../contract/content-api.ts';
import type { ContentStanding, PackageProblem } from '../contract/content-package.ts';
import type { ContentLine, Log } from '../domain/ports.ts';
import { backoffMs } from './backoff.ts';

/** What the pump brings packages to. */
export interface ContentDesk {
  standing(): ContentStanding;
  take(
    bytes: Uint8Array,
  ): Promise<
    | { readonly kind: 'staged' | 'known' }
    | { readonly kind: 'refused'; readonly problem: PackageProblem; readonly detail: string | null }
  >;
  noteRefusal(refusal: {
    readonly version: number;
    readonly problem: PackageProblem;
    readonly detail: string | null;
  }): Promise<void>;
  onChange(listener: () => void): () => void;
}

export interface ContentPumpParts {
  readonly line: ContentLine;
  readonly desk: ContentDesk;
  /** Signs what this kiosk says of its content now. */
  readonly sign: (standing: ContentStanding) => Promise<ContentRequest>;
  /** The district's clock. */
  readonly hearTime: (time: Date) => void;
  readonly log: Log;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface ContentPump {
  start(): void;
  /** Asks now, also for what was refused before in this run. @returns false when the district did not answer. */
  fetchNow(): Promise<boolean>;
  stop(): Promise<void>;
}

const leastMs = 4 * 60_000;
const spreadMs = 2 * 60_000;
/** What IT took back, or what ended the kiosk, does not come again by itself. */
const final: ReadonlySet<PackageProblem> = new Set(['rolled-back', 'start-failed']);

/** Asks the district now and then what is new, fetches it part by part, and tells it how this kiosk stands. */
export function createContentPump(parts: ContentPumpParts): ContentPump {
  const { wait = waitFor } = parts;
  const stopping = new AbortController();
  const fetcher = new Fetcher(parts, stopping.signal);
  let running: Promise<void> | null = null;
  let waking = new AbortController();
  const leave = parts.desk.onChange(() => waking.abort());
  const isStopped = (): boolean => stopping.signal.aborted;
  const run = async (): Promise<void> => {
    let failures = 0;
    while (!isStopped()) {
      waking = new AbortController();
      const outcome = await fetcher.round();
      failures = outcome.isAnswered ? 0 : failures + 1;
      const jitter = randomInt(1_000_000) / 1_000_000;
      const ms = outcome.isAnswered
        ? leastMs + spreadMs * jitter
        : Math.max(30_000, backoffMs(failures, outcome.retryAfterMs, jitter));
      // News of this kiosk's own are told soon; while the district is away they wait like all else.
      const signal = outcome.isAnswered ? AbortSignal.any([stopping.signal, waking.signal]) : stopping.signal;
      await wait(ms, signal);
    }
  };
  return {
    start: () => void (running ??= run()),
    fetchNow: async () => (await fetcher.round(true)).isAnswered,
    async stop() {
      leave();
      stopping.abort();
      await running;
    },
  };
}

/** An early end is no failure. */
async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
}

interface Round {
  readonly isAnswered: boolean;
  readonly retryAfterMs: number | null;
}

class Fetcher {
  readonly #parts: ContentPumpParts;
  readonly #signal: AbortSignal;
  /** Looked at in this run, and not taken: the same bytes are not fetched again. */
  readonly #tried = new Set<string>();
  /** Of a package that is on its way. */
  #arrived: { readonly sha256: string; readonly parts: Uint8Array[] } | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: ContentPumpParts, signal: AbortSignal) {
    this.#parts = parts;
    this.#signal = signal;
  }

  /** One at a time. */
  round(isAsked = false): Promise<Round> {
    const next = this.#last.then(() => this.#round(isAsked));
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #round(isAsked: boolean): Promise<Round> {
    const { line, desk, sign, hearTime, log } = this.#parts;
    if (isAsked) this.#tried.clear();
    try {
      const answer = await line.offers(await sign(desk.standing()), this.#signal);
      if (!answer.ok) return { isAnswered: false, retryAfterMs: answer.retryAfterMs };
      hearTime(new Date(answer.offers.time));
      for (const offer of answer.offers.packages) if (!(await this.#take(offer))) break;
      return { isAnswered: true, retryAfterMs: null };
    } catch (error) {
      log.warn('content-interrupted', { error: error instanceof Error ? error.name : 'unknown' });
      return { isAnswered: false, retryAfterMs: null };
    }
  }

  /** False when the line broke: the parts that are here are kept for the next time. */
  async #take(offer: ContentOffer): Promise<boolean> {
    const { desk } = this.#parts;
    if (!this.#isWanted(offer)) return true;
    const bytes = await this.#fetch(offer);
    if (bytes === null) return false;
    this.#arrived = null;
    this.#tried.add(offer.sha256);
    const isWhole = createHash('sha256').update(bytes).digest('hex') === offer.sha256;
    const outcome = isWhole
      ? await desk.take(bytes)
      : ({ kind: 'refused', problem: 'altered', detail: null } as const);
    if (outcome.kind === 'refused') {
      const { problem, detail } = outcome;
      await desk.noteRefusal({ version: offer.version, problem, detail });
      // Not the package's fault: the same is tried again when there may be room.
      if (problem === 'not-stored') this.#tried.delete(offer.sha256);
    }
    return true;
  }

  #isWanted({ version, sha256 }: ContentOffer): boolean {
    const { live, staged, refused } = this.#parts.desk.standing();
    const isHere = version <= (live?.version ?? 0) || staged.some((one) => one.version === version);
    const isOver = refused.some((one) => one.version === version && final.has(one.problem));
    return !isHere && !isOver && !this.#tried.has(sha256);
  }

  /** Each part as long as it has to be, and no more of them than the offer says. */
  async #fetch({ sha256, bytes }: ContentOffer): Promise<Uint8Array | null> {
    if (this.#arrived?.sha256 !== sha256) this.#arrived = { sha256, parts: [] };
    const { parts } = this.#arrived;
    for (let part = parts.length; part * partBytes < bytes; part += 1) {
      const found = await this.#parts.line.part({ version: 1, sha256, part }, this.#signal);
      if (found?.length !== Math.min(partBytes, bytes - part * partBytes)) return null;
      parts.push(found);
    }
    return Buffer.concat(parts);
  }
}
