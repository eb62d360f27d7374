import type { Answer } from '../contract/answer.ts';
import type { Question } from '../contract/content.ts';

/** What a library of telephone numbers makes of what was typed. `unread`: the library is not there (yet). */
export interface PhoneReading {
  readonly state: 'empty' | 'unread' | 'number' | 'short' | 'odd';
  /** `+4520304050`, when it is a number. */
  readonly e164: string | null;
  /** `+45 20 30 40 50`, when it is a number. */
  readonly grouped: string | null;
}

export type ReadPhone = (typed: string) => PhoneReading;

/** `+45 20 30 40 50`; where the pairs of another country lie is not known here. */
export function groupE164(e164: string): string {
  const danish = /^\+45(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(e164);
  return danish === null ? e164 : `+45 ${danish.slice(1).join(' ')}`;
}

function e164Of(typed: string, read: ReadPhone): { e164: string } | Record<string, never> {
  const { e164 } = read(typed);
  return e164 === null ? {} : { e164 };
}

function thingsWithNumbers(
  question: Extract<Question, { kind: 'things' }>,
  answer: Extract<Answer, { kind: 'things' }>,
  read: ReadPhone,
): Answer {
  const things = answer.things.map((thing) => {
    const fields = question.kinds.find(({ code }) => code === thing.kind)?.fields ?? [];
    const numbers = fields.flatMap(({ id, kind }) => {
      const e164 = kind === 'phone' ? read(thing.fields[id] ?? '').e164 : null;
      return e164 === null ? [] : [[id, e164] as const];
    });
    return numbers.length === 0 ? thing : { ...thing, e164: Object.fromEntries(numbers) };
  });
  return { ...answer, things };
}

/** The answer with each telephone number also as it is dialled, beside what was typed. */
export function withNumbers(question: Question, answer: Answer, read: ReadPhone): Answer {
  switch (answer.kind) {
    case 'text':
      return question.kind === 'text' && question.format === 'phone'
        ? { ...answer, ...e164Of(answer.text, read) }
        : answer;
    case 'things':
      return question.kind === 'things' ? thingsWithNumbers(question, answer, read) : answer;
    case 'contact':
      return answer.contact.kind === 'named'
        ? { ...answer, contact: { ...answer.contact, ...e164Of(answer.contact.phone, read) } }
        : answer;
    case 'skipped':
    case 'unknown':
    case 'choice':
    case 'when':
    case 'place':
    case 'amount':
      return answer;
  }
}
