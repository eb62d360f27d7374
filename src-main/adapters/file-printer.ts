import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PrintableDocument, Printer, PrinterProblem } from '../domain/printer.ts';

interface FilePrinterOptions {
  readonly dir: string;
}

/** "Prints" into `<dir>/<reference>.pdf`, for demonstration and tests; a second print replaces the first. */
export function createFilePrinter({ dir }: FilePrinterOptions): Printer {
  return {
    kind: 'file',
    async print(document, signal) {
      if (!/^\d{12}$/.test(document.reference)) throw new Error('A reference has twelve digits');
      if (signal.aborted) return { outcome: 'failed', reason: 'timeout' };
      const problem = await tryFile(() => writeReceipt(dir, document));
      return problem === null ? { outcome: 'printed' } : { outcome: 'failed', reason: problem };
    },
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
async function writeReceipt(dir: string, { reference, pdf }: PrintableDocument): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const finished = join(dir, `${reference}.pdf`);
  const unfinished = join(dir, `.${reference}.${randomUUID()}.tmp`);
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
