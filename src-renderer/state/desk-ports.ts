import type { DeviceId, DevicePublicKey, KeyBox } from '../../src-main/contract/desk-devices.ts';
import type { DeviceProof } from '../../src-main/domain/device-proof.ts';
import type { PublicKey } from '../../src-main/contract/keys.ts';

/** Why a sealed text did not open. `wrong-key`: it was sealed, but not for this desk. */
export type OpenProblem = 'wrong-key' | 'broken-seal' | 'other-report';
export type OpenOutcome =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: OpenProblem };

/** The station key in use, in memory. It cannot be read out again. */
export interface OpenedKey {
  readonly keyId: string;
  openSealed(sealedText: string, reportId: string): Promise<OpenOutcome>;
}

/** A form that was not saved, as it is kept on this desk. */
export interface KeptDraft {
  readonly staffId: string;
  readonly reportId: string;
  /** Sealed for the station's desks alone, bound to the report. */
  readonly sealedDraft: string;
  /** Milliseconds; an old one is thrown away. */
  readonly keptAt: number;
}

/** Where half-written words outlive the lock: one form for each colleague and report. */
export interface DraftStore {
  keep(draft: KeptDraft): Promise<void>;
  remove(staffId: string, reportId: string): Promise<void>;
  all(): Promise<readonly KeptDraft[]>;
}

/** What a kiosk knows a desk by. */
export interface Device {
  readonly deviceId: DeviceId;
  readonly signKey: DevicePublicKey;
  readonly boxKey: DevicePublicKey;
}

/** A station key that this profile holds for one kiosk, wrapped by itself for itself, on its way to be kept for another. */
export interface LentKey {
  readonly box: KeyBox;
  /** As the kiosk tells it: not believed before the key has opened what it seals. */
  readonly publicKey: PublicKey;
}

/** Asks what else this desk holds; null: nothing. `keyId` null: whichever the station has. */
export type KeyLender = (keyId: string | null) => Promise<LentKey | null>;

/** The keys of this browser profile: its own, and station keys, each kept only wrapped. */
export interface Keyring {
  /** Null where none was ever made. */
  device(): Promise<Device | null>;
  makeDevice(): Promise<Device>;
  sign(proof: DeviceProof): Promise<string>;
  /** 256 bits for the kiosk to keep: what this profile has wrapped opens with them only. */
  makeSecret(): string;
  /** Null when this profile holds no such key, or can no longer unwrap it. */
  unlock(keyId: string, releaseSecret: string): Promise<OpenedKey | null>;
  /** Demonstration: a private key as JWK text, held in memory and never stored. Null when it is not one. */
  unlockText(jwkText: string): Promise<OpenedKey | null>;
  /** Makes a station key, stores it wrapped and proves that it opens; only then is its public half worth giving away. */
  makeStationKey(releaseSecret: string): Promise<PublicKey>;
  /** Takes out what another desk has wrapped for this one, and keeps it. */
  take(box: KeyBox, releaseSecret: string): Promise<OpenedKey | null>;
  /** Keeps for this kiosk too what this profile holds for another; null, and nothing kept, unless it opens what its public half seals. */
  adopt(lent: LentKey, releaseSecret: string): Promise<OpenedKey | null>;
  /** Wraps a station key for another desk; null where this one does not hold it. */
  give(keyId: string, releaseSecret: string, boxKey: DevicePublicKey): Promise<KeyBox | null>;
  /** What people at both desks compare before. */
  checkCode(boxKey: DevicePublicKey): Promise<string>;
  forget(keyId: string): Promise<void>;
  /** Seals what this page writes about a report, for everybody named; it keeps no key that opens it. */
  seal(text: string, reportId: string, keys: readonly PublicKey[]): Promise<string>;
}

export interface DeskSound {
  /** False while the browser plays nothing before the first click. */
  readonly canPlay: boolean;
  /** Called on a click or key, which is when a browser lets sound start. */
  wake(): void;
  playAlarm(): void;
}

/** Ways out of the page, to whoever sits at the desk. */
export interface DeskHands {
  saveFile(file: { readonly name: string; readonly type: string; readonly text: string }): void;
  /** False when the browser does not let it. */
  copyText(text: string): Promise<boolean>;
  /** Opens the browser's own dialogue: paper or PDF. */
  printPage(): void;
}

/** Wall clock of this page in milliseconds. */
export type DeskClock = () => number;
