import { createSystemClock } from '../../src-main/adapters/clock.ts';
import type { TextTree } from '../../src-main/contract/content.ts';
import type { NamedEntry } from '../../src-main/contract/desk-search.ts';
import type { EntryContent } from '../../src-main/contract/entry.ts';
import { entryIdSchema } from '../../src-main/contract/ids.ts';
import type { Report } from '../../src-main/contract/report.ts';
import { insertEntry } from '../../db/stores/entry.ts';
import { insertStaff } from '../../db/stores/staff.ts';
import type { DanishTexts } from '../../src-main/domain/render-answer.ts';
import type { ContentLibrary } from '../../src-main/domain/ports.ts';
import { matches, parseQuery } from '../../src-main/domain/search-query.ts';
import { textAt } from '../../src-main/domain/text-tree.ts';
import { createSealer } from '../../src-main/sealing/sealer.ts';
import { createDeskSearch } from '../../src-main/services/desk-search.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import type { Store } from '../../src-main/services/store.ts';
import { createKeyring } from '../../src-renderer/desk/keys/keyring.ts';
import { parseEntry } from '../../src-renderer/state/desk-parse-entry.ts';
import { parseReport } from '../../src-renderer/state/desk-parse.ts';
import type { OpenedKey } from '../../src-renderer/state/desk-ports.ts';
import { breathe, openPages } from '../../src-renderer/state/open-pages.ts';
import {
  archive,
  ReportShelf,
  shelveEntry,
  type ArchivedReport,
  type ShelvedEntry,
} from '../../src-renderer/state/report-shelf.ts';
import { parseDistrictPublicKey, parseStationPublicKey } from '../../src-main/sealing/key-files.ts';
import { makeDistrictKey, makeStationKey } from '../../src-main/sealing/make-keys.ts';
import { memoryKeyStore } from '../helpers/memory-key-store.ts';
import type { Contender } from './measure.ts';
import { benchReports } from './queue-reports.ts';
import { queueWorker } from './queue-rows.ts';

export const opening = 'opened in the background, 1,000 sealed';
export const bareOpening = 'bare loop of the same decryptions';
export const searching = 'search in 1,000 opened reports';
export const bareSearching = 'scan of the same texts, unsealed';

const reportsToOpen = 1000;
/** One report in so many has a note of a colleague. */
const noteEach = 5;

interface Sealed {
  readonly row: ArchivedReport['row'];
  readonly sealedReport: string;
  readonly entries: readonly NamedEntry[];
}

/** Everything a desk has once it is signed in, over a store with sealed reports. */
interface Scene {
  readonly key: OpenedKey;
  readonly danish: DanishTexts;
  readonly pages: (beforeSequence: number | null) => {
    readonly reports: readonly Sealed[];
    readonly nextBeforeSequence: number | null;
  };
}

async function makeKeys() {
  const [district, station] = await Promise.all([makeDistrictKey(), makeStationKey()]);
  const [districtKey, stationKey] = [
    parseDistrictPublicKey(district.publicText),
    parseStationPublicKey(station.publicText),
  ];
  const key = await createKeyring(memoryKeyStore()).unlockText(station.privateText);
  if (!districtKey.ok || !stationKey.ok || key === null) throw new Error('the keys just made cannot be read');
  return { districtKey: districtKey.key, stationKey: stationKey.key, key };
}

function noteOn({ reportId }: Report, at: number): EntryContent {
  const entryId = entryIdSchema.parse(reportId.replace('01990000', '01990001'));
  return { kind: 'note', entryId, reportId, text: `Ejeren har ringet om sag ${at}. Vidnet kommer i morgen.` };
}

async function openScene(store: Store, library: ContentLibrary, words: TextTree): Promise<Scene> {
  const { districtKey, stationKey, key } = await makeKeys();
  const home = library.fallbackDistrict().id;
  const sealer = createSealer({
    districtKeys: new Map([[home, districtKey]]),
    homeDistrictId: home,
    stationKey: () => stationKey,
  });
  store.write((db) =>
    insertStaff(db, { staff: queueWorker, pinHash: '$argon2id$bench' }, '2026-11-21T12:00:00.000Z'),
  );
  for (const [at, report] of benchReports(library.content, reportsToOpen).entries()) {
    const { reportId, reference, receivedAt, summary } = report;
    const [sealedSummary, sealedReport] = await Promise.all(
      [summary, report].map((value) => sealer.seal(JSON.stringify(value), reportId, [])),
    );
    if (sealedSummary === undefined || sealedReport === undefined)
      throw new Error('two seals were asked for');
    storeReport(
      store,
      { reportId, reference, receivedAt, lane: summary.route, sealedSummary, sealedReport },
      '80mm',
    );
    if (at % noteEach !== 0) continue;
    const note = noteOn(report, at);
    const sealedEntry = await sealer.seal(JSON.stringify(note), reportId, []);
    const { entryId, kind } = note;
    const added = { entryId, reportId, kind, version: 2, staffName: queueWorker.displayName, sealedEntry };
    store.write((db) => insertEntry(db, added, queueWorker.staffId, receivedAt));
  }
  const search = createDeskSearch({ store, clock: createSystemClock(new Date(0)) });
  const searcher = { staff: queueWorker, connection: {} };
  search.begin(searcher, 0);
  return {
    key,
    danish: {
      content: library.content,
      texts: library.texts('da').texts['content'] ?? {},
      words: (word) => textAt(words, word) ?? word,
    },
    pages: (beforeSequence) => {
      const page = search.page(searcher, beforeSequence);
      if (page.kind !== 'page') throw new Error('nothing was noted');
      return page;
    },
  };
}

