import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writePrivate } from '../../adapters/private-files.ts';

const underWaySchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** The database as it was before the other version saw it; null: there was none. */
  backup: z.string().nullable(),
  /** Checks of doctor that had failed already. */
  failedBefore: z.array(z.string()),
});
export type UnderWay = z.infer<typeof underWaySchema>;

const stateSchema = z.strictObject({
  /** Written before anything is changed, so that a power cut is found again. */
  underWay: underWaySchema.nullable(),
  /** Versions that failed here; they are not tried again. */
  failed: z.array(z.string()),
});
export type UpdateState = z.infer<typeof stateSchema>;

export const noUpdate: UpdateState = { underWay: null, failed: [] };

export async function readUpdateState(file: string): Promise<UpdateState> {
  try {
    return stateSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return noUpdate;
  }
}

export function writeUpdateState(file: string, state: UpdateState): Promise<void> {
  return writePrivate(file, JSON.stringify(state));
}
