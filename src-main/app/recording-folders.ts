import { join } from 'node:path';

/** Where human voices lie: a district's own before those that ship. */
export function recordingFolders(resourcesDir: string, districtDir: string | null | undefined): string[] {
  const dirs = districtDir === null || districtDir === undefined ? [] : [districtDir];
  return [...dirs, resourcesDir].map((dir) => join(dir, 'recordings'));
}
