import { randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { AdminAnswer, AdminRequest } from './admin.ts';
import { diskSentence, nameFile, refuseTarget } from './new-file.ts';

export type ExportAnswer =
  | {
      readonly kind: 'made';
      readonly file: string;
      readonly events: number;
      /** The last event in it; null when nothing waits. */
      readonly throughSequence: number | null;
    }
  | { readonly kind: 'refused'; readonly sentence: string };

type Ask = (request: AdminRequest) => Promise<AdminAnswer>;

/**
 * Writes what waits for the district into one new file, a batch a line, sealed and signed as it would go over the line.
 * @param afterSequence null: after what the district acknowledged. @throws ConfigError when the file is there already.
 */
export async function exportBatches(
  ask: Ask,
  target: string,
  afterSequence: number | null,
): Promise<ExportAnswer> {
  const file = resolve(target);
  await refuseTarget(file);
  const part = `${file}.part-${randomUUID()}`;
  try {
    const handle = await open(part, 'wx', 0o600);
    const written = await writeBatches(ask, handle, afterSequence).finally(() => handle.close());
    if (written.kind === 'made') await nameFile(part, file);
    return written.kind === 'made' ? { ...written, file } : written;
  } catch (error) {
    const sentence = diskSentence(error);
    if (sentence === null) throw error;
    return { kind: 'refused', sentence: `${file}: ${sentence}; nothing was written.` };
  } finally {
    await rm(part, { force: true });
  }
}

type Written =
  | { readonly kind: 'made'; readonly events: number; readonly throughSequence: number | null }
  | Extract<ExportAnswer, { kind: 'refused' }>;

async function writeBatches(ask: Ask, handle: FileHandle, afterSequence: number | null): Promise<Written> {
  let events = 0;
  let throughSequence: number | null = null;
  for (;;) {
    const answer = await ask({ ask: 'sign-batch', afterSequence: throughSequence ?? afterSequence });
    if (answer.answer !== 'signed-batch') {
      const sentence = answer.answer === 'refused' ? answer.sentence : 'The kiosk gave another answer.';
      return { kind: 'refused', sentence };
    }
    const { batch } = answer;
    if (batch === null) break;
    await handle.write(`${JSON.stringify(batch)}\n`);
    events += batch.events.length;
    throughSequence = batch.lastSequence;
  }
  await handle.sync();
  return { kind: 'made', events, throughSequence };
}
