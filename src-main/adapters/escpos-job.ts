import type { PrinterProfile } from '../contract/printer-profile.ts';
import type { PrinterProblem } from '../contract/status.ts';
import type { Bitmap, PrintOutcome, PrintRun } from '../domain/printer.ts';
import { clearPrinter } from './escpos-clear.ts';
import { endPicture, feedAndCut, initialize, rasterBand } from './escpos-commands.ts';
import type { EscPosDialogue } from './escpos-dialogue.ts';
import { readFault, readFaultBriefly } from './escpos-fault.ts';
import { wait } from './wait.ts';

/** What the jobs before left behind. */
export interface Leftovers {
  /** In the printer's memory. At the start nobody knows what a crash left. */
  readonly memory: 'none' | 'perhaps' | 'some';
  /** A piece of a slip hangs out of the printer, not cut off. */
  readonly isHanging: boolean;
}

export const nothingLeft: Leftovers = { memory: 'none', isHanging: false };

export interface EscPosJobOptions {
  readonly profile: PrinterProfile;
  /** A fresh line; null when there is none. */
  readonly connect: (signal: AbortSignal) => Promise<EscPosDialogue | PrinterProblem>;
  readonly leftovers: Leftovers;
}

/** The line broke, or the time is up: whatever was being done is over. */
class Interrupted extends Error {
  readonly problem: PrinterProblem;
  constructor(problem: PrinterProblem) {
    super(problem);
    this.problem = problem;
  }
}

const failed = (reason: PrinterProblem): PrintOutcome => ({ outcome: 'failed', reason });
const unknown = (reason: PrinterProblem): PrintOutcome => ({ outcome: 'unknown', reason });

const pollMs = 200;
/** A printer that prints is not disturbed; one that has stopped is asked why. */
const markerPollMs = 500;
/** For taking back; the print's own time is over then. */
const takeBackMs = 1_200;

/** One strip on its way through one printer. */
export class EscPosJob {
  leftovers: Leftovers;
  private readonly options: EscPosJobOptions;
  private readonly run: PrintRun;
  private readonly overdue: Promise<never>;
  private dialogue: EscPosDialogue | null = null;
  /** A printer that need not answer and does not. */
  private isMute: boolean;
  private progress: 'nothing' | 'some' | 'all' | 'came-out' = 'nothing';

  constructor(options: EscPosJobOptions, run: PrintRun) {
    this.options = options;
    this.run = run;
    this.leftovers = options.leftovers;
    this.isMute = options.profile.status === 'silent';
    this.overdue = new Promise((_, reject) => {
      run.signal.addEventListener('abort', () => reject(new Interrupted('timeout')), { once: true });
    });
    // Most jobs end before.
    this.overdue.catch(() => undefined);
  }

  async print(strip: Bitmap): Promise<PrintOutcome> {
    try {
      const { signal } = this.run;
      const dialogue = await this.options.connect(signal);
      if (typeof dialogue === 'string') return failed(signal.aborted ? 'timeout' : dialogue);
      this.dialogue = dialogue;
      await this.untilReady();
      await this.partFromLast(strip.widthDots);
      if (signal.aborted) return failed('timeout');
      this.run.onSent();
      await this.send(strip);
      return await this.end();
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      return this.progress === 'nothing' ? failed(error.problem) : await this.takeBack(error.problem);
    } finally {
      this.dialogue?.channel.drop();
    }
  }

  private get line(): EscPosDialogue {
    if (this.dialogue === null) throw new Error('The job has no line yet');
    return this.dialogue;
  }

  /** Waits while the printer says that it will go on by itself. */
  private async untilReady(isBrief = false): Promise<void> {
    const { profile } = this.options;
    while (!this.isMute) {
      const read = isBrief ? readFaultBriefly : readFault;
      const fault = await read(this.line, profile, this.run.signal);
      if (fault?.problem === 'cannot-tell') this.isMute = true;
      if (fault === null || !fault.isBlocking) return;
      if (!fault.isPassing) throw new Interrupted(fault.problem);
      await wait(pollMs, this.run.signal);
      if (this.run.signal.aborted) throw new Interrupted(fault.problem);
    }
  }

