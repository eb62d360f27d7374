import { isDefinedError, safe } from '@orpc/client';
import type { Submission } from '../../src-main/contract/report.ts';
import type { PrintState, ReceiptStatus } from '../../src-main/contract/status.ts';
import type { SubmitResult } from '../../src-main/contract/visitor.ts';
import { LineDown } from '../api/line.ts';
import type { VisitKiosk } from './visit-kiosk.svelte.ts';

/**
 * `waiting`: never left this page, goes by itself when the line is back. `not-stored`: the services said no before
 * anything was promised. `uncertain`: nobody knows; only the very same report may be sent again.
 */
export type SubmitState =
  | { readonly name: 'editing' | 'sending' | 'waiting' | 'uncertain' | 'cannot-report' | 'too-many' }
  | { readonly name: 'not-stored'; readonly reason: 'full' | 'read-only' | 'broken' }
  | { readonly name: 'invalid'; readonly questionId: string }
  | { readonly name: 'stored'; readonly result: SubmitResult };

const answerWithinMs = 20_000;
const askAgainMs = 1000;
/** How often the services are asked at once before the visitor reads that nobody knows. */
const quietAttempts = 3;

/** Sends one report, once, whatever happens on the way; then follows its slip. */
export class VisitSubmission {
  state = $state.raw<SubmitState>({ name: 'editing' });
  printState = $state<PrintState>('queued');
  problem = $state<ReceiptStatus['problem']>(null);
  /** False for a moment after the number appears: the second half of a double tap must not end the visit unread. */
  isSettled = $state(false);
  readonly #kiosk: VisitKiosk;
  readonly #onStored: (result: SubmitResult) => void;
  #submission: Submission | null = null;
  /** An attempt ended without a word: from then on only the very same report may go. */
  #mayBeStored = false;
  #isStopped = false;
  #attempts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #stops: (() => void)[];

  constructor(kiosk: VisitKiosk, onStored: (result: SubmitResult) => void) {
    this.#kiosk = kiosk;
    this.#onStored = onStored;
    this.#stops = [
      kiosk.line.onChange((isUp) => {
        if (isUp && (this.state.name === 'waiting' || this.state.name === 'uncertain')) this.retry();
      }),
      kiosk.onNotice((notice) => {
        if (notice.kind === 'receipt') this.#hear(notice.receipt);
      }),
    ];
  }

  /** Starts to send. A second touch, or one after the number is there, changes nothing. */
  submit(submission: Submission): void {
    const { name } = this.state;
    if (name === 'sending' || name === 'waiting' || name === 'stored' || name === 'uncertain') return;
    this.#submission = submission;
    this.retry();
  }

  /** The same report with the same id once more. */
  retry(): void {
    if (this.#submission === null || this.state.name === 'sending' || this.state.name === 'stored') return;
    this.#attempts = 0;
    this.state = { name: 'sending' };
    void this.#send(this.#submission);
  }

  /** Back to the answers; only while it is certain that nothing was stored. */
  edit(): boolean {
    const { name } = this.state;
    if (name === 'sending' || name === 'uncertain' || name === 'stored') return false;
    this.state = { name: 'editing' };
    this.#submission = null;
    return true;
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    for (const stop of this.#stops) stop();
    this.#submission = null;
  }

  async #send(submission: Submission): Promise<void> {
    this.#attempts += 1;
    const signal = AbortSignal.timeout(answerWithinMs);
    const [error, result] = await safe(this.#kiosk.line.client.submit(submission, { signal }));
    if (this.#isStopped) return;
    if (error === null) {
      this.#stored(result);
    } else if (error instanceof LineDown) {
      this.state = { name: this.#mayBeStored ? 'uncertain' : 'waiting' };
    } else if (isDefinedError(error) && error.code === 'CANNOT_REPORT') {
      this.state = { name: 'cannot-report' };
    } else if (isDefinedError(error) && error.code === 'TOO_MANY') {
      this.state = { name: 'too-many' };
    } else if (isDefinedError(error) && error.code === 'NOT_STORED') {
      this.#mayBeStored = false;
      this.state = { name: 'not-stored', reason: error.data.reason };
    } else if (isDefinedError(error) && error.code === 'INVALID_ANSWER') {
      this.state = { name: 'invalid', questionId: error.data.questionId };
    } else {
      this.#nobodyKnows(submission);
    }
  }

  /** The line fell in the middle, or the services do not know: ask again quietly, then say so. */
  #nobodyKnows(submission: Submission): void {
    this.#mayBeStored = true;
    if (this.#attempts >= quietAttempts || !this.#kiosk.line.isUp()) {
      this.state = { name: 'uncertain' };
      return;
    }
    this.#timer = setTimeout(() => void this.#send(submission), askAgainMs);
  }

  #stored(result: SubmitResult): void {
    this.#submission = null;
    this.printState = result.printState;
    this.state = { name: 'stored', result };
    this.#timer = setTimeout(() => {
      this.isSettled = true;
    }, settleMs);
    this.#onStored(result);
  }

  /** Whether the paper is in the visitor's hands. What the desk then sees does not depend on the answer arriving. */
  tellSlip(hasSlip: boolean): void {
    if (this.state.name !== 'stored') return;
    const { reportId } = this.state.result;
    if (!hasSlip) {
      this.printState = 'unknown';
      this.problem = 'not-seen';
    }
    void safe(this.#kiosk.line.client.tellSlip({ reportId, hasSlip }));
  }

  #hear(receipt: ReceiptStatus): void {
    if (this.state.name !== 'stored' || receipt.reportId !== this.state.result.reportId) return;
    this.printState = receipt.state;
    this.problem = receipt.problem;
  }
}

/** The number stands this long before a touch can end the visit. */
export const settleMs = 1200;
