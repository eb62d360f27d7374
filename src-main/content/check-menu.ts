import type { HomeDoor, HomeMenu, TimedDoor } from '../contract/menu.ts';
import { addDays } from '../domain/holidays.ts';
import { isCalendarDate } from '../domain/visit-when.ts';
import { checkRule } from './check-hours.ts';
import { checkIds } from './check-structure.ts';
import { localInstant } from './local-instant.ts';
import type { Problems } from './problems.ts';
import type { RawContent } from './read-content.ts';

const menuFile = 'dk/menu.json';
/** What shows longer than this is not for a time. */
const longestShowingDays = 366;

type Refuse = (place: string, expected: string) => void;

/** Ids of types, where all could be read: what leads nowhere must not be touched. */
function checkLeads(door: HomeDoor | TimedDoor, types: readonly string[] | null, refuse: Refuse): void {
  const named =
    'typeId' in door ? [door.typeId] : 'door' in door && door.door === 'types' ? door.typeIds : [];
  for (const id of named)
    if (types?.includes(id) === false) refuse(door.id, `expected a type of report, found "${id}"`);
}

function checkMenu(menu: HomeMenu, raw: RawContent, isLast: boolean, today: string, refuse: Refuse): void {
  const place = `menus.${menu.id}`;
  if (isLast !== (menu.when === null))
    refuse(
      `${place}.when`,
      isLast ? 'expected null in the last menu' : 'expected null in the last menu only',
    );
  for (const [index, { during }] of (menu.when ?? []).entries())
    if (during !== undefined) checkRule(during, `${place}.when[${index}].during`, today, refuse);
  for (const id of menu.doors)
    if (raw.doors?.some((door) => door.id === id) === false)
      refuse(`${place}.doors`, `expected a door, found "${id}"`);
  for (const id of menu.phoneNumbers)
    if (raw.phoneNumbers?.some((number) => number.id === id) === false)
      refuse(`${place}.phoneNumbers`, `expected a known number, found "${id}"`);
}

/** A start and an end that exist, in this order, and an end within a year after somebody decided it. */
function checkShowing(
  { id, startsAt, endsAt, date, stationIds }: Omit<TimedDoor, 'icon' | 'typeId' | 'passesGates'>,
  stations: readonly string[],
  refuse: Refuse,
): void {
  const start = localInstant(startsAt);
  const end = localInstant(endsAt);
  if (start === null || end === null || !isCalendarDate(date)) {
    refuse(id, 'expected times of the calendar in startsAt, endsAt and date');
    return;
  }
  if (start >= end) refuse(`${id}.endsAt`, `expected a time after ${startsAt}`);
  if (endsAt.slice(0, 10) > addDays(date, longestShowingDays))
    refuse(`${id}.endsAt`, `expected a time within a year after ${date}`);
  for (const station of stationIds ?? [])
    if (!stations.includes(station))
      refuse(`${id}.stationIds`, `expected the id of a station, found "${station}"`);
}

/** Doors that lead somewhere, menus of known doors of which the last always holds, and what shows for a time. */
export function checkMenus(raw: RawContent, today: string, problems: Problems): void {
  const within =
    (file: string): Refuse =>
    (place, expected) =>
      problems.add(file, place, expected);
  const types = raw.areAllTypesRead ? raw.types.map(({ type }) => type.id) : null;
  const menus = raw.menus ?? [];
  checkIds(menuFile, 'menus', menus, problems);
  for (const [index, menu] of menus.entries())
    checkMenu(menu, raw, index === menus.length - 1, today, within(menuFile));
  for (const door of raw.doors ?? []) checkLeads(door, types, within(menuFile));
  const stations = raw.stations.map(({ station }) => station.id);
  const doors = [...(raw.doors ?? [])].map(({ id }) => ({ id }));
  checkIds(menuFile, 'doors', doors, problems);
  for (const { file, timedDoors, news } of raw.timed) {
    checkIds(file, 'timedDoors', [...doors, ...timedDoors], problems);
    checkIds(file, 'news', news, problems);
    for (const door of timedDoors) checkLeads(door, types, within(file));
    for (const showing of [...timedDoors, ...news]) checkShowing(showing, stations, within(file));
  }
}

/** Types that a door of the home screen leads to, at whatever time. */
export function typesBehindDoors(raw: RawContent): ReadonlySet<string> {
  return new Set([
    ...(raw.doors ?? []).flatMap((door) =>
      'typeId' in door ? [door.typeId] : door.door === 'types' ? door.typeIds : [],
    ),
    ...raw.timed.flatMap(({ timedDoors }) => timedDoors.map(({ typeId }) => typeId)),
  ]);
}