  /** What the last visitor's slip left behind does not come out with this one. */
  private async partFromLast(widthDots: number): Promise<void> {
    const { profile } = this.options;
    const { memory, isHanging } = this.leftovers;
    const isForgotten = memory === 'none' || (await clearPrinter(this.line, profile));
    if (memory === 'some' && !isForgotten) await this.write(endPicture(profile, widthDots));
    if (isHanging) await this.write(Buffer.concat([initialize, feedAndCut(profile)]));
    this.leftovers = nothingLeft;
  }

  private async send(strip: Bitmap): Promise<void> {
    const { bandRows } = this.options.profile;
    this.progress = 'some';
    await this.write(initialize);
    for (let row = 0; row < strip.heightDots; row += bandRows) {
      await this.write(rasterBand(strip, row, bandRows));
      if (row + bandRows >= strip.heightDots) this.progress = 'all';
      await this.untilReady(true);
    }
  }

  private async end(): Promise<PrintOutcome> {
    const { profile } = this.options;
    if (profile.confirm === 'none') {
      await this.write(feedAndCut(profile));
      await this.untilReady();
      await this.orInterrupted(this.line.channel.finish());
      return unknown('cannot-tell');
    }
    await this.untilMarker(profile.confirm);
    this.progress = 'came-out';
    await this.write(feedAndCut(profile));
    await this.untilMarker(profile.confirm);
    // Printed and cut, it says; only its knife could still say otherwise. What else is wrong now is the next slip's matter.
    const fault = this.isMute ? null : await readFault(this.line, profile, this.run.signal);
    await this.orInterrupted(this.line.channel.finish());
    return fault?.problem === 'cutter' ? unknown('cutter') : { outcome: 'printed' };
  }

  /** Until the printer answers the question that stands behind everything sent. */
  private async untilMarker(by: 'process-id' | 'paper-status'): Promise<void> {
    const { signal } = this.run;
    const marker = await this.orInterrupted(this.line.sendMarker(by));
    while (!marker.isSeen()) {
      const reply = await this.line.hearNext(marker.kind, markerPollMs, signal);
      if (marker.isSeen()) return;
      if (reply === 'broken') throw new Interrupted('offline');
      if (signal.aborted) throw new Interrupted('timeout');
      await this.untilReady();
    }
  }

  /**
   * No more of this slip: the printer forgets what it has not printed, over a fresh line where the old one is stuck. Then
   * what it says is wrong with it is the reason.
   */
  private async takeBack(problem: PrinterProblem): Promise<PrintOutcome> {
    this.line.channel.drop();
    this.leftovers = { memory: 'some', isHanging: true };
    const signal = AbortSignal.timeout(takeBackMs);
    const fresh = await this.reconnect(signal);
    if (fresh === null) return this.progress === 'some' ? failed(problem) : unknown(problem);
    const fault = this.isMute ? null : await readFault(fresh, this.options.profile, signal);
    const isStopped = fault?.isBlocking === true && fault.problem !== 'timeout';
    const isCleared = await clearPrinter(fresh, this.options.profile);
    if (isCleared) this.leftovers = { memory: 'none', isHanging: true };
    fresh.channel.drop();
    const reason = isStopped ? fault.problem : problem;
    // It stopped before it answered, and has forgotten the rest: the slip is not whole and never will be.
    const isLost = this.progress === 'some' || (this.progress === 'all' && isStopped && isCleared);
    return isLost ? failed(reason) : unknown(reason);
  }

  /** A printer needs a moment to let go of the line before. */
  private async reconnect(signal: AbortSignal): Promise<EscPosDialogue | null> {
    while (!signal.aborted) {
      const fresh = await this.options.connect(signal);
      if (typeof fresh !== 'string') return fresh;
      await wait(pollMs, signal);
    }
    return null;
  }

  private write(bytes: Uint8Array): Promise<void> {
    return this.orInterrupted(this.line.channel.write(bytes));
  }

  /** A printer that is full takes nothing more; the deadline ends that too. */
  private async orInterrupted<T>(act: Promise<T>): Promise<T> {
    try {
      return await Promise.race([act, this.overdue]);
    } catch (error) {
      throw error instanceof Interrupted ? error : new Interrupted('offline');
    }
  }
}
