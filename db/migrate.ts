import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { DatabaseRefusal } from './database-refusal.ts';

/** "SKRA" in the header of every database of ours. */
const applicationId = 0x534b5241;

export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** @throws Error when the files are not numbered 1, 2, 3 … */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name));
  return names.toSorted().map((name, index) => {
    const version = Number(name.slice(0, 4));
    if (version !== index + 1) throw new Error(`${folder}: migrations are not numbered without a gap`);
    return { version, sql: readFileSync(join(folder, name), 'utf8') };
  });
}

/**
 * Looks at the header of the file without SQLite, which would write beside a database it only opens.
 * @throws DatabaseRefusal `newer` or `not-ours`.
 */
export function refuseForeignFile(file: string, newestVersion: number): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  if (header.toString('latin1', 0, 15) !== 'SQLite format 3') throw new DatabaseRefusal('not-ours', file);
  refuseVersion(file, header.readInt32BE(60), header.readInt32BE(68), newestVersion);
}

function refuseVersion(file: string, version: number, application: number, newestVersion: number): void {
  // A migration that was cut off before its first commit leaves both at zero.
  if (application !== applicationId && (application !== 0 || version !== 0))
    throw new DatabaseRefusal('not-ours', file);
  if (version > newestVersion) throw new DatabaseRefusal('newer', file);
}

/** Brings the database to the newest version, each file in its own transaction together with its number. */
export function migrate(connection: Sqlite.Database, migrations: readonly Migration[]): void {
  const current = Number(connection.pragma('user_version', { simple: true }));
  const application = Number(connection.pragma('application_id', { simple: true }));
  refuseVersion(connection.name, current, application, migrations.length);
  if (current === migrations.length) return;
  // A table that others point to can only be made anew while nobody watches; the whole is looked at before each commit.
  connection.pragma('foreign_keys = OFF');
  for (const { version, sql } of migrations.slice(current)) {
    const apply = connection.transaction(() => {
      connection.exec(sql);
      const broken: unknown = connection.pragma('foreign_key_check');
      if (!Array.isArray(broken) || broken.length > 0)
        throw new Error(`migration ${version} leaves rows that point nowhere`);
      connection.pragma(`application_id = ${applicationId}`);
      connection.pragma(`user_version = ${version}`);
    });
    apply.immediate();
  }
  connection.pragma('foreign_keys = ON');
  // Into the file itself, where the next start reads the version before it opens anything.
  connection.pragma('wal_checkpoint(TRUNCATE)');
}
