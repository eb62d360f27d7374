import { createHash, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { IntakeDistrict } from '../../src-district/districts.ts';
import { acknowledgeFeed, readFeed } from '../../src-district/feed.ts';
import { createIntake } from '../../src-district/intake.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { openReports } from '../../src-district/open-sealed.ts';
import { addReader, type Reader } from '../../src-district/readers.ts';
import { listReports } from '../../src-district/reports.ts';
import { importKeys, openDocument } from '../../src-district/sealed-document.ts';
import { handOverDue, handReport, type Giver, type Handed } from '../../src-district/transfer-due.ts';
import { handOver } from '../../src-district/transfers.ts';
import type { EntryContent } from '../../src-main/contract/entry.ts';
import { eventDigestText } from '../../src-main/contract/envelope.ts';
import { entryIdSchema, type ReportId } from '../../src-main/contract/ids.ts';
import { openingKeySchema, publicKeySchema, type OpeningKey } from '../../src-main/contract/keys.ts';
import type { Feed } from '../../src-main/contract/reader-api.ts';
import { makeDistrictKey } from '../../src-main/sealing/make-keys.ts';
import { createSealer } from '../../src-main/sealing/sealer.ts';
import { freshReportId, makeChainKiosk } from './event-chain.ts';
import { makeReport } from './made-report.ts';

interface Party extends IntakeDistrict {
  readonly district: string;
  readonly private: OpeningKey;
}

let parties = 0;

async function makeParty(): Promise<Party> {
  parties += 1;
  const district = String(50 + parties);
  const key = await makeDistrictKey();
  return {
    district,
    districtId: `kreds-${district}`,
    keys: [publicKeySchema.parse(JSON.parse(key.publicText))],
    private: openingKeySchema.parse(JSON.parse(key.privateText)),
  };
}

/** One district gives, another gets, a third has nothing to do with it; the same on every database. */
export function describeTransfers(open: () => IntakeDatabase): void {
  const makeScene = async () => {
    const [home, other, third] = [await makeParty(), await makeParty(), await makeParty()];
    const districts = [home, other, third];
    const kiosk = await makeChainKiosk(`${home.district}-001`);
    const kioskKeys = new Map([[kiosk.kioskId, kiosk.publicKey]]);
    const intake = createIntake({ database: open(), kioskKeys, patienceMs: 0 });
    const sealer = createSealer({
      districtKeys: new Map([[home.districtId, home.keys[0]]]),
      homeDistrictId: home.districtId,
      stationKey: () => null,
    });
    let sent = 0;
    const deliver = async (): Promise<void> => {
      const batch = await kiosk.batch(sent + 1, kiosk.events.length);
      expect((await intake.handleBatch(batch)).outcome).toBe('acknowledged');
      sent = kiosk.events.length;
    };
    const addReport = async (districtId = home.districtId): Promise<ReportId> => {
      const reportId = freshReportId();
      const report = makeReport(reportId, districtId);
      const [sealedSummary, sealedReport] = [
        await sealer.seal(JSON.stringify(report.summary), reportId, []),
        await sealer.seal(JSON.stringify(report), reportId, []),
      ];
      const { reference, receivedAt } = report;
      const body = { reportId, reference, receivedAt, lane: 'self', sealedSummary, sealedReport };
      kiosk.addWire({ kind: 'report-received', reportId, body: JSON.stringify(body) });
      return reportId;
    };
    const giverOf = async (party: Party): Promise<Giver> => ({
      ...{ database: open(), districts, own: party },
      openers: await importKeys([party.private]),
    });
    return { home, other, third, districts, kiosk, sealer, deliver, addReport, giverOf };
  };
  type Scene = Awaited<ReturnType<typeof makeScene>>;

  const addEntry = async (
    { kiosk, sealer }: Scene,
    reportId: ReportId,
    content:
      | { readonly kind: 'note'; readonly text: string }
      | { readonly kind: 'transfer'; readonly districtId: string }
      | { readonly kind: 'undone'; readonly undoes: string },
  ): Promise<string> => {
    const entryId = entryIdSchema.parse(randomUUID());
    const added =
      content.kind === 'transfer' ? { ...content, reason: 'found there', isReadable: false } : content;
    const sealedEntry = await sealer.seal(JSON.stringify({ entryId, reportId, ...added }), reportId, []);
    const body = { entryId, reportId, kind: content.kind, version: 2, staffName: 'Prøve', sealedEntry };
    kiosk.addWire({ kind: 'entry-added', reportId, body: JSON.stringify(body) });
    return entryId;
  };
  const readerOf = async ({ district }: Party, name = 'case system'): Promise<Reader> => {
    const reader = { name: `${name} ${district}`, district };
    await addReader(open(), reader);
    return reader;
  };
  const read = (reader: Reader): Promise<Feed> => readFeed(open(), reader, 100);
  const arrivals = (feed: Feed) => feed.notices.filter((notice) => notice.kind === 'transfer-arrived');
  const transferOf = (handed: Handed) => {
    if (!handed.ok) throw new Error(handed.problem);
    return handed;
  };
  /** What a district reads with its own key of a report that was handed to it. */
  const openAt = async (party: Party, reportId: string) => {
    const [opened] = await openReports(await listReports(open(), '', reportId), [party.private]);
    return opened;
  };

  it('a report handed over is read by the other district, as it was chained, once until acknowledged; the giver hears of it', async () => {
    const scene = await makeScene();
    const { home, other, third, kiosk } = scene;
    const reportId = await scene.addReport();
    await addEntry(scene, reportId, { kind: 'note', text: 'seen on camera' });
    await scene.deliver();
    expect((await openAt(other, reportId))?.report).toBeNull();
    const giver = await scene.giverOf(home);
    expect(
      transferOf(await handReport(giver, reportId, other.districtId, 'it happened there')),
    ).toMatchObject({
      isNew: true,
      unreadable: 0,
      transfer: { turn: 1, from: home.district, to: other.district, receivedAt: null },
    });
    const reader = await readerOf(other);
    const feed = await read(reader);
    const [arrival] = arrivals(feed);
    if (arrival === undefined) throw new Error('an arrival');
    expect(feed.events).toEqual([]);
    expect(arrival.events.map(({ body }) => body)).toEqual(kiosk.events.map(({ body }) => body));
    let previous = arrival.events[0]?.previousHash ?? '';
    for (const { sequence, kind, occurredAt, body, hash } of arrival.events) {
      const event = { sequence, kind, reportId, occurredAt: occurredAt ?? '', body };
      previous = createHash('sha256').update(eventDigestText(previous, event)).digest('hex');
      expect(previous).toBe(hash);
    }
    const openers = await importKeys([other.private]);
    const reason = await openDocument(arrival.sealedReason ?? '', reportId, openers);
    expect(reason?.content).toEqual({ reportId, reason: 'it happened there' });
    const opened = await openAt(other, reportId);
    expect(opened?.report?.reportId).toBe(reportId);
    expect(opened?.entries.map(({ content }) => content)).toMatchObject([{ text: 'seen on camera' }]);
    expect((await openAt(third, reportId))?.report).toBeNull();
    expect((await read(await readerOf(third))).notices).toEqual([]);
    // The reader died before it stored it.
    expect(await read(reader)).toEqual(feed);
    await acknowledgeFeed(open(), reader, feed.cursor ?? '');
    await acknowledgeFeed(open(), reader, feed.cursor ?? '');
    expect(await read(reader)).toEqual({ events: [], notices: [], cursor: null });
    const { notices } = await read(await readerOf(home));
    expect(notices).toMatchObject([
      { kind: 'transfer-received', district: home.district, transfer: { reportId, to: other.district } },
    ]);
    expect(notices[0]?.transfer.receivedAt).not.toBeNull();
  });

  it('twice is the same transfer, also at once; what was added since follows; it may come back', async () => {
    const scene = await makeScene();
    const { home, other, third } = scene;
    const reportId = await scene.addReport();
    await scene.deliver();
    const giver = await scene.giverOf(home);
    const hand = (from: Giver, to: Party): Promise<Handed> => handReport(from, reportId, to.districtId, null);
    const both = (await Promise.all([hand(giver, other), hand(giver, other)])).map(transferOf);
    expect(both.map(({ isNew }) => isNew).toSorted()).toEqual([false, true]);
    expect(both[0]?.transfer).toEqual(both[1]?.transfer);
    await addEntry(scene, reportId, { kind: 'note', text: 'added later' });
    await scene.deliver();
    expect(transferOf(await hand(giver, other))).toMatchObject({ isNew: true, transfer: { turn: 2 } });
    expect(transferOf(await hand(giver, other))).toMatchObject({ isNew: false, transfer: { turn: 2 } });
    const kinds = arrivals(await read(await readerOf(other))).map(({ events }) =>
      events.map(({ kind }) => kind),
    );
    expect(kinds).toEqual([['report-received'], ['entry-added']]);
    // On to a third, with the keys it was handed; and back to where it came from.
    const onwards = await scene.giverOf(other);
    expect(transferOf(await hand(onwards, third))).toMatchObject({ isNew: true, unreadable: 0 });
    expect((await openAt(third, reportId))?.report?.reportId).toBe(reportId);
    expect((await openAt(third, reportId))?.entries[0]?.content).toMatchObject({ text: 'added later' });
    expect(transferOf(await hand(onwards, home))).toMatchObject({ isNew: true, transfer: { turn: 4 } });
    expect(transferOf(await hand(giver, other))).toMatchObject({ isNew: true, transfer: { turn: 5 } });
  });

  it('what a district may not, or what the other could not read, is refused and leaves nothing behind', async () => {
    const scene = await makeScene();
    const { home, other, third, districts } = scene;
    const [reportId, elsewhere] = [await scene.addReport(), await scene.addReport()];
    await scene.deliver();
    const giver = await scene.giverOf(home);
    const stranger = await scene.giverOf(third);
    const problem = (handed: Handed) => (handed.ok ? null : handed.problem);
    expect(problem(await handReport(stranger, reportId, other.districtId, null))).toBe('unknown-report');
    expect(problem(await handReport(giver, freshReportId(), other.districtId, null))).toBe('unknown-report');
    expect(problem(await handReport(giver, reportId, 'no-such', null))).toBe('unknown-district');
    expect(problem(await handReport(giver, reportId, home.districtId, null))).toBe('own-district');
    const blind = { ...giver, openers: await importKeys([third.private]) };
    expect(problem(await handReport(blind, reportId, other.districtId, null))).toBe('report-key-missing');
    const key = {
      ...{ kioskId: scene.kiosk.kioskId, sequence: 2, part: 'sealedReport' as const },
      ...{ kid: other.keys[0].kid, encryptedKey: 'A'.repeat(512) },
    };
    const post = async (keys: readonly (typeof key)[]) => {
      const request = { reportId, to: other.district, sealedReason: null, keys: [...keys] };
      const outcome = await handOver(open(), districts, home.district, request);
      return outcome.ok ? null : outcome.problem;
    };
    // The second event is the other report.
    expect(await post([key])).toBe('unknown-event');
    expect(await post([{ ...key, sequence: 1, kid: home.keys[0].kid }])).toBe('other-key');
    expect((await read(await readerOf(other))).notices).toEqual([]);
    expect((await openAt(home, elsewhere))?.report?.reportId).toBe(elsewhere);
  });

  it('what is due goes by itself: noted at a desk, happened elsewhere, added since; what was taken back stays', async () => {
    const scene = await makeScene();
    const { home, other, third } = scene;
    const [noted, undone, plain] = [
      await scene.addReport(),
      await scene.addReport(),
      await scene.addReport(),
    ];
    const routed = await scene.addReport(third.districtId);
    const abroad = await scene.addReport('kreds-of-nobody');
    await addEntry(scene, noted, { kind: 'transfer', districtId: other.districtId });
    const undoes = await addEntry(scene, undone, { kind: 'transfer', districtId: other.districtId });
    await addEntry(scene, undone, { kind: 'undone', undoes });
    await addEntry(scene, plain, { kind: 'note', text: 'stays here' });
    await scene.deliver();
    const giver = await scene.giverOf(home);
    const summary = (handed: readonly Handed[]) =>
      handed
        .map((one) =>
          one.ok ? [one.transfer.reportId, one.transfer.to] : [one.reportId, one.to, one.problem],
        )
        .toSorted();
    expect(summary(await handOverDue(giver))).toEqual(
      [
        [noted, other.district],
        [routed, third.district],
        [abroad, 'kreds-of-nobody', 'unknown-district'],
      ].toSorted(),
    );
    expect(await handOverDue(giver)).toEqual([]);
    await addEntry(scene, noted, { kind: 'note', text: 'added later' });
    await scene.deliver();
    expect(summary(await handOverDue(giver))).toEqual([[noted, other.district]]);
    const opened = await openAt(other, noted);
    const contents: (EntryContent | null)[] = (opened?.entries ?? []).map(({ content }) => content);
    expect(contents).toMatchObject([{ kind: 'transfer', reason: 'found there' }, { text: 'added later' }]);
    // It carries out what is due of its own, and says nothing about what came to it.
    await handOverDue(await scene.giverOf(other));
    expect((await read(await readerOf(home))).notices).toEqual([]);
  });
}
