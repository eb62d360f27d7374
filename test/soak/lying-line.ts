import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { batchPath, batchSchema, type Batch } from '../../src-main/contract/envelope.ts';
import type { Dice } from '../helpers/dice.ts';
import {
  harms,
  readAcknowledgement,
  type Exchange,
  type Harm,
  type HarmName,
  type Reply,
} from './line-faults.ts';

/** What stands between one kiosk and the intakes. Honest until it is armed; then it does that harm once. */
export interface LyingLine {
  readonly url: string;
  /** Ends when the harm was done as it was meant, not before. */
  harm(name: HarmName, dice: Dice): Promise<void>;
  /** Ends when everything that it still had in its hands has arrived. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

interface Armed {
  readonly act: Harm;
  done(): void;
}

type Earlier = Exchange['earlier'];

/** @param intakes addresses; batches go to them in turn. */
export async function startLyingLine(intakes: () => readonly string[]): Promise<LyingLine> {
  const line = new Line(intakes);
  const server = http.createServer((request, response) => void line.take(request, response));
  // The line's own time limits must not be taken for a fault.
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    harm: (name, dice) => line.arm(harms[name](dice)),
    settle: () => line.settle(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

class Line {
  readonly #intakes: () => readonly string[];
  readonly #pending = new Set<Promise<unknown>>();
  readonly #passing = new Set<() => void>();
  #armed: Armed | null = null;
  #turn = 0;
  #earlier: Earlier = null;

  constructor(intakes: () => readonly string[]) {
    this.#intakes = intakes;
  }

  arm(act: Harm): Promise<void> {
    return new Promise((resolve) => {
      this.#armed = { act, done: resolve };
    });
  }

  async settle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.allSettled(this.#pending);
  }

  async take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const body = await readBody(request);
    if (body === null) return;
    const batch = batchSchema.parse(JSON.parse(body.toString('utf8')));
    const exchange = this.#open(batch, body, response);
    const work = this.#serve(exchange);
    this.#later(work);
    await work;
  }

  async #serve(exchange: Exchange): Promise<void> {
    const armed = this.#armed;
    // While one harm is done, the batches beside it pass.
    this.#armed = null;
    if (armed === null) return void exchange.pass(await exchange.forward());
    if (await armed.act(exchange)) armed.done();
    else this.#armed = armed;
  }

  #open(batch: Batch, body: Buffer, response: http.ServerResponse): Exchange {
    const left = new Promise<void>((resolve) => void response.on('close', resolve));
    const reset = (): void => void response.socket?.resetAndDestroy();
    const reply = ({ status, type, body: text }: Reply): void =>
      void response
        .writeHead(status, { 'content-type': type, 'retry-after': '1', location: '/elsewhere' })
        .end(text);
    return {
      ...{ batch, body, reply, reset, left, earlier: this.#earlier },
      forward: (other = body) => this.#forward(other),
      forwardHalf: () => postHalf(this.#nextIntake(), body),
      pass(answer) {
        if (answer === null) reset();
        else reply(answer);
        return answer !== null;
      },
      raw(text) {
        if (text === null) response.socket?.end();
        else response.socket?.write(text);
      },
      overtaken: () => Promise.race([new Promise<void>((resolve) => this.#passing.add(resolve)), sleep(200)]),
      later: (work) => this.#later(work),
    };
  }

  async #forward(body: Buffer): Promise<Reply | null> {
    const reply = await post(this.#nextIntake(), body);
    for (const tell of this.#passing) tell();
    this.#passing.clear();
    const acknowledgement = readAcknowledgement(reply);
    if (acknowledgement !== null) this.#earlier = { acknowledgement, body };
    return reply;
  }

  #nextIntake(): string {
    const intakes = this.#intakes();
    this.#turn += 1;
    return intakes[this.#turn % intakes.length] ?? '';
  }

  #later(work: Promise<unknown>): void {
    const kept: Promise<unknown> = work.finally(() => this.#pending.delete(kept));
    this.#pending.add(kept);
  }
}

/** Null when the kiosk was gone before it had sent everything. */
async function readBody(request: http.IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  } catch {
    return null;
  }
}

const patienceMs = 20_000;

function open(target: string, body: Buffer): http.ClientRequest {
  return http.request(new URL(batchPath, target), {
    method: 'POST',
    agent: false,
    signal: AbortSignal.timeout(patienceMs),
    headers: { 'content-type': 'application/json', 'content-length': body.length },
  });
}

function post(target: string, body: Buffer): Promise<Reply | null> {
  return new Promise((resolve) => {
    const request = open(target, body);
    request.on('error', () => resolve(null));
    request.on('response', (response) => {
      void readBody(response).then((text) => {
        const type = response.headers['content-type'] ?? '';
        resolve(
          text === null ? null : { status: response.statusCode ?? 0, type, body: text.toString('utf8') },
        );
      });
    });
    request.end(body);
  });
}

function postHalf(target: string, body: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const request = open(target, body);
    request.on('error', () => resolve());
    request.on('close', () => resolve());
    request.write(body.subarray(0, body.length / 2), () => request.destroy());
  });
}
