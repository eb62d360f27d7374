import type { Delivery } from './delivery.ts';

/** For a kiosk without a district: the events stay where they are. */
export function noDelivery(): Delivery {
  return {
    start: () => undefined,
    wake: () => undefined,
    stop: async () => undefined,
    status: () => ({
      state: 'no-district',
      undelivered: 0,
      parked: 0,
      problem: null,
      stopped: null,
      progress: null,
      oldestWaitingAt: null,
      acknowledgedAt: null,
    }),
    onChange: () => () => undefined,
  };
}
