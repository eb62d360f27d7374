import { join } from 'node:path';
import { createHttpDistrict } from '../adapters/http-district.ts';
import { createRandomness } from '../adapters/randomness.ts';
import type { PublicKey } from '../contract/keys.ts';
import type { Report } from '../contract/report.ts';
import { callsDesk } from '../domain/flag-rules.ts';
import { isLobbyStaffed } from '../domain/lobby-staffed.ts';
import type { Clock, ContentLibrary, Log } from '../domain/ports.ts';
import { createReceiptPrinterLayout } from '../receipt/receipt-layout.ts';
import { readReceiptTexts } from '../receipt/receipt-texts.ts';
import { createSealer } from '../sealing/sealer.ts';
import { createAlerts } from '../services/alerts.ts';
import { createAuditHead } from '../services/audit-head.ts';
import { createAuditTrail } from '../services/audit-trail.ts';
import { createDevices } from '../services/devices.ts';
import { createDeskPaper } from '../services/desk-paper.ts';
import { createDeskSearch } from '../services/desk-search.ts';
import { createDoor } from '../services/door.ts';
import { createEntries } from '../services/entries.ts';
import { createKeeping } from '../services/keeping.ts';
import { createKioskHealth } from '../services/kiosk-health.ts';
import { createLobbyScreen } from '../services/lobby-screen.ts';
import { createLeaflets } from '../services/leaflets.ts';
import { createNumbers } from '../services/numbers.ts';
import { createOutbox } from '../services/outbox.ts';
import { createPrintLane } from '../services/print-lane.ts';
import { createQueue } from '../services/queue.ts';
import { createReceipts } from '../services/receipts.ts';
import { createReports } from '../services/reports.ts';
import { createReview } from '../services/review.ts';
import { createStaffAccess } from '../services/staff-access.ts';
import { createStaffAdmin } from '../services/staff-admin.ts';
import type { StationSettingsDesk } from '../services/station-settings.ts';
import type { Store } from '../services/store.ts';
import { printTestPage } from '../services/test-page.ts';
import { systemTimers } from '../services/timers.ts';
import { createDelivery, type Delivery } from '../sync/delivery.ts';
import { noDelivery } from '../sync/no-delivery.ts';
import type { Outbox } from '../sync/outbox.ts';
import type { Config } from './config.ts';
import type { DistrictAddress } from './district-address.ts';
import { heldUntilFile } from './held-until.ts';
import type { Identity } from './identity.ts';
import { openFeeds } from './open-feeds.ts';
import type { StationContentKeeper } from './open-content-keeper.ts';
import type { OpenedPrinter } from './printer-config.ts';
import { batchSignerOf, receiptSignerOf } from './signing-keys.ts';
import { openSpeech } from './speech-services.ts';

export interface ServiceParts {
  readonly config: Config;
  readonly identity: Identity;
  readonly library: ContentLibrary;
  readonly stationSettings: StationSettingsDesk;
  readonly contentKeeper: StationContentKeeper;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly district: DistrictAddress | null;
  readonly printer: OpenedPrinter;
}

function openDelivery(parts: ServiceParts, outbox: Outbox): Delivery & { closeLine(): void } {
  const { identity, district, clock, log } = parts;
  if (district === null || identity.signing === null) return { ...noDelivery(), closeLine: () => undefined };
  const line = createHttpDistrict(district);
  const delivery = createDelivery({
    outbox,
    line,
    clock,
    log,
    kioskId: identity.kioskId,
    signer: batchSignerOf(identity.signing),
  });
  return {
    ...delivery,
    closeLine: () => {
      line.close();
    },
  };
}

/** What the others rest on: keys, seals, calls for help, the queue. */
function openBase({ config, identity, library, stationSettings, store, clock, log }: ServiceParts) {
  const randomness = createRandomness();
  const devices = createDevices({
    ...{ store, clock, randomness },
    kioskId: identity.kioskId,
    givenKey: identity.demonstration?.station ?? null,
  });
  const stationKey = (): PublicKey | null => devices.stationKey();
  const { districtKeys, district } = identity;
  const alerts = createAlerts({ store, clock, timers: systemTimers, randomness, log });
  return {
    randomness,
    devices,
    stationKey,
    alerts,
    sealer: createSealer({ districtKeys, homeDistrictId: district.id, stationKey }),
    queue: createQueue({ store }),
    auditTrail: createAuditTrail({ store, clock, keys: () => identity.signing?.all() ?? null }),
    auditHead: createAuditHead({ store, clock, log, timers: systemTimers, signing: identity.signing }),
    numbers: createNumbers({ store, clock, log }),
    stationSettings,
    door: createDoor({ clock, heldUntil: heldUntilFile(config.dataDir) }),
    isLobbyStaffed: (): boolean =>
      isLobbyStaffed({
        hours: library.stationHours(identity.station.id, clock.now()),
        isClockTrusted: clock.isTrusted(),
        isDeskConnected: alerts.isDeskConnected(),
      }),
  };
}
export type Base = ReturnType<typeof openBase>;

/** Sheets that staff may print within ten minutes: a key that sticks does not empty the roll. */
const mostDeskPaper = 30;

