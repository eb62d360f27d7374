import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readCertificate, readPrivateKey } from '../adapters/certificate-check.ts';
import { makeCertificateRequest } from '../adapters/certificate-request.ts';
import { ConfigError } from './config-error.ts';
import type { Config } from './config.ts';
import { readIfThere, writePrivate } from '../adapters/private-files.ts';

/** What the desk's listener shows, ready to use. */
export interface DeskCertificate {
  readonly key: string;
  readonly certificate: string;
  readonly names: readonly string[];
  readonly validUntil: Date;
}

type Network = NonNullable<Config['desk']['network']>;

const place = (dataDir: string, name: string): string => join(dataDir, 'desk-tls', name);
/** Of a request whose certificate has not come yet; the one in use goes on until then. */
const nextKey = 'next-key.pem';
const currentKey = 'key.pem';
const certificateFile = 'certificate.pem';

function networkOf(config: Config): Network {
  if (config.desk.network === undefined)
    throw new ConfigError(
      `${config.configFile ?? 'the configuration'}: "desk.network": expected the names of the desk's certificate.`,
    );
  return config.desk.network;
}

async function readKey(dataDir: string, name: string): Promise<{ pem: string; key: KeyObject } | null> {
  const pem = await readIfThere(place(dataDir, name));
  const key = pem === null ? null : readPrivateKey(pem);
  return pem === null || key === null ? null : { pem, key };
}

/**
 * The request for the police's own authority. Asked again before its certificate came, it is for the same key.
 * @throws ConfigError without "desk.network".
 */
export async function requestDeskCertificate(config: Config): Promise<string> {
  const { names } = networkOf(config);
  const waiting = await readKey(config.dataDir, nextKey);
  if (waiting !== null) return makeCertificateRequest(waiting.key, names);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await writePrivate(place(config.dataDir, nextKey), pem);
  return makeCertificateRequest(privateKey, names);
}

/**
 * Keeps the certificate that came back; the listener shows it from the next start on.
 * @throws ConfigError with what is wrong with it. Nothing is changed then.
 */
export async function importDeskCertificate(config: Config, file: string, now: Date): Promise<Date> {
  const { names } = networkOf(config);
  const pem = await readIfThere(file);
  if (pem === null) throw new ConfigError(`${file}: expected a certificate at that place, found none.`);
  const next = await readKey(config.dataDir, nextKey);
  const current = await readKey(config.dataDir, currentKey);
  const keys = [next, current].filter((key) => key !== null);
  if (keys.length === 0) throw new ConfigError(`${file}: expected "skranke desk csr" before it.`);
  const reading = readCertificate(pem, { names, now, keys: keys.map(({ key }) => key) });
  if (!reading.ok) throw new ConfigError(`${file}: expected ${reading.expected}.`);
  if (next !== null && reading.certificate.checkPrivateKey(next.key)) {
    // The certificate last: a kiosk that stops in between has a key without one, and says so.
    await rm(place(config.dataDir, certificateFile), { force: true });
    await rename(place(config.dataDir, nextKey), place(config.dataDir, currentKey));
  }
  await writePrivate(place(config.dataDir, certificateFile), reading.chain);
  return new Date(reading.certificate.validTo);
}

/**
 * What the listener needs, looked at again at each start.
 * @throws ConfigError with the sentence for IT; the kiosk itself goes on without desks over the network.
 */
export async function readDeskCertificate(config: Config, now: Date): Promise<DeskCertificate> {
  const { names } = networkOf(config);
  const file = place(config.dataDir, certificateFile);
  const kept = await readKey(config.dataDir, currentKey);
  const certificate = await readIfThere(file);
  if (kept === null || certificate === null)
    throw new ConfigError('there is no certificate yet: "skranke desk csr", then "skranke desk import"');
  const reading = readCertificate(certificate, { names, now, keys: [kept.key] });
  if (!reading.ok) throw new ConfigError(`${file}: expected ${reading.expected}`);
  return {
    key: kept.pem,
    certificate: reading.chain,
    names,
    validUntil: new Date(reading.certificate.validTo),
  };
}
