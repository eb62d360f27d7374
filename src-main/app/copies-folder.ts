import { chown, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Where copies of the database stand until they are taken away. */
export function copiesFolder(dataDir: string): string {
  return join(dataDir, 'copies');
}

/** Made by a command that IT runs as root, it must still be the kiosk's to write into. */
export async function openCopiesFolder(dataDir: string): Promise<string> {
  const folder = copiesFolder(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (process.getuid?.() === 0) {
    const { uid, gid } = await stat(dataDir);
    await chown(folder, uid, gid);
  }
  return folder;
}
