import { randomUUID } from 'node:crypto';
import { visitorContentSchema } from '../../src-main/contract/content.ts';
import type { Staff } from '../../src-main/contract/staff.ts';
import { reportIdSchema, staffIdSchema, type ReportId } from '../../src-main/contract/ids.ts';
import { submissionSchema, type SealedReport, type Submission } from '../../src-main/contract/report.ts';
import type { Clock, ContentLibrary, Log, Randomness, Sealer } from '../../src-main/domain/ports.ts';
import type { ReceiptLayout } from '../../src-main/domain/printer.ts';
import type { ReceiptPlace } from '../../src-main/domain/receipt.ts';
import { makeReference } from '../../src-main/domain/reference-number.ts';
import { makeReportId } from '../../src-main/domain/visit-ids.ts';
import type { Timers } from '../../src-main/services/timers.ts';

/** Time that passes when a test says so, for waiting and for showing alike. */
export interface FakeClock extends Clock, Timers {
  /** Lets time pass and everything happen that was due. */
  advance(ms: number): void;
  /** Somebody sets the clock on the wall. */
  leap(ms: number): void;
  distrust(): void;
}

export function createFakeClock(start = '2026-11-20T13:32:00.000Z'): FakeClock {
  let passedMs = 0;
  let leaptMs = 0;
  let isTrusted = true;
  let due: { atMs: number; run: () => void }[] = [];
  return {
    now: () => new Date(Date.parse(start) + passedMs + leaptMs),
    monotonicMs: () => passedMs,
    isTrusted: () => isTrusted,
    after(ms, run) {
      const timer = { atMs: passedMs + ms, run };
      due.push(timer);
      return () => {
        due = due.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const untilMs = passedMs + ms;
      for (;;) {
        const [next] = due.filter(({ atMs }) => atMs <= untilMs).toSorted((a, b) => a.atMs - b.atMs);
        if (next === undefined) break;
        due = due.filter((other) => other !== next);
        passedMs = next.atMs;
        next.run();
      }
      passedMs = untilMs;
    },
    leap(ms) {
      leaptMs += ms;
    },
    distrust() {
      isTrusted = false;
    },
  };
}

export interface FakeLog extends Log {
  readonly lines: readonly { readonly event: string; readonly facts: unknown }[];
}

export function createFakeLog(): FakeLog {
  const lines: { event: string; facts: unknown }[] = [];
  const add = (event: string, facts: unknown): void => void lines.push({ event, facts });
  return { lines, note: add, warn: add };
}

export interface FakeRandomness extends Randomness {
  /** The next draws of digits, in order; afterwards it counts. */
  nextDigits(...digits: string[]): void;
}

export function createFakeRandomness(): FakeRandomness {
  const planned: string[] = [];
  let drawn = 0;
  return {
    uuid: randomUUID,
    digits(count) {
      drawn += 1;
      return planned.shift() ?? String(drawn).padStart(count, '0').slice(-count);
    },
    nextDigits: (...digits) => void planned.push(...digits),
  };
}

export interface FakeSealer extends Sealer {
  /** Texts as they were before sealing. */
  readonly sealed: readonly string[];
  loseKeys(): void;
  /** Seals only once `release` is called. */
  hold(): { release: () => void };
}

/** "Seals" by taking every word away: what a test finds on the disk cannot come from here. */
export function createFakeSealer(): FakeSealer {
  const sealed: string[] = [];
  let keys: readonly string[] = ['district-key', 'station-key'];
  let gate: Promise<void> = Promise.resolve();
  return {
    sealed,
    async seal(text) {
      await gate;
      sealed.push(text);
      return JSON.stringify({ ciphertext: `sealed-${sealed.length}` });
    },
    recipients: () => keys,
    hasStationKey: () => keys.includes('station-key'),
    loseKeys() {
      keys = [];
    },
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return { release: resolve };
    },
  };
}

const fact = { source: 'made for this test', date: '2026-11-01', reviewBy: '2027-11-01' };
const district = { id: 'fjord', number: '07', name: 'Fjordby Politi' };
const station = {
  id: 'fjordby',
  name: 'Fjordby',
  districtId: 'fjord',
  street: null,
  postcode: null,
  town: 'Fjordby',
  ...fact,
};

