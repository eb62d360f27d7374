import { localTime } from '../domain/local-time.ts';
import { createDeskFeed } from '../services/desk-feed.ts';
import { createVisitorFeed } from '../services/visitor-feed.ts';
import { createPrinterWatch } from '../services/printer-watch.ts';
import { systemTimers } from '../services/timers.ts';
import type { Delivery } from '../sync/delivery.ts';
import type { SpeechServices } from './speech-services.ts';
import type { Base, Reporting, ServiceParts } from './station-services.ts';

/** How the kiosk is right now, for the visitors' screen. */
function tellKiosk(
  { library, clock, stationSettings, contentKeeper }: ServiceParts,
  { speech, jack }: SpeechServices,
  { alerts, isLobbyStaffed, door }: Base,
  reports: Reporting['reports'],
) {
  return {
    kind: 'kiosk' as const,
    isDeskConnected: alerts.isDeskConnected(),
    isLobbyStaffed: isLobbyStaffed(),
    canReport: reports.canReport() && !door.isHeld(),
    localTime: localTime(clock.now()),
    isClockTrusted: clock.isTrusted(),
    stationVersion: stationSettings.current().version,
    voices: speech.voices()?.slice() ?? null,
    headphones: jack.state(),
    contentVersion: library.version,
    isContentWaiting: contentKeeper.standing().isWaitingForVisitor,
  };
}

/** The two push streams. */
export function openFeeds(
  parts: ServiceParts,
  sound: SpeechServices,
  base: Base,
  reporting: Reporting,
  delivery: Delivery,
) {
  const { library, store, stationSettings, contentKeeper } = parts;
  const { alerts, queue } = base;
  const { receipts, leaflets, reports, lane } = reporting;
  const printerWatch = createPrinterWatch({ lane, timers: systemTimers });
  const kiosk = () => tellKiosk(parts, sound, base, reports);
  // A slip that came out, or did not, is news for the desk at once.
  receipts.onStatus(() => {
    queue.bump();
    void printerWatch.refresh();
  });
  const visitorFeed = createVisitorFeed({ alerts, receipts, leaflets, timers: systemTimers, kiosk });
  // What a supervisor approves, or an update asks for, is on the visitors' screen at once.
  for (const source of [stationSettings, base.door])
    source.onChange(() => {
      visitorFeed.refresh();
    });
  // Whoever pulls the plug of the headphones must not be overheard.
  for (const onChange of [sound.speech.onVoices, sound.jack.onChange])
    onChange(() => {
      visitorFeed.refresh();
    });
  const contentVersion = (): string => library.version;
  const deskFeed = createDeskFeed({ store, alerts, queue, printerWatch, delivery, contentVersion });
  // So is what the district sends, once nobody is in a visit.
  contentKeeper.onChange(() => {
    visitorFeed.refresh();
    deskFeed.refresh();
  });
  return { printerWatch, visitorFeed, deskFeed };
}
