import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { leafletIdSchema, type Language } from '../../src-main/contract/ids.ts';
import type { Leaflet } from '../../src-main/contract/leaflet.ts';
import type { LeafletStatus, ReceiptStatus } from '../../src-main/contract/status.ts';
import { createLeaflets } from '../../src-main/services/leaflets.ts';
import { createListeners } from '../../src-main/services/listeners.ts';
import { createPrintLane } from '../../src-main/services/print-lane.ts';
import {
  createFakeClock,
  createFakeLibrary,
  createFakeLog,
  fakeLayout,
  newReportId,
  testPlace,
} from '../helpers/fakes.ts';
import { createFakePrinter } from '../helpers/fake-printer.ts';

function setUp() {
  const clock = createFakeClock();
  const printer = createFakePrinter();
  const lane = createPrintLane({ printer, timers: clock, log: createFakeLog() });
  const slips = createListeners<ReceiptStatus>();
  const leaflets = createLeaflets({
    library: createFakeLibrary(),
    layout: fakeLayout,
    lane,
    paper: '80mm',
    place: testPlace,
    clock,
    timers: clock,
    receipts: { onStatus: slips.add },
  });
  const statuses = new Map<string, LeafletStatus>();
  const told: string[] = [];
  leaflets.onStatus((status) => {
    statuses.set(status.leafletId, status);
    told.push(status.state);
  });
  const ask = (
    leaflet: Leaflet = { kind: 'hours', stationId: null, serviceId: 'counter' },
    language: Language = 'ar',
  ) => {
    const leafletId = leafletIdSchema.parse(randomUUID());
    return { leafletId, outcome: leaflets.print({ leafletId, leaflet, language }) };
  };
  /** A slip of some report, printed through the same lane. */
  const slip = () => {
    const reportId = newReportId();
    slips.tell({ reportId, state: 'queued', problem: null });
    const printed = lane
      .print({
        make: async () => ({ kind: 'pdf', title: 'a-slip', pdf: new Uint8Array([2]) }),
        signal: new AbortController().signal,
      })
      .then(() => slips.tell({ reportId, state: 'printed', problem: null }));
    return { printed };
  };
  const stateOf = (leafletId: string) => statuses.get(leafletId)?.state;
  const titles = () => printer.printed.map(({ title }) => title);
  return { clock, printer, lane, leaflets, ask, slip, statuses, stateOf, told, titles };
}

describe('a leaflet', () => {
  it('comes out once, under a name that says nothing of what it is about', async () => {
    const { ask, leaflets, told, stateOf, titles } = setUp();
    const { leafletId, outcome } = ask();
    expect(outcome).toMatchObject({ kind: 'taken', status: { state: 'queued' } });
    leaflets.print({
      leafletId,
      leaflet: { kind: 'hours', stationId: null, serviceId: 'counter' },
      language: 'ar',
    });
    await vi.waitFor(() => expect(stateOf(leafletId)).toBe('printed'));
    expect(told).toEqual(['queued', 'sent', 'printed']);
    expect(titles()).toEqual([`leaflet-${leafletId}`]);
  });

  it('of a page that content does not have is refused', () => {
    const { ask, titles } = setUp();
    expect(ask({ kind: 'topic', topicId: 'nowhere', from: null }).outcome).toEqual({ kind: 'not-found' });
    expect(ask({ kind: 'type-info', typeId: 'self-type', from: null }).outcome).toEqual({
      kind: 'not-found',
    });
    expect(titles()).toEqual([]);
  });

  it('without paper has failed and says why; paper that comes back prints nothing by itself', async () => {
    const { ask, printer, statuses, stateOf, titles } = setUp();
    printer.paperOut();
    const first = ask();
    await vi.waitFor(() => expect(stateOf(first.leafletId)).toBe('failed'));
    expect(statuses.get(first.leafletId)).toMatchObject({ problem: 'no-paper' });
    printer.recover();
    const second = ask();
    await vi.waitFor(() => expect(stateOf(second.leafletId)).toBe('printed'));
    expect(titles()).toEqual([`leaflet-${second.leafletId}`]);
  });

  it('two at once come out one after the other', async () => {
    const { ask, stateOf, titles } = setUp();
    const [one, other] = [ask(), ask({ kind: 'hand-over' })];
    await vi.waitFor(() => expect(stateOf(other.leafletId)).toBe('printed'));
    expect(titles()).toEqual([`leaflet-${one.leafletId}`, `leaflet-${other.leafletId}`]);
  });

  it('printer silent for half a minute: given up, and the next one is not held up', async () => {
    const { ask, clock, printer, stateOf } = setUp();
    printer.hang();
    const first = ask();
    await vi.waitFor(() => expect(printer.attempts).toBe(1));
    clock.advance(29_999);
    expect(stateOf(first.leafletId)).toBe('sent');
    printer.recover();
    clock.advance(1);
    const second = ask();
    await vi.waitFor(() => expect(stateOf(second.leafletId)).toBe('printed'));
    // Bytes had left, and this printer never answers: nobody knows.
    expect(stateOf(first.leafletId)).not.toBe('printed');
  });
});

