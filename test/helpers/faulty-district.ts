import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { batchSchema, type Batch } from '../../src-main/contract/envelope.ts';
import type { IntakeOutcome } from '../../src-district/intake.ts';

/** What the district does wrong, until it is told to do something else. */
export const faults = [
  'slow',
  'html-200',
  'empty-200',
  'json-as-text',
  'redirect',
  'error-500',
  'busy-503',
  'too-many-429',
  'drop-before-commit',
  'drop-after-commit',
  'partial-acknowledgement',
  'acknowledges-nothing-sent',
  'acknowledges-more-than-sent',
  'acknowledges-another-kiosk',
  'wrong-head-hash',
  'slow-loris',
  'huge-body',
  'not-http',
] as const;
export type Fault = (typeof faults)[number];

export interface FaultyDistrict {
  readonly url: string;
  /** Batches that arrived whole. */
  readonly requests: () => number;
  breakWith(fault: Fault): void;
  heal(): void;
  /** Answers 413 to requests with more events or more bytes. */
  limitTo(events: number, bytes?: number): void;
  /** Refuses connections; `up` takes the same port again. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

type Handle = (input: unknown) => Promise<IntakeOutcome>;
interface Exchange {
  readonly batch: Batch;
  readonly handle: Handle;
  readonly response: http.ServerResponse;
}

/** A district in front of a real or remembered intake, with handles to break it. */
export async function startFaultyDistrict(handle: Handle): Promise<FaultyDistrict> {
  let fault: Fault | null = null;
  let requests = 0;
  let limit = { events: Infinity, bytes: Infinity };
  let server = http.createServer();
  const sockets = new Set<Socket>();
  const listen = async (port: number): Promise<number> => {
    server = http.createServer((request, response) => {
      void readBatch(request).then((batch) => {
        requests += 1;
        const isOver =
          batch.events.length > limit.events || Number(request.headers['content-length'] ?? 0) > limit.bytes;
        if (isOver) return send(response, 413, 'text/html', '<h1>Request Entity Too Large</h1>');
        return misbehave(fault, { batch, handle, response });
      });
    });
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    const address = server.address();
    return isAddress(address) ? address.port : port;
  };
  const down = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  };
  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => requests,
    breakWith: (next) => void (fault = next),
    heal: () => void (fault = null),
    limitTo: (events, bytes = Infinity) => void (limit = { events, bytes }),
    down,
    up: async () => {
      await listen(port);
    },
    close: down,
  };
}

const isAddress = (address: AddressInfo | string | null): address is AddressInfo =>
  typeof address === 'object' && address !== null;

async function readBatch(request: http.IncomingMessage): Promise<Batch> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return batchSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
}

async function misbehave(fault: Fault | null, exchange: Exchange): Promise<unknown> {
  const { batch, handle, response } = exchange;
  const { kioskId, headHash, lastSequence } = batch;
  const acknowledge = (change: object): unknown =>
    json(response, 200, { kioskId, throughSequence: lastSequence, headHash, ...change });
  switch (fault) {
    case null:
      return answerHonestly(exchange);
    case 'slow':
      return;
    case 'html-200':
      return send(response, 200, 'text/html', '<h1>Sign in to the network</h1>');
    case 'empty-200':
      return send(response, 200, 'application/json', '');
    case 'json-as-text':
      return send(
        response,
        200,
        'text/plain',
        JSON.stringify({ kioskId, throughSequence: lastSequence, headHash }),
      );
    case 'redirect':
      response.setHeader('location', '/elsewhere');
      return send(response, 302, 'application/json', '{}');
    case 'error-500':
      return send(response, 500, 'text/plain', 'broken');
    case 'busy-503':
      response.setHeader('retry-after', '1');
      return send(response, 503, 'application/json', '{}');
    case 'too-many-429':
      response.setHeader('retry-after', '86400');
      return send(response, 429, 'application/json', '{}');
    case 'drop-before-commit':
      return response.destroy();
    case 'drop-after-commit':
      await handle(batch);
      return response.destroy();
    case 'partial-acknowledgement': {
      await handle(batch);
      const middle = batch.events[Math.floor((batch.events.length - 1) / 2)];
      return acknowledge({ throughSequence: middle?.sequence, headHash: middle?.hash });
    }
    case 'acknowledges-nothing-sent':
      return acknowledge({ throughSequence: batch.firstSequence - 1, headHash: batch.previousHash });
    case 'acknowledges-more-than-sent':
      return acknowledge({ throughSequence: lastSequence + 100 });
    case 'acknowledges-another-kiosk':
      return acknowledge({ kioskId: '99-999' });
    case 'wrong-head-hash':
      return acknowledge({ headHash: 'f'.repeat(64) });
    case 'slow-loris':
      return drip(response);
    case 'huge-body':
      return flood(response);
    case 'not-http':
      return response.socket?.end('220 mail.example ready\r\n');
  }
}

async function answerHonestly({ batch, handle, response }: Exchange): Promise<unknown> {
  const outcome = await handle(batch);
  if (outcome.outcome === 'acknowledged') return json(response, 200, outcome.acknowledgement);
  return json(response, 409, outcome.refusal);
}

function json(response: http.ServerResponse, status: number, body: object): unknown {
  return send(response, status, 'application/json', JSON.stringify(body));
}

function send(response: http.ServerResponse, status: number, type: string, body: string): unknown {
  return response.writeHead(status, { 'content-type': type }).end(body);
}

/** One byte now and then: only a total deadline ends it. */
function drip(response: http.ServerResponse): unknown {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 100);
  return response.on('close', () => clearInterval(timer));
}

function flood(response: http.ServerResponse): unknown {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = (): void => {
    while (!response.destroyed && response.write(' '.repeat(64 * 1024)));
  };
  response.on('drain', more);
  more();
  return response;
}
