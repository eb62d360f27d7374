import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import { DurableFolder, durableStartParameters, syncPath } from './durable-folder.ts';
import { lockFolder } from './folder-lock.ts';
import type { IntakeDatabase, IntakeTransaction } from './intake-database.ts';

export async function openPgliteInMemory(): Promise<IntakeDatabase> {
  return asDatabase(await PGlite.create(), 'memory', () => undefined);
}

/** Null when another process has the folder open. */
export async function openPgliteFolder(folder: string): Promise<IntakeDatabase | null> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockFolder(path.join(folder, 'lock'));
  if (lock === null) return null;
  try {
    return asDatabase(await openCluster(folder), 'pglite', () => lock.release());
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** A cluster counts once its marker stands: one that was killed while being made is made anew. */
async function openCluster(folder: string): Promise<PGlite> {
  const cluster = path.join(folder, 'cluster');
  const marker = path.join(folder, 'complete');
  const isComplete = existsSync(marker);
  if (!isComplete) rmSync(cluster, { recursive: true, force: true });
  const pglite = await PGlite.create({
    fs: new DurableFolder(cluster),
    startParams: durableStartParameters,
  });
  if (!isComplete) {
    syncTree(cluster);
    writeFileSync(marker, '');
    syncPath(marker);
    syncPath(folder);
  }
  return pglite;
}

/** The cluster is made without syncing; once is enough. */
function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() || entry.isDirectory()) syncPath(path.join(entry.parentPath, entry.name));
  }
  syncPath(folder);
}

function asDatabase(pglite: PGlite, kind: 'pglite' | 'memory', onClosed: () => void): IntakeDatabase {
  return {
    kind,
    transaction: <Result>(work: (transaction: IntakeTransaction) => Promise<Result>) =>
      pglite.transaction((transaction) => work(asTransaction(transaction))),
    isDurable: async () => kind === 'pglite',
    async close() {
      await pglite.close();
      onClosed();
    },
  };
}

function asTransaction(transaction: Transaction): IntakeTransaction {
  return {
    query: async (text, parameters) => (await transaction.query(text, [...(parameters ?? [])])).rows,
    script: async (text) => {
      await transaction.exec(text);
    },
  };
}
