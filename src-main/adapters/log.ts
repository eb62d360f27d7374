import pino from 'pino';
import type { Log } from '../domain/ports.ts';

type Facts = Parameters<Log['note']>[1];
/** Long enough for an id or a host name, too short for a visitor's words. */
const longestFact = 120;

/** One JSON line per event, written at once; to the standard error stream or to a file. */
export function createJsonLog(destination: 'stderr' | { readonly file: string }): Log {
  const target = destination === 'stderr' ? { dest: 2 } : { dest: destination.file, mkdir: true };
  const logger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ ...target, sync: true }),
  );
  return {
    note: (event, facts) => logger.info(shorten(facts), event),
    warn: (event, facts) => logger.warn(shorten(facts), event),
  };
}

/** For commands that print their own answer. */
export function createSilentLog(): Log {
  return { note: () => undefined, warn: () => undefined };
}

function shorten(facts: Facts): Record<string, string | number | boolean | null> {
  const entries = Object.entries(facts ?? {});
  return Object.fromEntries(
    entries.map(([name, fact]) => [name, typeof fact === 'string' ? fact.slice(0, longestFact) : fact]),
  );
}
