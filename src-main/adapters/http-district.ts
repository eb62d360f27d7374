import http from 'node:http';
import https from 'node:https';
import { acknowledgementSchema, batchPath, intakeRefusalSchema } from '../contract/envelope.ts';
import type { DeliveryOutcome, DeliveryProblem, DistrictLine } from '../domain/ports.ts';
import { exchange, type Answer } from './http-exchange.ts';

export interface HttpDistrictOptions {
  /** One that `parseDistrictUrl` finds good; anything else throws. */
  readonly url: string;
  /** PEM text of the authority that signs the district's certificate; null for the system's own list. */
  readonly certificateAuthority: string | null;
  readonly deadlines?: Deadlines;
}
export interface Deadlines {
  /** Until the connection, with TLS, stands. */
  readonly connectMs: number;
  /** Without a byte in either direction. */
  readonly idleMs?: number;
  /** Until the whole answer is read. */
  readonly totalMs: number;
}

export type DistrictUrl =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly problem: 'not-a-url' | 'not-http' | 'plain-http' | 'has-credentials' };

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** `https://` anywhere, `http://` on this machine only. */
export function parseDistrictUrl(text: string): DistrictUrl {
  const url = URL.parse(text);
  if (url === null) return { ok: false, problem: 'not-a-url' };
  if (url.username !== '' || url.password !== '') return { ok: false, problem: 'has-credentials' };
  if (url.protocol === 'https:') return { ok: true, url };
  if (url.protocol !== 'http:') return { ok: false, problem: 'not-http' };
  return loopback.has(url.hostname) ? { ok: true, url } : { ok: false, problem: 'plain-http' };
}

/** A long batch on a slow line takes its time; a line on which nothing moves does not get it. */
const patience: Deadlines = { connectMs: 10_000, idleMs: 20_000, totalMs: 120_000 };
const mostConnections = 4;

/** Delivers over a few kept-alive connections; every attempt ends within `totalMs`. */
export function createHttpDistrict(options: HttpDistrictOptions): DistrictLine & { close(): void } {
  const checked = parseDistrictUrl(options.url);
  if (!checked.ok) throw new Error(`district address: ${checked.problem}`);
  const { url } = checked;
  const deadlines = options.deadlines ?? patience;
  const agent = createAgent(url, options.certificateAuthority);
  const target = new URL(url);
  target.pathname = `${url.pathname.replace(/\/+$/, '')}${batchPath}`;
  return {
    async deliver(batch, signal) {
      const answer = await exchange({ target, agent, deadlines, signal, body: JSON.stringify(batch) });
      return judge(answer);
    },
    close: () => agent.destroy(),
  };
}

export function createAgent(url: URL, certificateAuthority: string | null): http.Agent {
  const common = { keepAlive: true, maxSockets: mostConnections, scheduling: 'lifo' } as const;
  if (url.protocol === 'http:') return new http.Agent(common);
  const ca = certificateAuthority === null ? {} : { ca: certificateAuthority };
  return new https.Agent({ ...common, ...ca, minVersion: 'TLSv1.2', rejectUnauthorized: true });
}

/** Only a well-formed acknowledgement or refusal is one; everything else leaves the queue as it is. */
function judge(answer: Answer): DeliveryOutcome {
  if (answer.kind === 'problem') return failed(answer.problem, null);
  const { status, retryAfterMs } = answer;
  if (status >= 300 && status < 400) return failed('redirected', null);
  // Said by the intake, or by whatever stands in front of it.
  if (status === 413) return failed('too-large', retryAfterMs);
  if (status >= 500 || status === 429) return failed('server-error', retryAfterMs);
  const content = answer.isJson ? readJson(answer.body) : undefined;
  const acknowledgement = acknowledgementSchema.safeParse(content);
  if (status === 200 && acknowledgement.success) {
    return { outcome: 'acknowledged', acknowledgement: acknowledgement.data };
  }
  const refusal = intakeRefusalSchema.safeParse(content);
  if (status >= 400 && refusal.success) return { outcome: 'refused', refusal: refusal.data };
  return failed('not-an-acknowledgement', retryAfterMs);
}

function failed(problem: DeliveryProblem, retryAfterMs: number | null): DeliveryOutcome {
  return { outcome: 'failed', problem, retryAfterMs };
}

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
