import { z } from 'zod';

/** A kiosk of the station, as staff call it and as their browsers reach it. */
export interface StationKiosk {
  readonly name: string;
  readonly origin: string;
}

/** The part of "desk.network" that says which kiosk this one is. */
export interface NetworkPlace {
  readonly port: number;
  readonly names: readonly string[];
  readonly station?: readonly StationKiosk[] | undefined;
}

/** Exactly what a browser calls the origin of a page: a path, a slash or capitals would never match it. */
function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'https:' && url.origin === text;
}

const stationKiosk = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, 'expected what staff call the kiosk, such as "The entrance"')
    .max(40, 'expected a name of 40 letters at most'),
  origin: z
    .string()
    .refine(
      isOrigin,
      'expected https://, the name in its certificate and its port, in small letters and with nothing after it, such as https://kiosk121.station.example:8443',
    ),
});

/** Every page holds a line to each of them. */
export const stationKiosksSchema = z
  .array(stationKiosk)
  .min(2, 'expected this kiosk and at least one other; leave it out where there is no other')
  .max(8, 'expected eight kiosks at most')
  .optional()
  .describe('The kiosks of this station that one desk shows, this one among them: the same list on each.');

function isSelf({ origin }: StationKiosk, { names, port }: NetworkPlace): boolean {
  const url = new URL(origin);
  const itsPort = url.port === '' ? 443 : Number(url.port);
  return itsPort === port && names.includes(url.hostname);
}

export interface StationKiosks {
  /** In the order of the list, which is the order of the tabs. */
  readonly all: readonly StationKiosk[];
  readonly own: StationKiosk;
  readonly others: readonly StationKiosk[];
}

/** Null where the desks of this kiosk show it alone. */
export function stationKiosksOf(place: NetworkPlace | undefined): StationKiosks | null {
  const all = place?.station ?? [];
  const own = place === undefined ? undefined : all.find((kiosk) => isSelf(kiosk, place));
  return own === undefined ? null : { all, own, others: all.filter((kiosk) => kiosk !== own) };
}

/** What is wrong in a list whose lines are right each for itself: where, and what was expected. */
export function stationKioskMistakes(place: NetworkPlace): (readonly [at: string, expected: string])[] {
  const { station, names, port } = place;
  if (station === undefined) return [];
  const repeated = (['origin', 'name'] as const).flatMap((part) =>
    station.flatMap((kiosk, index) => {
      const first = station.findIndex((other) => other[part] === kiosk[part]);
      return first === index
        ? []
        : [
            [
              `${String(index)}.${part}`,
              `expected each kiosk once; this one is also ${String(first)}`,
            ] as const,
          ];
    }),
  );
  const selves = station.filter((kiosk) => isSelf(kiosk, place));
  const own = `https://${names[0] ?? ''}:${String(port)}`;
  if (selves.length === 0) return [...repeated, ['', `expected this kiosk among them, as ${own}`]];
  const isTwice = selves.some(({ origin }) => origin !== selves[0]?.origin);
  return isTwice ? [...repeated, ['', 'expected this kiosk once, by the one name that desks use']] : repeated;
}
