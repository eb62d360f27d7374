/** One page of sealed things, newest first. */
export interface SealedPage<Sealed> {
  readonly reports: readonly Sealed[];
  readonly nextBeforeSequence: number | null;
}

export interface OpenPagesOptions<Sealed, Opened> {
  /** Null: it did not come, and there is no sense in going on. */
  readonly fetchPage: (beforeSequence: number | null) => Promise<SealedPage<Sealed> | null>;
  readonly open: (sealed: Sealed) => Promise<Opened>;
  /** Takes what was opened, in the order of the pages, a few at a time. */
  readonly take: (opened: readonly Opened[]) => void;
  /** False: somebody has locked the desk, or begun anew. */
  readonly isStill: () => boolean;
  /** Lets the page answer whoever works on it. */
  readonly breathe: () => Promise<void>;
  readonly now: () => number;
}

/** Browsers open seals beside the page, on every core there is. */
const atOnce = 6;
/** A touch is answered within a few frames, whatever is opened meanwhile. */
const sliceMs = 12;

/**
 * Opens page after page in the background. The next page is on its way while this one is opened; after every few reports the
 * page may breathe. @returns whether all of it was opened.
 */
export async function openPages<Sealed, Opened>(options: OpenPagesOptions<Sealed, Opened>): Promise<boolean> {
  const { fetchPage, isStill } = options;
  let coming: Promise<SealedPage<Sealed> | null> | null = fetchPage(null);
  let since = options.now();
  while (coming !== null) {
    const page: SealedPage<Sealed> | null = await coming;
    if (page === null || !isStill()) return false;
    const next: number | null = page.nextBeforeSequence;
    coming = next === null ? null : fetchPage(next);
    for (let at = 0; at < page.reports.length; at += atOnce) {
      const opened = await Promise.all(page.reports.slice(at, at + atOnce).map((one) => options.open(one)));
      if (!isStill()) return false;
      options.take(opened);
      if (options.now() - since < sliceMs) continue;
      await options.breathe();
      since = options.now();
    }
  }
  return isStill();
}

/** A turn of the event loop: what was touched, and the frame that shows it, come first. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
