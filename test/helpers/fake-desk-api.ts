/// <reference types="vite/client" />
import { AsyncIteratorClass, ORPCError } from '@orpc/client';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { deskWelcomeSchema, type DeskWelcome } from '../../src-main/contract/desk.ts';
import type { Review } from '../../src-main/contract/review.ts';
import { publicKeySchema, type PublicKey } from '../../src-main/contract/keys.ts';
import type { Role } from '../../src-main/contract/staff.ts';
import type { KioskPublicKey } from '../../src-main/contract/keys.ts';
import { servedTextsSchema } from '../../src-main/contract/content.ts';
import { alertIdSchema, leafletIdSchema, staffIdSchema, type ReportId } from '../../src-main/contract/ids.ts';
import type { Report } from '../../src-main/contract/report.ts';
import {
  deskNoticeSchema,
  type DeskAlert,
  type DeskNotice,
  type PrinterProblem,
  type QueueRow,
} from '../../src-main/contract/status.ts';
import { noAlertDetails, withoutDetails } from '../../src-main/domain/alert-details.ts';
import type { Sealer } from '../../src-main/domain/ports.ts';
import { createSealer } from '../../src-main/sealing/sealer.ts';
import type { DeskClient, DeskLine } from '../../src-renderer/api/connect-desk.ts';
import { LineDown } from '../../src-renderer/api/line.ts';
import { FakeEntries } from './fake-desk-entries.ts';
import { FakeSearch } from './fake-desk-search.ts';
import { FakeDoor } from './fake-desk-door.ts';
import { FakeTrust } from './fake-desk-trust.ts';
import { deskNow, fakeReports, makeReport, type FakeReport } from './fake-desk-reports.ts';
import { makeWelcome } from './fake-visitor-api.ts';

const textFiles = import.meta.glob<Record<string, unknown>>(
  '../../resources/locales/*/{content,gates,rights}.json',
  { eager: true, import: 'default' },
);

const deskContent = import.meta.glob<unknown>('../../resources/content/dk/desk.json', {
  eager: true,
  import: 'default',
})['../../resources/content/dk/desk.json'];

export interface StationKeyPair {
  readonly publicKey: PublicKey;
  readonly privateText: string;
}

/** A station key as the demonstration has it: the private half as JWK text. */
export async function makeStationKeyPair(): Promise<StationKeyPair> {
  const pair = await generateKeyPair('RSA-OAEP-256', { extractable: true, modulusLength: 3072 });
  const jwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return {
    publicKey: publicKeySchema.parse({ ...jwk, kid }),
    privateText: JSON.stringify({ ...(await exportJWK(pair.privateKey)), kid, alg: 'RSA-OAEP-256' }),
  };
}

function sealerFor(key: PublicKey): Sealer {
  return createSealer({
    districtKeys: new Map([['fjordby', key]]),
    homeDistrictId: 'fjordby',
    stationKey: () => key,
  });
}

type SlipStanding = Pick<QueueRow, 'printState' | 'printProblem'>;

interface Stored {
  readonly report: Report;
  readonly sealedReport: string;
  row: QueueRow;
}

export interface FakeDeskOptions {
  readonly reports?: readonly FakeReport[];
  /** Whom reports are sealed for; by default the key of the welcome. */
  readonly sealFor?: StationKeyPair;
  readonly isPaired?: boolean;
  readonly isDemonstration?: boolean;
  /** Of whoever signs in; by default front desk alone. */
  readonly roles?: readonly Role[];
  /** What the codes of its slips are checked with. */
  readonly kioskKey?: KioskPublicKey;
  readonly kioskId?: string;
  /** Of the station, which the page shows beside this one. */
  readonly kiosks?: DeskWelcome['kiosks'];
}

export const deskPin = '246810';
const staff = {
  staffId: staffIdSchema.parse('00000000-0000-4000-8000-0000000000aa'),
  userName: 'skranke1',
  displayName: 'A. Opfundet',
  roles: ['front-desk' as const],
};

