import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request was turned away; counted and logged by word, never with what was sent. */
export type BorderRefusal = 'foreign-host' | 'foreign-origin' | 'no-token' | 'wrong-token' | 'method';

/**
 * One listener's border. Cookies do not know ports, so the cookie's name carries the role:
 * a page of the visitor's origin never sends the desk's token, and the other way round.
 */
export interface Border {
  readonly token: string;
  readonly cookieName: string;
  /** Host header this listener answers to, set once it has a port. */
  readonly host: () => string;
}

export function createBorder(role: 'kiosk' | 'desk', host: () => string): Border {
  return { token: randomBytes(32).toString('base64url'), cookieName: `skranke-${role}`, host };
}

function isSame(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}

function cookieOf(request: IncomingMessage, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=');
    if (key === name && value !== undefined) return value;
  }
  return null;
}

/** DNS rebinding ends here: whoever does not call us by our own address is not our page. */
export function refuseHost(border: Border, request: IncomingMessage): BorderRefusal | null {
  return request.headers.host === border.host() ? null : 'foreign-host';
}

/** A WebSocket must name our own origin; a plain request may name none (a navigation does not). */
export function refuseOrigin(
  border: Border,
  request: IncomingMessage,
  isUpgrade: boolean,
): BorderRefusal | null {
  const { origin } = request.headers;
  if (origin === undefined) return isUpgrade ? 'foreign-origin' : null;
  return origin === `http://${border.host()}` ? null : 'foreign-origin';
}

export function refuseCookie(border: Border, request: IncomingMessage): BorderRefusal | null {
  const given = cookieOf(request, border.cookieName);
  if (given === null) return 'no-token';
  return isSame(given, border.token) ? null : 'wrong-token';
}

export function isToken(border: Border, given: string): boolean {
  return isSame(given, border.token);
}
