import type { DeskWelcome } from '../../src-main/contract/desk.ts';
import type { PublicKey } from '../../src-main/contract/keys.ts';
import type { Report, ReportSummary } from '../../src-main/contract/report.ts';
import type { EntryContent } from '../../src-main/contract/entry.ts';
import { parseReport, parseSummary } from './desk-parse.ts';
import { parseDraft, parseEntry, type EntryName, type ParsedDraft } from './desk-parse-entry.ts';
import type { Keyring, OpenedKey, OpenProblem } from './desk-ports.ts';

/**
 * `locked`: nobody is signed in; `unpaired`: the kiosk has no station key yet; `ready`: reports open here;
 * `foreign`: the kiosk seals for a key this desk does not hold.
 */
export type DeskKeyState = 'locked' | 'unpaired' | 'ready' | 'foreign';

/** Why a report cannot be read here; also the i18n key of its sentence. */
export type UnreadableReason = OpenProblem | 'no-key' | 'not-a-report';
export type Readable<Opened> =
  { readonly ok: true; readonly opened: Opened } | { readonly ok: false; readonly reason: UnreadableReason };

/** The station key while somebody is signed in. The key itself never becomes visible to a component. */
export class DeskKeys {
  #state = $state<DeskKeyState>('locked');
  #key: OpenedKey | null = null;
  readonly #keyring: Keyring;

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  get state(): DeskKeyState {
    return this.#state;
  }

  /** Takes the key the kiosk seals for into memory, where this desk has it. */
  async unlock(welcome: Pick<DeskWelcome, 'stationKeyId' | 'demonstrationStationKey'>): Promise<void> {
    const { stationKeyId, demonstrationStationKey } = welcome;
    const key =
      demonstrationStationKey !== null
        ? await this.#keyring.unlockText(demonstrationStationKey)
        : stationKeyId === null
          ? null
          : await this.#keyring.unlock(stationKeyId);
    const fits = key !== null && key.keyId === stationKeyId;
    this.#key = fits ? key : null;
    if (fits) this.#state = 'ready';
    else this.#state = stationKeyId === null ? 'unpaired' : 'foreign';
  }

  lock(): void {
    this.#key = null;
    this.#state = 'locked';
  }

  makeStationKey(): Promise<PublicKey> {
    return this.#keyring.makeStationKey();
  }

  forget(keyId: string): Promise<void> {
    return this.#keyring.forget(keyId);
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
