import type { DeliveryStatus, DeskNotice } from '../contract/status.ts';
import type { Alerts } from './alerts.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import type { PrinterWatch } from './printer-watch.ts';
import type { Queue } from './queue.ts';
import { StoreUnusable, type Store } from './store.ts';

export interface DeskFeedOptions {
  readonly store: Store;
  readonly alerts: Alerts;
  readonly queue: Queue;
  readonly printerWatch: PrinterWatch;
  readonly delivery: {
    status(): DeliveryStatus;
    onChange(listener: () => void): Unsubscribe;
  };
  readonly contentVersion: () => string;
}

/** As the connection stands at the moment a notice is made. */
export interface FollowingDesk {
  readonly isSignedIn: () => boolean;
  /** Shown no details of a call. */
  readonly isLocked: () => boolean;
}

export interface DeskFeed {
  /** Everything a desk shows besides the queue's rows, whenever it changes. While followed, the desk is connected. */
  follow(desk: FollowingDesk, signal?: AbortSignal): Mailbox<DeskNotice>;
  /** After a sign-in or sign-out: the same news, with or without details. */
  refresh(): void;
}

export function createDeskFeed(options: DeskFeedOptions): DeskFeed {
  const { store, alerts, queue, printerWatch, delivery, contentVersion } = options;
  const refreshes = createListeners<void>();
  const countUnprinted = lastKnown(() => queue.unprinted());
  const noticeFor = (desk: FollowingDesk): DeskNotice => ({
    isSessionOpen: desk.isSignedIn(),
    alerts: alerts.listFor({ isLocked: desk.isLocked() }),
    queueVersion: queue.version(),
    unprinted: countUnprinted(),
    delivery: delivery.status(),
    printer: printerWatch.current(),
    isStoreHealthy: store.health() === 'healthy',
    contentVersion: contentVersion(),
  });
  return {
    follow(desk, signal) {
      const leave: Unsubscribe[] = [];
      // One letter: only the newest state matters, and it is whole.
      const mailbox = createMailbox<DeskNotice>(1, () => {
        for (const unsubscribe of leave) unsubscribe();
      });
      const connection = alerts.connectDesk();
      const send = (): void => mailbox.put('notice', noticeFor(desk));
      leave.push(
        () => connection.disconnect(),
        alerts.onChange(send),
        queue.onChange(send),
        printerWatch.onChange(send),
        delivery.onChange(send),
        store.onHealth(send),
        refreshes.add(send),
      );
      send();
      if (signal?.aborted === true) mailbox.close();
      signal?.addEventListener('abort', () => mailbox.close(), { once: true });
      return mailbox;
    },
    refresh: () => refreshes.tell(),
  };
}

/** An alert must reach the desk even when the disk does not: then a count stays as it was. */
function lastKnown(count: () => number): () => number {
  let last = 0;
  return () => {
    try {
      last = count();
    } catch (error) {
      if (!(error instanceof StoreUnusable)) throw error;
    }
    return last;
  };
}
