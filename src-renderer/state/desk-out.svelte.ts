import { safe } from '@orpc/client';
import type { ReportExport } from '../../src-main/contract/report-export.ts';
import { queueCsv, type QueueRecord } from '../../src-main/domain/queue-file.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskKeys } from './desk-keys.svelte.ts';
import type { DeskHands } from './desk-ports.ts';
import type { DeskQueue, QueueFilter } from './desk-queue.svelte.ts';
import type { DeskReport } from './desk-report.svelte.ts';
import type { DeskSession } from './desk-session.svelte.ts';

export interface DeskOutOptions {
  readonly client: DeskClient;
  readonly session: DeskSession;
  readonly report: DeskReport;
  readonly keys: DeskKeys;
  readonly queue: DeskQueue;
  readonly hands: DeskHands;
}

export type OutSaying =
  'copied' | 'cannot-copy' | 'saved' | 'queue-saved' | 'not-stored' | 'gone' | 'no-answer';
type Way = Parameters<DeskClient['noteReportOut']>[0]['way'];
type QueuePage = Awaited<ReturnType<DeskClient['queue']>>;
type Refusal = 'NOT_STORED' | 'NOT_FOUND' | 'SIGNED_OUT' | 'FORBIDDEN';

/** The way of an open report, or of the queue, out of the desk. Nothing leaves before the kiosk has noted who took it. */
export class DeskOut {
  #openFor = $state<string | null>(null);
  #saying = $state<OutSaying | null>(null);
  #queueSaying = $state<OutSaying | null>(null);
  /** What was copied last, so that its button can say so. */
  #copied = $state<string | null>(null);
  #isPrinting = $state(false);
  #isBusy = false;
  /** The report whose copying is noted: an officer copies a dozen fields of one. */
  #noted: string | null = null;
  readonly #options: DeskOutOptions;

  constructor(options: DeskOutOptions) {
    this.#options = options;
    options.session.onLock(() => this.close());
  }

  /** The fields stand in place of the answers, until another report is opened. */
  get isOpen(): boolean {
    return this.#openFor !== null && this.#openFor === this.#options.report.reportId;
  }
  get saying(): OutSaying | null {
    return this.#saying;
  }
  /** What came of saving the queue. */
  get queueSaying(): OutSaying | null {
    return this.#queueSaying;
  }
  get copied(): string | null {
    return this.#copied;
  }
  /** The sheet stands in the page, for the printer alone. */
  get isPrinting(): boolean {
    return this.#isPrinting;
  }

  open(): void {
    this.#openFor = this.#options.report.reportId;
    this.#saying = null;
    this.#copied = null;
  }

  close(): void {
    this.#openFor = null;
    this.#saying = null;
    this.#copied = null;
    this.#isPrinting = false;
    this.#noted = null;
    this.#queueSaying = null;
  }

  /** @param what the field, or `all`. */
  copy(what: string, text: string): Promise<void> {
    return this.#work(async () => {
      const { reportId } = this.#options.report;
      if (this.#noted !== reportId && !(await this.#note('copied'))) return;
      this.#noted = reportId;
      const isCopied = await this.#options.hands.copyText(text);
      this.#copied = isCopied ? what : null;
      this.#saying = isCopied ? 'copied' : 'cannot-copy';
    });
  }

  save(made: ReportExport): Promise<void> {
    return this.#work(async () => {
      if (!(await this.#note('saved'))) return;
      const text = `${JSON.stringify(made, null, 2)}\n`;
      this.#options.hands.saveFile({ name: `${made.reference}.json`, type: 'application/json', text });
      this.#saying = 'saved';
    });
  }

  /** The sheet is put into the page; whoever shows it prints when it stands there. */
  preparePrint(): Promise<void> {
    return this.#work(async () => {
      if (await this.#note('printed')) this.#isPrinting = true;
    });
  }

  print(): void {
    this.#options.hands.printPage();
  }

  /** The browser's own dialogue is closed: on paper, as PDF, or not at all. */
  printDone(): void {
    this.#isPrinting = false;
  }

  /**
   * Every line of the list that is chosen, without a word of a visitor.
   * @param typeName Danish for a type; null where a summary does not open here.
   */
  saveQueue(typeName: (reportType: string | null) => string): Promise<void> {
    this.#queueSaying = null;
    return this.#work(async () => {
      const records = await this.#everyLine(typeName);
      const noted = records === null ? null : await safe(this.#options.client.noteQueueExport({}));
      if (records === null || noted === null || (!noted.isSuccess && !noted.isDefined)) {
        this.#queueSaying = 'no-answer';
      } else if (noted.isSuccess) {
        const text = queueCsv(records);
        this.#options.hands.saveFile({ name: 'queue.csv', type: 'text/csv', text });
        this.#queueSaying = 'queue-saved';
      } else if (noted.error.code === 'NOT_STORED') this.#queueSaying = 'not-stored';
      else this.#options.session.refused(noted.error.code);
    });
  }

  async #everyLine(typeName: (reportType: string | null) => string): Promise<readonly QueueRecord[] | null> {
    const { keys, queue } = this.#options;
    const { filter } = queue;
    const records: QueueRecord[] = [];
    let beforeSequence: number | null = null;
    do {
      const page: QueuePage | null = await this.#page(filter, beforeSequence);
      if (page === null) return null;
      for (const row of page.rows) {
        const summary = await keys.openSummary(row.sealedSummary, row.reportId);
        records.push({ row, type: typeName(summary.ok ? summary.opened.reportType : null) });
      }
      beforeSequence = page.nextBeforeSequence;
    } while (beforeSequence !== null);
    return records;
  }

  async #page(filter: QueueFilter, beforeSequence: number | null): Promise<QueuePage | null> {
    const page = await safe(this.#options.client.queue({ filter, beforeSequence }));
    return page.isSuccess ? page.data : null;
  }

  async #note(way: Way): Promise<boolean> {
    const { view } = this.#options.report;
    if (view.state !== 'open') return false;
    const { reportId } = view.row;
    const noted = await safe(this.#options.client.noteReportOut({ reportId, way }));
    // Another one may have been opened meanwhile: it was not asked about.
    if (this.#options.report.reportId !== reportId) return false;
    if (!noted.isSuccess) this.#refused(noted.isDefined ? noted.error.code : null);
    return noted.isSuccess;
  }

  #refused(code: Refusal | null): void {
    if (code === 'SIGNED_OUT' || code === 'FORBIDDEN') this.#options.session.refused(code);
    else if (code === 'NOT_STORED') this.#saying = 'not-stored';
    else this.#saying = code === null ? 'no-answer' : 'gone';
  }

  async #work(task: () => Promise<void>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#saying = null;
    try {
      await task();
    } finally {
      this.#isBusy = false;
    }
  }
}
