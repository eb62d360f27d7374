import type { Entry, Kind } from './layers.ts';

/** What was read of a kind, and what is left of it. */
export interface Settled<T> {
  readonly kind: Kind<T>;
  readonly entries: readonly Entry<T>[];
}

/** Whether an id was ever there: only what was misspelt is named, not what is missing because it was left out. */
export function isNamedIn({ entries, isWhole }: Kind<unknown>, id: string): boolean {
  return !isWhole || entries.some((entry) => entry.id === id);
}

/** The ids of `wanted` that are left; one that nobody ever wrote is refused. */
export function refsTo<T>(
  { kind, entries }: Settled<T>,
  wanted: readonly string[],
  refuse: (id: string) => void,
): string[] {
  for (const id of wanted) if (!isNamedIn(kind, id)) refuse(id);
  return wanted.filter((id) => entries.some((entry) => entry.id === id));
}
