import type { IntakeDatabase } from './intake-database.ts';
import { listKiosks } from './kiosk-registry.ts';

/** What this instance has done since it started. */
export interface Counts {
  batch(outcome: string, events: number, parked: number, ms: number): void;
  request(operation: string, status: number): void;
  /** In Prometheus' text format, with what the database knows of each kiosk. */
  write(database: IntakeDatabase | null): Promise<string>;
}

/** Upper edges in seconds. */
const edges = [0.01, 0.05, 0.1, 0.5, 1, 5];

export function createCounts(): Counts {
  const batches = new Map<string, number>();
  const requests = new Map<string, number>();
  const buckets = edges.map(() => 0);
  let [events, parked, seconds, timed] = [0, 0, 0, 0];
  const add = (counts: Map<string, number>, labels: string): void =>
    void counts.set(labels, (counts.get(labels) ?? 0) + 1);
  return {
    batch(outcome, kept, parkedNow, ms) {
      add(batches, `outcome="${outcome}"`);
      events += kept;
      parked += parkedNow;
      seconds += ms / 1000;
      timed += 1;
      for (const [index, edge] of edges.entries())
        if (ms / 1000 <= edge) buckets[index] = (buckets[index] ?? 0) + 1;
    },
    request: (operation, status) => add(requests, `operation="${operation}",status="${String(status)}"`),
    async write(database) {
      const own = [
        ...series('skranke_batches_total', 'counter', 'Batches answered', batches),
        ...series('skranke_requests_total', 'counter', 'Requests answered', requests),
        ...series('skranke_events_total', 'counter', 'Events acknowledged', new Map([['', events]])),
        ...series(
          'skranke_parked_total',
          'counter',
          'Events acknowledged as parked',
          new Map([['', parked]]),
        ),
        ...histogram('skranke_batch_seconds', 'Time to answer a batch', buckets, seconds, timed),
      ];
      return `${[...own, ...(database === null ? [] : await ofKiosks(database))].join('\n')}\n`;
    },
  };
}

function histogram(
  name: string,
  help: string,
  buckets: readonly number[],
  sum: number,
  count: number,
): string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} histogram`,
    ...edges.map((edge, index) => `${name}_bucket{le="${String(edge)}"} ${String(buckets[index])}`),
    `${name}_bucket{le="+Inf"} ${String(count)}`,
    `${name}_sum ${sum.toFixed(6)}`,
    `${name}_count ${String(count)}`,
  ];
}

function series(name: string, type: string, help: string, values: ReadonlyMap<string, number>): string[] {
  const lines = [...values].map(
    ([labels, value]) => `${name}${labels === '' ? '' : `{${labels}}`} ${String(value)}`,
  );
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines];
}

async function ofKiosks(database: IntakeDatabase): Promise<string[]> {
  const kiosks = await listKiosks(database);
  const each = (value: (kiosk: (typeof kiosks)[number]) => number): Map<string, number> =>
    new Map(kiosks.map((kiosk) => [`kiosk="${kiosk.kioskId}"`, value(kiosk)]));
  return [
    ...series(
      'skranke_kiosk_events',
      'gauge',
      'Events held',
      each(({ through }) => through),
    ),
    ...series(
      'skranke_kiosk_parked',
      'gauge',
      'Events a person has to look at',
      each(({ parked }) => parked),
    ),
    ...series(
      'skranke_kiosk_last_contact_seconds',
      'gauge',
      'When the last batch was kept, Unix time',
      each(({ lastContactAt }) => Math.round(Date.parse(lastContactAt) / 1000)),
    ),
    ...series(
      'skranke_kiosk_other_histories',
      'gauge',
      'Histories that are not the held one: a cloned disk, or older data put back',
      each(({ otherHistories }) => otherHistories),
    ),
  ];
}
