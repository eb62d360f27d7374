import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { readPrivateKey } from '../adapters/certificate-check.ts';
import { ConfigError } from './config-error.ts';

/** PEM of an intake's own certificate, with those that signed it behind it, and of its key. */
export interface IntakeTls {
  readonly cert: string;
  readonly key: string;
  readonly endsAt: Date;
}

async function readText(option: string, file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new ConfigError(`${option}: expected a readable PEM file at ${file}.`);
  });
}

/** @throws ConfigError: a file that cannot be read, a key of another certificate, or one whose time is over. */
export async function readIntakeTls(certFile: string, keyFile: string, now: Date): Promise<IntakeTls> {
  const [cert, keyText] = [await readText('--tls-cert', certFile), await readText('--tls-key', keyFile)];
  const key = readPrivateKey(keyText);
  if (key === null) throw new ConfigError(`${keyFile}: expected a private key in PEM, without a password.`);
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(cert);
  } catch {
    throw new ConfigError(`${certFile}: expected a certificate in PEM.`);
  }
  if (!certificate.checkPrivateKey(key))
    throw new ConfigError(
      `${certFile}: expected the certificate of the key in ${keyFile}; it is of another.`,
    );
  const [from, to] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  if (now < from || now > to)
    throw new ConfigError(
      `${certFile}: expected a certificate that is valid now; it is from ${from.toISOString()} to ${to.toISOString()}.`,
    );
  return { cert, key: keyText, endsAt: to };
}

/** Whether nobody but this machine can come in there. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
