import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { entryContentSchema } from '../../src-main/contract/entry.ts';
import { entryIdSchema, reportIdSchema } from '../../src-main/contract/ids.ts';
import { emptyDraft, readDraft, type DraftKind, type EntryDraft } from '../../src-main/domain/entry-draft.ts';
import { createKeyring } from '../../src-renderer/desk/keys/keyring.ts';
import { Desk } from '../../src-renderer/state/desk.svelte.ts';
import { parseEntry } from '../../src-renderer/state/desk-parse-entry.ts';
import { entriesOf, undoneBy } from '../../src-renderer/state/opened-entries.ts';
import {
  deskPin,
  FakeDeskServices,
  makeStationKeyPair,
  type StationKeyPair,
} from '../helpers/fake-desk-api.ts';
import { deskNow } from '../helpers/fake-desk-reports.ts';
import { memoryDraftStore } from '../helpers/memory-draft-store.ts';
import { memoryKeyStore } from '../helpers/memory-key-store.ts';

const until = { timeout: 30_000, interval: 20 };
let key: StationKeyPair;
const stops: (() => void)[] = [];

beforeAll(async () => {
  key = await makeStationKeyPair();
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function openKiosk(): Promise<FakeDeskServices> {
  return FakeDeskServices.start({ sealFor: key });
}

/** A desk of its own at that kiosk, on which the first report of the queue is open. */
async function sitDown(kiosk: FakeDeskServices, drafts = memoryDraftStore()) {
  const desk = new Desk({
    line: kiosk.line,
    keyring: createKeyring(memoryKeyStore()),
    drafts,
    sound: { canPlay: true, wake: () => undefined, playAlarm: () => undefined },
    clock: () => deskNow,
    hands: { saveFile: () => undefined, copyText: async () => true, printPage: () => undefined },
    words: (name) => name,
    origin: 'http://127.0.0.1',
  });
  stops.push(desk.start());
  await vi.waitUntil(() => desk.session.screen === 'sign-in', until);
  await desk.session.signIn('skranke1', deskPin);
  await vi.waitUntil(() => desk.queue.state === 'ready', until);
  await openFirst(desk);
  return { desk, drafts };
}

async function openFirst(desk: Desk): Promise<void> {
  await vi.waitUntil(() => desk.queue.state === 'ready', until);
  const [first] = desk.queue.lines;
  if (first === undefined) throw new Error('the queue is empty');
  await desk.report.open(first.row);
  await vi.waitUntil(() => desk.entries.report !== null && desk.entries.version > 0, until);
}

async function write(desk: Desk, text: string, kind: DraftKind = 'note'): Promise<void> {
  desk.form.open(kind);
  desk.form.change({ text });
  await desk.form.save();
}

const notes = (desk: Desk): string[] =>
  entriesOf(desk.entries.all, 'note').map(({ content }) => content.text);

test('a note leaves the page sealed for the station and the district, opens here again, and its form is gone', async () => {
  const kiosk = await openKiosk();
  const { desk, drafts } = await sitDown(kiosk);
  await write(desk, '  ejeren har ringet ');
  expect(notes(desk)).toEqual(['ejeren har ringet']);
  expect([desk.form.draft, desk.form.saved, desk.form.problem]).toEqual([null, 'note', null]);
  const [kept] = kiosk.entries.all;
  expect(kept?.sealedEntry).not.toContain('ejeren');
  expect(desk.report.review?.version).toBe(2);
  await vi.waitUntil(() => drafts.kept.size === 0, until);
});

test('an empty form is not sent; it says which field', async () => {
  const kiosk = await openKiosk();
  const { desk } = await sitDown(kiosk);
  await write(desk, '   ');
  expect([desk.form.fault, kiosk.entries.all]).toEqual(['text', []]);
  desk.form.change({ text: 'x'.repeat(8001) });
  await desk.form.save();
  expect([desk.form.fault, kiosk.entries.all]).toEqual(['text', []]);
});

describe('half-written words', () => {
  test('outlive the lock sealed, come back to the same colleague with the report, and are wiped when saved', async () => {
    const kiosk = await openKiosk();
    const { desk, drafts } = await sitDown(kiosk);
    desk.form.open('note');
    desk.form.change({ text: 'halvt skrevet om den blå jakke' });
    desk.session.lock();
    expect([desk.form.draft, desk.form.waiting]).toEqual([null, []]);
    await vi.waitUntil(() => drafts.kept.size === 1, until);
    expect(JSON.stringify([...drafts.kept.values()])).not.toContain('jakke');
    await desk.session.signIn('skranke1', deskPin);
    await vi.waitUntil(() => desk.form.waiting.length === 1, until);
    const [waiting] = desk.form.waiting;
    if (waiting === undefined) expect.fail('a draft waits');
    await desk.form.goOn(waiting);
    await vi.waitUntil(() => desk.form.draft !== null, until);
    expect(desk.form.draft).toMatchObject({ kind: 'note', text: 'halvt skrevet om den blå jakke' });
    expect(desk.form.isRestored).toBe(true);
    await desk.form.save();
    expect(notes(desk)).toEqual(['halvt skrevet om den blå jakke']);
    await vi.waitUntil(() => drafts.kept.size === 0, until);
    expect(desk.form.waiting).toEqual([]);
  });

  test('of a colleague who sat here before stay shut, and a closed page finds its own', async () => {
    const kiosk = await openKiosk();
    const { desk, drafts } = await sitDown(kiosk);
    desk.form.open('question');
    desk.form.change({ text: 'hvilken farve', way: 'later' });
    await vi.waitUntil(() => drafts.kept.size === 1, until);
    const [[name, kept] = []] = [...drafts.kept];
    if (name === undefined || kept === undefined) expect.fail('a draft is kept');
    const somebody = '00000000-0000-4000-8000-0000000000bb';
    drafts.kept.clear();
    drafts.kept.set(`${somebody} ${kept.reportId}`, { ...kept, staffId: somebody });
    const other = await sitDown(kiosk, drafts);
    await vi.waitUntil(() => other.desk.queue.state === 'ready', until);
    expect([other.desk.form.draft, other.desk.form.waiting]).toEqual([null, []]);
    drafts.kept.set(name, kept);
    const same = await sitDown(kiosk, drafts);
    await vi.waitUntil(() => same.desk.form.draft !== null, until);
    expect(same.desk.form.draft).toMatchObject({ kind: 'question', text: 'hvilken farve', way: 'later' });
  });

  test('thrown away on purpose, spoilt on the disk or as old as a report may be: nothing comes back', async () => {
    const kiosk = await openKiosk();
    const { desk, drafts } = await sitDown(kiosk);
    desk.form.open('note');
    desk.form.change({ text: 'fortrudt' });
    desk.form.discard();
    await vi.waitUntil(() => drafts.kept.size === 0, until);
    desk.form.open('note');
    desk.form.change({ text: 'gammelt' });
    await vi.waitUntil(() => drafts.kept.size === 1, until);
    for (const [name, kept] of [...drafts.kept]) drafts.kept.set(name, { ...kept, keptAt: 0 });
    drafts.kept.set('spoilt', {
      ...[...drafts.kept.values()][0],
      sealedDraft: '{}',
      staffId: desk.session.staff?.staffId ?? '',
      reportId: 'x',
      keptAt: deskNow,
    });
    const later = await sitDown(kiosk, drafts);
    expect([later.desk.form.draft, later.desk.form.waiting]).toEqual([null, []]);
  });

  test('that reached the kiosk although the answer was lost do not come back as unsaved', async () => {
    const kiosk = await openKiosk();
    const { desk, drafts } = await sitDown(kiosk);
    kiosk.entries.next = 'lost';
    await write(desk, 'kom frem');
    expect(desk.form.problem).toBe('no-answer');
    desk.session.lock();
    await desk.session.signIn('skranke1', deskPin);
    await openFirst(desk);
    await vi.waitUntil(() => drafts.kept.size === 0, until);
    expect(desk.form.draft).toBeNull();
    expect(notes(desk)).toEqual(['kom frem']);
  });
});

describe('when the kiosk does not simply say yes', () => {
  test('nobody answers: the same words sent again are there once; other words are another entry', async () => {
    const kiosk = await openKiosk();
    const { desk } = await sitDown(kiosk);
    kiosk.entries.next = 'lost';
    await write(desk, 'en gang');
    expect(desk.form.problem).toBe('no-answer');
    await desk.form.save();
    expect(notes(desk)).toEqual(['en gang']);
    kiosk.entries.next = 'lost';
    await write(desk, 'først');
    desk.form.change({ text: 'først, og så mere' });
    await desk.form.save();
    // The kiosk kept the first words too: the desk hears of them, and whoever wrote decides.
    expect(desk.form.problem).toBe('changed');
    await desk.form.save();
    expect(notes(desk)).toEqual(['en gang', 'først', 'først, og så mere']);
  });

  test.each([
    ['NOT_STORED', 'not-stored'],
    ['UNCERTAIN', 'uncertain'],
  ] as const)('%s: the form stays as it is', async (next, problem) => {
    const kiosk = await openKiosk();
    const { desk } = await sitDown(kiosk);
    kiosk.entries.next = next;
    await write(desk, 'bliver stående');
    expect([desk.form.problem, desk.form.draft?.text]).toEqual([problem, 'bliver stående']);
    await desk.form.save();
    expect(notes(desk)).toEqual(['bliver stående']);
  });
});

describe('two desks on one report', () => {
  test('what one adds stands at the other at once; a form that was open tells of it and is not overwritten', async () => {
    const kiosk = await openKiosk();
    const [one, two] = [(await sitDown(kiosk)).desk, (await sitDown(kiosk)).desk];
    two.form.open('note');
    two.form.change({ text: 'fra den anden' });
    await write(one, 'fra den ene');
    await vi.waitUntil(() => two.entries.hasNews, until);
    expect(two.entries.news.map(({ entry }) => [entry.kind, entry.addedBy])).toEqual([
      ['note', 'A. Opfundet'],
    ]);
    expect(two.form.draft?.text).toBe('fra den anden');
    await two.form.save(true);
    expect(notes(two)).toEqual(['fra den ene', 'fra den anden']);
    await vi.waitUntil(() => notes(one).length === 2, until);
    expect(notes(one)).toEqual(['fra den ene', 'fra den anden']);
    expect(one.entries.all.map(({ entry }) => one.entries.isFresh(entry.entryId))).toEqual([false, true]);
  });

  test('who saves before the news arrived is told what came, by whom, and decides', async () => {
    const kiosk = await openKiosk();
    const { desk } = await sitDown(kiosk);
    const [report] = kiosk.reports;
    if (report === undefined) expect.fail('there is a report');
    desk.form.open('journal-number');
    desk.form.change({ text: '0700-10000-00001-26' });
    const entryId = entryIdSchema.parse('01990000-0000-4000-8000-000000000001');
    const content = { kind: 'note' as const, entryId, reportId: report.reportId, text: 'hurtigere' };
    const added = kiosk.entries.somebodyAdds(content, 'B. Opdigtet');
    // The stream tells of it too; whichever comes first, nothing is lost.
    await added;
    await desk.form.save();
    expect(desk.form.problem).toBe('changed');
    expect(desk.entries.news.map(({ entry }) => entry.addedBy)).toEqual(['B. Opdigtet']);
    expect(desk.form.draft?.text).toBe('0700-10000-00001-26');
    await desk.form.save(true);
    expect(entriesOf(desk.entries.all, 'journal-number')).toHaveLength(1);
  });
});

test('a note is taken back by an entry of its own: both stay', async () => {
  const kiosk = await openKiosk();
  const { desk } = await sitDown(kiosk);
  await write(desk, 'forkert sag');
  const [note] = desk.entries.all;
  if (note === undefined) expect.fail('the note is there');
  await desk.entries.undo(note.entry.entryId);
  expect(desk.entries.saying).toEqual({ kind: 'undone' });
  expect(notes(desk)).toEqual([]);
  expect(desk.entries.all).toHaveLength(2);
  expect(undoneBy(desk.entries.all, note.entry.entryId)).toMatchObject({ addedBy: 'A. Opfundet' });
});

test('a transfer says truthfully whether the new district can read it', async () => {
  const kiosk = await openKiosk();
  const { desk } = await sitDown(kiosk);
  const before = desk.entries.recipients(null).length;
  desk.form.open('transfer', { districtId: 'syd' });
  desk.form.change({ text: 'skete dér' });
  await desk.form.save();
  expect(entriesOf(desk.entries.all, 'transfer')[0]?.content).toMatchObject({ isReadable: false });
  expect(desk.entries.recipients(null)).toHaveLength(before);
});

test('once a district with a known key has the report, what is added later is sealed for it too', async () => {
  const kiosk = await openKiosk();
  const stranger = await makeStationKeyPair();
  kiosk.welcome = {
    ...kiosk.welcome,
    sealingKeys: {
      ...kiosk.welcome.sealingKeys,
      districts: [...kiosk.welcome.sealingKeys.districts, { districtId: 'syd', key: stranger.publicKey }],
    },
  };
  const { desk } = await sitDown(kiosk);
  desk.form.open('transfer', { districtId: 'syd', text: 'skete dér' });
  await desk.form.save();
  await write(desk, 'og mere');
  for (const { sealedEntry } of kiosk.entries.all) expect(sealedEntry).toContain(stranger.publicKey.kid);
  expect(entriesOf(desk.entries.all, 'transfer')[0]?.content).toMatchObject({ isReadable: true });
});

test('an entry that was moved under another name, or is no entry, says so and stands there', async () => {
  const kiosk = await openKiosk();
  const { desk } = await sitDown(kiosk);
  await write(desk, 'ægte');
  const [real] = kiosk.entries.all;
  if (real === undefined) expect.fail('the note is there');
  const entryId = entryIdSchema.parse('01990000-0000-4000-8000-000000000002');
  kiosk.entries.all.push({ ...real, entryId });
  desk.report.close();
  await openFirst(desk);
  expect(desk.entries.all.map(({ content }) => content.ok)).toEqual([true, false]);
});

test('a call for help with a report is said to have been made', async () => {
  const kiosk = await openKiosk();
  const { desk } = await sitDown(kiosk);
  await desk.entries.escalate();
  expect([desk.entries.saying, kiosk.entries.escalated]).toEqual([
    { kind: 'escalated' },
    [desk.report.reportId],
  ]);
});

test('whatever a form holds: what it lets through, the contract, the page and the district read the same', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 });
  const code = fc.stringMatching(/^[a-z0-9-]{1,40}$/);
  const draft: fc.Arbitrary<EntryDraft> = fc.record({
    kind: fc.constantFrom<DraftKind>(
      ...(['note', 'question', 'translation', 'rights-given', 'transfer', 'journal-number'] as const),
      ...(['rejection', 'lane'] as const),
    ),
    text,
    own: text,
    questionId: fc.oneof(code, fc.constant('')),
    madeBy: text,
    maker: fc.constantFrom('colleague', 'interpreter', 'translator'),
    way: fc.constantFrom('lobby', 'later'),
    told: fc.constantFrom('spoken', 'paper', 'both'),
    items: fc.array(code, { maxLength: 5 }),
    districtId: fc.oneof(code, fc.constant('')),
    reasonId: fc.oneof(code, fc.constant('')),
    lane: fc.constantFrom('self', 'assisted'),
  });
  const reportId = reportIdSchema.parse('01990000-0000-7000-8000-000000000001');
  const entryId = entryIdSchema.parse('01990000-0000-4000-8000-000000000003');
  fc.assert(
    fc.property(draft, fc.constantFrom('da' as const, 'en' as const, 'ar' as const), (given, language) => {
      const scene = { entryId, reportId, language, readableDistrictIds: ['syd'] };
      const reading = readDraft(given, scene);
      if (!reading.ok) return;
      const sealed = JSON.stringify(reading.content);
      expect(entryContentSchema.parse(JSON.parse(sealed))).toEqual(reading.content);
      expect(parseEntry(sealed, reading.content)).toEqual(reading.content);
    }),
  );
  expect(
    readDraft(emptyDraft('lane'), { entryId, reportId, language: 'da', readableDistrictIds: [] }).ok,
  ).toBe(true);
});
