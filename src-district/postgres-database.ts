import postgres from 'postgres';
import type { IntakeDatabase, IntakeTransaction } from './intake-database.ts';

/** A server that answers nothing, or a transaction left open by a stopped process, must not hold a kiosk for ever. */
const limits = {
  application_name: 'skranke-intake',
  statement_timeout: 30_000,
  idle_in_transaction_session_timeout: 30_000,
};

/** Longer than any statement may take; a transaction that has said nothing by then never will. */
const transactionMs = 45_000;

/** Of the connections in use; whoever waits is told at once. */
class NoAnswer extends Error {
  readonly code = 'ETIMEDOUT';
}

function connect(url: string): postgres.Sql {
  return postgres(url, {
    max: 8,
    connect_timeout: 10,
    idle_timeout: 60,
    onnotice: () => undefined,
    connection: limits,
  });
}

/** Connects when it is first asked. @param deadlineMs of one transaction. */
export function openPostgres(url: string, deadlineMs = transactionMs): IntakeDatabase {
  let sql = connect(url);
  /**
   * A transaction whose server died may neither end nor give its connection back, so all are given up and made anew. What
   * became of it is not known, as after any lost answer: the kiosk sends its batch again.
   */
  const replace = (stuck: postgres.Sql): void => {
    if (sql !== stuck) return;
    sql = connect(url);
    void stuck.end({ timeout: 0 }).catch(() => undefined);
  };
  return {
    kind: 'postgres',
    async transaction<Result>(work: (transaction: IntakeTransaction) => Promise<Result>): Promise<Result> {
      const used = sql;
      const late = Promise.withResolvers<never>();
      const timer = setTimeout(() => {
        replace(used);
        late.reject(new NoAnswer('the database server does not answer'));
      }, deadlineMs);
      try {
        return await Promise.race([runTransaction(used, work), late.promise]);
      } finally {
        clearTimeout(timer);
      }
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

async function runTransaction<Result>(
  sql: postgres.Sql,
  work: (transaction: IntakeTransaction) => Promise<Result>,
): Promise<Result> {
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
}
