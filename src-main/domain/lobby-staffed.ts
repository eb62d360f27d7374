import type { StationHours } from '../contract/station.ts';

export interface LobbySigns {
  /** Of the counter. */
  readonly hours: StationHours;
  readonly isClockTrusted: boolean;
  readonly isDeskConnected: boolean;
}

/** Without hours, or a clock to hold them against, a connected desk is the only sign that somebody is there. */
export function isLobbyStaffed({ hours, isClockTrusted, isDeskConnected }: LobbySigns): boolean {
  return hours.kind === 'known' && isClockTrusted ? hours.isOpen : isDeskConnected;
}
