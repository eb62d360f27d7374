import { ConfigError } from '../../app/config-error.ts';
import { readDeskCertificate } from '../../app/desk-certificate.ts';
import type { Kiosk } from '../../app/kiosk.ts';
import { stationKiosksOf } from '../../app/station-kiosks.ts';
import { openDeskListener } from '../node/desk-listener.ts';
import { readBuiltFiles } from '../pages/built-files.ts';

/** Desks over the station's network, or in one sentence why there are none. */
export type DeskNetwork =
  | { readonly kind: 'open'; readonly address: string; readonly validUntil: Date; close(): Promise<void> }
  | { readonly kind: 'off'; close(): Promise<void> }
  | { readonly kind: 'refused'; readonly sentence: string; close(): Promise<void> };

/** Time enough for an authority to answer. */
const renewMs = 30 * 24 * 60 * 60_000;
const nothingToClose = (): Promise<void> => Promise.resolve();
/** What the system says of an address or port that cannot be had. */
const unlistenable = new Set(['EADDRINUSE', 'EADDRNOTAVAIL', 'EACCES']);

function sentenceOf(error: unknown, address: string, port: number): string | null {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof Error && 'code' in error && unlistenable.has(String(error.code)))
    return `${address}, port ${String(port)}: cannot be listened on (${String(error.code)})`;
  return null;
}

/**
 * The one listener that is not on loopback: TLS, the desk's page and its procedures, nothing of the visitor's. Both hosts
 * open it here. Whatever is wrong with it, the kiosk goes on serving its visitors and the desk on its own machine.
 */
export async function openDeskNetwork({ config, station }: Kiosk): Promise<DeskNetwork> {
  const { network } = config.desk;
  if (network === undefined) return { kind: 'off', close: nothingToClose };
  const { address, port } = network;
  try {
    const certificate = await readDeskCertificate(config, new Date());
    const files = await readBuiltFiles(config.rendererDir);
    const neighbours = (stationKiosksOf(network)?.others ?? []).map(({ origin }) => origin);
    const tls = { address, ...certificate, neighbours };
    const listener = await openDeskListener(station, files, { port, tls });
    const { validUntil } = certificate;
    if (validUntil.getTime() - Date.now() < renewMs)
      station.warnOfDeskNetwork(`the certificate ends on ${validUntil.toISOString().slice(0, 10)}`);
    return { kind: 'open', address: listener.address, validUntil, close: () => listener.close() };
  } catch (error) {
    const sentence = sentenceOf(error, address, port);
    if (sentence === null) throw error;
    station.warnOfDeskNetwork(sentence);
    return { kind: 'refused', sentence, close: nothingToClose };
  }
}