/** Everything that becomes paper. */
function openPrinting(parts: ServiceParts, base: Base) {
  const { config, identity, library, store, clock, log } = parts;
  const { printer, paper, name: printerName } = parts.printer;
  // The one printer of the kiosk: slips, leaflets and test pages all go through this lane.
  const lane = createPrintLane({ printer, timers: systemTimers, log });
  const layout = createReceiptPrinterLayout({
    fontsDir: join(config.resourcesDir, 'fonts'),
    texts: readReceiptTexts(join(config.resourcesDir, 'locales')),
  });
  const { station, district } = identity;
  const isDemonstration = identity.mode === 'demonstration';
  const place = () => ({ station, district, isDemonstration, isLobbyStaffed: base.isLobbyStaffed() });
  const signer = identity.signing === null ? null : receiptSignerOf(identity.signing);
  const printing = { layout, lane, paper, place, clock, timers: systemTimers };
  const receipts = createReceipts({ store, library, log, signer, ...printing });
  const deskLeaflets = createLeaflets({ library, receipts, ...printing, mostPerVisit: mostDeskPaper });
  return {
    lane,
    layout,
    receipts,
    leaflets: createLeaflets({ library, receipts, ...printing }),
    deskLeaflets,
    deskPaper: createDeskPaper(deskLeaflets),
    printTestPage: () => printTestPage({ ...printing, printerName }),
    printerFacts: { kind: printer.kind, name: printerName, paper },
  };
}
type Printing = ReturnType<typeof openPrinting>;

/** From a submission to the store. */
function openReports(
  { identity, library, store, clock, log, printer }: ServiceParts,
  base: Base,
  { receipts }: Printing,
  onStored: (report: Report) => void,
) {
  const { station, district } = identity;
  const kiosk = {
    kioskId: identity.kioskId,
    districtNumber: district.number,
    kioskNumber: identity.kioskNumber,
    stationId: station.id,
  };
  const { sealer, randomness } = base;
  return createReports({
    store,
    sealer,
    library,
    receipts,
    clock,
    randomness,
    log,
    paper: printer.paper,
    kiosk,
    onStored,
  });
}

function openReporting(parts: ServiceParts, base: Base, onStored: (report: Report) => void) {
  const printing = openPrinting(parts, base);
  const reports = openReports(parts, base, printing, onStored);
  const { config, identity, library, store, clock, stationSettings } = parts;
  const lobbyScreen = createLobbyScreen(clock);
  const kioskHealth = createKioskHealth({
    ...{ store, clock, stationSettings, lobbyScreen },
    content: () => parts.contentKeeper.standing(),
    dataDir: config.dataDir,
    hours: (now) => library.stationHours(identity.station.id, now),
    canReport: () => reports.canReport(),
  });
  return { ...printing, reports, lobbyScreen, kioskHealth };
}
export type Reporting = ReturnType<typeof openReporting>;

/** What staff do with reports, and what becomes of those when their time is over. */
function openWork({ config, store, clock, log }: ServiceParts, base: Base, onChanged: () => void) {
  const times = config.keeping;
  return {
    keeping: createKeeping({ store, clock, log, timers: systemTimers, times, onPurged: onChanged }),
    staffAccess: createStaffAccess({ store, clock, log }),
    staffAdmin: createStaffAdmin({ store, clock, randomness: base.randomness }),
    review: createReview({ store, clock, log, onChanged }),
    entries: createEntries({ store, clock, recipients: () => base.sealer.recipients(), onChanged }),
    deskSearch: createDeskSearch({ store, clock }),
  };
}

/** All services of one kiosk, wired; the only place that knows which of them needs which. */
export function openServices(parts: ServiceParts) {
  const { store, clock } = parts;
  const base = openBase(parts);
  const outbox = createOutbox({ store, clock, onAcknowledged: base.queue.bump });
  const delivery = openDelivery(parts, outbox);
  const onChanged = (): void => {
    delivery.wake();
    base.queue.bump();
  };
  const work = openWork(parts, base, onChanged);
  const reporting = openReporting(parts, base, (report) => {
    onChanged();
    const { reportId, reference, summary } = report;
    if (callsDesk(parts.library.content, summary.flags))
      base.alerts.raiseForReport({ report: { reportId, reference }, language: summary.language });
  });
  const sound = openSpeech(parts);
  const feeds = openFeeds(parts, sound, base, reporting, delivery);
  return {
    clock,
    ...base,
    ...reporting,
    ...feeds,
    ...sound,
    ...{ delivery, outbox, contentKeeper: parts.contentKeeper },
    ...work,
    stop: async (): Promise<void> => {
      await sound.stop();
      work.keeping.stop();
      await parts.contentKeeper.stop();
      await delivery.stop();
      delivery.closeLine();
      feeds.printerWatch.stop();
      const { leaflets, deskLeaflets, receipts } = reporting;
      for (const paper of [leaflets, deskLeaflets, receipts]) await paper.stop();
      base.alerts.stop();
      await base.auditHead.stop();
    },
  };
}
export type StationServices = ReturnType<typeof openServices>;
