import { timingSafeEqual, createHash } from 'node:crypto';
import { appendAudit } from '../../db/stores/audit.ts';
import { findStationKey, saveStationKey } from '../../db/stores/kiosk.ts';
import type { PublicKey } from '../contract/keys.ts';
import type { Staff } from '../contract/staff.ts';
import type { Clock, Randomness } from '../domain/ports.ts';
import { parseStationPublicKey } from '../sealing/key-files.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';
import type { Store, StoreProblem } from './store.ts';

export type PairOutcome =
  | { readonly kind: 'paired'; readonly stationKeyId: string }
  | { readonly kind: 'wrong-code' | 'already-paired' | 'wrong-key' }
  | { readonly kind: 'not-stored'; readonly reason: StoreProblem };

export interface PairingOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

export interface Pairing {
  /** For `skranke desk pair`, shown to whoever stands at the kiosk; the newest one counts. */
  makeCode(): { readonly code: string; readonly validForMs: number };
  /** The first desk only: a second one gets the key from a paired one. */
  pair(request: { readonly code: string; readonly publicKey: PublicKey }, staff: Staff): PairOutcome;
  stationKey(): PublicKey | null;
  onPaired(listener: (key: PublicKey) => void): Unsubscribe;
}

const validForMs = 10 * 60_000;
const codeDigits = 8;
const mostWrongTries = 5;

interface Code {
  readonly digits: string;
  readonly validUntilMs: number;
  triesLeft: number;
}

export function createPairing(options: PairingOptions): Pairing {
  return new FirstPairing(options);
}

class FirstPairing implements Pairing {
  private readonly options: PairingOptions;
  private readonly listeners = createListeners<PublicKey>();
  private key: PublicKey | null;
  private code: Code | null = null;

  constructor(options: PairingOptions) {
    this.options = options;
    this.key = options.store.read(findStationKey);
  }

  makeCode(): { readonly code: string; readonly validForMs: number } {
    const { randomness, clock } = this.options;
    const digits = randomness.digits(codeDigits);
    this.code = { digits, validUntilMs: clock.monotonicMs() + validForMs, triesLeft: mostWrongTries };
    return { code: `${digits.slice(0, 4)} ${digits.slice(4)}`, validForMs };
  }

  pair(request: { readonly code: string; readonly publicKey: PublicKey }, staff: Staff): PairOutcome {
    if (this.key !== null) return { kind: 'already-paired' };
    if (!this.isRightCode(request.code)) return { kind: 'wrong-code' };
    // The name of a key is made from the key: a page cannot pass one off under another's name.
    const reading = parseStationPublicKey(JSON.stringify(request.publicKey));
    if (!reading.ok) return { kind: 'wrong-key' };
    const outcome = this.options.store.write((db) => {
      const isKept = saveStationKey(db, reading.key);
      const line = { actor: staff.staffId, action: 'desk-paired', subject: reading.key.kid } as const;
      if (isKept) appendAudit(db, { occurredAt: this.options.clock.now().toISOString(), ...line });
      return isKept;
    });
    if (outcome.kind !== 'written')
      return { kind: 'not-stored', reason: outcome.kind === 'unknown' ? 'broken' : outcome.reason };
    if (!outcome.value) return { kind: 'already-paired' };
    this.code = null;
    this.key = reading.key;
    this.listeners.tell(reading.key);
    return { kind: 'paired', stationKeyId: reading.key.kid };
  }

  stationKey(): PublicKey | null {
    return this.key;
  }

  onPaired(listener: (key: PublicKey) => void): Unsubscribe {
    return this.listeners.add(listener);
  }

  private isRightCode(typed: string): boolean {
    const { code } = this;
    if (code === null || this.options.clock.monotonicMs() > code.validUntilMs) return false;
    if (isSameText(typed.replaceAll(/[\s-]/g, ''), code.digits)) return true;
    code.triesLeft -= 1;
    if (code.triesLeft === 0) this.code = null;
    return false;
  }
}

function isSameText(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
