import { fstatSync } from 'node:fs';
import pino, { type DestinationStream } from 'pino';
import type { Log } from '../domain/ports.ts';

type Facts = Parameters<Log['note']>[1];
/** Long enough for an id or a host name, too short for a visitor's words. */
const longestFact = 120;
const stderr = 2;

function isReadByJournal(journal: string | null): boolean {
  if (journal === null) return false;
  const { dev, ino } = fstatSync(stderr);
  return journal === `${dev}:${ino}`;
}

/** The journal takes a priority from the beginning of a line (sd-daemon(3)), and not from the JSON behind it. */
function withPriority(stream: DestinationStream): DestinationStream {
  return { write: (line) => stream.write(`${line.startsWith('{"level":40,') ? '<4>' : '<6>'}${line}`) };
}

/**
 * One JSON line per event, written at once to the standard error stream.
 * @param journal `JOURNAL_STREAM` of the environment: device and inode of the stream that the journal reads.
 */
export function createJsonLog(journal: string | null = null): Log {
  const stream = pino.destination({ dest: stderr, sync: true });
  const logger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
    isReadByJournal(journal) ? withPriority(stream) : stream,
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
