/** The little that PostgreSQL and PGlite are asked for, the same on both. */
export interface IntakeTransaction {
  /** Parameters are text only; the SQL casts them, so that both drivers send the same. */
  query(text: string, parameters?: readonly string[]): Promise<readonly unknown[]>;
  /** Several statements, without parameters. */
  script(text: string): Promise<void>;
}

export interface IntakeDatabase {
  readonly kind: 'postgres' | 'pglite' | 'memory';
  /** Commits when `work` resolves, rolls back when it rejects. */
  transaction<Result>(work: (transaction: IntakeTransaction) => Promise<Result>): Promise<Result>;
  /** False when the server or the memory would lose a commit with the power. */
  isDurable(): Promise<boolean>;
  close(): Promise<void>;
}

/** SQLSTATE or the driver's own code of a failed statement; empty for anything else. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
