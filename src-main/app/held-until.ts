import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HeldUntil } from '../services/door.ts';

/** Beside the database: the version that is started by an update finds the door as the one before left it. */
export function heldUntilFile(dataDir: string): HeldUntil {
  const file = join(dataDir, 'door-held-until');
  return {
    read() {
      try {
        const untilMs = Number(readFileSync(file, 'utf8'));
        return Number.isFinite(untilMs) ? untilMs : null;
      } catch {
        return null;
      }
    },
    write(untilMs) {
      if (untilMs === null) rmSync(file, { force: true });
      else writeFileSync(file, String(untilMs), { mode: 0o600 });
    },
  };
}
