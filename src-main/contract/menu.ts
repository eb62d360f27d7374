import { z } from 'zod';
import { contentIdSchema as id } from './content.ts';
import { localDateSchema, localTimeSchema } from './ids.ts';
import { ownNoticeSchema } from './station-settings.ts';

const doorBase = {
  id,
  icon: z.string(),
  /** One of the large cards on top; the others are small and stand below. */
  isMain: z.boolean(),
};
/** Leads to one type, also one that stands in no group. */
const typeDoorSchema = z.strictObject({
  ...doorBase,
  door: z.literal('type'),
  typeId: id,
  /** Whether danger, force and place are asked first. */
  passesGates: z.boolean(),
});
/** A card of the home screen. Texts: `content:door.<id>.title`, `.help`. */
export const homeDoorSchema = z.discriminatedUnion('door', [
  z.strictObject({
    ...doorBase,
    door: z.enum(['report', 'hours', 'rights', 'cards', 'languages', 'staff']),
  }),
  typeDoorSchema,
  /** Whoever has reported: what to ask a person, and the type that takes what they add. */
  z.strictObject({ ...doorBase, door: z.literal('follow'), typeId: id }),
  /** A list of types under the door's own title. */
  z.strictObject({ ...doorBase, door: z.literal('types'), typeIds: z.array(id).min(1) }),
]);
export type HomeDoor = z.infer<typeof homeDoorSchema>;

/** Where it shows, from when and until when: local times of the station, the last one not included. */
const showing = {
  /** Null: everywhere. */
  stationIds: z.array(id).min(1).nullable(),
  startsAt: localTimeSchema,
  endsAt: localTimeSchema,
  source: z.string().min(1),
  date: localDateSchema,
};
/** One case's own door for a time, such as an appeal on television. Texts as of any door. */
export const timedDoorSchema = typeDoorSchema.omit({ isMain: true, door: true }).extend(showing);
export type TimedDoor = z.infer<typeof timedDoorSchema>;

/** News of a station. Texts: `content:news.<id>.title`, `.text`. */
export const stationNewsSchema = z.strictObject({ id, tone: z.enum(['info', 'attention']), ...showing });
export type StationNews = z.infer<typeof stationNewsSchema>;

/** When a menu holds: everything said here at once. */
export const menuConditionSchema = z
  .strictObject({
    /** As the counter's hours say; `unknown` too while the clock cannot be trusted. */
    counter: z.enum(['open', 'closed', 'unknown']).optional(),
    isStaffed: z.boolean().optional(),
    /** opening_hours, such as `22:00-06:00`. Never while the clock cannot be trusted. */
    during: z.string().min(1).optional(),
  })
  .refine((condition) => Object.values(condition).some((value) => value !== undefined), {
    error: 'expected counter, isStaffed or during',
  });
export type MenuCondition = z.infer<typeof menuConditionSchema>;

/** The home screen of some hours. Texts: `content:menu.<id>.hint`. */
export const homeMenuSchema = z.strictObject({
  id,
  /** It holds when any of these does; null: always, so that it is the last one. */
  when: z.array(menuConditionSchema).min(1).nullable(),
  doors: z.array(id).min(1),
  /** Those of them that stand small while this menu holds, though they are main doors. */
  small: z.array(id).optional(),
  /** Help numbers that stand beside the doors. */
  phoneNumbers: z.array(id),
});
export type HomeMenu = z.infer<typeof homeMenuSchema>;

/** What the home and the start screen show now. */
export const menuNowSchema = z.strictObject({
  id,
  timedDoors: z.array(homeDoorSchema),
  doors: z.array(homeDoorSchema),
  phoneNumbers: z.array(id),
  /** `words`: written at the station's desk; without them, texts of content. */
  news: z.array(
    stationNewsSchema.pick({ id: true, tone: true }).extend({ words: ownNoticeSchema.optional() }),
  ),
});
export type MenuNow = z.infer<typeof menuNowSchema>;
