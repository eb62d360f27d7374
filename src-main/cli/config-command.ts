import { resolve } from 'node:path';
import { checkConfig } from '../app/config-check.ts';
import { configJsonSchema } from '../app/config-file.ts';
import { environment } from '../app/config.ts';
import { parseOptions } from './options.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

async function check(typed: string | undefined, isForProgram: boolean): Promise<number> {
  const named = typed ?? environment().configFile;
  if (named === null) throw new UsageError('config check: expected the configuration file.');
  const file = resolve(named);
  const mistakes = await checkConfig(file);
  if (isForProgram) say(JSON.stringify({ file, ok: mistakes.length === 0, mistakes }));
  else if (mistakes.length === 0) say(`${file}: no mistakes.`);
  else for (const { message } of mistakes) complain(message);
  return mistakes.length === 0 ? 0 : 2;
}

/** `skranke config check FILE` and `skranke config schema`. */
export async function configCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, { json: { type: 'boolean', default: false } });
  const [action, file, ...more] = positionals;
  if (action === 'check' && more.length === 0) return check(file, values.json);
  if (action !== 'schema' || file !== undefined)
    throw new UsageError('config: expected "config check FILE" or "config schema".');
  say(JSON.stringify(configJsonSchema(), null, 2));
  return 0;
}
