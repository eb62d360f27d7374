import { createHash, randomUUID } from 'node:crypto';
import {
  eventDigestText,
  genesisHash,
  mostEventsInBatch,
  type Batch,
  type KioskEvent,
  type WireEvent,
  type WithheldEvent,
} from '../../src-main/contract/envelope.ts';
import { kioskIdSchema, reportIdSchema, type KioskId, type ReportId } from '../../src-main/contract/ids.ts';
import {
  kioskPublicKeySchema,
  kioskSigningKeySchema,
  type KioskPublicKey,
} from '../../src-main/contract/keys.ts';
import type { BatchSigner } from '../../src-main/domain/ports.ts';
import { createBatchSigner } from '../../src-main/sealing/batch-signer.ts';
import { makeKioskKey } from '../../src-main/sealing/make-keys.ts';
import type { Outbox } from '../../src-main/sync/outbox.ts';

const someInstant = '2026-11-20T12:00:00.000Z';

/** A kiosk without its store: a chain of events in memory, with the key that signs them. */
export interface ChainKiosk {
  readonly kioskId: KioskId;
  readonly publicKey: KioskPublicKey;
  readonly signer: BatchSigner;
  readonly events: WireEvent[];
  readonly outbox: Outbox & { through(): number; undelivered(): number };
  addReport(reportId?: ReportId, words?: string): WireEvent;
  addReports(count: number): void;
  /** One whose body is anything. */
  addEvent(body: string): WireEvent;
  addEntry(reportId: ReportId, entryId: string, sealedEntry?: string): WireEvent;
  addReview(reportId: ReportId, version: number, state?: 'claimed' | 'finished'): WireEvent;
  /** One that no kiosk of ours would write, chained all the same. */
  addWire(odd: Partial<Pick<WireEvent, 'kind' | 'reportId' | 'occurredAt' | 'body'>>): WireEvent;
  /** Signed as it stands, whatever was done to the events. */
  batch(first: number, last: number, withheld?: WithheldEvent[]): Promise<Batch>;
}

export const freshReportId = (): ReportId => reportIdSchema.parse(randomUUID());

export async function makeChainKiosk(id: string): Promise<ChainKiosk> {
  const kioskId = kioskIdSchema.parse(id);
  const keys = await makeKioskKey();
  const signer = createBatchSigner(kioskSigningKeySchema.parse(JSON.parse(keys.privateText)));
  const events: WireEvent[] = [];
  const hashBefore = (sequence: number): string => events[sequence - 2]?.hash ?? genesisHash;
  const add = (kind: KioskEvent['kind'], reportId: ReportId, body: object | string): WireEvent =>
    addWire({ kind, reportId, body: typeof body === 'string' ? body : JSON.stringify(body) });
  const addWire: ChainKiosk['addWire'] = (odd) => {
    const sequence = events.length + 1;
    const usual = { kind: 'report-received', reportId: freshReportId(), occurredAt: someInstant, body: '{}' };
    const bare = { sequence, ...usual, ...odd };
    const event = { ...bare, hash: sha256(eventDigestText(hashBefore(sequence), bare)) };
    events.push(event);
    return event;
  };
  const addReport = (reportId = freshReportId(), words = 'sealed'): WireEvent =>
    add('report-received', reportId, sealedBody(reportId, words));
  return {
    kioskId,
    publicKey: kioskPublicKeySchema.parse(JSON.parse(keys.publicText)),
    signer,
    events,
    outbox: outboxOf(events, hashBefore),
    addReport,
    addReports(count) {
      for (let n = 0; n < count; n += 1) addReport();
    },
    addWire,
    addEvent: (body) => add('report-received', freshReportId(), body),
    addEntry: (reportId, entryId, sealedEntry = 'sealed') =>
      add('entry-added', reportId, {
        entryId,
        reportId,
        kind: 'note',
        version: 2,
        staffName: 'Prøve',
        sealedEntry,
      }),
    addReview: (reportId, version, state = 'claimed') =>
      add('review-changed', reportId, { reportId, state, version, staffName: 'Prøve' }),
    async batch(first, last, withheld) {
      const chosen = events.slice(first - 1, last);
      const claims = {
        kioskId,
        firstSequence: first,
        lastSequence: last,
        headHash: chosen.at(-1)?.hash ?? '',
        ...(withheld === undefined ? {} : { withheld }),
      };
      const previousHash = hashBefore(first);
      return { version: 1, ...claims, previousHash, signature: await signer.sign(claims), events: chosen };
    },
  };
}

function outboxOf(
  events: readonly WireEvent[],
  hashBefore: (sequence: number) => string,
): ChainKiosk['outbox'] {
  let through = 0;
  return {
    nextBatch(afterSequence = through, mostEvents = mostEventsInBatch) {
      const pending = events.slice(afterSequence, afterSequence + mostEvents);
      if (pending.length === 0) return null;
      return { previousHash: hashBefore(afterSequence + 1), events: pending, withheld: [] };
    },
    acknowledgeThrough(sequence) {
      through = Math.max(through, sequence);
    },
    parked: () => 0,
    undelivered: () => events.length - through,
    standing: () => ({
      deliveredThrough: through,
      newest: events.length,
      oldestWaitingAt: events[through]?.occurredAt ?? null,
    }),
    through: () => through,
  };
}

function sealedBody(reportId: ReportId, words: string): object {
  return {
    reportId,
    reference: '071200000000',
    receivedAt: someInstant,
    lane: 'self',
    sealedSummary: words,
    sealedReport: words,
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
