import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Answer } from '../../src-main/contract/answer.ts';
import { entryContentSchema } from '../../src-main/contract/entry.ts';
import { entryIdSchema } from '../../src-main/contract/ids.ts';
import { createKeyring } from '../../src-renderer/desk/keys/keyring.ts';
import { Desk } from '../../src-renderer/state/desk.svelte.ts';
import {
  deskPin,
  FakeDeskServices,
  makeStationKeyPair,
  type FakeDeskOptions,
  type StationKeyPair,
} from '../helpers/fake-desk-api.ts';
import { arabicReport, deskNow, fakeReports, type FakeReport } from '../helpers/fake-desk-reports.ts';
import { memoryDraftStore } from '../helpers/memory-draft-store.ts';
import { memoryKeyStore } from '../helpers/memory-key-store.ts';

const until = { timeout: 30_000, interval: 10 };
let key: StationKeyPair;
let stop: (() => void) | null = null;

beforeAll(async () => {
  key = await makeStationKeyPair();
});
afterEach(() => {
  stop?.();
  stop = null;
});

async function open(options: FakeDeskOptions = {}) {
  const kiosk = await FakeDeskServices.start({ sealFor: key, ...options });
  const desk = new Desk({
    line: kiosk.line,
    keyring: createKeyring(memoryKeyStore()),
    drafts: memoryDraftStore(),
    sound: { canPlay: true, wake: () => undefined, playAlarm: () => undefined },
    clock: () => deskNow,
    hands: { saveFile: () => undefined, copyText: async () => true, printPage: () => undefined },
    words: (word) => word,
    origin: 'http://127.0.0.1',
  });
  stop = desk.start();
  await vi.waitUntil(() => desk.session.screen === 'sign-in', until);
  return { desk, kiosk };
}

async function openSearched(options: FakeDeskOptions = {}) {
  const stage = await open(options);
  await stage.desk.session.signIn('skranke1', deskPin);
  await vi.waitUntil(() => stage.desk.archive.state === 'ready', until);
  return stage;
}

const text = (words: string): Answer => ({ kind: 'text', text: words });
const [, danish = arabicReport] = fakeReports();
/** A plain report with these answers. */
function told(answers: Readonly<Record<string, Answer>>, changes: Partial<FakeReport> = {}): FakeReport {
  return { ...danish, isUnder18: false, answers, ...changes };
}

function found(desk: Desk, typed: string): readonly string[] {
  desk.search.typed = typed;
  return desk.search.isActive ? desk.search.found.map(({ row }) => row.reportId) : [];
}

test('after sign-in every report is opened in the background, noted once, and found by its words', async () => {
  const { desk, kiosk } = await openSearched();
  expect(kiosk.search.noted).toEqual([6]);
  expect(kiosk.opened).toEqual([]);
  const [arabic, bicycle, trade] = kiosk.reportIds;
  expect(found(desk, 'التذكرة')).toEqual([]);
  expect(found(desk, 'كُنتُ أشترى')).toEqual([arabic]);
  expect(found(desk, '35 693803 564380 9')).toEqual([arabic]);
  expect(found(desk, 'parcel PAPER')).toEqual([trade]);
  expect(found(desk, 'opfundne havn')).toContain(bicycle);
  desk.search.clear();
  expect(desk.search.isActive).toBe(false);
  expect(desk.list.lines).toHaveLength(6);
});

test('results are there from the first report that is open', async () => {
  const { desk, kiosk } = await open();
  let answered = (): void => undefined;
  const second = new Promise<void>((resolve) => {
    answered = resolve;
  });
  kiosk.search.beforePage = (count) => (count === 1 ? Promise.resolve() : second);
  kiosk.search.pageSize = 1;
  await desk.session.signIn('skranke1', deskPin);
  await vi.waitUntil(() => desk.archive.reports.length === 1, until);
  expect(desk.archive).toMatchObject({ state: 'opening', total: 6 });
  expect(found(desk, 'هاتفي')).toEqual([kiosk.reportIds[0]]);
  answered();
  await vi.waitUntil(() => desk.archive.state === 'ready', until);
  expect(desk.archive.reports).toHaveLength(6);
});

test('locking forgets what was opened and what was searched, also in the middle of opening', async () => {
  const { desk, kiosk } = await openSearched();
  desk.search.typed = 'havn';
  desk.search.choose('language', 'da');
  desk.session.lock();
  expect(desk.archive).toMatchObject({ state: 'closed', reports: [], total: 0 });
  expect(desk.search).toMatchObject({ typed: '', chosen: {}, isActive: false });
  kiosk.search.pageSize = 1;
  await desk.session.signIn('skranke1', deskPin);
  await vi.waitUntil(() => desk.archive.state === 'opening', until);
  desk.session.lock();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(desk.archive).toMatchObject({ state: 'closed', reports: [], total: 0 });
});

