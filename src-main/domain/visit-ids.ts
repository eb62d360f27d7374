import type { EntryId, LeafletId, ReportId } from '../contract/ids.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function isReportId(text: string): text is ReportId {
  return uuid.test(text);
}

function isLeafletId(text: string): text is LeafletId {
  return uuid.test(text);
}

export function isEntryId(text: string): text is EntryId {
  return uuid.test(text);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** UUID version 7: 48 bits of time, then randomness. */
function uuid7(nowMs: number, random: Uint8Array): string {
  const time = Math.max(0, Math.trunc(nowMs)).toString(16).padStart(12, '0').slice(-12);
  const rest = Uint8Array.from(random.slice(0, 10));
  rest[0] = ((rest[0] ?? 0) & 0x0f) | 0x70;
  rest[2] = ((rest[2] ?? 0) & 0x3f) | 0x80;
  const tail = hex(rest);
  return `${time.slice(0, 8)}-${time.slice(8)}-${tail.slice(0, 4)}-${tail.slice(4, 8)}-${tail.slice(8)}`;
}

/**
 * A report's id as UUID version 7.
 * @param nowMs milliseconds since 1970. @param random at least ten bytes.
 * @throws RangeError when the randomness is too short.
 */
export function makeReportId(nowMs: number, random: Uint8Array): ReportId {
  const id = uuid7(nowMs, random);
  if (!isReportId(id)) throw new RangeError('ten bytes of randomness are needed');
  return id;
}

/** A leaflet's id, as a report's. */
export function makeLeafletId(nowMs: number, random: Uint8Array): LeafletId {
  const id = uuid7(nowMs, random);
  if (!isLeafletId(id)) throw new RangeError('ten bytes of randomness are needed');
  return id;
}

/** An entry's id, as a report's. */
export function makeEntryId(nowMs: number, random: Uint8Array): EntryId {
  const id = uuid7(nowMs, random);
  if (!isEntryId(id)) throw new RangeError('ten bytes of randomness are needed');
  return id;
}
