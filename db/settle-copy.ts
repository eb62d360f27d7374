import Sqlite from 'better-sqlite3';
import { DatabaseRefusal } from './database-refusal.ts';
import { syncPath } from './put-in-place.ts';
import { classify } from './sqlite-code.ts';

/**
 * Makes a copied database one whole file: its log moved in, nothing beside it, on the disk.
 * @throws DatabaseRefusal
 */
export function settleCopy(file: string): void {
  try {
    const connection = new Sqlite(file, { fileMustExist: true });
    try {
      connection.pragma('journal_mode = DELETE');
    } finally {
      connection.close();
    }
    syncPath(file);
  } catch (error) {
    const trouble = classify(error);
    if (trouble === null) throw error;
    throw new DatabaseRefusal(trouble === 'full' ? 'full' : 'broken', file, { cause: error });
  }
}
