import type { PhoneNumber, ReportType } from '../contract/content.ts';
import type { HomeMenu } from '../contract/menu.ts';
import { ContentError } from './content-error.ts';
import type { Entry } from './layers.ts';
import type { Problems } from './problems.ts';
import type { RawContent } from './read-content.ts';

/** Numbers that every screen of need shows: no kiosk runs without them, and no district lays others over them. */
export const fixedNumbers: readonly string[] = ['alarm', 'police'];

/** A mistake in any of these is one nobody can be let past. */
const essentialFiles: readonly string[] = ['dk/gates.json', 'dk/districts.json', 'da/gates.json'];

function firstIn(
  files: (file: string) => boolean,
  problems: Problems,
  otherwise: ContentError,
): ContentError {
  return problems.found.find(({ file }) => files(file)) ?? otherwise;
}

/** What makes a kiosk impossible to run: no gates, no districts, no 112 and 114, nothing to report, no Danish. */
export function whatStops(
  raw: RawContent,
  left: {
    readonly menus: readonly HomeMenu[];
    readonly types: readonly Entry<ReportType>[];
    readonly phoneNumbers: readonly Entry<PhoneNumber>[];
  },
  problems: Problems,
): ContentError | null {
  const essential = problems.found.find(({ file }) => essentialFiles.includes(file));
  if (essential !== undefined) return essential;
  const danish = raw.texts[0]?.read.get('da');
  for (const namespace of ['content', 'rights'] as const) {
    const file = `da/${namespace}.json`;
    if (danish?.[namespace] === null)
      return firstIn((name) => name === file, problems, new ContentError(file, '', 'expected words'));
  }
  for (const id of fixedNumbers)
    if (!left.phoneNumbers.some((entry) => entry.id === id))
      return (
        problems.found.find(({ place }) => place.startsWith(`phone.${id}.`)) ??
        firstIn(
          (name) => name === 'dk/phone-numbers.json',
          problems,
          new ContentError('dk/phone-numbers.json', 'phoneNumbers', `expected a number with the id "${id}"`),
        )
      );
  const hasMenu = left.menus.some(({ when }) => when === null);
  if (left.types.length > 0 && hasMenu) return null;
  if (!hasMenu)
    return firstIn(
      (name) => name === 'dk/menu.json',
      problems,
      new ContentError('dk/menu.json', 'menus', 'expected a menu with a door that leads somewhere'),
    );
  const none = new ContentError('dk/report-types', '', 'expected at least one type of report');
  return firstIn((name) => name.includes('report-types') || name === 'dk/questions.json', problems, none);
}
