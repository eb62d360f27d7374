import { join } from 'node:path';
import { createFilePrinter } from '../adapters/file-printer.ts';
import { createHttpDistrict } from '../adapters/http-district.ts';
import { createIppPrinter } from '../adapters/ipp-printer.ts';
import { createNoPrinter } from '../adapters/no-printer.ts';
import { createRandomness } from '../adapters/randomness.ts';
import type { PublicKey } from '../contract/desk.ts';
import type { ReceiptPaper } from '../contract/receipt.ts';
import { localTime } from '../domain/local-time.ts';
import type { Clock, ContentLibrary, Log } from '../domain/ports.ts';
import type { Printer } from '../domain/printer.ts';
import { createReceiptPrinterLayout } from '../receipt/receipt-layout.ts';
import { readReceiptTexts } from '../receipt/receipt-texts.ts';
import { createBatchSigner } from '../sealing/batch-signer.ts';
import { createSealer } from '../sealing/sealer.ts';
import { createAlerts } from '../services/alerts.ts';
import { createDeskFeed } from '../services/desk-feed.ts';
import { createOutbox } from '../services/outbox.ts';
import { createPairing } from '../services/pairing.ts';
import { createPrinterWatch } from '../services/printer-watch.ts';
import { createQueue } from '../services/queue.ts';
import { createReceipts } from '../services/receipts.ts';
import { createReports } from '../services/reports.ts';
import { createReview } from '../services/review.ts';
import { createStaffAccess } from '../services/staff-access.ts';
import type { Store } from '../services/store.ts';
import { systemTimers } from '../services/timers.ts';
import { createVisitorFeed } from '../services/visitor-feed.ts';
import { createDelivery, type Delivery } from '../sync/delivery.ts';
import { noDelivery } from '../sync/no-delivery.ts';
import type { Outbox } from '../sync/outbox.ts';
import type { Config, PrinterConfig } from './config.ts';
import type { Identity } from './identity.ts';

/** Where batches go; null sends nothing (IT's commands, an unenrolled kiosk). */
export interface DistrictAddress {
  readonly url: string;
  /** PEM of the authority that signed the district's certificate; null trusts the system's. */
  readonly certificateAuthority: string | null;
}

export interface ServiceParts {
  readonly config: Config;
  readonly identity: Identity;
  readonly library: ContentLibrary;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly district: DistrictAddress | null;
}

function openPrinter(printer: PrinterConfig, config: Config): { printer: Printer; paper: ReceiptPaper } {
  switch (printer.kind) {
    case 'file':
      return { printer: createFilePrinter({ dir: join(config.dataDir, 'receipts') }), paper: printer.paper };
    case 'ipp':
      return { printer: createIppPrinter({ url: printer.url }), paper: printer.paper };
    case 'none':
      return { printer: createNoPrinter(), paper: '80mm' };
  }
}

function openDelivery(parts: ServiceParts, outbox: Outbox): Delivery & { closeLine(): void } {
  const { identity, district, clock, log } = parts;
  if (district === null || identity.signingKey === null)
    return { ...noDelivery(), closeLine: () => undefined };
  const line = createHttpDistrict(district);
  const delivery = createDelivery({
    outbox,
    line,
    clock,
    log,
    kioskId: identity.kioskId,
    signer: createBatchSigner(identity.signingKey),
  });
  return {
    ...delivery,
    closeLine: () => {
      line.close();
    },
  };
}

/** All services of one kiosk, wired; the only place that knows which of them needs which. */
export function openServices(parts: ServiceParts) {
  const { config, identity, library, store, clock, log } = parts;
  const timers = systemTimers;
  const randomness = createRandomness();
  const pairing = createPairing({ store, clock, randomness });
  const stationKey = (): PublicKey | null => identity.demonstration?.station ?? pairing.stationKey();
  const sealer = createSealer({
    districtKeys: identity.districtKeys,
    homeDistrictId: identity.district.id,
    stationKey,
  });
  const { printer, paper } = openPrinter(config.printer, config);
  const layout = createReceiptPrinterLayout({
    fontsDir: join(config.resourcesDir, 'fonts'),
    texts: readReceiptTexts(join(config.resourcesDir, 'locales')),
  });
  const alerts = createAlerts({ store, clock, timers, randomness, log });
  const queue = createQueue({ store });
  const isLobbyStaffed = (): boolean => {
    const hours = library.stationHours(identity.station.id, clock.now());
    // Where nobody told us the hours, a connected desk is the only sign that somebody is there.
    return hours.kind === 'known' ? hours.isOpen : alerts.isDeskConnected();
  };
  const place = () => ({
    station: identity.station,
    district: identity.district,
    isDemonstration: identity.mode === 'demonstration',
    isLobbyStaffed: isLobbyStaffed(),
  });
  const outbox = createOutbox({ store, clock, onAcknowledged: queue.bump });
  const delivery = openDelivery(parts, outbox);
  const onChanged = (): void => {
    delivery.wake();
    queue.bump();
  };
  const receipts = createReceipts({ store, library, layout, printer, paper, place, clock, timers, log });
  const reports = createReports({
    store,
    sealer,
    library,
    receipts,
    clock,
    randomness,
    log,
    paper,
    kiosk: {
      kioskId: identity.kioskId,
      districtNumber: identity.district.number,
      kioskNumber: identity.kioskNumber,
      stationId: identity.station.id,
    },
    onStored: onChanged,
  });
  const printerWatch = createPrinterWatch({ printer, timers, log });
  const deskFeed = createDeskFeed({ store, alerts, queue, printerWatch, delivery });
  const visitorFeed = createVisitorFeed({
    alerts,
    receipts,
    timers,
    kiosk: () => ({
      kind: 'kiosk',
      isDeskConnected: alerts.isDeskConnected(),
      isLobbyStaffed: isLobbyStaffed(),
      canReport: reports.canReport(),
      localTime: localTime(clock.now()),
      isClockTrusted: clock.isTrusted(),
    }),
  });
  return {
    clock,
    sealer,
    layout,
    stationKey,
    pairing,
    alerts,
    queue,
    receipts,
    reports,
    deskFeed,
    visitorFeed,
    delivery,
    isLobbyStaffed,
    staffAccess: createStaffAccess({ store, clock, randomness, log }),
    review: createReview({ store, clock, log, onChanged }),
    stop: async (): Promise<void> => {
      await delivery.stop();
      delivery.closeLine();
      printerWatch.stop();
      receipts.stop();
      alerts.stop();
    },
  };
}
export type StationServices = ReturnType<typeof openServices>;
