import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createIntake, type Intake, type IntakeOutcome } from '../../src-district/intake.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { listParked, listReports } from '../../src-district/reports.ts';
import type { ParkedEvent } from '../../src-main/contract/envelope.ts';
import { freshReportId, makeChainKiosk, type ChainKiosk } from './event-chain.ts';

const acknowledged = (kiosk: ChainKiosk, sequence: number, parked: ParkedEvent[] = []): IntakeOutcome => ({
  outcome: 'acknowledged',
  acknowledgement: {
    kioskId: kiosk.kioskId,
    throughSequence: sequence,
    headHash: kiosk.events[sequence - 1]?.hash ?? '',
    parked,
  },
});
const refused = (refusal: string, throughSequence: number | null = null) => ({
  outcome: 'refused',
  refusal: { refusal, throughSequence },
});

const count = async (
  database: IntakeDatabase,
  table: 'event' | 'kiosk',
  kioskId: string,
): Promise<number> => {
  const rows = await database.transaction((transaction) =>
    transaction.query(`SELECT 1 FROM ${table} WHERE kiosk_id = $1::text`, [kioskId]),
  );
  return rows.length;
};

let kiosks = 0;

/** What every database must do, the same statements on each. `open` is one database shared by all cases. */
export function describeIntake(open: () => IntakeDatabase): void {
  const enrol = async (): Promise<{ kiosk: ChainKiosk; intake: Intake; other: Intake }> => {
    kiosks += 1;
    const kiosk = await makeChainKiosk(`07-${String(kiosks).padStart(3, '0')}`);
    const kioskKeys = new Map([[kiosk.kioskId, kiosk.publicKey]]);
    const parts = { database: open(), kioskKeys, patienceMs: 400 };
    return { kiosk, intake: createIntake(parts), other: createIntake(parts) };
  };
  const references = async (kiosk: ChainKiosk): Promise<string[]> =>
    (await listReports(open(), kiosk.kioskId)).map((report) => report.sealed.reportId);

  it('keeps batches in order, and the same batch again changes nothing', async () => {
    const { kiosk, intake } = await enrol();
    kiosk.addReports(30);
    const first = await kiosk.batch(1, 20);
    expect(await intake.handleBatch(first)).toEqual(acknowledged(kiosk, 20));
    expect(await intake.handleBatch(first)).toEqual(acknowledged(kiosk, 20));
    expect(await intake.handleBatch(await kiosk.batch(11, 30))).toEqual(acknowledged(kiosk, 30));
    // An old request that arrives late is acknowledged for itself, not beyond.
    expect(await intake.handleBatch(await kiosk.batch(3, 5))).toEqual(acknowledged(kiosk, 5));
    expect(await references(kiosk)).toEqual(kiosk.events.map((event) => event.reportId));
    expect(await count(open(), 'event', kiosk.kioskId)).toBe(30);
  });

  it('a gap is refused with what is held', async () => {
    const { kiosk, intake } = await enrol();
    kiosk.addReports(9);
    expect(await intake.handleBatch(await kiosk.batch(2, 3))).toEqual(refused('gap', 0));
    await intake.handleBatch(await kiosk.batch(1, 4));
    expect(await intake.handleBatch(await kiosk.batch(6, 9))).toEqual(refused('gap', 4));
  });

  it('unknown kiosk, foreign signature, changed claims, broken chain, odd form: refused, nothing kept', async () => {
    const { kiosk, intake } = await enrol();
    kiosk.addReports(3);
    const good = await kiosk.batch(1, 3);
    const stranger = await makeChainKiosk(kiosk.kioskId);
    stranger.addReports(3);
    expect(await intake.handleBatch({ ...good, kioskId: '99-999' })).toEqual(refused('unknown-kiosk'));
    expect(await intake.handleBatch(await stranger.batch(1, 3))).toEqual(refused('bad-signature'));
    const shorter = { ...good, lastSequence: 2, events: good.events.slice(0, 2) };
    expect(await intake.handleBatch(shorter)).toEqual(refused('bad-signature'));
    const [one, two, three] = good.events;
    const swapped = { ...good, events: [two, one, three] };
    expect(await intake.handleBatch(swapped)).toEqual(refused('broken-chain'));
    const changed = good.events.map((event) => ({ ...event, body: event.body.replace('sealed', 'change') }));
    expect(await intake.handleBatch({ ...good, events: changed })).toEqual(refused('broken-chain'));
    for (const odd of [
      null,
      [],
      {},
      { ...good, version: 2 },
      { ...good, more: 1 },
      { ...good, events: [] },
    ]) {
      expect(await intake.handleBatch(odd)).toEqual(refused('malformed'));
    }
    expect(await count(open(), 'kiosk', kiosk.kioskId)).toBe(0);
  });

  it('a second history of one kiosk (a cloned disk) is refused and the first one stays', async () => {
    const { kiosk, intake } = await enrol();
    kiosk.addReports(5);
    await intake.handleBatch(await kiosk.batch(1, 5));
    const kept = await references(kiosk);
    kiosk.events.splice(3);
    kiosk.addReports(4);
    expect(await intake.handleBatch(await kiosk.batch(4, 7))).toEqual(refused('conflict'));
    expect(await intake.handleBatch(await kiosk.batch(6, 7))).toEqual(refused('broken-chain'));
    expect(await references(kiosk)).toEqual(kept);
  });

  it('one report id: the same words again are its first result, other words are parked and hold nothing up', async () => {
    const { kiosk, intake } = await enrol();
    const reportId = freshReportId();
    kiosk.addReport(reportId, 'words');
    kiosk.addReport();
    kiosk.addReport(reportId, 'words');
    expect(await intake.handleBatch(await kiosk.batch(1, 3))).toEqual(acknowledged(kiosk, 3));
    expect(await references(kiosk)).toHaveLength(2);
    kiosk.addReport();
    kiosk.addReport(reportId, 'other words');
    const parked: ParkedEvent[] = [{ sequence: 5, reason: 'other-words' }];
    expect(await intake.handleBatch(await kiosk.batch(4, 5))).toEqual(acknowledged(kiosk, 5, parked));
    // Told again when the answer was lost on the way.
    expect(await intake.handleBatch(await kiosk.batch(4, 5))).toEqual(acknowledged(kiosk, 5, parked));
    expect(await references(kiosk)).toHaveLength(3);
    expect(await count(open(), 'event', kiosk.kioskId)).toBe(5);
    expect((await listReports(open(), kiosk.kioskId))[0]?.sealed.sealedReport).toBe('words');
  });

  it('what staff add is kept with its report, once, in order; the same id with other words is parked', async () => {
    const { kiosk, intake } = await enrol();
    const reportId = freshReportId();
    const [first, second] = [randomUUID(), randomUUID()];
    kiosk.addReport(reportId);
    kiosk.addEntry(reportId, second, 'added first');
    kiosk.addReport();
    kiosk.addEntry(reportId, first, 'added second');
    expect(await intake.handleBatch(await kiosk.batch(1, 4))).toEqual(acknowledged(kiosk, 4));
    expect(await intake.handleBatch(await kiosk.batch(1, 4))).toEqual(acknowledged(kiosk, 4));
    kiosk.addEntry(reportId, first, 'other words');
    const parked: ParkedEvent[] = [{ sequence: 5, reason: 'other-words' }];
    expect(await intake.handleBatch(await kiosk.batch(5, 5))).toEqual(acknowledged(kiosk, 5, parked));
    const kept = await listReports(open(), kiosk.kioskId);
    expect(kept.map(({ entries }) => entries.map(({ sealedEntry }) => sealedEntry))).toEqual([
      ['added first', 'added second'],
      [],
    ]);
    expect(kept[0]?.entries[0]).toMatchObject({ entryId: second, kind: 'note', addedBy: 'Prøve' });
  });

  it('an event nobody can read is parked as it came, and what comes after it is registered', async () => {
    const { kiosk, intake, other } = await enrol();
    kiosk.addReport();
    kiosk.addEvent('{"reportId":"of another kind"}');
    kiosk.addReport();
    const parked: ParkedEvent[] = [{ sequence: 2, reason: 'unreadable' }];
    expect(await intake.handleBatch(await kiosk.batch(1, 3))).toEqual(acknowledged(kiosk, 3, parked));
    expect(await other.handleBatch(await kiosk.batch(2, 3))).toEqual(acknowledged(kiosk, 3, parked));
    expect(await references(kiosk)).toHaveLength(2);
    const held = (await listParked(open())).filter(({ kioskId }) => kioskId === kiosk.kioskId);
    expect(held).toMatchObject([
      { kioskId: kiosk.kioskId, sequence: 2, reason: 'unreadable', body: '{"reportId":"of another kind"}' },
    ]);
    kiosk.addReport();
    expect(await intake.handleBatch(await kiosk.batch(4, 4))).toEqual(acknowledged(kiosk, 4));
  });

  it('an event of a kind this intake does not know, or that no column can hold, is kept whole and parked', async () => {
    const { kiosk, intake } = await enrol();
    kiosk.addReport();
    const odd = [
      kiosk.addWire({ kind: 'made-up-later' }),
      kiosk.addWire({ body: 'half a \ud800 pair and a \0' }),
      kiosk.addWire({ reportId: 'no id', occurredAt: 'some day' }),
      kiosk.addWire({ occurredAt: '0000-01-01T00:00:00.000Z' }),
    ];
    kiosk.addReport();
    const parked = [2, 3, 4, 5].map((sequence) => ({ sequence, reason: 'unreadable' as const }));
    expect(await intake.handleBatch(await kiosk.batch(1, 6))).toEqual(acknowledged(kiosk, 6, parked));
    expect(await references(kiosk)).toHaveLength(2);
    const held = (await listParked(open())).filter(({ kioskId }) => kioskId === kiosk.kioskId);
    expect(held[0]?.body).toBe(odd[0]?.body);
    expect(held.slice(1).map(({ body }): unknown => JSON.parse(body))).toEqual(odd.slice(1));
    // And it can be sent again like any other.
    expect(await intake.handleBatch(await kiosk.batch(3, 6))).toEqual(
      acknowledged(kiosk, 6, parked.slice(1)),
    );
  });

  it('an event without its words is held for its hash and parked; the kiosk has to have signed that', async () => {
    const { kiosk, intake } = await enrol();
    kiosk.addReports(3);
    const changed = kiosk.events[1];
    if (changed === undefined) throw new Error('three events');
    kiosk.events.splice(1, 1, { ...changed, body: '' });
    expect(await intake.handleBatch(await kiosk.batch(1, 3))).toEqual(refused('broken-chain'));
    const withheld = [{ sequence: 2, reason: 'altered' as const }];
    const unsigned = { ...(await kiosk.batch(1, 3)), withheld };
    expect(await intake.handleBatch(unsigned)).toEqual(refused('bad-signature'));
    const parked: ParkedEvent[] = [{ sequence: 2, reason: 'withheld' }];
    const signed = await kiosk.batch(1, 3, withheld);
    expect(await intake.handleBatch(signed)).toEqual(acknowledged(kiosk, 3, parked));
    expect(await references(kiosk)).toHaveLength(2);
    // Words that are said to be withheld, and come all the same, prove nothing.
    kiosk.events.splice(1, 1, { ...changed, body: changed.body.replace('sealed', 'change') });
    expect(await intake.handleBatch(await kiosk.batch(1, 3, withheld))).toEqual(refused('broken-chain'));
  });

  it('a batch that overtook the one in front of it waits for it, also at another instance', async () => {
    const { kiosk, intake, other } = await enrol();
    kiosk.addReports(30);
    const batches = [await kiosk.batch(21, 30), await kiosk.batch(11, 20), await kiosk.batch(1, 10)];
    const outcomes = await Promise.all(
      batches.map((batch, index) => (index === 1 ? other : intake).handleBatch(batch)),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array(3).fill('acknowledged'));
    expect(await references(kiosk)).toEqual(kiosk.events.map((event) => event.reportId));
  });

  it('the newest review change stands beside the report', async () => {
    const { kiosk, intake } = await enrol();
    const reportId = freshReportId();
    kiosk.addReport(reportId);
    kiosk.addReview(reportId, 2);
    kiosk.addReview(reportId, 3, 'finished');
    await intake.handleBatch(await kiosk.batch(1, 3));
    kiosk.addReview(reportId, 2);
    await intake.handleBatch(await kiosk.batch(4, 4));
    expect((await listReports(open(), kiosk.kioskId))[0]?.review).toEqual({
      state: 'finished',
      version: 3,
      staffName: 'Prøve',
    });
  });

  it('words of every kind are kept letter for letter; what no table can hold is refused', async () => {
    const { kiosk, intake } = await enrol();
    const words = '"\\u0000 \\ \u202e العربية 😀 $1 \'; DROP TABLE report; --\n\t\u0001';
    kiosk.addReport(undefined, words);
    expect(await intake.handleBatch(await kiosk.batch(1, 1))).toEqual(acknowledged(kiosk, 1));
    expect((await listReports(open(), kiosk.kioskId))[0]?.sealed.sealedReport).toBe(words);
    kiosk.addReport(undefined, 'half a \ud800 pair');
    expect((await intake.handleBatch(await kiosk.batch(2, 2))).outcome).toBe('acknowledged');
    expect(await intake.handleBatch(JSON.parse('{"version":1}'))).toEqual(refused('malformed'));
  });

  it('two instances and many repeats at once keep everything once', async () => {
    const { kiosk, intake, other } = await enrol();
    kiosk.addReports(120);
    const batches = [
      await kiosk.batch(1, 60),
      await kiosk.batch(1, 30),
      await kiosk.batch(31, 90),
      await kiosk.batch(61, 120),
    ];
    const settled = await Promise.all(
      [...batches, ...batches.toReversed(), ...batches].map((batch, index) =>
        (index % 2 === 0 ? intake : other).handleBatch(batch),
      ),
    );
    for (const outcome of settled) {
      if (outcome.outcome === 'refused') expect(outcome.refusal.refusal).toBe('gap');
    }
    expect(await intake.handleBatch(await kiosk.batch(91, 120))).toEqual(acknowledged(kiosk, 120));
    expect(await references(kiosk)).toEqual(kiosk.events.map((event) => event.reportId));
  });
}
