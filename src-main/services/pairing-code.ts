import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock, Randomness } from '../domain/ports.ts';

const validForMs = 10 * 60_000;
const codeDigits = 8;
const mostWrongTries = 5;

interface Code {
  readonly digits: string;
  readonly validUntilMs: number;
  triesLeft: number;
}

/** The code that lets one desk register. In memory: a restart ends it. */
export class PairingCode {
  private readonly clock: Clock;
  private readonly randomness: Randomness;
  private code: Code | null = null;

  constructor(clock: Clock, randomness: Randomness) {
    this.clock = clock;
    this.randomness = randomness;
  }

  /** The newest one counts. */
  make(): { readonly code: string; readonly validForMs: number } {
    const digits = this.randomness.digits(codeDigits);
    this.code = { digits, validUntilMs: this.clock.monotonicMs() + validForMs, triesLeft: mostWrongTries };
    return { code: `${digits.slice(0, 4)} ${digits.slice(4)}`, validForMs };
  }

  isRight(typed: string): boolean {
    const { code } = this;
    if (code === null || this.clock.monotonicMs() > code.validUntilMs) return false;
    if (isSameText(typed.replaceAll(/[\s-]/g, ''), code.digits)) return true;
    code.triesLeft -= 1;
    if (code.triesLeft === 0) this.code = null;
    return false;
  }

  /** It has let somebody in. */
  spend(): void {
    this.code = null;
  }
}

function isSameText(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
