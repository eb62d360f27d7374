import { ORPCError } from '@orpc/client';
import type { QueueRow } from '../../src-main/contract/status.ts';
import type { NamedEntry, QueueStanding } from '../../src-main/contract/desk-search.ts';
import type { Entry } from '../../src-main/contract/entry.ts';
import type { ReplyPromise } from '../../src-main/domain/reply-promise.ts';
import type { DeskClient } from '../../src-renderer/api/connect-desk.ts';

interface SealedRow {
  readonly row: QueueRow;
  readonly sealedReport: string;
}

export interface FakeSearchOptions {
  /** Notes the call; throws when nobody is signed in. */
  readonly enter: (call: string) => void;
  /** Newest first. */
  readonly stored: () => readonly SealedRow[];
  /** Of all reports, in the order in which they were added. */
  readonly entries: () => readonly Entry[];
}

function named({ entryId, reportId, kind, sealedEntry }: Entry): NamedEntry {
  return { entryId, reportId, kind, sealedEntry };
}

function withoutSeal({ sealedSummary: _sealed, ...standing }: QueueRow): QueueStanding {
  return standing;
}

/** The kiosk's side of searching. Every change of a row counts as one event. */
export class FakeSearch {
  pageSize = 4;
  /** What the audit log would hold: how many reports were opened for search, each time. */
  readonly noted: number[] = [];
  isFull = false;
  promises: ReplyPromise[] = [];
  /** Waited for before the so manieth page. */
  beforePage: (count: number) => Promise<void> = () => Promise.resolve();
  #pages = 0;
  readonly #options: FakeSearchOptions;
  #after = 0;
  #told = new Map<string, string>();
  #events: string[] = [];

  constructor(options: FakeSearchOptions) {
    this.#options = options;
  }

  #newest(): number {
    return this.#options.stored()[0]?.row.sequence ?? 0;
  }

  /** Compares with what stood before: the fake's rows change in many places. */
  #countEvents(): number {
    for (const { row } of this.#options.stored()) {
      const now = JSON.stringify(withoutSeal(row));
      if (this.#told.get(row.reportId) === now) continue;
      this.#told.set(row.reportId, now);
      this.#events.push(row.reportId);
    }
    return this.#events.length;
  }

  procedures(): Pick<DeskClient, 'beginSearch' | 'openForSearch' | 'queueChanges'> {
    const { enter, stored, entries } = this.#options;
    return {
      beginSearch: async ({ afterSequence }) => {
        enter('beginSearch');
        if (this.isFull) throw new ORPCError('NOT_STORED', { defined: true, status: 507 });
        const reports = stored().filter(({ row }) => row.sequence > afterSequence).length;
        this.#after = afterSequence;
        if (reports > 0) this.noted.push(reports);
        return {
          reports,
          throughSequence: this.#newest(),
          throughEvent: this.#countEvents(),
          promises: this.promises,
        };
      },
      openForSearch: async ({ beforeSequence }) => {
        enter('openForSearch');
        this.#pages += 1;
        await this.beforePage(this.#pages);
        const before = beforeSequence ?? Number.MAX_SAFE_INTEGER;
        const page = stored()
          .filter(({ row }) => row.sequence < before && row.sequence > this.#after)
          .slice(0, this.pageSize);
        return {
          reports: page.map(({ row, sealedReport }) => ({
            row: withoutSeal(row),
            sealedReport,
            entries: entries()
              .filter(({ reportId }) => reportId === row.reportId)
              .map(named),
          })),
          nextBeforeSequence: page.at(-1)?.row.sequence ?? null,
        };
      },
      queueChanges: async ({ afterEvent, reportIds }) => {
        enter('queueChanges');
        const throughEvent = this.#countEvents();
        const ids = new Set<string>([...this.#events.slice(afterEvent), ...reportIds]);
        const rows = stored().filter(({ row }) => ids.has(row.reportId));
        // All of them: what is there twice is added once.
        const added = entries().map(named);
        return {
          ...{ rows: rows.map(({ row }) => withoutSeal(row)), entries: added, gone: [] },
          ...{ throughEvent, hasMore: false },
        };
      },
    };
  }
}
