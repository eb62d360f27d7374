import type { PackageProblem } from '../contract/content-package.ts';
import {
  countTry,
  emptyShelf,
  mostTries,
  refusePackage,
  stepBack,
  type ContentShelf,
} from '../domain/content-shelf.ts';
import type { OpenedPackage, PackageOpening } from '../sealing/content-package.ts';
import { KeptShelf, type KeptShelfOptions } from './kept-shelf.ts';

export interface ContentStartOptions<T> extends KeptShelfOptions {
  readonly open: (bytes: Uint8Array) => Promise<PackageOpening>;
  /** Null: without any package; that has to do. A sentence: no kiosk can run with this package. */
  readonly load: (
    opened: OpenedPackage | null,
  ) => Promise<{ readonly ok: true; readonly loaded: T } | { readonly ok: false; readonly detail: string }>;
  /** A kiosk starts, and not a command of IT: what happens is written down. */
  readonly isStart: boolean;
}

interface Fall {
  readonly problem: PackageProblem;
  readonly detail: string | null;
}

/**
 * Loads the package with which the kiosk was left, or the one before it: when it was altered on the disk, does not load any
 * more, or when the kiosk ended again and again while it started with it. Never stands in the way of a start.
 */
export async function startContent<T>(
  options: ContentStartOptions<T>,
): Promise<{ readonly shelf: KeptShelf; readonly loaded: T }> {
  const { clock, log, isStart } = options;
  let shelf = await readShelf(options);
  const kept = new KeptShelf(shelf, options);
  for (;;) {
    const { live } = shelf;
    if (live === null) break;
    const opened = await openLive(options, live);
    // Written before it is loaded: if that ends the program, the next start knows.
    if (isStart && !live.isProven) shelf = countTry(shelf, live.version);
    if (isStart && shelf !== kept.now) await kept.keep(shelf);
    const result = 'problem' in opened ? null : await options.load(opened);
    if (result?.ok === true) return { shelf: kept, loaded: result.loaded };
    const fall: Fall =
      'problem' in opened ? opened : { problem: 'does-not-fit', detail: result?.detail ?? null };
    const at = clock.now().toISOString();
    log.warn('content-rolled-back', { version: live.version, problem: fall.problem });
    shelf = refusePackage(stepBack(shelf, at), { version: live.version, ...fall }, at);
  }
  if (isStart && shelf !== kept.now) await kept.keep(shelf);
  const result = await options.load(null);
  if (!result.ok) throw new Error(result.detail);
  return { shelf: kept, loaded: result.loaded };
}

async function readShelf<T>({ store, log, isStart }: ContentStartOptions<T>): Promise<ContentShelf> {
  try {
    const { shelf, isLost } = await store.readShelf();
    if (isLost) log.warn('content-shelf-lost', {});
    if (isLost && isStart) await store.putAside();
    return shelf;
  } catch {
    log.warn('content-shelf-lost', {});
    return emptyShelf;
  }
}

async function openLive<T>(
  { store, open }: ContentStartOptions<T>,
  { version, tries }: NonNullable<ContentShelf['live']>,
): Promise<OpenedPackage | Fall> {
  if (tries >= mostTries) return { problem: 'start-failed', detail: null };
  const bytes = await store.readPackage(version);
  if (bytes === null) return { problem: 'altered', detail: null };
  const opening = await open(bytes);
  if (!opening.ok) return { problem: opening.problem, detail: null };
  return opening.opened.claims.version === version ? opening.opened : { problem: 'altered', detail: null };
}
