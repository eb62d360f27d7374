import { localTime } from './local-time.ts';

const hourMs = 3_600_000;
/** Hours that a Danish wall clock is ahead of UTC, in winter and in summer. */
const offsets = [1, 2] as const;
/** Summer time came to stay in 1980; what the clocks did before is nobody's question here. */
const firstYear = 1980;

/** `skipped`: the clocks jumped over it. `repeated`: it came twice, an hour apart. */
export type ClockChange = 'skipped' | 'repeated';

/**
 * Whether a local time of the wall clock, `2027-03-28T02:30`, fell into the hour in which clocks are changed.
 * A bare day never does.
 */
export function clockChange(local: string): ClockChange | null {
  if (local.length === 10 || Number(local.slice(0, 4)) < firstYear) return null;
  const asUtc = Date.parse(`${local}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  const times = offsets.filter((hours) => localTime(new Date(asUtc - hours * hourMs)) === local).length;
  if (times === 0) return 'skipped';
  return times === 2 ? 'repeated' : null;
}
