import type { ParsedDraft } from './desk-parse-entry.ts';
import type { DeskKeys } from './desk-keys.svelte.ts';
import type { DeskClock, DraftStore, KeptDraft } from './desk-ports.ts';
import type { DeskSession } from './desk-session.svelte.ts';

export interface DeskDraftsOptions {
  readonly session: DeskSession;
  readonly keys: DeskKeys;
  readonly store: DraftStore;
  readonly clock: DeskClock;
}

/** As long as a report is kept. */
const longestKeptMs = 30 * 24 * 3_600_000;

/** Half-written words of whoever is signed in, sealed on this desk's own disk. */
export class DeskDrafts {
  readonly #options: DeskDraftsOptions;
  /** What is to be done next for each form; a newer wish replaces one that has not begun. */
  readonly #waiting = new Map<string, () => Promise<void>>();
  #running: Promise<void> | null = null;

  constructor(options: DeskDraftsOptions) {
    this.#options = options;
  }

  /** At every change: a desk may be closed at any moment. */
  keep(parsed: ParsedDraft): void {
    const { session, keys, store, clock } = this.#options;
    const staffId = session.staff?.staffId;
    const station = session.welcome?.sealingKeys.station ?? null;
    if (staffId === undefined || station === null) return;
    const { reportId } = parsed;
    this.#soon(`${staffId} ${reportId}`, async () => {
      const sealedDraft = await keys.seal(JSON.stringify(parsed), reportId, [station]);
      await store.keep({ staffId, reportId, sealedDraft, keptAt: clock() });
    });
  }

  remove(reportId: string): void {
    const staffId = this.#options.session.staff?.staffId;
    if (staffId !== undefined)
      this.#soon(`${staffId} ${reportId}`, () => this.#options.store.remove(staffId, reportId));
  }

  /** Those of whoever is signed in that open with the key in memory. */
  async mine(): Promise<readonly ParsedDraft[]> {
    const { session, keys, store, clock } = this.#options;
    await this.settled();
    const isOld = ({ keptAt }: KeptDraft): boolean => clock() - keptAt > longestKeptMs;
    const all = await store.all();
    for (const { staffId, reportId } of all.filter(isOld)) await store.remove(staffId, reportId);
    const own = all.filter((kept) => kept.staffId === session.staff?.staffId && !isOld(kept));
    const opened = await Promise.all(own.map((kept) => keys.openDraft(kept.sealedDraft, kept.reportId)));
    return opened.flatMap((draft) => (draft.ok ? [draft.opened] : []));
  }

  /** Until everything that was wished is on the disk. */
  async settled(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  #soon(form: string, task: () => Promise<void>): void {
    this.#waiting.set(form, task);
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  async #run(): Promise<void> {
    for (let next = [...this.#waiting][0]; next !== undefined; next = [...this.#waiting][0]) {
      const [form, task] = next;
      this.#waiting.delete(form);
      // A browser that keeps nothing loses a draft at the lock; the form on screen goes on.
      await task().catch(() => undefined);
    }
  }
}
