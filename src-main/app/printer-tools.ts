import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { findPrinters, type FoundPrinters } from '../adapters/find-printers.ts';
import type { PrinterProblem } from '../contract/status.ts';
import type { PrinterStatus } from '../domain/printer.ts';
import type { Config } from './config.ts';
import { openPrinter } from './printer-config.ts';

export type { FoundPrinters };
export { findPrinters };

export interface PrinterHealth extends PrinterStatus {
  readonly kind: string;
  readonly name: string;
  readonly paper: string;
}

const statusMs = 8_000;

/** Asks the printer of the configuration, past a kiosk that may be running: only for when none is. */
export async function askPrinter(config: Config): Promise<PrinterHealth> {
  const { printer, paper, name } = await openPrinter(config, '-');
  const status = await printer.status(AbortSignal.timeout(statusMs));
  return { kind: printer.kind, name, paper, ...status };
}

const sentences = z.object({ printer: z.record(z.string(), z.string()) });

/** The problem as the visitor's screen says it, in English. */
export async function problemSentence(config: Config, problem: PrinterProblem): Promise<string> {
  const file = join(config.resourcesDir, 'locales', 'en', 'safety.json');
  const { printer } = sentences.parse(JSON.parse(await readFile(file, 'utf8')));
  return printer[problem] ?? problem;
}
