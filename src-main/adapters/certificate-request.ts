import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';

/* PKCS #10 in DER, no more of it than one request needs: X.690 and RFC 2986. */

function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const size = body.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => element(0x30, ...parts);
const set = (...parts: readonly Buffer[]): Buffer => element(0x31, ...parts);

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const septets = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) septets.unshift((left & 0x7f) | 0x80);
    bytes.push(...septets);
  }
  return element(0x06, Buffer.from(bytes));
}

const commonName = objectId('2.5.4.3');
const extensionRequest = objectId('1.2.840.113549.1.9.14');
const subjectAltName = objectId('2.5.29.17');
const ecdsaWithSha256 = objectId('1.2.840.10045.4.3.2');

/** IPv4 only: a desk is called by a name or by one of those. */
function generalName(name: string): Buffer {
  if (isIP(name) === 4) return element(0x87, Buffer.from(name.split('.').map(Number)));
  return element(0x82, Buffer.from(name, 'ascii'));
}

/** A request in PEM for these names, signed with a P-256 key. */
export function makeCertificateRequest(key: KeyObject, names: readonly string[]): string {
  const subject = sequence(set(sequence(commonName, element(0x0c, Buffer.from(names[0] ?? '')))));
  const altNames = sequence(subjectAltName, element(0x04, sequence(...names.map(generalName))));
  const attributes = element(0xa0, sequence(extensionRequest, set(sequence(altNames))));
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const info = sequence(element(0x02, Buffer.from([0])), subject, publicKey, attributes);
  const signature = sign('sha256', info, key);
  const request = sequence(info, sequence(ecdsaWithSha256), element(0x03, Buffer.from([0]), signature));
  const lines = request.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE REQUEST-----\n${lines.join('\n')}\n-----END CERTIFICATE REQUEST-----\n`;
}
