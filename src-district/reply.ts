import type { IncomingMessage } from 'node:http';
import type { Problem } from '../src-main/contract/api-route.ts';
import type { LogEvent } from '../src-main/contract/log-events.ts';
import type { ContentRefusal } from '../src-main/contract/content-api.ts';
import type { DistrictOperation } from '../src-main/contract/district-api.ts';
import type { RegistrationRefusal, RenewalRefusal } from '../src-main/contract/kiosk-api.ts';
import type { TransferRefusal } from '../src-main/contract/transfer-api.ts';

export type Facts = Readonly<Record<string, string | number>>;

export interface Reply {
  readonly status: number;
  /** A text or bytes are sent as such, anything else as JSON. */
  readonly body: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The proof that came along was not good. */
  readonly isUntrue?: true;
  /** For the log: ids, counts and words of our own. */
  readonly note?: { readonly event: LogEvent; readonly facts: Facts };
}

export type Handler = (request: IncomingMessage) => Promise<Reply>;
/** One for each operation that an intake serves; what has none is not there for whoever asks. */
export type Handlers = Readonly<Partial<Record<DistrictOperation, Handler>>>;

export function wrongToken(): Reply {
  const headers = { 'www-authenticate': 'Bearer' };
  return { ...problem(401, 'token'), headers, isUntrue: true };
}

export function problem(
  status: number,
  word: Problem | RegistrationRefusal | RenewalRefusal | TransferRefusal | ContentRefusal,
): Reply {
  return { status, body: { problem: word } };
}