test('whoever may not read reports opens none', async () => {
  const { desk, kiosk } = await open({ roles: ['it'] });
  await desk.session.signIn('skranke1', deskPin);
  await vi.waitUntil(() => desk.session.staff !== null, until);
  expect(kiosk.search.noted).toEqual([]);
  expect(desk.archive.state).toBe('closed');
});

test('where nothing can be noted nothing is opened, and the desk says so', async () => {
  const { desk, kiosk } = await open();
  kiosk.search.isFull = true;
  await desk.session.signIn('skranke1', deskPin);
  await vi.waitUntil(() => desk.archive.state === 'not-stored', until);
  expect(kiosk.calls).not.toContain('openForSearch');
});

test('contact that is kept out of sight is not found; a CPR number only by all of it', async () => {
  const { desk, kiosk } = await openSearched();
  const [arabic, bicycle] = kiosk.reportIds;
  expect(found(desk, 'سلمى')).toEqual([]);
  expect(found(desk, '22000001')).toEqual([]);
  expect(found(desk, 'شارع النموذج')).toEqual([]);
  expect(found(desk, 'بنك النموذج')).toEqual([arabic]);
  expect(found(desk, '320190-0000')).toContain(bicycle);
  expect(found(desk, '320190')).toEqual([]);
  expect(found(desk, '3201900')).toEqual([]);
});

test('contact that somebody asked to see is found while it is shown, and no longer', async () => {
  const { desk, kiosk } = await openSearched();
  const [arabic] = kiosk.reportIds;
  const line = arabic === undefined ? null : desk.queue.lineOf(arabic);
  if (line === null) throw new Error('it stands in the queue');
  await desk.report.open(line.row);
  await desk.report.showContact();
  expect(found(desk, 'سلمى')).toEqual([arabic]);
  desk.report.hideContact();
  expect(found(desk, 'سلمى')).toEqual([]);
  await desk.report.showContact();
  desk.report.close();
  expect(found(desk, 'سلمى')).toEqual([]);
});

test('the line says where it was found; of a hidden number only that it is one', async () => {
  const { desk, kiosk } = await openSearched();
  desk.search.typed = 'سامسونغ';
  const [report] = desk.search.found;
  const finding = report === undefined ? null : desk.search.finding(report);
  expect(finding).toMatchObject({ kind: 'text', piece: { questionId: 'things' } });
  desk.search.typed = '3201900000';
  const hidden = desk.archive.find(kiosk.reportIds[1] ?? '');
  expect(hidden === null ? null : desk.search.finding(hidden)).toEqual({ kind: 'hidden' });
});

test('filters combine, and each says how many it would leave', async () => {
  const { desk } = await openSearched();
  const counts = (facet: 'language' | 'type' | 'flag') =>
    Object.fromEntries(desk.search.values[facet].map(({ value, count }) => [value, count]));
  expect(counts('language')).toEqual({ da: 4, ar: 1, en: 1 });
  desk.search.choose('type', 'stolen-bicycle');
  expect(desk.search.found).toHaveLength(4);
  expect(counts('language')).toEqual({ da: 4 });
  expect(counts('type')).toEqual({ 'stolen-bicycle': 4, 'stolen-things': 1, 'online-trade': 1 });
  desk.search.choose('flag', 'under18');
  expect(desk.search.found).toHaveLength(1);
  desk.search.typed = 'findes ikke';
  expect(desk.search.found).toEqual([]);
  desk.search.choose('flag', null);
  desk.search.typed = 'havn';
  expect(desk.search.found).toHaveLength(4);
});

test('what waits past its promise is a filter of its own, and none where nothing was promised', async () => {
  const plain = await openSearched();
  expect(plain.desk.archive.hasPromises).toBe(false);
  stop?.();
  const { desk, kiosk } = await open({
    reports: [told({ contact: arabicReport.answers['contact'] ?? text('') }), ...fakeReports(0)].map(
      (report, at) => ({ ...report, minutesAgo: at === 1 ? 3 * 24 * 60 : 5 }),
    ),
  });
  kiosk.search.promises = [{ from: '2026-11-01T00:00', until: '2026-12-01T00:00', days: 2 }];
  await desk.session.signIn('skranke1', deskPin);
  await vi.waitUntil(() => desk.archive.state === 'ready', until);
  expect(desk.archive.hasPromises).toBe(true);
  expect(desk.search.late).toBe(1);
  desk.search.isLateOnly = true;
  expect(desk.search.found.map(({ row }) => row.reportId)).toEqual([kiosk.reportIds[1]]);
});

test('a report that comes while somebody reads is announced, and stands on top when they ask', async () => {
  const { desk, kiosk } = await openSearched();
  desk.search.typed = 'cykel';
  const before = desk.list.lines.map(({ row }) => row.reportId);
  desk.list.hold();
  await kiosk.addReports([told({ 'what-happened': text('Endnu en cykel') })], key.publicKey);
  await vi.waitUntil(() => desk.list.arrived === 1, until);
  expect(desk.list.lines.map(({ row }) => row.reportId)).toEqual(before);
  expect(kiosk.search.noted).toEqual([6, 1]);
  desk.list.release();
  expect(desk.list.lines.map(({ row }) => row.reportId)).toEqual([kiosk.reportIds[0], ...before]);
});

