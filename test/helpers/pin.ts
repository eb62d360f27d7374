import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The PIN that a start or `staff add` with --json left in a file for its user. */
export async function readPin(dataDir: string, userName: string): Promise<string> {
  return (await readFile(join(dataDir, `pin-${userName}.txt`), 'utf8')).trim();
}
