import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash, X509Certificate } from 'node:crypto';

/** What an authority may do to a certificate that it should not. */
export interface Grant {
  readonly days?: number;
  /** As openssl writes it: `DNS:desk.example,IP:127.0.0.1`; by default what the request asks for. */
  readonly names?: string;
  readonly use?: 'serverAuth' | 'clientAuth';
}

/** The police's own authority, for one test: openssl reads our requests as an authority's program does. */
export interface Authority {
  /** PEM of itself. */
  readonly certificate: string;
  /** @returns the path of the certificate for a request in PEM. */
  sign(request: string, grant?: Grant): string;
}

function openssl(...args: readonly string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

export function makeAuthority(folder: string): Authority {
  const place = (name: string): string => join(folder, name);
  openssl(
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-keyout', place('ca.key'), '-out', place('ca.pem'), '-days', '30', '-subj', '/CN=Test authority'],
  );
  const certificate = openssl('x509', '-in', place('ca.pem'));
  let count = 0;
  return {
    certificate,
    sign(request, { days = 20, names, use = 'serverAuth' } = {}) {
      count += 1;
      const [csr, out, extensions] = ['csr', 'pem', 'ext'].map((ending) => place(`desk-${count}.${ending}`));
      if (csr === undefined || out === undefined || extensions === undefined) throw new Error('three files');
      writeFileSync(csr, request);
      // Says whether the request is signed by its own key.
      openssl('req', '-in', csr, '-noout', '-verify');
      const asked = names ?? namesOf(request, csr);
      writeFileSync(
        extensions,
        `subjectAltName=${asked}\nextendedKeyUsage=${use}\nbasicConstraints=CA:FALSE\n`,
      );
      openssl(
        ...['x509', '-req', '-in', csr, '-CA', place('ca.pem'), '-CAkey', place('ca.key'), '-CAcreateserial'],
        ...['-extfile', extensions, '-out', out, '-days', String(days)],
      );
      return out;
    },
  };
}

function namesOf(request: string, file: string): string {
  if (!request.includes('CERTIFICATE REQUEST')) throw new Error('no request');
  const text = openssl('req', '-in', file, '-noout', '-text');
  const line = /Subject Alternative Name:[^\n]*\n\s*([^\n]+)/.exec(text)?.[1] ?? '';
  return line.replaceAll('IP Address:', 'IP:').replaceAll(', ', ',');
}

/** What a managed browser is told to trust, and nothing else. */
export function pinOf(certificatePem: string): string {
  const key = new X509Certificate(certificatePem).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
}
