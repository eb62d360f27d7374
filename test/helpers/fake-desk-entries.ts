import { ORPCError } from '@orpc/client';
import type { Standing } from '../../src-main/contract/desk-entries.ts';
import type { Entry, EntryContent, EntryKind } from '../../src-main/contract/entry.ts';
import { entryIdSchema, reportIdSchema } from '../../src-main/contract/ids.ts';
import type { Review } from '../../src-main/contract/review.ts';
import type { QueueRow } from '../../src-main/contract/status.ts';

/** What the entries need of the kiosk they are kept in. */
export interface EntryBoard {
  readonly enter: (call: string) => void;
  readonly row: (reportId: string) => QueueRow;
  readonly change: (reportId: string, change: Partial<QueueRow>) => void;
  readonly review: (reportId: string) => Review;
  readonly seal: (content: EntryContent) => Promise<string>;
  readonly staffName: string;
}

interface Addition {
  readonly reportId: string;
  readonly version: number;
  readonly entryId: string;
  readonly sealedEntry: string;
}

/** What staff add to reports, kept in memory, with handles for a colleague at another desk. */
export class FakeEntries {
  /** What the next addition ends with, once; `lost` is kept, and the answer never comes. */
  next: 'NOT_STORED' | 'UNCERTAIN' | 'lost' | null = null;
  readonly escalated: string[] = [];
  readonly all: Entry[] = [];
  readonly #board: EntryBoard;

  constructor(board: EntryBoard) {
    this.#board = board;
  }

  standing(reportId: string): Standing {
    const entries = this.all.filter((entry) => entry.reportId === reportId);
    const rejection = entries.find(({ kind }) => kind === 'rejection');
    const deeds =
      rejection === undefined
        ? []
        : [{ deed: 'review-finish' as const, at: rejection.addedAt, by: rejection.addedBy }];
    return { review: this.#board.review(reportId), entries, deeds };
  }

  /** A colleague at another desk adds something. */
  async somebodyAdds(content: EntryContent, addedBy: string): Promise<void> {
    const { entryId, reportId, kind } = content;
    const sealedEntry = await this.#board.seal(content);
    this.#keep({ entryId, reportId, version: 0, sealedEntry }, kind, addedBy);
  }

  procedures() {
    const { enter } = this.#board;
    return {
      standing: async ({ reportId }: { reportId: string }) => {
        enter('standing');
        return this.standing(reportId);
      },
      addEntry: async (input: Addition & { kind: EntryKind }) => this.#add('addEntry', input, input.kind),
      changeLane: async (input: Addition & { lane: QueueRow['lane'] }) =>
        this.#add('changeLane', input, 'lane', { lane: input.lane }),
      transfer: async (input: Addition) => this.#add('transfer', input, 'transfer'),
      reject: async (input: Addition) =>
        this.#add('reject', input, 'rejection', { state: 'finished', isRejected: true }),
      escalate: async ({ reportId }: { reportId: string }) => {
        enter('escalate');
        this.escalated.push(reportId);
        return {};
      },
    };
  }

  #add(call: string, input: Addition, kind: EntryKind, change: Partial<QueueRow> = {}): Standing {
    this.#board.enter(call);
    const { next } = this;
    this.next = null;
    if (next === 'NOT_STORED' || next === 'UNCERTAIN')
      throw new ORPCError(next, { defined: true, status: next === 'UNCERTAIN' ? 503 : 507 });
    if (!this.all.some(({ entryId }) => entryId === input.entryId)) {
      const row = this.#board.row(input.reportId);
      if (row.version !== input.version || row.state === 'finished')
        throw new ORPCError('CHANGED', { defined: true, status: 409, data: this.standing(input.reportId) });
      this.#keep(input, kind, this.#board.staffName, change);
    }
    if (next === 'lost') throw new Error('the line fell');
    return this.standing(input.reportId);
  }

  #keep(input: Addition, kind: EntryKind, addedBy: string, change: Partial<QueueRow> = {}): void {
    const { entryId, reportId, sealedEntry } = input;
    const addedAt = '2026-11-20T13:52:00.000Z';
    const ids = { entryId: entryIdSchema.parse(entryId), reportId: reportIdSchema.parse(reportId) };
    this.all.push({ ...ids, kind, addedAt, addedBy, isDelivered: false, sealedEntry });
    this.#board.change(reportId, { ...change, version: this.#board.row(reportId).version + 1 });
  }
}
