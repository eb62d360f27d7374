import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './usage.ts';

type OptionTable = NonNullable<ParseArgsConfig['options']>;

/** Parses what follows a command; an unknown option or a missing value is the user's mistake, in one sentence. */
export function parseOptions<const T extends OptionTable>(argv: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    const sentence =
      error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : 'the options cannot be read';
    throw new UsageError(`${sentence}.`);
  }
}

export const placeOptions = {
  config: { type: 'string' },
  'data-dir': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** A port as typed; 0 takes any free one. */
export function parsePort(typed: string | undefined): number {
  if (typed === undefined) return 0;
  const port = Number(typed);
  if (!/^\d{1,5}$/.test(typed) || port > 65_534)
    throw new UsageError(`--port ${typed}: expected a number from 0 to 65534.`);
  return port;
}
