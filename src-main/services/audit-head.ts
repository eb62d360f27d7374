import { appendAudit, findAuditEnd } from '../../db/stores/audit.ts';
import { compareWithHead, findSignedHead, saveSignedHead } from '../../db/stores/audit-head.ts';
import type { KioskPublicKey, KioskSigningKey } from '../contract/keys.ts';
import type { Clock, Log } from '../domain/ports.ts';
import { isAuditHeadSigned, signAuditHead } from '../sealing/audit-head-signer.ts';
import { StoreUnusable, type Store } from './store.ts';
import type { Timers } from './timers.ts';

export interface AuditHeadOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly timers: Timers;
  /** Null: this kiosk has no key yet. */
  readonly signing: { current(): KioskSigningKey; all(): readonly KioskPublicKey[] } | null;
}

/** `refused`: what was signed before does not stand in the log any more; a new signature would cover that up. */
export type SigningOutcome = 'signed' | 'nothing-new' | 'refused' | 'not-stored' | 'no-key';

export interface AuditHead {
  /** At start, every hour, and when somebody asks. */
  start(): void;
  sign(): Promise<SigningOutcome>;
  /** Signs what was written last. */
  stop(): Promise<void>;
}

const everyMs = 3_600_000;

/** The kiosk's key signs the end of the audit log, so that an end that was cut off is seen. */
export function createAuditHead(options: AuditHeadOptions): AuditHead {
  let running: Promise<SigningOutcome> = Promise.resolve('nothing-new');
  let takeBack = (): void => undefined;
  const sign = (): Promise<SigningOutcome> => {
    running = running.then(() => trySigning(options));
    return running;
  };
  const goOn = (): void => {
    void sign();
    takeBack = options.timers.after(everyMs, goOn);
  };
  return {
    sign,
    start: goOn,
    async stop() {
      takeBack();
      await sign();
    },
  };
}

/** A disk in trouble is told by the store; the next hour tries again. */
async function trySigning(options: AuditHeadOptions): Promise<SigningOutcome> {
  try {
    return await signOnce(options);
  } catch (error) {
    if (error instanceof StoreUnusable) return 'not-stored';
    throw error;
  }
}

async function signOnce({ store, clock, log, signing }: AuditHeadOptions): Promise<SigningOutcome> {
  if (signing === null) return 'no-key';
  const before = store.read((db) => {
    const head = findSignedHead(db);
    const end = findAuditEnd(db);
    return { head, end, fit: head === null ? 'fits' : compareWithHead(db, head, end) };
  });
  const { head, fit } = before;
  if (head !== null && (fit !== 'fits' || !(await isAuditHeadSigned(signing.all(), head, head.signature)))) {
    log.warn('audit-head-does-not-fit', { through: head.sequence, ends: before.end.sequence });
    return 'refused';
  }
  if (head?.sequence === before.end.sequence) return 'nothing-new';
  const signedAt = clock.now().toISOString();
  // Where nothing is signed, somebody may have taken the signature away: the log itself says when it began.
  if (head === null) {
    const began = {
      occurredAt: signedAt,
      actor: 'kiosk',
      action: 'audit-signed',
      subject: signing.current().kid,
    } as const;
    if (store.write((db) => appendAudit(db, began)).kind !== 'written') return 'not-stored';
  }
  const { sequence, hash } = head === null ? store.read(findAuditEnd) : before.end;
  const claims = { sequence, hash, signedAt };
  const signature = await signAuditHead(signing.current(), { about: 'audit-head', ...claims });
  const outcome = store.write((db) => saveSignedHead(db, { ...claims, signature }));
  return outcome.kind === 'written' ? 'signed' : 'not-stored';
}
