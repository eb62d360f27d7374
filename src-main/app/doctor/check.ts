import type { StationStatus } from '../admin.ts';
import type { Config } from '../config.ts';

export type CheckState = 'ok' | 'warn' | 'fail' | 'skipped';

export interface Finding {
  readonly state: CheckState;
  /** What was found. */
  readonly message: string;
  /** What IT does about it; null when there is nothing to do. */
  readonly fix: string | null;
}

export interface Check extends Finding {
  readonly id: string;
}

/** A kiosk as its doctor meets it. */
export interface Scene {
  /** Null: it cannot be read, and what hangs on it is not looked at. */
  readonly config: Config | null;
  readonly configFile: string | null;
  /** Null when no kiosk runs on the data folder. */
  readonly running: StationStatus | null;
  readonly now: Date;
}

/** A scene whose configuration could be read. */
export type KioskScene = Scene & { readonly config: Config };

export const ok = (message: string): Finding => ({ state: 'ok', message, fix: null });
export const warn = (message: string, fix: string): Finding => ({ state: 'warn', message, fix });
export const fail = (message: string, fix: string): Finding => ({ state: 'fail', message, fix });
export const skipped = (message: string): Finding => ({ state: 'skipped', message, fix: null });

const severity: Readonly<Record<CheckState, number>> = { skipped: 0, ok: 1, warn: 2, fail: 3 };

/** Several findings as one: the worst state, and every sentence that is not merely good news. */
export function together(findings: readonly Finding[]): Finding {
  const worst =
    findings.toSorted((a, b) => severity[b.state] - severity[a.state])[0] ?? skipped('Nothing to look at.');
  const troubles = findings.filter(({ state }) => state === 'warn' || state === 'fail');
  const told = troubles.length > 0 ? troubles : findings;
  const fixes = troubles.flatMap(({ fix }) => fix ?? []);
  return {
    state: worst.state,
    message: told.map(({ message }) => message).join(' '),
    fix: fixes.length === 0 ? null : fixes.join(' '),
  };
}
