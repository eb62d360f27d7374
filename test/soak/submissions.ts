import { submissionSchema, type Submission } from '../../src-main/contract/report.ts';
import type { Dice } from '../helpers/dice.ts';
import { naughtyStrings } from '../helpers/naughty-strings.ts';

const alphabets = [
  'abc xyz æøå ÆØÅ',
  'سرقت دراجتي ٠١٢٣',
  '自転車 กระเป๋า',
  '😀👩‍🚒\u202e\u200f\u0301',
  '"\\\'\n\t{}[]<>&%$;--',
];

/** Anything that a visitor can type, of any length up to `longest`. */
function words(dice: Dice, longest: number): string {
  if (dice.percent(20)) return dice.pick(naughtyStrings)[1].slice(0, longest);
  const length = dice.percent(10) ? longest : dice.below(400);
  const letters = Array.from(dice.pick(alphabets));
  return Array.from({ length }, () => dice.pick(letters))
    .join('')
    .slice(0, longest);
}

function uuid(dice: Dice): string {
  const hex = Array.from({ length: 32 }, () => dice.below(16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** A report as it comes through the border of the kiosk, of one of the two types of the fake library. */
export function throwSubmission(dice: Dice): Submission {
  return submissionSchema.parse({
    reportId: uuid(dice),
    language: dice.pick(['da', 'en', 'ar', 'uk']),
    reportType: dice.pick(['self-type', 'assisted-type']),
    gateAnswers: {},
    isUnder18: dice.percent(10),
    answers: [{ questionId: 'what', answer: { kind: 'text', text: words(dice, 8000) } }],
  });
}
