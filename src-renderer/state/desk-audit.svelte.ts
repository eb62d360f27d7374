import { safe } from '@orpc/client';
import type { AuditFilter, AuditLine, AuditVerdict } from '../../src-main/contract/desk-trust.ts';
import { assertNever } from '../../src-main/domain/assert-never.ts';
import { auditCsv, auditJson } from '../../src-main/domain/audit-file.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskHands } from './desk-ports.ts';
import type { DeskSession } from './desk-session.svelte.ts';

export interface DeskAuditOptions {
  readonly client: DeskClient;
  readonly session: DeskSession;
  readonly hands: DeskHands;
}

export type AuditFormat = 'csv' | 'json';
export type AuditChain =
  | { readonly state: 'unknown' | 'walking' | 'no-answer' }
  | { readonly state: 'walked'; readonly verdict: AuditVerdict };
export type AuditSaying = 'exported' | 'not-stored' | 'no-answer';

const everything: AuditFilter = { actor: null, action: null, reference: null, from: null, to: null };
/** Lines that are shown at once before somebody asks for more. */
const wantedAtOnce = 50;

type Fetched = Awaited<ReturnType<DeskClient['auditPage']>>;

/** Who did what on this kiosk, newest first, and whether nobody changed it afterwards. */
export class DeskAudit {
  #filter = $state.raw<AuditFilter>(everything);
  #lines = $state.raw<readonly AuditLine[]>([]);
  #people = $state.raw<readonly { readonly actor: string; readonly name: string }[]>([]);
  #nextBefore = $state<number | null>(null);
  #state = $state<'empty' | 'loading' | 'ready' | 'no-answer'>('empty');
  #chain = $state.raw<AuditChain>({ state: 'unknown' });
  #saying = $state<AuditSaying | null>(null);
  #isExporting = $state(false);
  readonly #options: DeskAuditOptions;
  /** Rises with every question; an answer to an older one is dropped. */
  #asked = 0;

  constructor(options: DeskAuditOptions) {
    this.#options = options;
    options.session.onLock(() => this.#wipe());
  }

  get filter(): AuditFilter {
    return this.#filter;
  }
  get lines(): readonly AuditLine[] {
    return this.#lines;
  }
  get people(): readonly { readonly actor: string; readonly name: string }[] {
    return this.#people;
  }
  get hasMore(): boolean {
    return this.#nextBefore !== null;
  }
  get state(): 'empty' | 'loading' | 'ready' | 'no-answer' {
    return this.#state;
  }
  get chain(): AuditChain {
    return this.#chain;
  }
  get saying(): AuditSaying | null {
    return this.#saying;
  }
  get isExporting(): boolean {
    return this.#isExporting;
  }

  /** Somebody comes to the place: the newest lines, and the chain walked anew. */
  async enter(): Promise<void> {
    void this.verify();
    this.#filter = everything;
    this.#lines = [];
    const people = await safe(this.#options.client.auditPeople({}));
    if (people.isSuccess) this.#people = people.data.people;
    await this.#look([], null);
  }

  useFilter(change: Partial<AuditFilter>): Promise<void> {
    this.#filter = { ...this.#filter, ...change };
    this.#lines = [];
    return this.#look([], null);
  }

  showMore(): Promise<void> {
    return this.#nextBefore === null ? Promise.resolve() : this.#look(this.#lines, this.#nextBefore);
  }

  async verify(): Promise<void> {
    this.#chain = { state: 'walking' };
    const result = await safe(this.#options.client.verifyAudit({}));
    if (this.#options.session.staff === null) return;
    this.#chain = result.isSuccess ? { state: 'walked', verdict: result.data } : { state: 'no-answer' };
  }

  /** What the filter leaves, whole, as a file. Noted before anything leaves the desk. */
  async export(format: AuditFormat): Promise<void> {
    if (this.#isExporting) return;
    this.#isExporting = true;
    this.#saying = null;
    try {
      const noted = await safe(this.#options.client.noteAuditExport({ format }));
      if (!noted.isSuccess) {
        this.#saying = this.#refused(noted.isDefined ? noted.error.code : null);
        return;
      }
      const lines = await this.#everyLine();
      if (lines !== null) this.#save(format, lines);
      this.#saying = lines === null ? 'no-answer' : 'exported';
    } finally {
      this.#isExporting = false;
    }
  }

  #refused(code: 'NOT_STORED' | 'SIGNED_OUT' | 'FORBIDDEN' | null): AuditSaying {
    if (code === 'NOT_STORED') return 'not-stored';
    if (code !== null) this.#options.session.refused(code);
    return 'no-answer';
  }

  #save(format: AuditFormat, lines: readonly AuditLine[]): void {
    const { hands } = this.#options;
    switch (format) {
      case 'csv':
        hands.saveFile({ name: 'audit.csv', type: 'text/csv', text: auditCsv(lines) });
        return;
      case 'json':
        hands.saveFile({ name: 'audit.json', type: 'application/json', text: auditJson(lines) });
        return;
      default:
        assertNever(format);
    }
  }

  async #everyLine(): Promise<readonly AuditLine[] | null> {
    const lines: AuditLine[] = [];
    const filter = this.#filter;
    let before: number | null = null;
    do {
      const page: Fetched | null = await this.#page(filter, before);
      if (page === null) return null;
      lines.push(...page.rows);
      before = page.nextBeforeSequence;
    } while (before !== null);
    return lines;
  }

  async #page(filter: AuditFilter, beforeSequence: number | null): Promise<Fetched | null> {
    const result = await safe(this.#options.client.auditPage({ ...filter, beforeSequence }));
    if (!result.isSuccess && result.isDefined) this.#options.session.refused(result.error.code);
    return result.isSuccess ? result.data : null;
  }

  /** A page may be empty while more lies further back: asks on until there is something to show. */
  async #look(before: readonly AuditLine[], from: number | null): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.#state = 'loading';
    const lines = [...before];
    let next = from;
    do {
      const page: Fetched | null = await this.#page(this.#filter, next);
      if (asked !== this.#asked) return;
      if (page === null) {
        this.#state = 'no-answer';
        return;
      }
      lines.push(...page.rows);
      next = page.nextBeforeSequence;
      this.#lines = [...lines];
      this.#nextBefore = next;
    } while (next !== null && lines.length < before.length + wantedAtOnce);
    this.#state = 'ready';
  }

  #wipe(): void {
    this.#asked += 1;
    this.#filter = everything;
    this.#lines = [];
    this.#people = [];
    this.#nextBefore = null;
    this.#state = 'empty';
    this.#chain = { state: 'unknown' };
    this.#saying = null;
  }
}
