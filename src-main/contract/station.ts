import { z } from 'zod';
import { contentIdSchema, factSourceSchema } from './content.ts';
import { localDateSchema } from './ids.ts';

const id = contentIdSchema;

export const districtSchema = z.strictObject({ id, number: z.string().regex(/^\d{2}$/), name: z.string() });
export type District = z.infer<typeof districtSchema>;

/** What one day's line of the hours screen says; computed by the services for the week that starts today. */
export const hoursDaySchema = z.strictObject({
  date: localDateSchema,
  spans: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  holiday: z.string().nullable(),
  /** Why this day is unlike others at this station: `content:exception.<id>`. */
  exception: id.nullable(),
});
export const stationHoursSchema = z.discriminatedUnion('kind', [
  /** Nobody told them, or nobody looked again in time: both read "Ask 114". */
  z.strictObject({ kind: z.literal('unknown'), why: z.enum(['never-told', 'overdue']) }),
  z.strictObject({
    kind: z.literal('known'),
    isExample: z.boolean(),
    isOpen: z.boolean(),
    /** Local `HH:MM` at which the state changes next today, or null. */
    changesAt: z.string().nullable(),
    /** The next opening as local date and time, when closed. */
    opensAt: z.string().nullable(),
    days: z.array(hoursDaySchema),
    /** From Monday on, as it is without holidays and exceptions: all that can be told without a clock. */
    usualWeek: z.array(hoursDaySchema.shape.spans).length(7),
    /** Later days that are unlike their weekday: holidays and exceptions, the next ones first. */
    otherDays: z.array(hoursDaySchema),
    ...factSourceSchema.shape,
  }),
]);
export type StationHours = z.infer<typeof stationHoursSchema>;

/** What a station has hours for, the counter first. Texts: `content:service.<id>.title`. */
export const stationServiceSchema = z.strictObject({ id, hours: stationHoursSchema });
export type StationService = z.infer<typeof stationServiceSchema>;

export const stationSchema = z.strictObject({
  id,
  name: z.string(),
  districtId: id,
  street: z.string().nullable(),
  postcode: z.string().nullable(),
  town: z.string(),
  ...factSourceSchema.shape,
});
export type Station = z.infer<typeof stationSchema>;

export const placeRoutingSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('district'),
    district: districtSchema,
    place: z.string(),
    isFallback: z.boolean(),
  }),
  /** The postcode spans districts: ask which municipality. */
  z.strictObject({
    kind: z.literal('ambiguous'),
    place: z.string(),
    municipalities: z.array(z.strictObject({ code: z.string(), name: z.string() })),
  }),
  z.strictObject({ kind: z.literal('unknown-postcode') }),
]);
export type PlaceRouting = z.infer<typeof placeRoutingSchema>;
