import { readFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpDistrict, parseDistrictUrl } from '../../src-main/adapters/http-district.ts';
import type { Batch } from '../../src-main/contract/envelope.ts';
import type { DeliveryOutcome } from '../../src-main/domain/ports.ts';
import { createIntakeServer, type IntakeServer } from '../../src-district/http-server.ts';
import { makeChainKiosk } from '../helpers/event-chain.ts';
import { createRememberedIntake } from '../helpers/remembered-intake.ts';

const pem = (name: string): string =>
  readFileSync(path.join(import.meta.dirname, '../helpers/certificates', name), 'utf8');
const authority = pem('authority.pem');

async function bigBatch(): Promise<{ batch: Batch; handle: ReturnType<typeof createRememberedIntake> }> {
  const kiosk = await makeChainKiosk('07-120');
  kiosk.addReport(undefined, 'x'.repeat(200_000));
  kiosk.addReport(undefined, 'y'.repeat(200_000));
  return { batch: await kiosk.batch(1, 2), handle: createRememberedIntake(kiosk.kioskId, kiosk.publicKey) };
}

async function deliverTo(url: string, certificateAuthority: string | null): Promise<DeliveryOutcome> {
  const line = createHttpDistrict({ url, certificateAuthority });
  try {
    return await line.deliver((await bigBatch()).batch, new AbortController().signal);
  } finally {
    line.close();
  }
}

describe('the address of the district', () => {
  it('is https anywhere and http on this machine only', () => {
    const judge = (text: string): string => {
      const address = parseDistrictUrl(text);
      return address.ok ? 'good' : address.problem;
    };
    expect(judge('https://intake.example/skranke')).toBe('good');
    expect(judge('http://127.0.0.1:8080')).toBe('good');
    expect(judge('http://[::1]:8080')).toBe('good');
    expect(judge('http://intake.example')).toBe('plain-http');
    expect(judge('http://127.0.0.1.example')).toBe('plain-http');
    expect(judge('ftp://intake.example')).toBe('not-http');
    expect(judge('https://user:word@intake.example')).toBe('has-credentials');
    expect(judge('intake')).toBe('not-a-url');
    expect(() => createHttpDistrict({ url: 'http://intake.example', certificateAuthority: null })).toThrow();
  });
});

describe('TLS', () => {
  const servers: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  it('delivers to a district whose certificate the authority signed, keeping the connection', async () => {
    const { batch, handle } = await bigBatch();
    const server: IntakeServer = createIntakeServer({
      intake: {
        handleBatch: (input) => handle.handleBatch(input),
        health: async () => ({ database: 'memory', isDurable: false }),
      },
      tls: { key: pem('good.key'), cert: pem('good.pem') },
    });
    const { url } = await server.listen(0, '127.0.0.1');
    const line = createHttpDistrict({ url: `${url}/`, certificateAuthority: authority });
    for (let n = 0; n < 3; n += 1) {
      expect((await line.deliver(batch, new AbortController().signal)).outcome).toBe('acknowledged');
    }
    line.close();
    await server.close();
    expect(handle.kept).toHaveLength(2);
  });

  /** Counts what comes through the socket, encrypted or not. */
  const listen = async (options: tls.TlsOptions): Promise<{ url: string; received(): number }> => {
    let decrypted = 0;
    const connections: Socket[] = [];
    const server = tls.createServer(options, (socket) => {
      socket.on('data', (chunk: Buffer) => (decrypted += chunk.length)).on('error', () => undefined);
    });
    server.on('connection', (socket: Socket) => connections.push(socket));
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    const address = server.address();
    const isPort = (value: typeof address): value is AddressInfo =>
      typeof value === 'object' && value !== null;
    const port = isPort(address) ? address.port : 0;
    // A handshake is a few kilobytes; the batch is 400.
    const handshake = 50_000;
    const received = (): number => {
      const raw = connections.reduce((sum, socket) => sum + socket.bytesRead, 0);
      return decrypted + (raw > handshake ? raw : 0);
    };
    return { url: `https://127.0.0.1:${port}`, received };
  };

  for (const name of ['expired', 'not-yet', 'other-host', 'self-signed']) {
    it(`${name}: not a byte of a batch is sent, and the cause is named`, async () => {
      const server = await listen({ key: pem(`${name}.key`), cert: pem(`${name}.pem`) });
      expect(await deliverTo(server.url, authority)).toMatchObject({ outcome: 'failed', problem: 'tls' });
      expect(server.received()).toBe(0);
    });
  }

  it('an authority unknown to the system, and TLS 1.1, are refused too', async () => {
    const unknown = await listen({ key: pem('good.key'), cert: pem('good.pem') });
    expect(await deliverTo(unknown.url, null)).toMatchObject({ problem: 'tls' });
    const old = await listen({
      key: pem('good.key'),
      cert: pem('good.pem'),
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    });
    expect(await deliverTo(old.url, authority)).toMatchObject({ problem: 'tls' });
    expect(unknown.received() + old.received()).toBe(0);
  });
});
