import { ORPCError } from '@orpc/client';
import { addDays } from '../../src-main/domain/visit-when.ts';
import type { AuditLine, AuditVerdict, KioskHealth, Numbers } from '../../src-main/contract/desk-trust.ts';
import type { StationPreview, StationStanding } from '../../src-main/contract/station-settings.ts';
import { checkStationSettings } from '../../src-main/domain/station-settings.ts';
import type { DeskClient } from '../../src-renderer/api/connect-desk.ts';
import { openHours } from './fake-visitor-api.ts';

const usual = [1, 2, 3, 4, 5, 6, 7].map((day) => (day < 6 ? [{ from: '08:00', to: '18:00' }] : []));

/** Of what a supervisor looks after, as much as a page can meet. */
export class FakeTrust {
  lines: AuditLine[] = [];
  verdict: AuditVerdict = { rows: 0, ok: true, firstBad: null, signed: null };
  people = [{ actor: '00000000-0000-4000-8000-0000000000aa', name: 'A. Opfundet' }];
  pageSize = 5;
  standing: StationStanding = {
    version: 0,
    approved: null,
    isSetAside: false,
    shipped: {
      validFrom: '2026-11-20',
      reviewBy: '2027-05-21',
      services: [
        { id: 'counter', week: usual, onHolidays: 'closed' },
        { id: 'permits', week: usual, onHolidays: 'closed' },
      ],
      exceptions: [{ reason: 'christmas-eve', on: '12-24', until: null, spans: [], services: null }],
      notices: [],
      replyWithinDays: null,
    },
    frame: {
      today: '2026-11-20',
      services: ['counter', 'permits', 'lost-property'],
      reasons: ['christmas-eve', 'closed-day', 'other-hours'],
    },
  };
  numbers: Numbers = {
    from: '2026-10-22',
    to: '2026-11-20',
    days: Array.from({ length: 30 }, (_, at) => ({
      day: addDays('2026-10-22', at),
      reports: (at * 7) % 12,
      dropped: at % 4 === 1 ? null : (at * 5) % 11,
    })),
    waiting: {
      buckets: [
        { id: 'quarter', count: 61 },
        { id: 'hour', count: 40 },
        { id: 'half-day', count: 12 },
        { id: 'day', count: 6 },
        { id: 'longer', count: 2 },
      ],
      notTaken: 4,
      medianMinutes: 14,
      ninetiethMinutes: 190,
    },
    dropped: {
      cells: [
        { screen: 'question-what-happened', language: 'ar', count: 14 },
        { screen: 'privacy', language: 'da', count: 9 },
        { screen: 'question-because-of', language: 'en', count: 5 },
      ],
      hidden: 6,
    },
    questions: 7,
    slips: { printed: 118, notPrinted: 2, settled: 1, notSeen: 3, reprinted: 5 },
  };
  health: KioskHealth = {
    localTime: '2026-11-20T14:53',
    isClockTrusted: true,
    disk: { freeBytes: 41_500_000_000, totalBytes: 64_000_000_000 },
    store: 'healthy',
    hours: 'known',
    hoursReviewBy: '2027-05-21',
    areSettingsSetAside: false,
    canReport: true,
    lobbyScreen: 'shown',
    content: { live: null, previous: null, staged: [], refused: [], isWaitingForVisitor: false },
  };
  preview: StationPreview = { hours: openHours, services: [], news: [] };
  /** Nothing can be noted. */
  isFull = false;
  readonly #enter: (call: string) => void;

  constructor(enter: (call: string) => void) {
    this.#enter = enter;
  }

  procedures() {
    return {
      auditPage: async ({ beforeSequence, actor, action, reference, from, to }) => {
        this.#enter('auditPage');
        const before = this.lines
          .filter(({ sequence }) => beforeSequence === null || sequence < beforeSequence)
          .toSorted((a, b) => b.sequence - a.sequence)
          .slice(0, this.pageSize);
        const rows = before.filter(
          (line) =>
            (actor === null || line.actor === actor) &&
            (action === null || line.action === action) &&
            (reference === null || line.reference === reference) &&
            (from === null || line.occurredAt.slice(0, 10) >= from) &&
            (to === null || line.occurredAt.slice(0, 10) <= to),
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
      kioskHealth: async () => this.health,
      numbers: async () => this.numbers,
      stationSettings: async () => this.standing,
      previewStation: async ({ settings }) => {
        this.#enter('previewStation');
        const { today } = this.standing.frame;
        const problems = checkStationSettings(settings, this.standing.frame);
        return { problems, at: `${today}T14:53`, preview: problems.length > 0 ? null : this.preview };
      },
      approveStation: async ({ version, settings }) => {
        this.#enter('approveStation');
        if (version !== this.standing.version) throw new ORPCError('CHANGED', { defined: true, status: 409 });
        const approved = { settings, approvedAt: '2026-11-20T13:53:00.000Z', approvedBy: 'A. Opfundet' };
        this.standing = { ...this.standing, version: version + 1, approved, isSetAside: false };
        return this.standing;
      },
      restoreStation: async ({ version }) => {
        this.#enter('restoreStation');
        this.standing = { ...this.standing, version: version + 1, approved: null };
        return this.standing;
      },
      noteQueueExport: async () => {
        this.#enter('noteQueueExport');
        return {};
      },
    } satisfies Partial<DeskClient>;
  }
}
