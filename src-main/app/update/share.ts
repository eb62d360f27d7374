import { createHash } from 'node:crypto';

/**
 * Whether this kiosk is among the given percentage that takes this version. The same kiosk gives the same answer each time,
 * a raised percentage keeps those that were in, and another version draws anew.
 */
export function isInShare(kioskId: string, version: string, percent: number): boolean {
  const drawn = createHash('sha256').update(`${kioskId} ${version}`).digest().readUInt32BE(0);
  return drawn % 100 < percent;
}
