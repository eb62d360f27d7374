import type { Acknowledgement, Batch, IntakeRefusal, ParkedEvent } from '../src-main/contract/envelope.ts';
import type { KioskPublicKey } from '../src-main/contract/keys.ts';
import { createBatchChecker } from './check-batch.ts';
import { codeOf, type IntakeDatabase } from './intake-database.ts';
import { BatchRefused, keepBatch } from './keep-batch.ts';

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
  readonly kioskKeys: ReadonlyMap<string, KioskPublicKey>;
}

const mostTries = 8;

export function createIntake({ database, kioskKeys }: IntakeParts): Intake {
  const checker = createBatchChecker(kioskKeys);
  return {
    async handleBatch(input) {
      const checked = await checker.check(input);
      if (!checked.ok) return refused(checked.refusal, null);
      let parked: readonly ParkedEvent[];
      try {
        parked = await keepWithRetries(database, checked);
      } catch (error) {
        if (error instanceof BatchRefused) return refused(error.refusal, error.throughSequence);
        // Class 22: a value that no table can hold, such as the year 0. It would fail for ever.
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

/** Instances may collide (serialisation, deadlock, the same new row); the transaction then starts over. */
async function keepWithRetries(
  database: IntakeDatabase,
  { batch, unreadable }: { readonly batch: Batch; readonly unreadable: ReadonlySet<number> },
): Promise<readonly ParkedEvent[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.transaction((transaction) => keepBatch(transaction, batch, unreadable));
    } catch (error) {
      if (tries === mostTries || !['40001', '40P01', '23505'].includes(codeOf(error))) throw error;
    }
  }
}

function refused(refusal: IntakeRefusal['refusal'], throughSequence: number | null): IntakeOutcome {
  return { outcome: 'refused', refusal: { refusal, throughSequence } };
}
