import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request was turned away; counted and logged by word, never with what was sent. */
export type BorderRefusal = 'foreign-host' | 'foreign-origin' | 'no-token' | 'wrong-token' | 'method';

/** A secret in the printed address, exchanged for a cookie. */
export interface Token {
  readonly text: string;
  /**
   * Cookies do not know ports, so the cookie's name carries the role: a page of the visitor's origin never sends the
   * desk's token, and the other way round.
   */
  readonly cookieName: string;
}

/** One listener's border. */
export interface Border {
  readonly scheme: 'http' | 'https';
  /** Host headers this listener answers to, set once it has a port. */
  readonly hosts: () => readonly string[];
  /** Other kiosks of the station, whose pages may open a line here: they prove themselves like any desk. */
  readonly neighbours: readonly string[];
  /** Null over the network: the page holds nothing worth a secret, and its socket answers nothing before a desk has proven itself. */
  readonly token: Token | null;
}

export function makeToken(role: 'kiosk' | 'desk'): Token {
  return { text: randomBytes(32).toString('base64url'), cookieName: `skranke-${role}` };
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

function hostOf(request: IncomingMessage): string {
  return (request.headers.host ?? '').toLowerCase();
}

/** The origin a page of ours has when it calls by this Host header. */
export function originOf({ scheme }: Border, request: IncomingMessage): string {
  return `${scheme}://${hostOf(request)}`;
}

/** DNS rebinding ends here: whoever does not call us by our own address is not our page. */
export function refuseHost(border: Border, request: IncomingMessage): BorderRefusal | null {
  return border.hosts().includes(hostOf(request)) ? null : 'foreign-host';
}

/**
 * A WebSocket must name our own origin, or that of a kiosk beside us; a plain request may name none (a navigation does
 * not), and never another's: whoever shows two kiosks takes the program from one.
 */
export function refuseOrigin(
  border: Border,
  request: IncomingMessage,
  isUpgrade: boolean,
): BorderRefusal | null {
  const { origin } = request.headers;
  if (origin === undefined) return isUpgrade ? 'foreign-origin' : null;
  if (origin === originOf(border, request)) return null;
  return isUpgrade && border.neighbours.includes(origin) ? null : 'foreign-origin';
}

export function refuseCookie({ token }: Border, request: IncomingMessage): BorderRefusal | null {
  if (token === null) return null;
  const given = cookieOf(request, token.cookieName);
  if (given === null) return 'no-token';
  return isSame(given, token.text) ? null : 'wrong-token';
}

export function isToken({ token }: Border, given: string): boolean {
  return token !== null && isSame(given, token.text);
}
