import { ORPCError } from '@orpc/client';
import type { AuditLine, AuditVerdict } from '../../src-main/contract/desk-trust.ts';
import type { DeskClient } from '../../src-renderer/api/connect-desk.ts';

/** Of what a supervisor looks after, as much as a page can meet. */
export class FakeTrust {
  lines: AuditLine[] = [];
  verdict: AuditVerdict = { rows: 0, ok: true, firstBad: null };
  people = [{ actor: '00000000-0000-4000-8000-0000000000aa', name: 'A. Opfundet' }];
  pageSize = 5;
  /** Nothing can be noted. */
  isFull = false;
  readonly #enter: (call: string) => void;

  constructor(enter: (call: string) => void) {
    this.#enter = enter;
  }

  procedures() {
    return {
      auditPage: async ({ beforeSequence, actor, action, reference }) => {
        this.#enter('auditPage');
        const before = this.lines
          .filter(({ sequence }) => beforeSequence === null || sequence < beforeSequence)
          .toSorted((a, b) => b.sequence - a.sequence)
          .slice(0, this.pageSize);
        const rows = before.filter(
          (line) =>
            (actor === null || line.actor === actor) &&
            (action === null || line.action === action) &&
            (reference === null || line.reference === reference),
        );
        const last = before.at(-1)?.sequence ?? 1;
        return { rows, nextBeforeSequence: last > 1 ? last : null };
      },
      auditPeople: async () => {
        this.#enter('auditPeople');
        return { people: this.people };
      },
      verifyAudit: async () => {
        this.#enter('verifyAudit');
        return this.verdict;
      },
      noteAuditExport: async ({ format }) => {
        this.#enter(`noteAuditExport ${format}`);
        return {};
      },
      noteReportOut: async ({ way }) => {
        this.#enter(`noteReportOut ${way}`);
        if (this.isFull) throw new ORPCError('NOT_STORED', { defined: true, status: 507 });
        return {};
      },
      noteQueueExport: async () => {
        this.#enter('noteQueueExport');
        return {};
      },
    } satisfies Partial<DeskClient>;
  }
}
