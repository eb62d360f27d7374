import type { DeskWelcome } from '../../src-main/contract/desk.ts';
import type { PublicKey } from '../../src-main/contract/keys.ts';
import type { KeyBox } from '../../src-main/contract/desk-devices.ts';
import type { Report, ReportSummary } from '../../src-main/contract/report.ts';
import type { EntryContent } from '../../src-main/contract/entry.ts';
import { parseReport, parseSummary } from './desk-parse.ts';
import { parseDraft, parseEntry, type EntryName, type ParsedDraft } from './desk-parse-entry.ts';
import type { KeyLender, Keyring, OpenedKey, OpenProblem } from './desk-ports.ts';

/** `locked`: nobody is signed in; `ready`: reports open here; `foreign`: this desk was not given the station key yet. */
export type DeskKeyState = 'locked' | 'ready' | 'foreign';

/** What the kiosk hands a desk at which somebody is signed in, so that it can take its key out. */
export interface KeyRelease {
  readonly releaseSecret: string;
  readonly box: KeyBox | null;
  /** Some desk has the key. */
  readonly isHeld: boolean;
}

/** Why a report cannot be read here; also the i18n key of its sentence. */
export type UnreadableReason = OpenProblem | 'no-key' | 'not-a-report';
export type Readable<Opened> =
  { readonly ok: true; readonly opened: Opened } | { readonly ok: false; readonly reason: UnreadableReason };

/** The station key while somebody is signed in. The key itself never becomes visible to a component. */
export class DeskKeys {
  #state = $state<DeskKeyState>('locked');
  /** Nobody is left who could give the key to this desk. */
  #isLost = $state(false);
  #key: OpenedKey | null = null;
  readonly #keyring: Keyring;
  readonly #lend: KeyLender;

  constructor(keyring: Keyring, lend: KeyLender) {
    this.#keyring = keyring;
    this.#lend = lend;
  }

  get isLost(): boolean {
    return this.#isLost;
  }
  get state(): DeskKeyState {
    return this.#state;
  }

  /**
   * Takes the key the kiosk seals for into memory, where this desk has it: for this kiosk, or for another of the station.
   * @returns the id of a key that came just now, from another desk or from this one: the kiosk need not hold it ready any more.
   */
  async unlock(
    welcome: Pick<DeskWelcome, 'stationKeyId' | 'demonstrationStationKey'>,
    release: KeyRelease | null,
  ): Promise<string | null> {
    const { stationKeyId, demonstrationStationKey } = welcome;
    if (demonstrationStationKey !== null) {
      this.#use(await this.#keyring.unlockText(demonstrationStationKey), stationKeyId);
      return null;
    }
    if (release === null || stationKeyId === null) {
      this.#use(null, stationKeyId);
      return null;
    }
    const { releaseSecret, box, isHeld } = release;
    this.#isLost = !isHeld && box === null;
    const given = box?.keyId === stationKeyId ? await this.#keyring.take(box, releaseSecret) : null;
    const kept = given ?? (await this.#keyring.unlock(stationKeyId, releaseSecret));
    const borrowed = kept === null ? await this.#borrow(stationKeyId, releaseSecret) : null;
    this.#use(kept ?? borrowed, stationKeyId);
    return (given ?? borrowed)?.keyId ?? null;
  }

  /** The same station key is open here for another kiosk: nobody has to give it to this desk a second time. */
  async #borrow(keyId: string, releaseSecret: string): Promise<OpenedKey | null> {
    const lent = await this.#lend(keyId);
    return lent === null ? null : this.#keyring.adopt(lent, releaseSecret);
  }

  #use(key: OpenedKey | null, stationKeyId: string | null): void {
    const fits = key !== null && key.keyId === stationKeyId;
    this.#key = fits ? key : null;
    this.#state = fits ? 'ready' : 'foreign';
  }

  lock(): void {
    this.#key = null;
    this.#state = 'locked';
  }

  openSummary(sealedText: string, reportId: string): Promise<Readable<ReportSummary>> {
    return this.#open(sealedText, reportId, parseSummary);
  }

  openReport(sealedText: string, reportId: string): Promise<Readable<Report>> {
    return this.#open(sealedText, reportId, parseReport);
  }

  openEntry(sealedText: string, name: EntryName): Promise<Readable<EntryContent>> {
    return this.#open(sealedText, name.reportId, (text) => parseEntry(text, name));
  }

  openDraft(sealedText: string, reportId: string): Promise<Readable<ParsedDraft>> {
    return this.#open(sealedText, reportId, parseDraft);
  }

  /** Needs no key of this desk: only public halves of others. */
  seal(text: string, reportId: string, keys: readonly PublicKey[]): Promise<string> {
    return this.#keyring.seal(text, reportId, keys);
  }

  async #open<Opened>(
    sealedText: string,
    reportId: string,
    parse: (text: string, reportId: string) => Opened | null,
  ): Promise<Readable<Opened>> {
    if (this.#key === null) return { ok: false, reason: 'no-key' };
    const outcome = await this.#key.openSealed(sealedText, reportId);
    if (!outcome.ok) return { ok: false, reason: outcome.problem };
    const opened = parse(outcome.text, reportId);
    return opened === null ? { ok: false, reason: 'not-a-report' } : { ok: true, opened };
  }
}
