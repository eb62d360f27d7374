import type { HomeDoor, HomeMenu, MenuCondition, MenuNow, StationNews, TimedDoor } from '../contract/menu.ts';
import { addDays } from '../domain/holidays.ts';
import { localTime } from '../domain/local-time.ts';
import { localInstant } from './local-instant.ts';
import { openIntervals } from './opening-hours.ts';

export interface MenuContent {
  readonly doors: readonly HomeDoor[];
  /** The last one always holds. */
  readonly menus: readonly HomeMenu[];
  readonly timedDoors: readonly TimedDoor[];
  readonly news: readonly StationNews[];
}

/** Where and when somebody stands before the screen. */
export interface MenuMoment {
  readonly now: Date;
  readonly isClockTrusted: boolean;
  readonly stationId: string;
  readonly counter: 'open' | 'closed' | 'unknown';
  readonly isStaffed: boolean;
}

/** Whether a time of the day or the week, written as opening_hours, is now. */
function isDuring(rule: string, now: Date): boolean {
  const nowLocal = localTime(now);
  const today = nowLocal.slice(0, 10);
  return openIntervals(rule, addDays(today, -1), addDays(today, 1)).some(
    ({ from, to }) => from <= nowLocal && nowLocal < to,
  );
}

function holds({ counter, isStaffed, during }: MenuCondition, moment: MenuMoment): boolean {
  if (counter !== undefined && counter !== moment.counter) return false;
  if (isStaffed !== undefined && isStaffed !== moment.isStaffed) return false;
  return during === undefined || (moment.isClockTrusted && isDuring(during, moment.now));
}

/**
 * Nothing shows for a time while the clock cannot be trusted: an appeal that is over would send people nowhere, and what
 * it asks can be told through the ordinary doors.
 */
export function isShown(
  { stationIds, startsAt, endsAt }: Pick<TimedDoor, 'stationIds' | 'startsAt' | 'endsAt'>,
  { now, isClockTrusted, stationId }: Pick<MenuMoment, 'now' | 'isClockTrusted' | 'stationId'>,
): boolean {
  const start = localInstant(startsAt);
  const end = localInstant(endsAt);
  if (!isClockTrusted || start === null || end === null) return false;
  return (stationIds === null || stationIds.includes(stationId)) && start <= now && now < end;
}

/** The home screen of this moment: the first menu that holds, and what shows for a time. */
export function menuNow(content: MenuContent, moment: MenuMoment): MenuNow {
  const menu = content.menus.find(({ when }) => when === null || when.some((one) => holds(one, moment)));
  if (menu === undefined) throw new Error('no menu of content always holds');
  return {
    id: menu.id,
    timedDoors: content.timedDoors
      .filter((door) => isShown(door, moment))
      .map(({ id, icon, typeId, passesGates }) => ({
        ...{ id, icon, typeId, passesGates },
        ...{ isMain: true, door: 'type' as const },
      })),
    doors: menu.doors
      .flatMap((id) => content.doors.find((door) => door.id === id) ?? [])
      .map((door) => ({ ...door, isMain: door.isMain && menu.small?.includes(door.id) !== true })),
    phoneNumbers: [...menu.phoneNumbers],
    news: content.news.filter((news) => isShown(news, moment)).map(({ id, tone }) => ({ id, tone })),
  };
}
