import { codeOf, type IntakeDatabase, type IntakeTransaction } from './intake-database.ts';

const mostTries = 8;
/** Instances collided: serialisation, deadlock, the same new row. */
const collisions = ['40001', '40P01', '23505'];

/** A transaction that starts over when it collided with another one; `work` may run more than once. */
export async function transact<Result>(
  database: IntakeDatabase,
  work: (transaction: IntakeTransaction) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.transaction(work);
    } catch (error) {
      if (tries === mostTries || !collisions.includes(codeOf(error))) throw error;
    }
  }
}
