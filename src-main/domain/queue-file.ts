import type { QueueRow } from '../contract/status.ts';
import { csvText } from './csv.ts';

/** A line of the queue with its type in Danish, where this desk could read it. */
export interface QueueRecord {
  readonly row: Pick<
    QueueRow,
    'reference' | 'receivedAt' | 'lane' | 'state' | 'isRejected' | 'printState' | 'isDelivered'
  >;
  readonly type: string;
}

/** What stands in clear, and the type: no name, no language, no flag, nothing a visitor typed. */
export function queueCsv(records: readonly QueueRecord[]): string {
  const rows = records.map(({ row, type }) => [
    row.reference,
    row.receivedAt,
    type,
    row.isRejected ? 'rejected' : row.state,
    row.lane,
    row.printState,
    row.isDelivered ? 'delivered' : 'waiting',
  ]);
  return csvText([['reference', 'receivedAt', 'type', 'state', 'lane', 'slip', 'district'], ...rows]);
}
