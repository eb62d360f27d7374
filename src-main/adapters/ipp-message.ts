/**
 * The Internet Printing Protocol on the wire (RFC 8010), as much as a receipt needs. Reading never throws: a
 * printer's answer is a stranger's bytes.
 */

export const ippOperations = {
  printJob: 0x0002,
  cancelJob: 0x0008,
  getJobAttributes: 0x0009,
  getJobs: 0x000a,
  getPrinterAttributes: 0x000b,
} as const;
export type IppOperation = (typeof ippOperations)[keyof typeof ippOperations];

const tags = {
  operationAttributes: 0x01,
  jobAttributes: 0x02,
  end: 0x03,
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  nameWithoutLanguage: 0x42,
  keyword: 0x44,
  uri: 0x45,
  charset: 0x47,
  naturalLanguage: 0x48,
  mimeMediaType: 0x49,
} as const;

type TextKind = 'nameWithoutLanguage' | 'keyword' | 'uri' | 'mimeMediaType';
export type IppAttribute =
  | { readonly name: string; readonly kind: TextKind; readonly values: readonly string[] }
  | { readonly name: string; readonly kind: 'integer'; readonly values: readonly number[] }
  | { readonly name: string; readonly kind: 'boolean'; readonly values: readonly boolean[] };

export interface IppRequest {
  readonly operation: IppOperation;
  readonly requestId: number;
  readonly operationAttributes: readonly IppAttribute[];
  readonly jobAttributes: readonly IppAttribute[];
}

export type IppValue = string | number | boolean;

/** One group of an answer; values of kinds a receipt does not need are left out. */
export interface IppGroup {
  readonly tag: number;
  readonly attributes: ReadonlyMap<string, readonly IppValue[]>;
}

export interface IppAnswer {
  readonly status: number;
  readonly requestId: number;
  readonly groups: readonly IppGroup[];
}

export const ippGroups = { job: 0x02, printer: 0x04 } as const;

/** The bytes of a request, without the document that may follow them. */
export function encodeIppRequest(request: IppRequest): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(0x0101, 0);
  head.writeUInt16BE(request.operation, 2);
  head.writeInt32BE(request.requestId, 4);
  return Buffer.concat([
    head,
    Buffer.of(tags.operationAttributes),
    encodeValue(tags.charset, 'attributes-charset', Buffer.from('utf-8')),
    encodeValue(tags.naturalLanguage, 'attributes-natural-language', Buffer.from('en')),
    ...request.operationAttributes.map(encodeAttribute),
    ...(request.jobAttributes.length === 0
      ? []
      : [Buffer.of(tags.jobAttributes), ...request.jobAttributes.map(encodeAttribute)]),
    Buffer.of(tags.end),
  ]);
}

function encodeAttribute(attribute: IppAttribute): Buffer {
  const tag = tags[attribute.kind];
  const bytes = attribute.values.map(encodeScalar);
  return Buffer.concat(
    bytes.map((value, index) => encodeValue(tag, index === 0 ? attribute.name : '', value)),
  );
}

function encodeScalar(value: IppValue): Buffer {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  if (typeof value === 'boolean') return Buffer.of(value ? 1 : 0);
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function encodeValue(tag: number, name: string, value: Buffer): Buffer {
  const nameBytes = Buffer.from(name, 'utf8');
  const bytes = Buffer.alloc(5 + nameBytes.length + value.length);
  bytes.writeUInt8(tag, 0);
  bytes.writeUInt16BE(nameBytes.length, 1);
  nameBytes.copy(bytes, 3);
  bytes.writeUInt16BE(value.length, 3 + nameBytes.length);
  value.copy(bytes, 5 + nameBytes.length);
  return bytes;
}

/** Null when the bytes are not a whole IPP answer. */
export function parseIppAnswer(bytes: Buffer): IppAnswer | null {
  if (bytes.length < 9 || bytes.readUInt8(0) < 1 || bytes.readUInt8(0) > 2) return null;
  const groups = readGroups(bytes);
  if (groups === null) return null;
  return { status: bytes.readUInt16BE(2), requestId: bytes.readInt32BE(4), groups };
}

function readGroups(bytes: Buffer): readonly IppGroup[] | null {
  const groups: { tag: number; attributes: Map<string, IppValue[]> }[] = [];
  let name = '';
  let at = 8;
  while (at < bytes.length) {
    const tag = bytes.readUInt8(at);
    if (tag === tags.end) return groups;
    if (tag < 0x10) {
      groups.push({ tag, attributes: new Map() });
      name = '';
      at += 1;
      continue;
    }
    const read = readValue(bytes, at);
    const group = groups.at(-1);
    if (read === null || group === undefined) return null;
    // An empty name is one more value of the attribute before it.
    if (read.name !== '') name = read.name;
    const values = group.attributes.get(name) ?? [];
    if (read.value !== null) values.push(read.value);
    group.attributes.set(name, values);
    at = read.next;
  }
  return null;
}

interface ReadValue {
  readonly name: string;
  readonly value: IppValue | null;
  readonly next: number;
}

function readValue(bytes: Buffer, at: number): ReadValue | null {
  if (at + 3 > bytes.length) return null;
  const nameEnd = at + 3 + bytes.readUInt16BE(at + 1);
  if (nameEnd + 2 > bytes.length) return null;
  const next = nameEnd + 2 + bytes.readUInt16BE(nameEnd);
  if (next > bytes.length) return null;
  return {
    name: bytes.toString('utf8', at + 3, nameEnd),
    value: readScalar(bytes.readUInt8(at), bytes.subarray(nameEnd + 2, next)),
    next,
  };
}

function readScalar(tag: number, value: Buffer): IppValue | null {
  if (tag === tags.integer || tag === tags.enum) return value.length === 4 ? value.readInt32BE(0) : null;
  if (tag === tags.boolean) return value.length === 1 ? value.readUInt8(0) === 1 : null;
  return tag >= 0x40 && tag <= 0x49 ? value.toString('utf8') : null;
}
