import type { Acknowledgement, IntakeRefusal, ParkedEvent } from '../src-main/contract/envelope.ts';
import type { KioskPublicKey } from '../src-main/contract/keys.ts';
import { createArrivals, type Arrivals } from './arrivals.ts';
import { createBatchChecker, type CheckedBatch } from './check-batch.ts';
import { codeOf, type IntakeDatabase } from './intake-database.ts';
import { createKeyFinder } from './kiosk-registry.ts';
import { BatchRefused, keepBatch, noteOtherHistory } from './keep-batch.ts';
import { transact } from './transact.ts';

export type IntakeOutcome =
  | { readonly outcome: 'acknowledged'; readonly acknowledgement: Acknowledgement }
  | { readonly outcome: 'refused'; readonly refusal: IntakeRefusal };

export interface Intake {
  /** Resolves after the commit. Rejects when the database fails: the kiosk then knows nothing and sends again. */
  handleBatch(input: unknown): Promise<IntakeOutcome>;
  /** Rejects when the database does not answer. */
  health(): Promise<{ readonly database: IntakeDatabase['kind']; readonly isDurable: boolean }>;
}

export interface IntakeParts {
  readonly database: IntakeDatabase;
  /** By kiosk; beside them those that were registered count. */
  readonly kioskKeys: ReadonlyMap<string, KioskPublicKey>;
  /** How long a batch may wait here for the one before it, which is on its way beside it. */
  readonly patienceMs?: number;
}

type GoodBatch = Extract<CheckedBatch, { ok: true }>;

const defaultPatienceMs = 2000;
/** Further ahead than this is no batch that overtook another: the kiosk has to go back. */
const mostEventsAhead = 2000;

export function createIntake(parts: IntakeParts): Intake {
  const { database, kioskKeys, patienceMs = defaultPatienceMs } = parts;
  const checker = createBatchChecker(createKeyFinder(database, kioskKeys));
  const arrivals = createArrivals();
  return {
    async handleBatch(input) {
      const checked = await checker.check(input);
      if (!checked.ok) return refused(checked.refusal, null);
      let parked: readonly ParkedEvent[];
      try {
        parked = await keepInOrder(database, checked, arrivals, patienceMs);
      } catch (error) {
        if (error instanceof BatchRefused) {
          if (isOtherHistory(error.refusal)) await noteOtherHistory(database, checked.batch);
          return refused(error.refusal, error.throughSequence);
        }
        // Class 22: a value that no table can hold. It would fail for ever.
        if (/^22\w{3}$/.test(codeOf(error))) return refused('malformed', null);
        throw error;
      }
      // Never beyond this request, even when more is held: the kiosk can check only what it just sent.
      const { kioskId, lastSequence, headHash } = checked.batch;
      return {
        outcome: 'acknowledged',
        acknowledgement: { kioskId, throughSequence: lastSequence, headHash, parked: [...parked] },
      };
    },
    health: async () => ({ database: database.kind, isDurable: await database.isDurable() }),
  };
}

/** A kiosk may have several batches on the way: one that came first waits a moment for the one before it. */
async function keepInOrder(
  database: IntakeDatabase,
  checked: GoodBatch,
  arrivals: Arrivals,
  patienceMs: number,
): Promise<readonly ParkedEvent[]> {
  const { kioskId, firstSequence } = checked.batch;
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      const parked = await transact(database, (transaction) => keepBatch(transaction, checked));
      arrivals.tell(kioskId);
      return parked;
    } catch (error) {
      const leftMs = until - performance.now();
      const isOvertaking =
        error instanceof BatchRefused &&
        error.refusal === 'gap' &&
        firstSequence - (error.throughSequence ?? 0) <= mostEventsAhead;
      if (!isOvertaking || leftMs <= 0) throw error;
      await arrivals.next(kioskId, leftMs);
    }
  }
}

/** Well signed, and not what is held: a person has to find out which machine is which. */
function isOtherHistory(refusal: IntakeRefusal['refusal']): boolean {
  return refusal === 'conflict' || refusal === 'broken-chain';
}

function refused(refusal: IntakeRefusal['refusal'], throughSequence: number | null): IntakeOutcome {
  return { outcome: 'refused', refusal: { refusal, throughSequence } };
}
