import type { PackageProblem } from '../contract/content-package.ts';
import type { KioskId } from '../contract/ids.ts';
import { countLook, forgetLook, mostStaged, mostTries, stage } from '../domain/content-shelf.ts';
import type { Log } from '../domain/ports.ts';
import type { OpenedPackage, PackageOpening } from '../sealing/content-package.ts';
import type { KeptShelf, NewRefusal } from './kept-shelf.ts';

/** Content that was loaded and found right for this kiosk, and is not shown yet. */
export type ContentFit =
  | { readonly kind: 'fits'; readonly show: () => void }
  /** The first mistake, as a sentence, and how many more. */
  | { readonly kind: 'does-not-fit'; readonly detail: string };

export type TakeOutcome =
  | { readonly kind: 'staged'; readonly version: number; readonly activateAt: string | null }
  /** The very same lies here already. */
  | { readonly kind: 'known'; readonly version: number }
  | ({ readonly kind: 'refused' } & NewRefusal);

export interface ContentTakerOptions {
  readonly shelf: KeptShelf;
  readonly log: Log;
  readonly who: { readonly kioskId: KioskId; readonly districtId: string };
  readonly open: (bytes: Uint8Array) => Promise<PackageOpening>;
  /** Null: what ships, without any package. */
  readonly fit: (opened: OpenedPackage | null) => Promise<ContentFit>;
  readonly readPackage: (version: number) => Promise<Uint8Array | null>;
}

const refused = (
  version: number | null,
  problem: PackageProblem,
  detail: string | null = null,
): TakeOutcome => ({ kind: 'refused', version, problem, detail });

/** Looks a package over that came by the line or on a stick, and lays it ready. */
export class ContentTaker {
  readonly #options: ContentTakerOptions;

  constructor(options: ContentTakerOptions) {
    this.#options = options;
  }

  async take(bytes: Uint8Array): Promise<TakeOutcome> {
    const opening = await this.#options.open(bytes);
    if (!opening.ok) return refused(null, opening.problem);
    const { opened } = opening;
    const { version, activateAt } = opened.claims;
    if (await this.#holds(opened)) return { kind: 'known', version };
    const problem = this.#whyNotOurs(opened);
    if (problem !== null) return refused(version, problem);
    const fit = await this.look(opened);
    if (fit.kind === 'refused') return fit;
    const { shelf, log } = this.#options;
    const isLaid =
      shelf.now.staged.length < mostStaged &&
      (await shelf.lay(version, bytes, stage(shelf.now, version, activateAt)));
    if (!isLaid) return refused(version, 'not-stored');
    log.note('content-staged', { version, activateAt });
    return { kind: 'staged', version, activateAt };
  }

  /** Loads it as the kiosk would. It is written down before, so that a package that ends the program is not tried for ever. */
  async look(
    opened: OpenedPackage,
  ): Promise<Extract<ContentFit, { kind: 'fits' }> | Extract<TakeOutcome, { kind: 'refused' }>> {
    const { shelf, fit } = this.#options;
    const { version } = opened.claims;
    const { looking } = shelf.now;
    if (looking?.version === version && looking.tries >= mostTries) {
      await shelf.keep(forgetLook(shelf.now));
      return { kind: 'refused', version, problem: 'start-failed', detail: null };
    }
    if (!(await shelf.keep(countLook(shelf.now, version))))
      return { kind: 'refused', version, problem: 'not-stored', detail: null };
    const found = await fit(opened);
    await shelf.keep(forgetLook(shelf.now));
    if (found.kind === 'fits') return found;
    return { kind: 'refused', version, problem: 'does-not-fit', detail: found.detail };
  }

  async #holds({ claims: { version }, bytes }: OpenedPackage): Promise<boolean> {
    const { live, staged } = this.#options.shelf.now;
    if (![live, ...staged].some((one) => one?.version === version)) return false;
    const kept = await this.#options.readPackage(version);
    return kept !== null && Buffer.from(kept).equals(bytes);
  }

  #whyNotOurs({ claims }: OpenedPackage): PackageProblem | null {
    const { who, shelf } = this.#options;
    if (claims.district.id !== who.districtId) return 'wrong-district';
    if (claims.kiosks?.includes(who.kioskId) === false) return 'other-kiosk';
    const { live, staged } = shelf.now;
    const isTaken = staged.some(({ version }) => version === claims.version);
    return claims.version <= (live?.version ?? 0) || isTaken ? 'not-newer' : null;
  }
}
