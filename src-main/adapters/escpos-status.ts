import type { PrinterProblem } from '../contract/status.ts';

/** The four bytes of DLE EOT 1-4. */
export interface EscPosStatus {
  readonly printer: number;
  readonly offline: number;
  readonly error: number;
  readonly paper: number;
}

/** `isBlocking`: nothing comes out. `isPassing`: it may go on by itself, without a hand. */
export interface EscPosFault {
  readonly problem: PrinterProblem;
  readonly isBlocking: boolean;
  readonly isPassing: boolean;
}

const blocking = (problem: PrinterProblem): EscPosFault => ({ problem, isBlocking: true, isPassing: false });
const passing = (problem: PrinterProblem): EscPosFault => ({ problem, isBlocking: true, isPassing: true });

/**
 * The gravest first. An open cover before the paper: while it is open the paper sensor tells what it saw before.
 * @returns null when all is well.
 */
export function faultOf({ printer, offline, error, paper }: EscPosStatus): EscPosFault | null {
  const isOff = (bits: number, mask: number): boolean => (bits & mask) === 0;
  if (!isOff(error, 0x20)) return blocking('broken');
  if (!isOff(offline, 0x04)) return blocking('cover-open');
  if (!isOff(paper, 0x60) || !isOff(offline, 0x20)) return blocking('no-paper');
  if (!isOff(error, 0x08)) return blocking('cutter');
  if (!isOff(error, 0x04)) return blocking('jam');
  if (!isOff(error, 0x40)) return passing('too-hot');
  if (!isOff(offline, 0x40)) return blocking('broken');
  // Somebody feeds paper by the button, or it is not ready yet.
  if (!isOff(offline, 0x08)) return passing('busy');
  if (!isOff(printer, 0x08)) return passing('offline');
  return isOff(paper, 0x0c) ? null : { problem: 'paper-low', isBlocking: false, isPassing: false };
}

/** Of DLE EOT 1. */
export function isOffline(bits: number): boolean {
  return (bits & 0x08) !== 0;
}
