import { fromBase32, toBase32 } from './base32.ts';

/** What the code on a slip says. Nothing personal: a report's number, where and on which day it was received. */
export interface ReceiptClaims {
  /** Twelve digits. */
  readonly reference: string;
  readonly stationId: string;
  /** Of the station's calendar: "2026-11-20". */
  readonly day: string;
}

export interface ReceiptProof {
  readonly claims: ReceiptClaims;
  readonly signedText: string;
  /** ES256: 64 bytes. */
  readonly signature: Uint8Array<ArrayBuffer>;
}

const signatureBytes = 64;

/** What the kiosk signs. The first part tells it from everything else that is signed with the same key. */
export function claimText({ reference, stationId, day }: ReceiptClaims): string {
  return `SK1.${reference}.${day.replaceAll('-', '')}.${stationId.toUpperCase().replaceAll('-', '.')}`;
}

/**
 * The code of a slip: `SK1.<reference>.<day>.<station>.<signature>`. Capital letters, digits and full stops only:
 * that is the short alphabet of QR, and a scanner that plays a keyboard types it unharmed in a Danish layout.
 */
export function writeProof(claims: ReceiptClaims, signature: Uint8Array): string {
  return `${claimText(claims)}.${toBase32(signature)}`;
}

const pattern = /^SK1\.(\d{12})\.(\d{4})(\d{2})(\d{2})\.([A-Z0-9.]{1,40})\.([A-Z2-7]+)$/;

/** Reads a code as it was scanned or typed; null when it is none. Whether it is true, the signature tells. */
export function readProof(code: string): ReceiptProof | null {
  const match = pattern.exec(code.replaceAll(/\s/g, '').toUpperCase());
  if (match === null) return null;
  const [, reference = '', year = '', month = '', date = '', station = '', encoded = ''] = match;
  const signature = fromBase32(encoded);
  if (signature?.length !== signatureBytes) return null;
  const stationId = station.toLowerCase().replaceAll('.', '-');
  const claims = { reference, stationId, day: `${year}-${month}-${date}` };
  return { claims, signedText: claimText(claims), signature };
}

/** Whose kiosk gave this number: `071204837395` is of `07-120`. */
export function kioskOf(reference: string): string {
  return `${reference.slice(0, 2)}-${reference.slice(2, 5)}`;
}
