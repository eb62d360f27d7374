import type { KioskStatus } from '../contract/status.ts';
import type { Alerts } from './alerts.ts';
import type { Leaflets } from './leaflets.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import type { Receipts } from './receipts.ts';
import type { Timers } from './timers.ts';

type KioskState = Extract<KioskStatus, { kind: 'kiosk' }>;

export interface VisitorFeedOptions {
  readonly alerts: Alerts;
  readonly receipts: Pick<Receipts, 'onStatus'>;
  readonly leaflets: Pick<Leaflets, 'onStatus'>;
  readonly timers: Timers;
  /** How the kiosk is right now. */
  readonly kiosk: () => KioskState;
}

export interface VisitorFeed {
  /** The one push stream of the visitor's screen: the kiosk, this visit's paper, this visit's alerts. */
  follow(signal?: AbortSignal): Mailbox<KioskStatus>;
  /** Asks now whether the kiosk has changed. */
  refresh(): void;
}

const askEveryMs = 5000;
/** The kiosk, and the paper and alerts of one visit, are far fewer. */
const mostLetters = 50;

/** What is told of paper and calls: each replaces the unread word about the same one. */
function forwardNews(
  mailbox: Mailbox<KioskStatus>,
  { alerts, receipts, leaflets }: VisitorFeedOptions,
): Unsubscribe[] {
  return [
    alerts.onVisitorAlert((alert) => mailbox.put(`alert ${alert.alertId}`, { kind: 'alert', alert })),
    receipts.onStatus((receipt) => mailbox.put(`receipt ${receipt.reportId}`, { kind: 'receipt', receipt })),
    leaflets.onStatus((leaflet) => mailbox.put(`leaflet ${leaflet.leafletId}`, { kind: 'leaflet', leaflet })),
  ];
}

export function createVisitorFeed(options: VisitorFeedOptions): VisitorFeed {
  const { alerts, timers, kiosk } = options;
  const refreshes = createListeners<void>();
  return {
    follow(signal) {
      const leave: Unsubscribe[] = [];
      const mailbox = createMailbox<KioskStatus>(mostLetters, () => {
        for (const unsubscribe of leave) unsubscribe();
      });
      let told = '';
      const sendKiosk = (): void => {
        const state = kiosk();
        const text = JSON.stringify(state);
        if (text === told) return;
        told = text;
        mailbox.put('kiosk', state);
      };
      let takeBack = (): void => undefined;
      const watch = (): void => {
        sendKiosk();
        takeBack = timers.after(askEveryMs, watch);
      };
      leave.push(
        () => takeBack(),
        alerts.onChange(sendKiosk),
        refreshes.add(sendKiosk),
        ...forwardNews(mailbox, options),
      );
      watch();
      if (signal?.aborted === true) mailbox.close();
      signal?.addEventListener('abort', () => mailbox.close(), { once: true });
      return mailbox;
    },
    refresh: () => refreshes.tell(),
  };
}
