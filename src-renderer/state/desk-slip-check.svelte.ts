import { safe } from '@orpc/client';
import type { ReferenceNumber } from '../../src-main/contract/ids.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskReport } from './desk-report.svelte.ts';
import type { DeskSession } from './desk-session.svelte.ts';
import { judgeSlip, type SlipVerdict } from './slip-verdict.ts';

/** Whether the report of the slip came on screen; `none`: nobody looked for one. */
export type FoundReport = 'none' | 'looking' | 'shown' | 'not-here' | 'no-answer';

export interface SlipAnswer {
  readonly verdict: SlipVerdict;
  readonly report: FoundReport;
  /** Counts up, so that the same words are read again. */
  readonly count: number;
}

export interface DeskSlipCheckOptions {
  readonly client: DeskClient;
  readonly session: DeskSession;
  readonly report: DeskReport;
  /** Another kiosk's slip is checked with that one's key, where this page shows it. */
  readonly isElsewhere: (kioskId: string, text: string) => boolean;
}

/** A slip that somebody brings back: whether this kiosk made it, and its report. Nothing that was scanned is kept. */
export class DeskSlipCheck {
  #answer = $state.raw<SlipAnswer | null>(null);
  readonly #options: DeskSlipCheckOptions;
  /** Rises with every slip; an answer about an older one is dropped. */
  #asked = 0;

  constructor(options: DeskSlipCheckOptions) {
    this.#options = options;
    options.session.onLock(() => this.close());
  }

  get answer(): SlipAnswer | null {
    return this.#answer;
  }

  close(): void {
    this.#asked += 1;
    this.#answer = null;
  }

  /** The verdict stands before the kiosk is asked for anything. */
  async check(text: string): Promise<void> {
    const { welcome, staff } = this.#options.session;
    if (welcome === null || staff === null) return;
    this.close();
    const asked = this.#asked;
    const verdict = await judgeSlip(text, { kioskId: welcome.kioskId, keys: welcome.kioskKeys });
    if (asked !== this.#asked) return;
    if (verdict.kind === 'other-kiosk' && this.#options.isElsewhere(verdict.kioskId, text)) return;
    if (verdict.kind !== 'genuine' && verdict.kind !== 'number') {
      this.#answer = { verdict, report: 'none', count: asked };
      return;
    }
    this.#answer = { verdict, report: 'looking', count: asked };
    const report = await this.#show(verdict.reference, asked);
    if (asked === this.#asked) this.#answer = { verdict, report, count: asked };
  }

  async #show(reference: ReferenceNumber, asked: number): Promise<FoundReport> {
    const { client, session, report } = this.#options;
    const found = await safe(client.findReport({ reference }));
    if (asked !== this.#asked) return 'none';
    if (!found.isSuccess) {
      if (found.isDefined) session.refused(found.error.code);
      return 'no-answer';
    }
    const { row } = found.data;
    if (row === null) return 'not-here';
    // One that is open stays as it stands, and the audit log says once that it was read.
    if (report.reportId !== row.reportId || report.view.state !== 'open') await report.open(row);
    return 'shown';
  }
}
