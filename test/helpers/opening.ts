import { openDatabase } from '../../src-district/open-database.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';

/** The database, or a failed test that says why not. */
export async function openOrFail(url: string): Promise<IntakeDatabase> {
  const opening = await openDatabase(url);
  if (!opening.ok) throw new Error(`${opening.problem}: ${opening.detail}`);
  return opening.database;
}
