import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { codeOf, type IntakeDatabase } from './intake-database.ts';

export type Migration =
  { readonly ok: true } | { readonly ok: false; readonly found: number; readonly known: number };

const versionRows = z.array(z.object({ version: z.coerce.number().int() }));
/** Somebody else made the same row or table at the same moment. */
const alreadyThere = new Set(['23505', '42P07', '42710', '40001', '40P01']);
const mostRounds = 20;

/**
 * Brings the tables to the newest version; each file in one transaction with its row. Instances starting together
 * settle it by the row's primary key. A newer database is left untouched.
 */
export async function migrate(database: IntakeDatabase, folder: string): Promise<Migration> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}-.+\.sql$/.test(name)).sort();
  const known = files.length;
  for (let round = 0; round < mostRounds; round += 1) {
    const found = await untilSettled(() => readVersion(database));
    if (found === null) continue;
    if (found > known) return { ok: false, found, known };
    const file = files[found];
    if (file === undefined) return { ok: true };
    const text = await readFile(path.join(folder, file), 'utf8');
    await untilSettled(() => apply(database, found + 1, text));
  }
  throw new Error('the migrations of the intake did not settle');
}

async function untilSettled<Result>(work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    if (alreadyThere.has(codeOf(error))) return null;
    throw error;
  }
}

function readVersion(database: IntakeDatabase): Promise<number> {
  return database.transaction(async (transaction) => {
    await transaction.script(
      'CREATE TABLE IF NOT EXISTS migration (version bigint PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const rows = await transaction.query('SELECT coalesce(max(version), 0)::text AS version FROM migration');
    return versionRows.parse(rows)[0]?.version ?? 0;
  });
}

function apply(database: IntakeDatabase, version: number, text: string): Promise<void> {
  return database.transaction(async (transaction) => {
    await transaction.query('INSERT INTO migration (version) VALUES ($1::text::bigint)', [String(version)]);
    await transaction.script(text);
  });
}
