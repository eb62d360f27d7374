import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { ConfigError } from '../app/config-error.ts';

/** Its owner writes, its group reads: whoever shows the kiosk's screen is another user, and this is all they get. */
const rights = 0o640;

/**
 * Leaves the kiosk's address, with the token in it, for the screen of a user of its own. It is there only while the kiosk
 * answers at it.
 * @returns what takes it away.
 */
export async function leaveAddress(file: string, address: string): Promise<() => Promise<void>> {
  const temporary = `${file}.new`;
  try {
    await writeFile(temporary, `${address}\n`, { mode: 0o600 });
    await chmod(temporary, rights);
    await rename(temporary, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new ConfigError(
      `--address-file ${file}: expected a file in a folder that this user may write to (${String(error.code)}).`,
    );
  }
  return () => rm(file, { force: true });
}
