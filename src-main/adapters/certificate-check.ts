import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';

/** Why a certificate cannot stand for a desk's address, in one sentence without its file. */
export type CertificateFault = { readonly ok: false; readonly expected: string };
export type CertificateReading =
  { readonly ok: true; readonly certificate: X509Certificate; readonly chain: string } | CertificateFault;

const serverAuthentication = '1.3.6.1.5.5.7.3.1';
const pemBlock = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

const fault = (expected: string): CertificateFault => ({ ok: false, expected });
const minute = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export function readPrivateKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}

function parseChain(pem: string): X509Certificate[] | null {
  try {
    return (pem.match(pemBlock) ?? []).map((block) => new X509Certificate(block));
  } catch {
    return null;
  }
}

function isFor(certificate: X509Certificate, name: string): boolean {
  const covers =
    isIP(name) === 0 ? certificate.checkHost(name, { subject: 'never' }) : certificate.checkIP(name);
  return covers !== undefined;
}

function findDateFault({ validFrom, validTo }: X509Certificate, now: Date): CertificateFault | null {
  const [from, to] = [new Date(validFrom), new Date(validTo)];
  if (now < from) return fault(`a certificate that is valid now; this one begins on ${minute(from)}`);
  if (now > to) return fault(`a certificate that is valid now; this one ended on ${minute(to)}`);
  return null;
}

function isIssuedBy(certificate: X509Certificate | undefined, issuer: X509Certificate): boolean {
  return certificate?.checkIssued(issuer) === true && certificate.verify(issuer.publicKey);
}

function findChainFault(chain: readonly X509Certificate[]): CertificateFault | null {
  const [leaf] = chain;
  if (leaf?.checkIssued(leaf) === true)
    return fault('a certificate signed by an authority; this one is signed by itself');
  const isBroken = chain.slice(1).some((issuer, at) => !isIssuedBy(chain[at], issuer));
  return isBroken ? fault('each further certificate to be the issuer of the one before it') : null;
}

/**
 * Reads a certificate, with those that signed it behind it, as it came from the authority.
 * @param keys one of these must be its key.
 */
export function readCertificate(
  pem: string,
  {
    names,
    keys,
    now,
  }: { readonly names: readonly string[]; readonly keys: readonly KeyObject[]; readonly now: Date },
): CertificateReading {
  const chain = parseChain(pem);
  const [certificate] = chain ?? [];
  if (chain === null || certificate === undefined) return fault('a certificate in PEM');
  if (certificate.ca) return fault("the desk's own certificate first; this one belongs to an authority");
  if (!keys.some((key) => certificate.checkPrivateKey(key)))
    return fault('a certificate for the key of the last "skranke desk csr"; this one is for another key');
  const missing = names.filter((name) => !isFor(certificate, name));
  if (missing.length > 0)
    return fault(
      `a certificate for ${missing.join(', ')}; this one says ${certificate.subjectAltName ?? 'no name'}`,
    );
  // An empty list means any use.
  const uses: unknown = certificate.keyUsage;
  if (Array.isArray(uses) && uses.length > 0 && !uses.includes(serverAuthentication))
    return fault('a certificate for a server; this one is for something else');
  return (
    findDateFault(certificate, now) ??
    findChainFault(chain) ?? { ok: true, certificate, chain: `${(pem.match(pemBlock) ?? []).join('\n')}\n` }
  );
}