describe('the share of one visit', () => {
  it('is five leaflets; what failed cost no paper and does not count; leaving starts anew', async () => {
    const { ask, leaflets, printer, stateOf, titles } = setUp();
    printer.jam();
    const jammed = ask();
    await vi.waitFor(() => expect(stateOf(jammed.leafletId)).toBe('failed'));
    printer.recover();
    const mine = Array.from({ length: 5 }, () => ask());
    expect(ask().outcome).toEqual({ kind: 'too-many' });
    await vi.waitFor(() =>
      expect(mine.map(({ leafletId }) => stateOf(leafletId))).toEqual(mine.map(() => 'printed')),
    );
    expect(ask().outcome).toEqual({ kind: 'too-many' });
    leaflets.leave();
    expect(ask().outcome).toMatchObject({ kind: 'taken' });
    await vi.waitFor(() => expect(titles()).toHaveLength(6));
  });

  it('is whole again when a visit ended without a word', async () => {
    const { ask, clock, titles } = setUp();
    for (let n = 0; n < 5; n += 1) ask();
    await vi.waitFor(() => expect(titles()).toHaveLength(5));
    clock.advance(600_001);
    expect(ask().outcome).toMatchObject({ kind: 'taken' });
  });
});

describe('leaving', () => {
  it('a leaflet that waits behind another never comes out', async () => {
    const { ask, clock, leaflets, printer, stateOf, statuses, titles } = setUp();
    printer.hang();
    ask();
    await vi.waitFor(() => expect(printer.attempts).toBe(1));
    const waiting = ask();
    leaflets.leave();
    expect(statuses.get(waiting.leafletId)).toMatchObject({ state: 'failed', problem: 'left' });
    printer.recover();
    clock.advance(60_000);
    const next = ask();
    await vi.waitFor(() => expect(stateOf(next.leafletId)).toBe('printed'));
    expect(titles()).toEqual([`leaflet-${next.leafletId}`]);
  });
});

describe('slips go first', () => {
  it('a leaflet asked for while a slip waits comes after it', async () => {
    const { ask, slip, stateOf, titles } = setUp();
    const { printed } = slip();
    const { leafletId } = ask();
    await printed;
    await vi.waitFor(() => expect(stateOf(leafletId)).toBe('printed'));
    expect(titles()).toEqual(['a-slip', `leaflet-${leafletId}`]);
  });

  it('a leaflet that has not begun steps aside and comes after the slip, once', async () => {
    const { ask, slip, stateOf, titles } = setUp();
    const { leafletId } = ask();
    // Still being laid out: not a byte has left.
    expect(stateOf(leafletId)).toBe('queued');
    const { printed } = slip();
    await printed;
    await vi.waitFor(() => expect(stateOf(leafletId)).toBe('printed'));
    expect(titles()).toEqual(['a-slip', `leaflet-${leafletId}`]);
  });

  it('a leaflet that hangs in the printer is taken back so that the slip comes out in its time', async () => {
    const { ask, clock, printer, slip, stateOf, titles } = setUp();
    printer.hang();
    const { leafletId } = ask();
    await vi.waitFor(() => expect(stateOf(leafletId)).toBe('sent'));
    const { printed } = slip();
    printer.recover();
    // A moment to be whole, then the printer takes it back.
    clock.advance(3000);
    clock.advance(3000);
    await printed;
    expect(titles()).toEqual(['a-slip']);
    await vi.waitFor(() => expect(['failed', 'unknown']).toContain(stateOf(leafletId)));
  });
});
