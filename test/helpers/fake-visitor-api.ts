/// <reference types="vite/client" />
import { AsyncIteratorClass, ORPCError } from '@orpc/client';
import { z } from 'zod';
import {
  servedTextsSchema,
  visitorContentSchema,
  type VisitorContent,
} from '../../src-main/contract/content.ts';
import { type StationHours } from '../../src-main/contract/station.ts';
import {
  alertIdSchema,
  referenceNumberSchema,
  languages,
  leafletIdSchema,
  type Language,
  type LeafletId,
} from '../../src-main/contract/ids.ts';
import { homeDoorSchema, homeMenuSchema, type MenuNow } from '../../src-main/contract/menu.ts';
import type { Leaflet } from '../../src-main/contract/leaflet.ts';
import { submissionSchema, type Submission } from '../../src-main/contract/report.ts';
import type { Headphones, Saying, SpeechFailure, SpeechPart } from '../../src-main/contract/speech.ts';
import type { LeafletStatus, KioskStatus, VisitorAlert } from '../../src-main/contract/status.ts';
import {
  welcomeSchema,
  type DroppedAt,
  type SubmitResult,
  type Welcome,
} from '../../src-main/contract/visitor.ts';
import { LineDown } from '../../src-renderer/api/line.ts';
import type { VisitorClient, VisitorLine } from '../../src-renderer/api/visitor-line.ts';

const menuSchema = z.object({ doors: z.array(homeDoorSchema), menus: z.array(homeMenuSchema) });

const contentFiles = import.meta.glob<Record<string, unknown>>('../../resources/content/dk/**/*.json', {
  eager: true,
  import: 'default',
});
const textFiles = import.meta.glob<Record<string, unknown>>(
  '../../resources/locales/*/{content,gates,rights}.json',
  {
    eager: true,
    import: 'default',
  },
);

