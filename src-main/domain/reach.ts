/** Where a screen hangs, as IT measured it. */
export interface ScreenPlace {
  /** From the screen's lower edge to its upper one. */
  readonly heightMm?: number | undefined;
  /** From the floor to the screen's lower edge. */
  readonly bottomMm?: number | undefined;
}

/** The highest a hand reaches from a wheelchair (EN 301 549, clause 8.3: high forward reach). */
export const reachMm = 1220;

/** With less of the screen than this no page can be laid out within reach. */
export const leastReachableShare = 0.4;

/** How much of the screen, from below, lies within that reach; null where nobody measured. */
export function reachableShare({ heightMm, bottomMm }: ScreenPlace): number | null {
  if (heightMm === undefined || bottomMm === undefined) return null;
  return Math.min(1, Math.max(0, (reachMm - bottomMm) / heightMm));
}