const content = visitorContentSchema.parse({
  country: 'dk',
  gates: [],
  groups: [],
  otherTypes: [],
  confidentialContacts: [],
  sources: [],
  phoneNumbers: [
    { id: 'alarm', number: '112', ...fact },
    { id: 'police', number: '114', ...fact },
  ],
  rightsTopics: [],
  flagRules: [],
  interpreterLanguages: {
    ...fact,
    pages: [{ id: 'other', letters: 'ት' }],
    languages: [
      { tag: 'ti', endonym: 'ትግርኛ', danish: 'tigrinya', page: 'other', isSigned: false, interpreter: null },
    ],
  },
  loadedAt: '2026-11-20T10:00:00.000Z',
  reportTypes: (['self', 'assisted'] as const).map((route) => ({
    id: `${route}-type`,
    icon: 'phone',
    group: 'theft',
    route,
    isForUnder18: true,
    receipt: 'full',
    flags: [],
    notice: null,
    phoneNumbers: [],
    rightsTopics: [],
    ...fact,
    questions: [
      { id: 'what', showIf: null, kind: 'text', longest: 100, keyboard: 'text' },
      { id: 'where', showIf: null, kind: 'place' },
    ],
  })),
});

/** Two types of report with two questions; every place is routed to the one district. */
export function createFakeLibrary(): ContentLibrary {
  return {
    content,
    desk: { rightsItems: [], rejections: [] },
    version: 'test',
    texts: (language) => ({ language, texts: { content: {}, gates: {}, rights: {} } }),
    routePlace: (postcode) =>
      postcode === null
        ? { kind: 'unknown-postcode' }
        : { kind: 'district', district, place: 'Fjordby', isFallback: false },
    fallbackDistrict: () => district,
    district: (id) => (id === district.id ? district : null),
    districts: () => [district],
    station: (id) => (id === station.id ? station : null),
    districtNumbers: () => ['00', '01'],
    stationsNear: () => [{ station, kilometres: null }],
    stationHours: () => ({ kind: 'unknown', why: 'never-told' }),
    replyWithinDays: () => null,
    stationServices: () => [],
    menuAt: () => ({ id: 'day', timedDoors: [], doors: [], phoneNumbers: [], news: [] }),
  };
}

export function testPlace(): ReceiptPlace {
  return { station, district, isDemonstration: false, isLobbyStaffed: true };
}

/** Paper with nothing on it. */
export const fakeLayout: ReceiptLayout = {
  render: async () => ({ pdf: new Uint8Array([1]), heightMm: 100, pageCount: 1 }),
  rasterize: async (_content, _paper, widthDots) => ({
    widthDots,
    heightDots: 1,
    bytes: new Uint8Array(Math.ceil(widthDots / 8)),
  }),
  missingScripts: () => [],
  warmUp: async () => undefined,
};

let made = 0;

/** Ids in the order they are asked for, as a kiosk makes them. */
export function newReportId(): ReportId {
  made += 1;
  const random = Uint8Array.from({ length: 10 }, (_, index) => (made >> (8 * (index % 4))) & 0xff);
  return makeReportId(Date.parse('2026-11-20T13:00:00.000Z') + made, random);
}

export function makeSubmission(words = 'a grey bag', change: Partial<Submission> = {}): Submission {
  return submissionSchema.parse({
    reportId: reportIdSchema.parse(newReportId()),
    language: 'ar',
    reportType: 'self-type',
    gateAnswers: {},
    isUnder18: false,
    answers: [{ questionId: 'what', answer: { kind: 'text', text: words } }],
    ...change,
  });
}

export function makeSealedReport(bytes = 200, change: Partial<SealedReport> = {}): SealedReport {
  const reportId = newReportId();
  return {
    reportId,
    reference: makeReference('07', '120', String(made).padStart(6, '0').slice(-6)),
    receivedAt: '2026-11-20T13:32:00.000Z',
    lane: 'self',
    sealedSummary: `summary of ${reportId}`,
    sealedReport: 'x'.repeat(bytes),
    ...change,
  };
}

export function makeStaff(displayName: string): Staff {
  return {
    staffId: staffIdSchema.parse(randomUUID()),
    userName: displayName.toLowerCase(),
    displayName,
    roles: ['front-desk'],
  };
}
