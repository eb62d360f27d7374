import type { Answer } from '../contract/answer.ts';
import type { Lines, Words } from './render-answer-lines.ts';

type Place = Extract<Answer, { kind: 'place' }>;

function townLine({ postcode, town = '' }: Place, words: Words): string | null {
  return postcode === null ? null : words('answer.postcode', { postcode: `${postcode} ${town}`.trim() });
}

function municipalityLine({ municipalityCode, municipality }: Place, words: Words): string | null {
  if (municipalityCode === null) return null;
  return municipality === undefined
    ? words('answer.municipality', { code: municipalityCode })
    : words('answer.municipalityNamed', { code: municipalityCode, name: municipality });
}

/** A place as Danish staff read it: what tables know in Danish, the visitor's words under what they are about. */
export function addPlace(answer: Place, words: Words, lines: Lines): void {
  const { setting = 'place', line = '', from = '', to = '', country = '' } = answer;
  if (setting !== 'place') lines.exact(words(`answer.setting.${setting}`));
  for (const exact of [townLine(answer, words), municipalityLine(answer, words)])
    if (exact !== null) lines.exact(exact);
  lines.typed(answer.typedPostcode ?? '', words('answer.typedPostcode'));
  lines.typed(line, words('answer.transport.line'));
  lines.typed(from, words('answer.transport.from'));
  lines.typed(to, words('answer.transport.to'));
  lines.typed(country, words('answer.country'));
  lines.typed(answer.words);
}
