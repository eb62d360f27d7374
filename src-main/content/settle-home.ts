import type { HomeDoor, HomeMenu, StationNews, TimedDoor } from '../contract/menu.ts';
import { addDays } from '../domain/holidays.ts';
import { isCalendarDate } from '../domain/visit-when.ts';
import { checkRule, type Refuse } from './check-hours.ts';
import { standing, type Entry, type Kind } from './layers.ts';
import { localInstant } from './local-instant.ts';
import type { MenuContent } from './menu-now.ts';
import { doorKeys, menuKeys, newsKeys } from './needed-keys.ts';
import type { Problems } from './problems.ts';
import { isNamedIn, refsTo, type Settled } from './settled.ts';
import type { Words } from './words.ts';

export interface HomeParts {
  readonly read: {
    readonly doors: Kind<HomeDoor>;
    readonly menus: Kind<HomeMenu>;
    readonly timedDoors: Kind<TimedDoor>;
    readonly news: Kind<StationNews>;
  };
  /** All that were ever written, and those that are left. */
  readonly typeIds: ReadonlySet<string>;
  readonly types: readonly Entry<unknown>[];
  readonly phoneNumbers: Settled<unknown>;
  readonly stations: Kind<unknown>;
  readonly today: string;
  readonly words: Words;
  readonly problems: Problems;
}

/** What shows longer than this is not for a time. */
const longestShowingDays = 366;

const refuseIn =
  (problems: Problems, file: string): Refuse =>
  (place, expected) =>
    problems.add(file, place, expected);

/** The types behind a door that are left: what leads nowhere must not be touched. */
function typesLeft(
  ids: readonly string[],
  { file, id }: Entry<unknown>,
  { typeIds, types, problems }: HomeParts,
): string[] {
  for (const typeId of ids)
    if (!typeIds.has(typeId)) problems.add(file, id, `expected a type of report, found "${typeId}"`);
  return ids.filter((typeId) => types.some((type) => type.id === typeId));
}

/** Doors that have a name and lead somewhere. */
function settleDoors(parts: HomeParts): HomeDoor[] {
  const { read, words, problems } = parts;
  const kept = standing(read.doors, problems, ({ id, layer }) => words.checkDanish(layer, doorKeys(id)));
  const doors = kept.flatMap((entry): HomeDoor[] => {
    const { value } = entry;
    if ('typeId' in value) return typesLeft([value.typeId], entry, parts).length === 0 ? [] : [value];
    if (value.door !== 'types') return [value];
    const typeIds = typesLeft(value.typeIds, entry, parts);
    return typeIds.length === 0 ? [] : [{ ...value, typeIds }];
  });
  for (const { id, layer } of kept) if (doors.some((door) => door.id === id)) words.need(layer, doorKeys(id));
  return doors;
}

/** A district's own menus are asked before those that ship; in place of one of these, where they have its name. */
function inOrder(menus: readonly Entry<HomeMenu>[], { entries }: Kind<HomeMenu>): Entry<HomeMenu>[] {
  const isOwn = ({ id }: Entry<HomeMenu>): boolean =>
    !entries.some((entry) => entry.id === id && entry.layer.isShipped);
  return menus.toSorted((one, other) => Number(isOwn(other)) - Number(isOwn(one)));
}

/** Menus of doors that are left. The last always holds, whatever it says: somebody always stands before the screen. */
function settleMenus(doors: readonly HomeDoor[], parts: HomeParts): HomeMenu[] {
  const { read, words, problems, today, phoneNumbers } = parts;
  const kept = inOrder(
    standing(read.menus, problems, ({ id, file, value }) => {
      const refuse = refuseIn(problems, file);
      for (const [index, { during }] of (value.when ?? []).entries())
        if (during !== undefined) checkRule(during, `menus.${id}.when[${index}].during`, today, refuse);
    }),
    read.menus,
  );
  const menus = kept.map(({ id, file, layer, value }, at): HomeMenu => {
    const refuse = refuseIn(problems, file);
    const isLast = at === kept.length - 1;
    if (isLast && value.when !== null) refuse(`menus.${id}.when`, 'expected null in the last menu');
    if (!isLast && value.when === null) refuse(`menus.${id}.when`, 'expected null in the last menu only');
    for (const door of value.doors)
      if (!isNamedIn(read.doors, door)) refuse(`menus.${id}.doors`, `expected a door, found "${door}"`);
    for (const door of value.small ?? [])
      if (!value.doors.includes(door))
        refuse(`menus.${id}.small`, `expected a door of this menu, found "${door}"`);
    words.checkDanish(layer, menuKeys(id));
    words.need(layer, menuKeys(id));
    return {
      ...value,
      when: isLast ? null : value.when,
      doors: value.doors.filter((door) => doors.some((one) => one.id === door)),
      phoneNumbers: refsTo(phoneNumbers, value.phoneNumbers, (number) =>
        refuse(`menus.${id}.phoneNumbers`, `expected a known number, found "${number}"`),
      ),
    };
  });
  return menus.filter(
    ({ when, doors: left }, at) => left.length > 0 && (when !== null || at === menus.length - 1),
  );
}

type Showing = Omit<TimedDoor, 'icon' | 'typeId' | 'passesGates'>;

/** A start and an end that exist, in this order, and an end within a year after somebody decided it. */
function checkShowing({ file, value }: Entry<Showing>, { stations, problems }: HomeParts): void {
  const { id, startsAt, endsAt, date, stationIds } = value;
  const refuse = refuseIn(problems, file);
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
    if (!isNamedIn(stations, station))
      refuse(`${id}.stationIds`, `expected the id of a station, found "${station}"`);
}

/** What shows for a time: with words, at times that exist. */
function settleTimed(parts: HomeParts): Pick<MenuContent, 'timedDoors' | 'news'> {
  const { read, words, problems } = parts;
  const doors = standing(read.timedDoors, problems, (entry) => {
    const { id, file, layer } = entry;
    words.checkDanish(layer, doorKeys(id));
    checkShowing(entry, parts);
    if (read.doors.entries.some((door) => door.id === id))
      problems.add(file, 'timedDoors', `expected "${id}" only once`);
  }).filter((entry) => typesLeft([entry.value.typeId], entry, parts).length > 0);
  const news = standing(read.news, problems, (entry) => {
    words.checkDanish(entry.layer, newsKeys(entry.id));
    checkShowing(entry, parts);
  });
  for (const { id, layer } of doors) words.need(layer, doorKeys(id));
  for (const { id, layer } of news) words.need(layer, newsKeys(id));
  return { timedDoors: doors.map(({ value }) => value), news: news.map(({ value }) => value) };
}

/** The home screen: doors that lead somewhere, menus of them, and what shows for a time. */
export function settleHome(parts: HomeParts): MenuContent {
  const doors = settleDoors(parts);
  return { doors, menus: settleMenus(doors, parts), ...settleTimed(parts) };
}
