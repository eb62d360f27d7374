import type { PackageProblem } from '../contract/content-package.ts';
import { refusePackage, type ContentShelf } from '../domain/content-shelf.ts';
import type { Clock, ContentStore, Log } from '../domain/ports.ts';

export interface KeptShelfOptions {
  readonly store: ContentStore;
  readonly clock: Clock;
  readonly log: Log;
}

export interface NewRefusal {
  readonly version: number | null;
  readonly problem: PackageProblem;
  readonly detail: string | null;
}

/** The shelf as it stands on the disk; what could not be written has not happened. */
export class KeptShelf {
  #shelf: ContentShelf;
  readonly #options: KeptShelfOptions;

  constructor(shelf: ContentShelf, options: KeptShelfOptions) {
    this.#shelf = shelf;
    this.#options = options;
  }

  get now(): ContentShelf {
    return this.#shelf;
  }

  /** False when the disk would not: then all is as it was. */
  async keep(next: ContentShelf): Promise<boolean> {
    try {
      await this.#options.store.writeShelf(next);
      this.#shelf = next;
      return true;
    } catch (error) {
      this.#warn(error);
      return false;
    }
  }

  /** A package is on the disk before the shelf names it. */
  async lay(version: number, bytes: Uint8Array, next: ContentShelf): Promise<boolean> {
    try {
      await this.#options.store.writePackage(version, bytes);
    } catch (error) {
      this.#warn(error);
      return false;
    }
    return this.keep(next);
  }

  /** Also where it cannot be written down: for this run it is refused. */
  async refuse(refusal: NewRefusal): Promise<void> {
    const { clock, log } = this.#options;
    log.warn('content-refused', { version: refusal.version, problem: refusal.problem });
    const next = refusePackage(this.#shelf, refusal, clock.now().toISOString());
    if (!(await this.keep(next))) this.#shelf = next;
  }

  /** Takes away what it does not name. */
  async sweep(): Promise<void> {
    await this.#options.store.sweep(this.#shelf).catch((error: unknown) => this.#warn(error));
  }

  #warn(error: unknown): void {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    this.#options.log.warn('content-not-stored', { code });
  }
}
