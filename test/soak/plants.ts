import Sqlite from 'better-sqlite3';
import type { DistrictLine } from '../../src-main/domain/ports.ts';

/*
 * Bugs that the checker has to find. They are put around the product from here; the product has no switch for them. Those of
 * the intake are in planted-intake.ts.
 */
export const kioskPlants = ['sync-normal', 'whole-batch'] as const;
export type KioskPlant = (typeof kioskPlants)[number];

/** The database is opened as better-sqlite3 opens it when nobody says otherwise, and answers as if it were safe. */
export function plantNormalSync(): void {
  const ask: unknown = Reflect.get(Sqlite.prototype, 'pragma');
  if (typeof ask !== 'function') throw new Error('better-sqlite3 has no pragma() any more');
  Reflect.set(Sqlite.prototype, 'pragma', function (this: Sqlite.Database, source: string, options?: object) {
    if (source === 'synchronous') return 2;
    const asked = source === 'synchronous = FULL' ? 'synchronous = NORMAL' : source;
    const answer: unknown = Reflect.apply(ask, this, [asked, options]);
    return answer;
  });
}

/** An acknowledgement of some events is taken for one of all that were sent. */
export function takePartForWhole(line: DistrictLine): DistrictLine {
  return {
    async deliver(batch, signal) {
      const outcome = await line.deliver(batch, signal);
      if (outcome.outcome !== 'acknowledged') return outcome;
      const { throughSequence, headHash } = outcome.acknowledgement;
      const isPart = batch.events.some(
        ({ sequence, hash }) => sequence === throughSequence && hash === headHash,
      );
      if (!isPart) return outcome;
      const whole = { throughSequence: batch.lastSequence, headHash: batch.headHash };
      return { outcome: 'acknowledged', acknowledgement: { ...outcome.acknowledgement, ...whole } };
    },
  };
}
