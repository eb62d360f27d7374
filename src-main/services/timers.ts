/** Calls back after a span on the monotonic clock. */
export interface Timers {
  /** @returns what takes it back. */
  after(ms: number, run: () => void): () => void;
}

/** Node's timers; none keeps the process alive. */
export const systemTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