test('what a colleague does is seen in the results at once', async () => {
  const { desk, kiosk } = await openSearched();
  desk.search.typed = 'parcel';
  const [, , trade] = kiosk.reportIds;
  if (trade === undefined) throw new Error('three reports at least');
  kiosk.somebodyElse(trade, { state: 'claimed', claimedBy: 'B. Opfundet' });
  kiosk.changeNotice({ queueVersion: 100 });
  await vi.waitUntil(() => desk.list.lines[0]?.row.claimedBy === 'B. Opfundet', until);
});

test('the same telephone in two reports is suggested as the same matter, with the reason', async () => {
  const phone = (imei: string): Answer => ({ kind: 'things', things: [{ kind: 'phone', fields: { imei } }] });
  const { desk, kiosk } = await openSearched({
    reports: [
      told({ things: phone('35 693803 564380 9') }, { reportType: 'stolen-things' }),
      told({ things: phone('٣٥٦٩٣٨٠٣٥٦٤٣٨٠') }, { reportType: 'stolen-things', language: 'ar' }),
      told({ things: phone('490154203237518') }, { reportType: 'stolen-things' }),
    ],
  });
  const [first = '', second = '', third = ''] = kiosk.reportIds;
  expect(desk.archive.likeTo(first)).toMatchObject([{ reportId: second, likenesses: ['imei'] }]);
  expect(desk.archive.likeTo(second)).toMatchObject([{ reportId: first }]);
  expect(desk.archive.likeTo(third)).toEqual([]);
});

const entryIds = [1, 2, 3, 4].map((at) =>
  entryIdSchema.parse(`01990000-0000-4000-8000-${String(at).padStart(12, '0')}`),
);
const [noteId, translationId, rejectionId, undoneId] = entryIds;

test('what colleagues wrote is found too: what stood there before, what comes, and nothing that was taken back', async () => {
  const { desk, kiosk } = await open();
  const [arabic, bicycle] = kiosk.reportIds;
  if (
    arabic === undefined ||
    bicycle === undefined ||
    noteId === undefined ||
    rejectionId === undefined ||
    undoneId === undefined
  )
    throw new Error('there are several');
  const note = { kind: 'note', entryId: noteId, reportId: arabic, text: 'Ejeren hedder Ågård' } as const;
  await kiosk.entries.somebodyAdds(note, 'B. Opdigtet');
  await desk.session.signIn('skranke1', deskPin);
  await vi.waitUntil(() => desk.archive.state === 'ready', until);
  expect(found(desk, 'aagaard')).toEqual([arabic]);
  const [archived] = desk.search.found;
  const finding = archived === undefined ? null : desk.search.finding(archived);
  expect(finding).toMatchObject({ kind: 'text', piece: { label: 'entries.timeline.kind.note' } });

  // A rejection in a language of the second delivery: every language has its words.
  const rejection = entryContentSchema.parse({
    ...{ kind: 'rejection', entryId: rejectionId, reportId: bicycle, reasonId: null, language: 'uk' },
    ...{ danish: 'Hører til hos kommunen', own: 'Це справа муніципалітету' },
  });
  await kiosk.entries.somebodyAdds(rejection, 'B. Opdigtet');
  await vi.waitUntil(() => found(desk, 'муніципалітету').length === 1, until);
  expect(found(desk, 'kommunen')).toEqual([bicycle]);

  const undone = { kind: 'undone', entryId: undoneId, reportId: arabic, undoes: noteId } as const;
  await kiosk.entries.somebodyAdds(undone, 'B. Opdigtet');
  await vi.waitUntil(() => found(desk, 'aagaard').length === 0, until);
  desk.session.lock();
  expect(desk.archive.reports).toEqual([]);
});

test('a translation of contact that is kept out of sight is found only while the contact is shown', async () => {
  const { desk, kiosk } = await open();
  const [arabic] = kiosk.reportIds;
  if (arabic === undefined || translationId === undefined) throw new Error('there is a report');
  const translation = entryContentSchema.parse({
    ...{ kind: 'translation', entryId: translationId, reportId: arabic, questionId: 'contact' },
    ...{ text: 'Bor på Modelvej', madeBy: 'T. Opfundet', maker: 'interpreter' },
  });
  await kiosk.entries.somebodyAdds(translation, 'B. Opdigtet');
  await desk.session.signIn('skranke1', deskPin);
  await vi.waitUntil(() => desk.archive.state === 'ready', until);
  expect(found(desk, 'modelvej')).toEqual([]);
  const line = desk.queue.lineOf(arabic);
  if (line === null) throw new Error('it stands in the queue');
  await desk.report.open(line.row);
  await desk.report.showContact();
  expect(found(desk, 'modelvej')).toEqual([arabic]);
  desk.report.hideContact();
  expect(found(desk, 'modelvej')).toEqual([]);
});
