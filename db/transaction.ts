import type Sqlite from 'better-sqlite3';

export type SqlValue = string | number | null;

/** Can ask. Rows come back as `unknown`: the store that asked parses them. */
export interface ReadableDb {
  get(sql: string, ...values: readonly SqlValue[]): unknown;
  all(sql: string, ...values: readonly SqlValue[]): unknown[];
}

/** Exists only inside `write`: what is done with it becomes true together or not at all. */
export interface WritableDb extends ReadableDb {
  /** @returns how many rows it changed. */
  run(sql: string, ...values: readonly SqlValue[]): number;
}

export interface Transactions {
  read<T>(ask: (db: ReadableDb) => T): T;
  /** Synchronous on purpose: an `await` in here would let others into the middle of it. */
  write<T>(change: (db: WritableDb) => T): T;
}

/** Statements are prepared once; there is one connection and it lives as long as the process. */
export function createTransactions(connection: Sqlite.Database): Transactions {
  const statements = new Map<string, Sqlite.Statement>();
  const prepare = (sql: string): Sqlite.Statement => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const fresh = connection.prepare(sql);
    statements.set(sql, fresh);
    return fresh;
  };
  const db: WritableDb = {
    get: (sql, ...values) => prepare(sql).get(...values),
    all: (sql, ...values) => prepare(sql).all(...values),
    run: (sql, ...values) => prepare(sql).run(...values).changes,
  };
  return {
    read: (ask) => ask(db),
    write(change) {
      prepare('BEGIN IMMEDIATE').run();
      try {
        const result = change(db);
        prepare('COMMIT').run();
        return result;
      } catch (error) {
        rollBack(connection);
        throw error;
      }
    },
  };
}

/** The first error says what went wrong; a rollback that fails too has nothing to add. */
function rollBack(connection: Sqlite.Database): void {
  try {
    if (connection.inTransaction) connection.exec('ROLLBACK');
  } catch {
    // SQLite rolls back when it next opens the file.
  }
}
