import { hoursOf, type HoursAnswer } from '../app/content-tools.ts';
import { parseOptions } from './options.ts';
import { say } from './print.ts';
import { UsageError } from './usage.ts';

function describe({ state, until, next, source }: HoursAnswer): string {
  if (state === 'unknown') return 'unknown: ask 114';
  const change = state === 'open' ? until && `until ${until}` : next && `opens ${next}`;
  return `${[state, change].filter(Boolean).join(', ')} (source: ${source ?? ''})`;
}

/** `skranke hours --station ID [--service S] [--at 2027-03-25T10:00]`: local time in Copenhagen, now by default. */
export async function hoursCommand(argv: readonly string[]): Promise<number> {
  const { values } = parseOptions(argv, {
    station: { type: 'string' },
    service: { type: 'string' },
    at: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  if (values.station === undefined)
    throw new UsageError('hours: expected --station with the id of a station.');
  const answer = await hoursOf(values.station, values.service ?? null, values.at ?? null);
  say(values.json ? JSON.stringify(answer) : describe(answer));
  return 0;
}
