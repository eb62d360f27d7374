import { appendAudit } from '../../db/stores/audit.ts';
import {
  findSettings,
  insertSettings,
  listSettings,
  type StoredSettings,
} from '../../db/stores/station-settings.ts';
import type { WritableDb } from '../../db/transaction.ts';
import type { Staff } from '../contract/staff.ts';
import {
  stationSettingsSchema,
  type ReplyPromise,
  type SettingsProblem,
  type StationSettings,
} from '../contract/station-settings.ts';
import { localDate } from '../domain/local-time.ts';
import type { Clock, Log } from '../domain/ports.ts';
import { checkStationSettings, type SettingsFrame } from '../domain/station-settings.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';
import type { Store } from './store.ts';

export interface ApprovedSettings {
  readonly settings: StationSettings;
  readonly approvedAt: string;
  /** Name of the supervisor, or the id of one who is no longer among the staff. */
  readonly approvedBy: string;
}

export interface SettingsStanding {
  readonly version: number;
  /** Null: what ships holds. */
  readonly approved: ApprovedSettings | null;
  readonly isSetAside: boolean;
}

export type ApproveOutcome =
  | { readonly kind: 'approved'; readonly standing: SettingsStanding }
  | { readonly kind: 'refused'; readonly problems: readonly SettingsProblem[] }
  /** Somebody else approved meanwhile. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'not-stored' };

export type KnownToContent = Omit<SettingsFrame, 'today'>;

export interface StationSettingsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Services and reasons that content has words for now. */
  readonly known: () => KnownToContent;
}

export interface StationSettingsDesk {
  current(): SettingsStanding;
  frame(): SettingsFrame;
  /** What was promised since when, oldest first. */
  promises(): ReplyPromise[];
  approve(version: number, settings: StationSettings, staff: Staff): ApproveOutcome;
  /** What ships holds again. */
  restore(version: number, staff: Staff): ApproveOutcome;
  /** Whether what is approved would hold beside other content. */
  fits(known: KnownToContent): boolean;
  /** Other content is shown: what was approved is held against it, and laid over it. */
  contentChanged(): void;
  onChange(listener: (standing: SettingsStanding) => void): Unsubscribe;
}

/** What a supervisor says of this station. Kept here, so that it holds offline and after a restart. */
export function createStationSettings(options: StationSettingsOptions): StationSettingsDesk {
  const { store, clock, log } = options;
  const listeners = createListeners<SettingsStanding>();
  const frame = (): SettingsFrame => ({ today: localDate(clock.now()), ...options.known() });
  const read = (): SettingsStanding => {
    const found = standingOf(store.read(findSettings), frame());
    if (found.isSetAside) log.warn('station-settings-set-aside', { version: found.version });
    return found;
  };
  let standing = read();

  const keep = (version: number, settings: StationSettings | null, staff: Staff): ApproveOutcome => {
    const approvedAt = clock.now().toISOString();
    const next = { version: version + 1, approvedAt, approvedBy: staff.staffId };
    const body = settings === null ? null : JSON.stringify(settings);
    const outcome = store.write((db) => addIfNewest(db, { ...next, body }));
    if (outcome.kind !== 'written') return { kind: 'not-stored' };
    if (!outcome.value) return { kind: 'changed' };
    standing = standingOf({ ...next, body, approvedByName: staff.displayName }, frame());
    listeners.tell(standing);
    return { kind: 'approved', standing };
  };

  return {
    current: () => standing,
    frame,
    promises: () => store.read(listSettings).map(promiseOf),
    approve: (version, settings, staff) => {
      const problems = checkStationSettings(settings, frame());
      return problems.length > 0 ? { kind: 'refused', problems } : keep(version, settings, staff);
    },
    restore: (version, staff) => keep(version, null, staff),
    fits: (known) =>
      standing.approved === null || isFit(standing.approved.settings, { ...frame(), ...known }),
    contentChanged: () => {
      standing = read();
      listeners.tell(standing);
    },
    onChange: (listener) => listeners.add(listener),
  };
}

/** False when somebody else was faster. */
function addIfNewest(db: WritableDb, said: Omit<StoredSettings, 'approvedByName'>): boolean {
  const { version, approvedAt, approvedBy, body } = said;
  if ((findSettings(db)?.version ?? 0) !== version - 1) return false;
  insertSettings(db, said);
  appendAudit(db, {
    occurredAt: approvedAt,
    actor: approvedBy,
    action: body === null ? 'station-restored' : 'station-approved',
    subject: String(version),
  });
  return true;
}

/** One that cannot be read any more promised nothing that anybody could hold the station to. */
function promiseOf({ approvedAt, body }: { approvedAt: string; body: string | null }): ReplyPromise {
  const parsed = body === null ? null : stationSettingsSchema.safeParse(JSON.parse(body));
  const said = parsed?.success === true ? parsed.data : null;
  return {
    from: approvedAt,
    validFrom: said?.validFrom ?? approvedAt.slice(0, 10),
    reviewBy: said?.reviewBy ?? approvedAt.slice(0, 10),
    days: said?.replyWithinDays ?? null,
  };
}

/** Past days make nothing wrong: hours that nobody looked at again are told as overdue, not set aside. */
const agesWell: ReadonlySet<SettingsProblem['kind']> = new Set(['review-over', 'notice-over']);

function isFit(settings: StationSettings, frame: SettingsFrame): boolean {
  return checkStationSettings(settings, frame).every(({ kind }) => agesWell.has(kind));
}

/** What was approved once may not fit what is installed now: then it is set aside whole, and what ships is shown. */
function standingOf(stored: StoredSettings | null, frame: SettingsFrame): SettingsStanding {
  if (stored === null) return { version: 0, approved: null, isSetAside: false };
  const { version, body, approvedAt, approvedBy, approvedByName } = stored;
  if (body === null) return { version, approved: null, isSetAside: false };
  const parsed = stationSettingsSchema.safeParse(JSON.parse(body));
  if (!parsed.success || !isFit(parsed.data, frame)) return { version, approved: null, isSetAside: true };
  const approved = { settings: parsed.data, approvedAt, approvedBy: approvedByName ?? approvedBy };
  return { version, approved, isSetAside: false };
}
