/**
 * Letters for one reader, as an async iterator that never grows: a letter replaces the unread one with the same key, so
 * that a slow page reads the newest of each and nothing twice.
 */
export interface Mailbox<T> extends AsyncIterableIterator<T, undefined, undefined> {
  put(key: string, letter: T): void;
  close(): void;
  return(): Promise<IteratorResult<T, undefined>>;
}

/** @param most unread letters; beyond it the oldest is dropped. @param onClose called once. */
export function createMailbox<T>(most: number, onClose: () => void): Mailbox<T> {
  return new Box<T>(most, onClose);
}

type Reading<T> = IteratorResult<T, undefined>;

class Box<T> implements Mailbox<T> {
  private readonly most: number;
  private readonly onClose: () => void;
  private readonly unread = new Map<string, T>();
  private readers: ((reading: Reading<T>) => void)[] = [];
  private isClosed = false;

  constructor(most: number, onClose: () => void) {
    this.most = most;
    this.onClose = onClose;
  }

  put(key: string, letter: T): void {
    if (this.isClosed) return;
    const reader = this.readers.shift();
    if (reader !== undefined) {
      reader({ done: false, value: letter });
      return;
    }
    this.unread.delete(key);
    this.unread.set(key, letter);
    if (this.unread.size > this.most) this.takeOldest();
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.unread.clear();
    for (const reader of this.readers) reader({ done: true, value: undefined });
    this.readers = [];
    this.onClose();
  }

  next(): Promise<Reading<T>> {
    const oldest = this.takeOldest();
    if (oldest !== null) return Promise.resolve({ done: false, value: oldest.letter });
    if (this.isClosed) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.readers.push(resolve));
  }

  return(): Promise<Reading<T>> {
    this.close();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private takeOldest(): { readonly letter: T } | null {
    for (const [key, letter] of this.unread) {
      this.unread.delete(key);
      return { letter };
    }
    return null;
  }
}
