import type { Answer, Thing } from '../contract/answer.ts';
import type { Report } from '../contract/report.ts';
import { onlyDigits } from './digits.ts';
import { isAnswerHidden } from './hidden-contact.ts';
import { foldLong, foldText } from './search-fold.ts';

/** Why two reports may be about the same thing, most telling first. */
export const likenesses = [
  'imei',
  'plate',
  'vin',
  'frame-number',
  'serial-number',
  'battery-number',
  'phone',
  'name',
] as const;
export type Likeness = (typeof likenesses)[number];

/** What a report has in common with its double. */
export interface LikenessKey {
  readonly likeness: Likeness;
  /** Equal where the two are alike; never shown. */
  readonly key: string;
}

const thingFields: readonly (readonly [string, Likeness])[] = [
  ['imei', 'imei'],
  ['plate', 'plate'],
  ['vin', 'vin'],
  ['frame-number', 'frame-number'],
  ['serial-number', 'serial-number'],
  ['battery-number', 'battery-number'],
];

/** So few signs are on many things. */
const shortestNumber = 5;

/** Null for what says nothing: "unknown", "00000", a number somebody left half. */
function numberKey(likeness: Likeness, typed: string): string | null {
  const signs = foldText(typed).replaceAll(/[^\p{L}\p{N}]/gu, '');
  if (!/\d/.test(signs) || new Set(signs).size < 3) return null;
  if (likeness !== 'imei') return signs.length < shortestNumber ? null : signs;
  // With or without its check digit, or with the version behind it.
  const digits = onlyDigits(typed);
  return digits.length < 14 ? null : digits.slice(0, 14);
}

function keysOfThing({ fields }: Thing): LikenessKey[] {
  return thingFields.flatMap(([field, likeness]) => {
    const key = numberKey(likeness, fields[field] ?? '');
    return key === null ? [] : [{ likeness, key: `${likeness}:${key}` }];
  });
}

type Of<Kind extends Answer['kind']> = Extract<Answer, { kind: Kind }>;

function placeKey({ postcode, words }: Of<'place'>): string | null {
  const said = foldText(words).replaceAll(/[^\p{L}\p{N}]/gu, '');
  return postcode ?? (said === '' ? null : said);
}

/** Eight digits tell a Danish number, with or without its country. */
function phoneKey(phone: string): string | null {
  const digits = onlyDigits(phone);
  return digits.length < 8 ? null : digits.slice(-8);
}

function nameKey(name: string): string | null {
  const words = foldLong(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return words.length < 2 ? null : words.toSorted().join(' ');
}

/** The same person, on the same day, in the same place. What is kept out of sight does not speak here either. */
function keysOfPerson({ summary, submission }: Report): LikenessKey[] {
  const answers = submission.answers
    .map(({ answer }) => answer)
    .filter((answer) => !isAnswerHidden(summary, answer));
  const when = answers.find((answer) => answer.kind === 'when');
  const place = answers.find((answer) => answer.kind === 'place');
  const contact = answers.find((answer) => answer.kind === 'contact')?.contact;
  const where = place === undefined ? null : placeKey(place);
  if (when === undefined || where === null || contact?.kind !== 'named') return [];
  const found = [
    { likeness: 'phone' as const, who: phoneKey(contact.e164 ?? contact.phone) },
    { likeness: 'name' as const, who: nameKey(contact.name) },
  ];
  const day = when.start.slice(0, 10);
  return found.flatMap(({ likeness, who }) =>
    who === null ? [] : [{ likeness, key: `${likeness}:${who}|${day}|${where}` }],
  );
}

/** By what a report would be known again in another one. Two that share a key may be the same; nobody joins them but staff. */
export function likenessKeys(report: Report): readonly LikenessKey[] {
  const things = report.submission.answers.flatMap(({ answer }) =>
    answer.kind === 'things' ? answer.things.flatMap(keysOfThing) : [],
  );
  return [...things, ...keysOfPerson(report)];
}

export interface Likely {
  readonly reportId: string;
  /** Most telling first. */
  readonly likenesses: readonly Likeness[];
}

/** Reports known by their keys. */
export class LikenessIndex {
  readonly #byKey = new Map<string, Set<string>>();
  readonly #keysOf = new Map<string, readonly LikenessKey[]>();

  add(reportId: string, keys: readonly LikenessKey[]): void {
    this.#keysOf.set(reportId, keys);
    for (const { key } of keys) {
      const alike = this.#byKey.get(key) ?? new Set();
      this.#byKey.set(key, alike.add(reportId));
    }
  }

  remove(reportId: string): void {
    for (const { key } of this.#keysOf.get(reportId) ?? []) this.#byKey.get(key)?.delete(reportId);
    this.#keysOf.delete(reportId);
  }

  clear(): void {
    this.#byKey.clear();
    this.#keysOf.clear();
  }

  /** The others that share something with a report, those that share the most telling first. */
  likeTo(reportId: string): readonly Likely[] {
    const shared = new Map<string, Set<Likeness>>();
    for (const { key, likeness } of this.#keysOf.get(reportId) ?? [])
      for (const other of this.#byKey.get(key) ?? [])
        if (other !== reportId) shared.set(other, (shared.get(other) ?? new Set()).add(likeness));
    const rank = (likeness: Likeness | undefined): number =>
      likeness === undefined ? likenesses.length : likenesses.indexOf(likeness);
    return [...shared]
      .map(([other, found]) => ({ reportId: other, likenesses: likenesses.filter((one) => found.has(one)) }))
      .toSorted((a, b) => rank(a.likenesses[0]) - rank(b.likenesses[0]));
  }
}
