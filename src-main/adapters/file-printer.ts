import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PrinterProblem } from '../contract/status.ts';
import type { Printer } from '../domain/printer.ts';

interface FilePrinterOptions {
  readonly dir: string;
}

/** "Prints" into `<dir>/<title>.pdf`, for demonstration and tests; a second print replaces the first. */
export function createFilePrinter({ dir }: FilePrinterOptions): Printer {
  return {
    kind: 'file',
    form: { kind: 'pdf' },
    async print(document, { signal, onSent }) {
      if (document.kind !== 'pdf') throw new Error('This printer takes PDF');
      if (!/^[a-z0-9-]{1,60}$/.test(document.title))
        throw new Error('A title has small letters, digits and hyphens');
      if (signal.aborted) return { outcome: 'failed', reason: 'timeout' };
      onSent();
      const problem = await tryFile(() => writeReceipt(dir, document.title, document.pdf));
      return problem === null ? { outcome: 'printed' } : { outcome: 'failed', reason: problem };
    },
    takeBackOld: async () => undefined,
    async status() {
      const problem = await tryFile(() => checkFolder(dir));
      return { state: problem === null ? 'ready' : 'attention', problem };
    },
  };
}

async function checkFolder(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await access(dir, constants.W_OK);
}

/** Whole or not at all: a reader, or a power cut, never meets half a slip under the final name. */
async function writeReceipt(dir: string, title: string, pdf: Uint8Array): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const finished = join(dir, `${title}.pdf`);
  const unfinished = join(dir, `.${title}.${randomUUID()}.tmp`);
  try {
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(pdf);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, finished);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  await syncFolder(dir);
}

async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function tryFile(work: () => Promise<void>): Promise<PrinterProblem | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    switch (error.code) {
      case 'ENOSPC':
      case 'EDQUOT':
        return 'no-paper';
      case 'EACCES':
      case 'EPERM':
      case 'EROFS':
        return 'refused';
      default:
        return 'unknown';
    }
  }
}
