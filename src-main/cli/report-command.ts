import { reportExportJsonSchema } from '../app/report-schema.ts';
import { parseOptions } from './options.ts';
import { say } from './print.ts';
import { UsageError } from './usage.ts';

/** `skranke report schema`: what other programs may rely on in a report that a desk saved. */
export function reportCommand(argv: readonly string[]): Promise<number> {
  const { positionals } = parseOptions(argv, { json: { type: 'boolean', default: false } });
  if (positionals[0] !== 'schema' || positionals.length > 1)
    throw new UsageError('report: expected "report schema".');
  say(JSON.stringify(reportExportJsonSchema(), null, 2));
  return Promise.resolve(0);
}
