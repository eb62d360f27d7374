import type { DeskAlert, DeskNotice } from '../../src-main/contract/status.ts';
import type { DeskLine } from '../api/connect-desk.ts';
import { DeskAlerts } from './desk-alerts.svelte.ts';
import { DeskArchive, type DeskArchiveOptions } from './desk-archive.svelte.ts';
import { DeskAudit } from './desk-audit.svelte.ts';
import { DeskDrafts } from './desk-drafts.ts';
import { DeskEntries } from './desk-entries.svelte.ts';
import { DeskForm } from './desk-form.svelte.ts';
import { DeskDevices } from './desk-devices.svelte.ts';
import { DeskDoor } from './desk-door.svelte.ts';
import { DeskHealth } from './desk-health.svelte.ts';
import { DeskKeys } from './desk-keys.svelte.ts';
import { DeskList } from './desk-list.svelte.ts';
import { DeskNumbers } from './desk-numbers.svelte.ts';
import { DeskOut } from './desk-out.svelte.ts';
import { DeskPaper } from './desk-paper.svelte.ts';
import { DeskPlace } from './desk-place.svelte.ts';
import type { DeskClock, DeskHands, DeskSound, DraftStore, KeyLender, Keyring } from './desk-ports.ts';
import { DeskQueue } from './desk-queue.svelte.ts';
import { DeskReport } from './desk-report.svelte.ts';
import { DeskSearch } from './desk-search.svelte.ts';
import { DeskSession } from './desk-session.svelte.ts';
import { DeskSlipCheck } from './desk-slip-check.svelte.ts';
import { DeskStaff } from './desk-staff.svelte.ts';
import { DeskStation } from './desk-station.svelte.ts';
import { DeskStatus } from './desk-status.svelte.ts';

export interface DeskOptions {
  readonly line: DeskLine;
  readonly keyring: Keyring;
  readonly drafts: DraftStore;
  readonly sound: DeskSound;
  readonly clock: DeskClock;
  readonly hands: DeskHands;
  /** The desk's own words. */
  readonly words: DeskArchiveOptions['words'];
  /** Of the kiosk. */
  readonly origin: string;
  readonly idleMs?: number;
  /** The other kiosks of the station, where this page shows them. */
  readonly others?: OtherKiosks;
}

/** What a desk at one kiosk asks of the same page's desks at the others. */
export interface OtherKiosks {
  readonly lend: KeyLender;
  /** The page comes from another kiosk: the station key is that one's to make. */
  readonly isAway: boolean;
  /** A slip bears the number of this other kiosk; false: it is none of those that are shown. */
  readonly checkSlip: (kioskId: string, text: string) => boolean;
}

const noOthers: OtherKiosks = { lend: async () => null, isAway: false, checkSlip: () => false };

const tickMs = 1000;

/** All concerns of the desk's page, put together. */
export class Desk {
  readonly door: DeskDoor;
  readonly keys: DeskKeys;
  readonly session: DeskSession;
  readonly place: DeskPlace;
  readonly archive: DeskArchive;
  readonly queue: DeskQueue;
  readonly search: DeskSearch;
  readonly list: DeskList;
  readonly report: DeskReport;
  readonly entries: DeskEntries;
  readonly form: DeskForm;
  readonly paper: DeskPaper;
  readonly slipCheck: DeskSlipCheck;
  readonly alerts: DeskAlerts;
  readonly status: DeskStatus;
  readonly audit: DeskAudit;
  readonly out: DeskOut;
  readonly staff: DeskStaff;
  readonly devices: DeskDevices;
  readonly station: DeskStation;
  readonly health: DeskHealth;
  readonly numbers: DeskNumbers;
  readonly sound: DeskSound;
  readonly #clock: DeskClock;
  #now = $state(0);
  readonly #minute = $derived(this.#now - (this.#now % 60_000));

  constructor(options: DeskOptions) {
    const { line, keyring, sound, clock, idleMs, others = noOthers } = options;
    const { client } = line;
    this.#clock = clock;
    this.#now = clock();
    this.sound = sound;
    this.keys = new DeskKeys(keyring, others.lend);
    const lend = others.isAway ? others.lend : null;
    this.door = new DeskDoor({ line, keyring, origin: options.origin, lend });
    const { door, keys } = this;
    this.session = new DeskSession({ line, door, keys, clock, ...(idleMs === undefined ? {} : { idleMs }) });
    const { session } = this;
    this.place = new DeskPlace(session);
    this.archive = new DeskArchive({ client, session, keys, words: options.words });
    const { archive } = this;
    this.queue = new DeskQueue({ client, session, keys, archive });
    const { queue } = this;
    this.search = new DeskSearch({ archive, queue, session, minute: () => this.#minute });
    this.list = new DeskList({ archive, queue, search: this.search, session });
    this.report = new DeskReport({ client, session, keys, queue: this.queue, archive });
    const { report } = this;
    this.entries = new DeskEntries({ client, session, keys, report, clock });
    const { entries } = this;
    const drafts = new DeskDrafts({ session, keys, store: options.drafts, clock });
    this.paper = new DeskPaper({ client, session, clock });
    this.form = new DeskForm({ client, session, keys, queue, report, entries, drafts });
    this.slipCheck = new DeskSlipCheck({ client, session, report, isElsewhere: others.checkSlip });
    this.alerts = new DeskAlerts({ client, session, sound, clock });
    const { hands } = options;
    this.audit = new DeskAudit({ client, session, hands });
    this.station = new DeskStation({ client, session });
    this.health = new DeskHealth({ client, session });
    this.numbers = new DeskNumbers({ client, session });
    this.out = new DeskOut({ client, session, keys, report: this.report, queue: this.queue, hands });
    this.staff = new DeskStaff({ client, session });
    this.devices = new DeskDevices({ client, session, keys, keyring, clock });
    this.status = new DeskStatus({ client, session, onNotice: (notice) => this.#hear(notice) });
  }

  #hear(notice: DeskNotice): void {
    if (!notice.isSessionOpen) this.session.endedElsewhere();
    this.session.heardContent(notice.contentVersion);
    this.alerts.show(notice.alerts);
    this.queue.heardVersion(notice.queueVersion);
    this.entries.heardVersion(notice.queueVersion);
  }

  /** Wall clock of the page, a second at a time: what "12 min" is counted from. */
  get now(): number {
    return this.#now;
  }

  /** Follows line and clock; the answer stops both. */
  start(): () => void {
    const stopSession = this.session.start();
    this.status.follow();
    const timer = setInterval(() => this.tick(), tickMs);
    return () => {
      clearInterval(timer);
      this.status.stop();
      stopSession();
    };
  }

  /** Takes the call of a report that cannot wait, and opens it wherever it stands in the queue. */
  async openUrgent(alert: DeskAlert): Promise<void> {
    const { report } = alert;
    if (report === null) return;
    await this.alerts.take(alert.alertId);
    if (this.queue.lineOf(report.reportId) === null) await this.queue.useFilter('all');
    const line = this.queue.lineOf(report.reportId);
    if (line !== null) await this.report.open(line.row);
  }

  tick(): void {
    this.#now = this.#clock();
    this.alerts.tick();
    this.session.tick();
    this.devices.tick();
  }
}
