export type Unsubscribe = () => void;

export interface Listeners<T> {
  readonly tell: (news: T) => void;
  readonly add: (listener: (news: T) => void) => Unsubscribe;
}

/** Who wants to hear of a change. A listener may leave while it is told. */
export function createListeners<T>(): Listeners<T> {
  const listeners = new Set<(news: T) => void>();
  return {
    tell(news) {
      for (const listener of [...listeners]) listener(news);
    },
    add(listener) {
      // Wrapped, so that the same function may listen twice.
      const own = (news: T) => listener(news);
      listeners.add(own);
      return () => listeners.delete(own);
    },
  };
}
