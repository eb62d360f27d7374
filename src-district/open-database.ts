import path from 'node:path';
import { codeOf, type IntakeDatabase } from './intake-database.ts';
import { migrate } from './migrate.ts';
import { openPgliteFolder, openPgliteInMemory } from './pglite-database.ts';
import { openPostgres } from './postgres-database.ts';

export type Opening =
  | { readonly ok: true; readonly database: IntakeDatabase }
  | {
      readonly ok: false;
      readonly problem: 'bad-url' | 'in-use' | 'newer-database' | 'unreachable';
      /** A word for the log: never the address, which may hold a password. */
      readonly detail: string;
    };

export interface OpeningOptions {
  /** Where the numbered SQL files are; next to this file unless the program was bundled. */
  readonly migrationsFolder?: string;
}

/** `postgres://…`, `pglite:FOLDER` or `pglite:memory`; the tables are brought to the newest version. */
export async function openDatabase(url: string, options: OpeningOptions = {}): Promise<Opening> {
  const opened = await connect(url).catch(orUnreachable);
  if (!('kind' in opened)) return opened;
  const folder = options.migrationsFolder ?? path.join(import.meta.dirname, 'migrations');
  try {
    const migration = await migrate(opened, folder);
    if (migration.ok) return { ok: true, database: opened };
    await opened.close();
    const detail = `version ${migration.found}, known up to ${migration.known}`;
    return { ok: false, problem: 'newer-database', detail };
  } catch (error) {
    await opened.close();
    return orUnreachable(error);
  }
}

function orUnreachable(error: unknown): Extract<Opening, { ok: false }> {
  if (!isUnreachable(error)) throw error;
  return { ok: false, problem: 'unreachable', detail: codeOf(error) };
}

async function connect(url: string): Promise<IntakeDatabase | Extract<Opening, { ok: false }>> {
  if (url === 'pglite:memory') return openPgliteInMemory();
  if (url.startsWith('pglite:') && url.length > 'pglite:'.length) {
    const database = await openPgliteFolder(path.resolve(url.slice('pglite:'.length)));
    return database ?? { ok: false, problem: 'in-use', detail: 'another process has the folder open' };
  }
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return openPostgres(url);
  return { ok: false, problem: 'bad-url', detail: 'expected postgres://, pglite:FOLDER or pglite:memory' };
}

/** The network's codes, the driver's, and PostgreSQL's classes 08 (connection), 28 (login), 3D (no such database), 57P. */
function isUnreachable(error: unknown): boolean {
  return /^(E[A-Z_]+|CONNECT\w+|08\w{3}|28\w{3}|3D\w{3}|53300|57P\w{2})$/.test(codeOf(error));
}
