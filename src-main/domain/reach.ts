/** Where a screen hangs, as IT measured it. */
export interface ScreenPlace {
  /** From the screen's lower edge to its upper one. */
  readonly heightMm?: number | undefined;
  /** From the floor to the screen's lower edge. */
  readonly bottomMm?: number | undefined;
}

/** The highest a hand reaches from a wheelchair (EN 301 549, 8.3.4: forward reach without obstruction). */
export const reachMm = 1220;

/** How much of the screen, from below, lies within that reach; null where nobody measured. */
export function reachableShare({ heightMm, bottomMm }: ScreenPlace): number | null {
  if (heightMm === undefined || bottomMm === undefined) return null;
  return Math.min(1, Math.max(0, (reachMm - bottomMm) / heightMm));
}
