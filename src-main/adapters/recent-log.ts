import type { LogEvent } from '../contract/log-events.ts';
import type { Clock, Log } from '../domain/ports.ts';

export interface LoggedEvent {
  readonly at: string;
  readonly level: 'note' | 'warn';
  readonly event: LogEvent;
  readonly facts: NonNullable<Parameters<Log['note']>[1]>;
}

/** A log that also remembers its newest events, for whoever helps IT. */
export interface RecentLog extends Log {
  /** Oldest first. */
  recent(): readonly LoggedEvent[];
}

const mostRemembered = 200;

export function createRecentLog(log: Log, clock: Pick<Clock, 'now'>): RecentLog {
  const events: LoggedEvent[] = [];
  const remember = (level: LoggedEvent['level'], event: LogEvent, facts: LoggedEvent['facts'] = {}): void => {
    events.push({ at: clock.now().toISOString(), level, event, facts });
    if (events.length > mostRemembered) events.shift();
  };
  return {
    note(event, facts) {
      log.note(event, facts);
      remember('note', event, facts);
    },
    warn(event, facts) {
      log.warn(event, facts);
      remember('warn', event, facts);
    },
    recent: () => [...events],
  };
}
