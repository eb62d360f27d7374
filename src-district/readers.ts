import { z } from 'zod';
import type { IntakeDatabase } from './intake-database.ts';
import { hashSecret, makeToken } from './secrets.ts';

/** A case system, or whoever else may fetch. */
export interface Reader {
  readonly name: string;
  /** Two digits; null: all districts. */
  readonly district: string | null;
}

const readerRows = z.array(z.object({ name: z.string(), district: z.string().nullable() }));

/** @returns the token, told once; null when the name is taken. */
export async function addReader(
  database: IntakeDatabase,
  { name, district }: Reader,
): Promise<string | null> {
  const token = makeToken();
  const made = await database.transaction((transaction) =>
    transaction.query(
      `INSERT INTO reader (name, token_hash, district) VALUES ($1::text, $2::text, nullif($3::text, ''))
       ON CONFLICT (name) DO NOTHING RETURNING name`,
      [name, hashSecret(token), district ?? ''],
    ),
  );
  return made.length === 0 ? null : token;
}

/** @returns false when nobody has that name. The marks stay, and so does the name. */
export async function revokeReader(database: IntakeDatabase, name: string): Promise<boolean> {
  const rows = await database.transaction((transaction) =>
    transaction.query(
      'UPDATE reader SET revoked_at = coalesce(revoked_at, now()) WHERE name = $1::text RETURNING name',
      [name],
    ),
  );
  return rows.length > 0;
}

export async function findReader(database: IntakeDatabase, token: string): Promise<Reader | null> {
  const rows = await database.transaction((transaction) =>
    transaction.query(
      'SELECT name, district FROM reader WHERE token_hash = $1::text AND revoked_at IS NULL',
      [hashSecret(token)],
    ),
  );
  return readerRows.parse(rows)[0] ?? null;
}

const listedRow = z
  .object({ name: z.string(), district: z.string().nullable(), is_revoked: z.boolean() })
  .transform(({ is_revoked, ...row }) => ({ ...row, isRevoked: is_revoked }));

export async function listReaders(
  database: IntakeDatabase,
): Promise<readonly (Reader & { readonly isRevoked: boolean })[]> {
  const rows = await database.transaction((transaction) =>
    transaction.query(
      'SELECT name, district, revoked_at IS NOT NULL AS is_revoked FROM reader ORDER BY name',
    ),
  );
  return z.array(listedRow).parse(rows);
}
