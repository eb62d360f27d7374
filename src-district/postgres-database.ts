import postgres from 'postgres';
import type { IntakeDatabase, IntakeTransaction } from './intake-database.ts';

/** A server that answers nothing, or a transaction left open by a stopped process, must not hold a kiosk for ever. */
const limits = {
  application_name: 'skranke-intake',
  statement_timeout: 30_000,
  idle_in_transaction_session_timeout: 30_000,
};

/** Connects when it is first asked. */
export function openPostgres(url: string): IntakeDatabase {
  const sql = postgres(url, {
    max: 8,
    connect_timeout: 10,
    idle_timeout: 60,
    onnotice: () => undefined,
    connection: limits,
  });
  return {
    kind: 'postgres',
    async transaction<Result>(work: (transaction: IntakeTransaction) => Promise<Result>): Promise<Result> {
      const answer: { result?: Result } = {};
      await sql.begin(async (transaction) => {
        answer.result = await work({
          query: async (text, parameters) => transaction.unsafe(text, [...(parameters ?? [])]),
          script: async (text) => {
            await transaction.unsafe(text);
          },
        });
      });
      if (!('result' in answer)) throw new Error('a transaction ended without its work');
      return answer.result;
    },
    async isDurable() {
      const rows = await sql.unsafe(
        `SELECT current_setting('fsync', true) AS sync, current_setting('synchronous_commit', true) AS wait`,
      );
      return rows[0]?.['sync'] !== 'off' && rows[0]?.['wait'] !== 'off';
    },
    close: () => sql.end({ timeout: 5 }),
  };
}