/** A kiosk that exists only here, with handles for everything a desk can meet. */
export class FakeDeskServices {
  welcome: DeskWelcome;
  /** The next sign-ins are refused for so long. */
  throttledMs = 0;
  /** Whose account there is. */
  userName = staff.userName;
  /** How often the page gave up a line that did not answer. */
  renewals = 0;
  printerProblem: PrinterProblem | null = null;
  pageSize = 8;
  roles: readonly Role[];
  readonly door = new FakeDoor({
    enter: (call, needsSession) => this.#enter(call, needsSession),
    stationKeyId: () => this.welcome.stationKeyId,
    pairWith: (key) => {
      const station = publicKeySchema.parse(key);
      const sealingKeys = { ...this.welcome.sealingKeys, station };
      this.welcome = { ...this.welcome, stationKeyId: station.kid, sealingKeys };
    },
  });
  readonly trust = new FakeTrust((call) => this.#enter(call));
  readonly search = new FakeSearch({
    enter: (call) => this.#enter(call),
    stored: () => this.#stored,
    entries: () => this.entries.all,
  });
  readonly entries = new FakeEntries({
    enter: (call) => this.#enter(call),
    row: (reportId) => this.#find(reportId).row,
    change: (reportId, change) => {
      const stored = this.#find(reportId);
      stored.row = { ...stored.row, ...change };
      this.changeNotice({ queueVersion: this.#notice.queueVersion + 1 });
    },
    review: (reportId) => this.#review(this.#find(reportId)),
    seal: (content) => sealerFor(this.#sealsFor).seal(JSON.stringify(content), content.reportId, []),
    staffName: staff.displayName,
  });
  readonly calls: string[] = [];
  readonly opened: string[] = [];
  #notice: DeskNotice;
  #sealsFor: PublicKey;
  #isUp = true;
  #isSignedIn = false;
  #stored: Stored[] = [];
  readonly #lineListeners = new Set<(isUp: boolean) => void>();
  readonly #streams = new Set<(notice: DeskNotice | null) => void>();

  private constructor(welcome: DeskWelcome, roles: readonly Role[], sealsFor: PublicKey) {
    this.#sealsFor = sealsFor;
    this.welcome = welcome;
    this.roles = roles;
    this.#notice = deskNoticeSchema.parse({
      isSessionOpen: true,
      alerts: [],
      queueVersion: 1,
      unprinted: 1,
      delivery: {
        state: 'up-to-date',
        undelivered: 0,
        parked: 0,
        problem: null,
        stopped: null,
        progress: null,
        oldestWaitingAt: null,
        acknowledgedAt: '2026-11-20T13:52:00.000Z',
      },
      printer: { state: 'ready', problem: null },
      isStoreHealthy: true,
      contentVersion: 'one',
    });
  }

  static async start(options: FakeDeskOptions = {}): Promise<FakeDeskServices> {
    const { isPaired = true, isDemonstration = true } = options;
    const key = options.sealFor ?? (await makeStationKeyPair());
    const { station, district, content } = makeWelcome();
    const fake = new FakeDeskServices(
      deskWelcomeSchema.parse({
        mode: isDemonstration ? 'demonstration' : 'enrolled',
        kioskId: options.kioskId ?? '00-120',
        kiosks: options.kiosks ?? [],
        station,
        district,
        stationKeyId: isPaired ? key.publicKey.kid : null,
        contentProblems: { problems: [], overdue: [] },
        demonstrationStationKey: isPaired && isDemonstration ? key.privateText : null,
        kioskKeys: options.kioskKey === undefined ? [] : [options.kioskKey],
        sealingKeys: {
          station: isPaired ? key.publicKey : null,
          districts: [{ districtId: district.id, key: key.publicKey }],
        },
        deskContent,
        promises: [],
        districts: [district, { id: 'syd', number: '09', name: 'Sydkysten Politi' }],
        content,
      }),
      options.roles ?? ['front-desk'],
      key.publicKey,
    );
    fake.door.isAdmitted = isPaired;
    await fake.addReports(options.reports ?? fakeReports(), key.publicKey);
    return fake;
  }

  async addReports(reports: readonly FakeReport[], key: PublicKey): Promise<void> {
    const sealer = sealerFor(key);
    const first = this.#stored.length;
    const stored = reports.map(async (fake, index): Promise<Stored> => {
      // Newest first in the list, so the first one has the highest sequence.
      const sequence = first + reports.length - index;
      const report = makeReport(fake, sequence, this.welcome.kioskId.slice(-3));
      const seal = (value: unknown) => sealer.seal(JSON.stringify(value), report.reportId, []);
      const [sealedReport, sealedSummary] = await Promise.all([seal(report), seal(report.summary)]);
      return { report, sealedReport, row: this.#firstRow(report, sequence, sealedSummary) };
    });
    this.#stored = [...(await Promise.all(stored)), ...this.#stored];
    this.changeNotice({ queueVersion: this.#notice.queueVersion + 1 });
  }

  #firstRow(report: Report, sequence: number, sealedSummary: string): QueueRow {
    const { reportId, reference, receivedAt, summary } = report;
    return {
      reportId,
      reference,
      sequence,
      receivedAt,
      lane: summary.route,
      state: 'new',
      version: 1,
      claimedBy: null,
      isMine: false,
      isRejected: false,
      printState: summary.language === 'ar' ? 'failed' : 'printed',
      printProblem: summary.language === 'ar' ? 'no-paper' : null,
      isDelivered: true,
      sealedSummary,
    };
  }

  get sealsFor(): PublicKey {
    return this.#sealsFor;
  }

  get reportIds(): readonly ReportId[] {
    return this.#stored.map(({ report }) => report.reportId);
  }

  get reports(): readonly Report[] {
    return this.#stored.map(({ report }) => report);
  }

  get line(): DeskLine {
    return {
      client: this.#client(),
      isUp: () => this.#isUp,
      onChange: (listener) => {
        this.#lineListeners.add(listener);
        return () => this.#lineListeners.delete(listener);
      },
      renew: () => void (this.renewals += 1),
      close: () => undefined,
    };
  }

  unplug(): void {
    this.#isUp = false;
    this.#isSignedIn = false;
    for (const push of [...this.#streams]) push(null);
    for (const listener of [...this.#lineListeners]) listener(false);
  }

  plugIn(): void {
    this.#isUp = true;
    for (const listener of [...this.#lineListeners]) listener(true);
  }

  changeNotice(changes: Partial<DeskNotice>): void {
    this.#notice = deskNoticeSchema.parse({ ...this.#notice, ...changes });
    for (const push of [...this.#streams]) push(this.#told());
  }

  /** A call from the lobby. */
  raise(kind: DeskAlert['kind'], changes: Partial<DeskAlert> = {}): DeskAlert {
    const count = this.#notice.alerts.length + 1;
    const alert: DeskAlert = {
      alertId: alertIdSchema.parse(`00000000-0000-4000-8000-${String(count).padStart(12, '0')}`),
      kind,
      state: 'seen',
      raisedAt: new Date(deskNow - 60_000).toISOString(),
      language: 'ar',
      ...noAlertDetails,
      raisedBy: null,
      report: null,
      takenBy: null,
      repeats: 0,
      ...changes,
    };
    this.changeNotice({ alerts: [...this.#notice.alerts, alert] });
    return alert;
  }

  /** Somebody at another desk is quicker. */
  somebodyElse(reportId: ReportId, changes: Partial<QueueRow>): void {
    const stored = this.#find(reportId);
    stored.row = { ...stored.row, version: stored.row.version + 1, isMine: false, ...changes };
  }

  /** What is stored as sealed, exchanged: for a broken seal or two rows that changed places. */
  spoil(reportId: ReportId, sealedReport: string): void {
    const at = this.#stored.findIndex(({ report }) => report.reportId === reportId);
    const stored = this.#stored[at];
    if (stored !== undefined) this.#stored[at] = { ...stored, sealedReport };
  }

  sealedReport(reportId: ReportId): string {
    return this.#find(reportId).sealedReport;
  }

  #find(reportId: string): Stored {
    const stored = this.#stored.find(({ report }) => report.reportId === reportId);
    if (stored === undefined) throw new ORPCError('NOT_FOUND', { defined: true, status: 404 });
    return stored;
  }

  /** A locked desk gets no details. */
  #told(): DeskNotice {
    if (this.#isSignedIn) return this.#notice;
    const alerts = this.#notice.alerts.map(withoutDetails);
    return { ...this.#notice, alerts };
  }

  #enter(call: string, needsSession = true): void {
    if (!this.#isUp) throw new LineDown();
    this.calls.push(call);
    if (needsSession && !this.#isSignedIn) throw new ORPCError('SIGNED_OUT', { defined: true, status: 401 });
  }

  async *#follow(signal: AbortSignal | undefined): AsyncGenerator<DeskNotice, void> {
    const queue: (DeskNotice | null)[] = [this.#told()];
    let wake = (): void => undefined;
    const push = (notice: DeskNotice | null): void => {
      queue.push(notice);
      wake();
    };
    this.#streams.add(push);
    signal?.addEventListener('abort', () => push(null));
    try {
      for (;;) {
        const next = queue.shift();
        if (next === null) return;
        if (next !== undefined) yield next;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      this.#streams.delete(push);
    }
  }

  #review({ row }: Stored): Review {
    const { reportId, state, version, claimedBy, isMine, isRejected } = row;
    return { reportId, state, version, claimedBy, isMine, isRejected };
  }

  #step(call: string, change: Partial<QueueRow>) {
    return async ({ reportId, version }: { reportId: string; version: number }): Promise<Review> => {
      this.#enter(call);
      const stored = this.#find(reportId);
      if (stored.row.version !== version)
        throw new ORPCError('CHANGED', { defined: true, status: 409, data: this.#review(stored) });
      stored.row = { ...stored.row, ...change, version: version + 1 };
      return this.#review(stored);
    };
  }

  #matches(filter: string, { row }: Stored): boolean {
    if (filter === 'rejected') return row.isRejected;
    if (filter === 'finished') return row.state === 'finished' && !row.isRejected;
    if (row.state === 'finished') return false;
    if (filter === 'new') return row.state === 'new';
    if (filter === 'mine') return row.isMine;
    return filter === 'all' || row.printState === 'failed' || row.printState === 'unknown';
  }

  #queue(filter: string, beforeSequence: number | null) {
    const count = (one: string) => this.#stored.filter((stored) => this.#matches(one, stored)).length;
    const found = this.#stored
      .filter((stored) => this.#matches(filter, stored))
      .map(({ row }) => row)
      .filter((row) => beforeSequence === null || row.sequence < beforeSequence);
    const rows = found.slice(0, this.pageSize);
    return {
      rows,
      nextBeforeSequence: found.length > rows.length ? (rows.at(-1)?.sequence ?? null) : null,
      counts: { all: count('all'), new: count('new'), mine: count('mine'), unprinted: count('unprinted') },
    };
  }

  #signIn(userName: string, pin: string) {
    this.#enter('signIn', false);
    if (this.throttledMs > 0)
      throw new ORPCError('THROTTLED', {
        defined: true,
        status: 429,
        data: { retryAfterMs: this.throttledMs },
      });
    if (userName !== this.userName || pin !== deskPin)
      throw new ORPCError('WRONG_PIN', { defined: true, status: 401 });
    this.#isSignedIn = true;
    return { staff: { ...staff, roles: [...this.roles] }, isPinOneTime: this.door.isPinOneTime };
  }

  /** What became of a slip, as the kiosk tells it while nobody asks. */
  slipBecomes(reportId: string, standing: SlipStanding): void {
    const stored = this.#find(reportId);
    stored.row = { ...stored.row, ...standing };
    this.changeNotice({ queueVersion: this.#notice.queueVersion + 1 });
  }

  #changeSlip(call: string, reportId: string, standing: SlipStanding): SlipStanding {
    this.#enter(call);
    const stored = this.#find(reportId);
    stored.row = { ...stored.row, ...standing };
    return standing;
  }

  #reprint(reportId: string): SlipStanding {
    const standing: SlipStanding =
      this.printerProblem === null
        ? { printState: 'printed', printProblem: null }
        : { printState: 'failed', printProblem: this.printerProblem };
    return this.#changeSlip('reprint', reportId, standing);
  }

  #takeAlert(alertId: string) {
    this.#enter('takeAlert');
    const alert = this.#notice.alerts.find((one) => one.alertId === alertId);
    if (alert === undefined) throw new ORPCError('NOT_FOUND', { defined: true, status: 404 });
    if (alert.state === 'taken')
      throw new ORPCError('TAKEN', { defined: true, status: 409, data: { takenBy: alert.takenBy ?? '' } });
    const taken = { ...alert, state: 'taken' as const, takenBy: staff.displayName };
    this.changeNotice({ alerts: this.#notice.alerts.map((one) => (one === alert ? taken : one)) });
    return {};
  }

  #client(): DeskClient {
    const mine = { claimedBy: staff.displayName, isMine: true };
    return {
      welcome: async () => {
        this.#enter('welcome', false);
        return this.welcome;
      },
      texts: async ({ language }) => {
        this.#enter('texts', false);
        const at = (name: string) => textFiles[`../../resources/locales/${language}/${name}.json`];
        return servedTextsSchema.parse({
          language,
          texts: { content: at('content'), gates: at('gates'), rights: at('rights') },
        });
      },
      follow: async (_input, options) => {
        this.#enter('follow', false);
        const stream = this.#follow(options?.signal);
        return new AsyncIteratorClass<DeskNotice, void>(
          () => stream.next(),
          async () => {
            await stream.return();
          },
        );
      },
      signIn: async ({ userName, pin }) => this.#signIn(userName, pin),
      signOut: async () => {
        this.#enter('signOut', false);
        this.#isSignedIn = false;
        return {};
      },
      ...this.door.procedures(),
      queue: async ({ filter, beforeSequence }) => {
        this.#enter('queue');
        return this.#queue(filter, beforeSequence);
      },
      findReport: async ({ reference }) => {
        this.#enter('findReport');
        return { row: this.#stored.find(({ row }) => row.reference === reference)?.row ?? null };
      },
      openReport: async ({ reportId }) => {
        this.#enter('openReport');
        const stored = this.#find(reportId);
        this.opened.push(reportId);
        const { reference, receivedAt, lane, sealedSummary, printState, printProblem } = stored.row;
        const sealed = {
          reportId: stored.report.reportId,
          reference,
          receivedAt,
          lane,
          sealedSummary,
          sealedReport: stored.sealedReport,
        };
        return {
          sealed,
          ...this.entries.standing(reportId),
          printState,
          printProblem,
          printChangedAt: null,
          acknowledgedAt: null,
        };
      },
      showContact: async ({ reportId }) => {
        this.#enter('showContact');
        this.#find(reportId);
        return {};
      },
      claim: this.#step('claim', { state: 'claimed', ...mine }),
      takeOver: this.#step('takeOver', { state: 'claimed', ...mine }),
      release: this.#step('release', { state: 'new', claimedBy: null, isMine: false }),
      finish: this.#step('finish', { state: 'finished', ...mine }),
      reopen: this.#step('reopen', { state: 'claimed', ...mine, isRejected: false }),
      ...this.entries.procedures(),
      printLeaflet: async ({ leafletId }) => {
        this.#enter('printLeaflet');
        const state = this.printerProblem === null ? ('printed' as const) : ('failed' as const);
        return { leafletId: leafletIdSchema.parse(leafletId), state, problem: this.printerProblem };
      },
      reprint: async ({ reportId }) => this.#reprint(reportId),
      settleSlip: async ({ reportId }) =>
        this.#changeSlip('settleSlip', reportId, { printState: 'settled', printProblem: null }),
      takeAlert: async ({ alertId }) => this.#takeAlert(alertId),
      ...this.trust.procedures(),
      ...this.search.procedures(),
    };
  }
}