function file(name: string): Record<string, unknown> {
  return contentFiles[`../../resources/content/dk/${name}.json`] ?? {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
}

function textOf(value: unknown, key: string): string {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : null;
  return typeof found === 'string' ? found : '';
}

/** The shipped content as the services would hand it out. */
export function shippedContent(): VisitorContent {
  const shared = list(file('questions')['questions']);
  const order = list(file('menu')['reportTypes']);
  const types = Object.entries(contentFiles)
    .filter(([path]) => path.includes('/report-types/'))
    .map(([, type]) => ({
      ...type,
      questions: list(type['questions']).map((question) =>
        typeof question === 'string' ? shared.find((candidate) => idOf(candidate) === question) : question,
      ),
    }))
    .toSorted((one, other) => order.indexOf(idOf(one)) - order.indexOf(idOf(other)));
  const isAsked = (type: unknown): boolean => ['self', 'assisted'].includes(textOf(type, 'route'));
  return visitorContentSchema.parse({
    country: 'dk',
    gates: file('gates')['gates'],
    groups: list(file('menu')['groups']).map((group) => ({
      id: textOf(group, 'id'),
      icon: textOf(group, 'icon'),
      types: types.filter((type) => textOf(type, 'group') === textOf(group, 'id')).map(idOf),
    })),
    reportTypes: types.filter(isAsked),
    otherTypes: types.filter((type) => !isAsked(type)),
    phoneNumbers: file('phone-numbers')['phoneNumbers'],
    confidentialContacts: file('phone-numbers')['confidentialContacts'],
    rightsTopics: file('rights')['rightsTopics'],
    sources: file('sources')['sources'],
    flagRules: file('flags')['flags'],
    interpreterLanguages: file('interpreter-languages'),
    loadedAt: '2026-11-20T08:00:00.000Z',
  });
}

/** One of the shipped menus, with nothing that shows for a time. */
export function shippedMenu(menuId: 'day' | 'closed' | 'night', changes: Partial<MenuNow> = {}): MenuNow {
  const { doors, menus } = menuSchema.parse(file('menu'));
  const menu = menus.find(({ id }) => id === menuId);
  return {
    id: menuId,
    timedDoors: [],
    doors: (menu?.doors ?? [])
      .flatMap((id) => doors.find((door) => door.id === id) ?? [])
      .map((door) => ({ ...door, isMain: door.isMain && menu?.small?.includes(door.id) !== true })),
    phoneNumbers: menu?.phoneNumbers ?? [],
    news: [],
    ...changes,
  };
}

const factSource = { source: 'Invented for tests', date: '2026-11-12', reviewBy: '2027-11-12' };
export const openHours: StationHours = {
  kind: 'known',
  isExample: true,
  isOpen: true,
  changesAt: '18:00',
  opensAt: null,
  days: ['20', '21', '22', '23', '24', '25', '26'].map((day, index) => ({
    date: `2026-11-${day}`,
    spans: index === 2 ? [] : [{ from: '08:00', to: index === 1 ? '14:00' : '18:00' }],
    holiday: null,
    exception: null,
  })),
  usualWeek: [1, 2, 3, 4, 5, 6, 7].map((day) =>
    day === 7 ? [] : [{ from: '08:00', to: day === 6 ? '14:00' : '18:00' }],
  ),
  otherDays: [
    { date: '2026-12-24', spans: [], holiday: null, exception: 'christmas-eve' },
    { date: '2026-12-25', spans: [], holiday: 'christmas-day', exception: null },
  ],
  ...factSource,
};

/** Friday afternoon at the invented station, open, everything in order. */
export function makeWelcome(changes: Partial<Welcome> = {}): Welcome {
  return welcomeSchema.parse({
    mode: 'demonstration',
    canReport: true,
    station: {
      id: 'fjordby',
      name: 'Fjordby Politistation',
      districtId: 'fjordby',
      street: 'Havnegade 12',
      postcode: null,
      town: 'Fjordby',
      ...factSource,
    },
    stationHours: openHours,
    stationServices: [],
    district: { id: 'fjordby', number: '00', name: 'Fjordby Politi' },
    isLobbyStaffed: true,
    languages: [...languages],
    localTime: '2026-11-20T14:32',
    isClockTrusted: true,
    references: { ownPrefix: '00001', districtNumbers: ['00', '01', '02', '11'] },
    screen: {
      ...{ idleMs: 90_000, warningMs: 30_000, referenceMs: 120_000, officerMs: 30_000 },
      theme: 'light',
      reachableShare: null,
    },
    replyWithinDays: null,
    menu: shippedMenu('day'),
    content: shippedContent(),
    contentVersion: 'shipped',
    preview: null,
    ...changes,
  });
}

export const fakeReference = referenceNumberSchema.parse('000010483061');
type SubmitFailure = 'line-drops' | 'not-stored' | 'cannot-report' | 'too-many' | 'uncertain';

function iterate<T>(stream: AsyncGenerator<T, void>): AsyncIteratorClass<T, void> {
  return new AsyncIteratorClass<T, void>(
    () => stream.next(),
    async () => {
      await stream.return();
    },
  );
}

/** A tenth of a second that can be heard, whatever was to be said. */
async function* hum(failure: SpeechFailure | null): AsyncGenerator<SpeechPart, void> {
  if (failure !== null) {
    yield { kind: 'failed', reason: failure };
    return;
  }
  const sampleRate = 8000;
  const wave = Array.from({ length: sampleRate / 10 }, (_, at) => Math.round(Math.sin(at / 4) * 9000));
  const bytes = new Uint8Array(Int16Array.from(wave).buffer);
  yield { kind: 'sound', sampleRate, samples: btoa(String.fromCharCode(...bytes)) };
}

/** A line to services that exist only here, with handles for everything that can go wrong on the way. */
export class FakeVisitorServices {
  welcome: Welcome;
  /** Every submission that arrived, also a repeated one. */
  readonly arrived: Submission[] = [];
  /** What is stored, by report id: the same id twice is one report. */
  readonly stored = new Map<string, SubmitResult>();
  readonly raised: Parameters<VisitorClient['raiseAlert']>[0][] = [];
  readonly withdrawn: string[] = [];
  readonly left: (string | null)[] = [];
  /** Where visits ended in the middle of a report. */
  readonly dropped: DroppedAt[] = [];
  /** What visitors said of their slips. */
  readonly slipsTold: { reportId: string; hasSlip: boolean }[] = [];
  /** What the next submissions meet, one each. */
  readonly failures: SubmitFailure[] = [];
  /** Pages that were wanted on paper. */
  readonly leaflets: { leafletId: LeafletId; leaflet: Leaflet; language: Language }[] = [];
  refusesLeaflets = false;
  /** Everything that was to be read aloud, in this order. */
  readonly spoken: Saying[] = [];
  /** What whoever wants to listen meets instead of sound. */
  speechFails: SpeechFailure | null = null;
  headphones: Headphones = 'unknown';
  /** Submissions wait here until released. */
  holdSubmits = false;
  isDeskConnected = true;
  /** Content that takes the place of what is shown once the page agrees. */
  waiting: Partial<Welcome> | null = null;
  /** The services were started anew. */
  hasForgottenAlerts = false;
  #isUp = true;
  #waiting: (() => void)[] = [];
  #alerts = 0;
  readonly #lastOfKind = new Map<string, number>();
  readonly #lineListeners = new Set<(isUp: boolean) => void>();
  readonly #streams = new Set<(status: KioskStatus | null) => void>();

  /** The last word of the page on whether somebody stands there. */
  isVisitUnderWay = false;

  constructor(welcome: Welcome = makeWelcome()) {
    this.welcome = welcome;
  }

  /** What the page gets instead of the socket. */
  get line(): VisitorLine {
    return {
      client: this.#client(),
      isUp: () => this.#isUp,
      onChange: (listener) => {
        this.#lineListeners.add(listener);
        return () => this.#lineListeners.delete(listener);
      },
      renew: () => undefined,
      close: () => undefined,
    };
  }

  unplug(): void {
    this.#isUp = false;
    for (const push of [...this.#streams]) push(null);
    for (const listener of [...this.#lineListeners]) listener(false);
  }

  plugIn(): void {
    this.#isUp = true;
    for (const listener of [...this.#lineListeners]) listener(true);
  }

  push(status: KioskStatus): void {
    for (const push of [...this.#streams]) push(status);
  }

  pushKiosk(changes: Partial<Extract<KioskStatus, { kind: 'kiosk' }>> = {}): void {
    const { canReport, isLobbyStaffed, localTime, isClockTrusted } = this.welcome;
    const { isDeskConnected } = this;
    this.push({
      kind: 'kiosk',
      isDeskConnected,
      isLobbyStaffed,
      canReport,
      localTime,
      isClockTrusted,
      stationVersion: 0,
      voices: [...languages],
      headphones: this.headphones,
      contentVersion: this.welcome.contentVersion,
      isContentWaiting: this.waiting !== null,
      ...changes,
    });
  }

  releaseSubmits(): void {
    this.holdSubmits = false;
    for (const go of this.#waiting.splice(0)) go();
  }

  /** The last alert of a kind, in another state. */
  alertBecomes(state: VisitorAlert['state'], kind: VisitorAlert['kind'] = 'staff-now'): void {
    this.push({
      kind: 'alert',
      alert: { alertId: this.#alertId(this.#lastOfKind.get(kind) ?? 0), kind, state },
    });
  }

  /** What becomes of the newest leaflet. */
  leafletBecomes(state: LeafletStatus['state'], problem: LeafletStatus['problem'] = null): void {
    const leafletId = this.leaflets.at(-1)?.leafletId;
    if (leafletId !== undefined) this.push({ kind: 'leaflet', leaflet: { leafletId, state, problem } });
  }

  #alertId(n: number) {
    return alertIdSchema.parse(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
  }

  #needLine(): void {
    if (!this.#isUp) throw new LineDown();
  }

  async *#follow(signal: AbortSignal | undefined): AsyncGenerator<KioskStatus, void> {
    const queue: (KioskStatus | null)[] = [];
    let wake = (): void => undefined;
    const push = (status: KioskStatus | null): void => {
      queue.push(status);
      wake();
    };
    this.#streams.add(push);
    signal?.addEventListener('abort', () => push(null));
    this.pushKiosk();
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

  async #submit(submission: Submission): Promise<SubmitResult> {
    this.#needLine();
    this.arrived.push(submission);
    if (this.holdSubmits)
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    const failure = this.failures.shift();
    const stored = this.stored.get(submission.reportId);
    if (failure === 'not-stored')
      throw new ORPCError('NOT_STORED', { defined: true, status: 507, data: { reason: 'full' } });
    if (failure === 'too-many') throw new ORPCError('TOO_MANY', { defined: true, status: 429 });
    if (failure === 'cannot-report') throw new ORPCError('CANNOT_REPORT', { defined: true, status: 503 });
    if (failure === 'uncertain') throw new ORPCError('UNCERTAIN', { defined: true, status: 500 });
    const result: SubmitResult = stored ?? {
      reportId: submission.reportId,
      reference: fakeReference,
      receivedAt: '2026-11-20T13:41:00.000Z',
      receivedLocal: '2026-11-20T14:41',
      isClockTrusted: true,
      route: 'self',
      printState: 'queued',
    };
    this.stored.set(submission.reportId, result);
    if (failure === 'line-drops') throw new Error('the line fell');
    return result;
  }

  #client(): VisitorClient {
    return {
      welcome: async () => {
        this.#needLine();
        return this.welcome;
      },
      takeContent: async () => {
        this.#needLine();
        this.welcome = { ...this.welcome, ...this.waiting };
        this.waiting = null;
        return {};
      },
      texts: async ({ language }: { language: Language }) => {
        this.#needLine();
        const at = (namespace: string) =>
          textFiles[`../../resources/locales/${language}/${namespace}.json`] ?? {};
        return servedTextsSchema.parse({
          language,
          texts: { content: at('content'), gates: at('gates'), rights: at('rights') },
        });
      },
      routePlace: async ({ postcode, municipalityCode }) => {
        this.#needLine();
        if (postcode === '9999') return { kind: 'unknown-postcode' };
        if (postcode === '2830' && municipalityCode === null)
          return {
            kind: 'ambiguous',
            place: 'Virum',
            municipalities: [
              { code: '0173', name: 'Lyngby-Taarbæk' },
              { code: '0230', name: 'Rudersdal' },
            ],
          };
        return {
          kind: 'district',
          district: this.welcome.district,
          place: 'Fjordby',
          isFallback: postcode === null,
        };
      },
      stations: async ({ postcode }) => {
        this.#needLine();
        return {
          stations: [
            {
              station: this.welcome.station,
              district: this.welcome.district,
              hours: { kind: 'unknown', why: 'never-told' },
              services: [],
              kilometres: postcode === '9999' ? null : 3,
            },
          ],
        };
      },
      submit: (submission) => this.#submit(submissionSchema.parse(submission)),
      tellVisit: async ({ isUnderWay }) => {
        this.isVisitUnderWay = isUnderWay;
        return {};
      },
      leave: async ({ reportId, droppedAt }) => {
        this.left.push(reportId);
        if (droppedAt) this.dropped.push(droppedAt);
        return {};
      },
      tellSlip: async ({ reportId, hasSlip }) => {
        this.#needLine();
        this.slipsTold.push({ reportId, hasSlip });
        return {};
      },
      printLeaflet: async ({ leafletId: id, leaflet, language }) => {
        this.#needLine();
        const leafletId = leafletIdSchema.parse(id);
        this.leaflets.push({ leafletId, leaflet, language });
        if (this.refusesLeaflets) throw new ORPCError('TOO_MANY_LEAFLETS', { defined: true, status: 429 });
        return { leafletId, state: 'queued', problem: null };
      },
      raiseAlert: async (request) => {
        const { kind, earlier } = request;
        this.#needLine();
        this.raised.push(request);
        if (earlier === null || this.hasForgottenAlerts) {
          this.#alerts += 1;
          this.#lastOfKind.set(kind, this.#alerts);
        }
        return {
          alertId: this.#alertId(this.#lastOfKind.get(kind) ?? 0),
          kind,
          state: this.isDeskConnected ? 'seen' : 'sent',
        };
      },
      withdrawAlert: async ({ alertId }) => {
        this.withdrawn.push(alertId);
        return {};
      },
      speak: async (saying) => {
        this.#needLine();
        this.spoken.push(saying);
        return iterate(hum(this.speechFails));
      },
      follow: async (_input, options) => iterate(this.#follow(options?.signal)),
    };
  }
}