interface Opened {
  readonly archived: ArchivedReport;
  readonly report: Report;
  readonly entries: readonly ShelvedEntry[];
}

/** What the desk's page does with one sealed report, from its seal to where it can be found. */
async function openOne({ key, danish }: Scene, { row, sealedReport, entries }: Sealed): Promise<Opened> {
  const outcome = await key.openSealed(sealedReport, row.reportId);
  const report = outcome.ok ? parseReport(outcome.text, row.reportId) : null;
  if (report === null) throw new Error('a report did not open');
  const shelved = await Promise.all(
    entries.map(async (entry) => {
      const opened = await key.openSealed(entry.sealedEntry, entry.reportId);
      const content = opened.ok ? parseEntry(opened.text, entry) : null;
      if (content === null) throw new Error('an entry did not open');
      return shelveEntry(danish, content);
    }),
  );
  return { archived: archive(danish, [], row, { ok: true, opened: report }), report, entries: shelved };
}

async function openAll(scene: Scene, count: number): Promise<ReportShelf> {
  const shelf = new ReportShelf();
  let left = count;
  await openPages<Sealed, Opened>({
    async fetchPage(beforeSequence) {
      // Copied, as by the message between kiosk and desk.
      return structuredClone(scene.pages(beforeSequence));
    },
    open: (sealed) => openOne(scene, sealed),
    take: (opened) => {
      for (const { archived, report, entries } of opened) shelf.add(archived, report, entries);
      left -= opened.length;
    },
    isStill: () => left > 0,
    breathe,
    now: () => performance.now(),
  });
  return shelf;
}

function timed(act: () => void): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}

async function timedLater(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

function sealedOf(scene: Scene): readonly Sealed[] {
  const all: Sealed[] = [];
  for (let before: number | null = null; ;) {
    const page: ReturnType<Scene['pages']> = scene.pages(before);
    all.push(...page.reports);
    before = page.nextBeforeSequence;
    if (before === null) return all;
  }
}

/** Frequent and rare, in two alphabets, with and without marks; names and numbers; one that is nowhere. */
const words = [
  'havnen',
  'telefon',
  'wallet',
  'هاتفي',
  'البطاقة',
  'navn 417',
  '20000333',
  'glasskår',
  'intetsteds',
  'ejeren har ringet',
];

/** Opening and searching, each beside the least it can cost. */
export async function searchContenders(
  store: Store,
  library: ContentLibrary,
  deskWords: TextTree,
): Promise<readonly Contender[]> {
  const scene = await openScene(store, library, deskWords);
  const sealed = sealedOf(scene);
  const shelf = await openAll(scene, reportsToOpen);
  const opened = shelf.newestFirst();
  if (opened.length !== reportsToOpen) throw new Error(`${opened.length} reports were opened`);
  // As plain strings of their own, not parts of what was decrypted.
  const texts = opened.map(({ pieces }) => Buffer.from(pieces.map(({ text }) => text).join('\n')).toString());
  const wordOf = (at: number): string => words[at % words.length] ?? '';
  const findAll = (word: string): number => {
    const query = parseQuery(word);
    return opened.filter(({ searched }) => matches(query, searched)).length;
  };
  const scan = (word: string): number => texts.filter((text) => text.includes(word)).length;
  if (findAll('ejeren har ringet') !== reportsToOpen / noteEach) throw new Error('notes are not found');
  for (const word of ['havnen', 'هاتفي', 'wallet'])
    if (findAll(word) < scan(word) || scan(word) === 0) throw new Error(`${word} is found in fewer reports`);
  const contender = (name: string, one: (word: string) => number): Contender => ({
    name,
    perSlice: words.length,
    run: (count) =>
      timed(() => {
        for (let at = 0; at < count; at += 1)
          if (one(wordOf(at)) > opened.length) throw new Error('found twice');
      }),
  });
  return [
    { name: opening, perSlice: 48, run: (count) => timedLater(() => openAll(scene, count)) },
    {
      name: bareOpening,
      perSlice: 48,
      run: (count) =>
        timedLater(async () => {
          for (const { row, sealedReport, entries } of sealed.slice(0, count)) {
            await scene.key.openSealed(sealedReport, row.reportId);
            for (const entry of entries) await scene.key.openSealed(entry.sealedEntry, row.reportId);
          }
        }),
    },
    contender(searching, findAll),
    contender(bareSearching, scan),
  ];
}
