import { routeOf } from '../app/content-tools.ts';
import { parseOptions } from './options.ts';
import { say } from './print.ts';
import { UsageError } from './usage.ts';

/** `skranke route --postcode 4682 [--municipality 0336]`: the district a report of that place goes to. */
export async function routeCommand(argv: readonly string[]): Promise<number> {
  const { values } = parseOptions(argv, {
    postcode: { type: 'string' },
    municipality: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  if (values.postcode === undefined && values.municipality === undefined)
    throw new UsageError('route: expected --postcode with a Danish postcode.');
  const answer = await routeOf(values.postcode ?? null, values.municipality ?? null);
  if (values.json) {
    say(JSON.stringify(answer));
    return 0;
  }
  say(`${answer.district} (${answer.confidence})`);
  for (const { code, name, district } of answer.municipalities ?? []) say(`  ${code} ${name}: ${district}`);
  return 0;
}
