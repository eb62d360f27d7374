import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { DeliveryProblem } from '../domain/ports.ts';

export interface Exchange {
  readonly target: URL;
  readonly agent: http.Agent;
  readonly deadlines: { readonly connectMs: number; readonly idleMs?: number; readonly totalMs: number };
  readonly signal: AbortSignal;
  readonly body: string;
  /** Left out: far more than an acknowledgement needs. The rest of a longer answer is not read. */
  readonly mostAnswerBytes?: number;
}
export type Answer =
  | { readonly kind: 'problem'; readonly problem: DeliveryProblem }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly isJson: boolean;
      readonly retryAfterMs: number | null;
      readonly body: string;
    };

const usualAnswerBytes = 64 * 1024;

class Overdue extends Error {}

/** One POST and its answer. Follows no redirect, never throws for what a network can do. */
export async function exchange(request: Exchange): Promise<Answer> {
  const overdue = new AbortController();
  const total = setTimeout(() => overdue.abort(new Overdue()), request.deadlines.totalMs);
  const connect = setTimeout(() => overdue.abort(new Overdue()), request.deadlines.connectMs);
  try {
    const signal = AbortSignal.any([request.signal, overdue.signal]);
    const response = await post(request, signal, {
      onConnected: () => clearTimeout(connect),
      onIdle: () => overdue.abort(new Overdue()),
    });
    const body = await readBounded(response, request.mostAnswerBytes ?? usualAnswerBytes);
    if (body === null) return { kind: 'problem', problem: 'not-an-acknowledgement' };
    return {
      kind: 'answer',
      status: response.statusCode ?? 0,
      isJson: /^application\/json\s*(;|$)/i.test(response.headers['content-type'] ?? ''),
      retryAfterMs: retryAfterMs(response.headers['retry-after']),
      body,
    };
  } catch (error) {
    return { kind: 'problem', problem: overdue.signal.aborted ? 'timeout' : nameProblem(error) };
  } finally {
    clearTimeout(total);
    clearTimeout(connect);
  }
}

function post(
  request: Exchange,
  signal: AbortSignal,
  { onConnected, onIdle }: { readonly onConnected: () => void; readonly onIdle: () => void },
): Promise<http.IncomingMessage> {
  const bytes = Buffer.from(request.body);
  const headers = {
    'content-type': 'application/json',
    'content-length': bytes.length,
    accept: 'application/json',
  };
  const { idleMs } = request.deadlines;
  const idle = idleMs === undefined ? {} : { timeout: idleMs };
  const options = { method: 'POST', agent: request.agent, signal, headers, ...idle };
  return new Promise((resolve, reject) => {
    const open = request.target.protocol === 'https:' ? https.request : http.request;
    const outgoing = open(request.target, options);
    outgoing.on('response', resolve).on('error', reject).on('timeout', onIdle);
    outgoing.on('socket', (socket) => {
      whenReady(socket, () => {
        onConnected();
        // Not a byte of the batch is handed over before the certificate is found good.
        outgoing.end(bytes);
      });
    });
  });
}

function whenReady(socket: Socket, onReady: () => void): void {
  if (socket instanceof TLSSocket) {
    if (socket.authorized) onReady();
    else socket.once('secureConnect', onReady);
  } else if (socket.connecting) socket.once('connect', onReady);
  else onReady();
}

/** Null when the answer is longer than anything the intake says. */
async function readBounded(response: http.IncomingMessage, mostAnswerBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response) {
    if (!(chunk instanceof Uint8Array)) continue;
    length += chunk.length;
    if (length > mostAnswerBytes) {
      response.destroy();
      return null;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Seconds only; a date would trust a clock that may be wrong. */
function retryAfterMs(header: string | undefined): number | null {
  if (header === undefined || !/^\d{1,6}$/.test(header)) return null;
  return Number(header) * 1000;
}

const tlsCode =
  /^ERR_(TLS|SSL)|CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|^EPROTO$|INVALID_CA|INVALID_PURPOSE/;

function nameProblem(error: unknown): DeliveryProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (tlsCode.test(code)) return 'tls';
  if (code === 'ETIMEDOUT') return 'timeout';
  // A server that does not speak HTTP at all answers, but acknowledges nothing.
  return code.startsWith('HPE_') ? 'not-an-acknowledgement' : 'unreachable';
}
