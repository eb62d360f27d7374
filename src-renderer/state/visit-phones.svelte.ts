import type { parsePhoneNumberFromString, validatePhoneNumberLength } from 'libphonenumber-js/min';
import type { Question } from '../../src-main/contract/content.ts';
import { plainSigns } from '../../src-main/domain/digits.ts';
import type { PhoneReading } from '../../src-main/domain/phone-number.ts';

interface Library {
  readonly parse: typeof parsePhoneNumberFromString;
  readonly checkLength: typeof validatePhoneNumberLength;
}

const nothing = { e164: null, grouped: null } as const;

function asksForPhone(question: Question): boolean {
  switch (question.kind) {
    case 'contact':
      return true;
    case 'text':
      return question.format === 'phone';
    case 'things':
      return question.kinds.some(({ fields }) => fields.some(({ kind }) => kind === 'phone'));
    case 'choice':
    case 'when':
    case 'place':
    case 'amount':
      return false;
  }
}

/** Reads telephone numbers of the world. Its tables are heavy: they are fetched when a question first asks for a number. */
export class VisitPhones {
  #library = $state.raw<Library | null>(null);
  #fetching: Promise<void> | null = null;

  /** Resolves when numbers of this question can be read, or never will: they are then kept as they were typed. */
  async prepareFor(question: Question): Promise<void> {
    if (this.#library !== null || !asksForPhone(question)) return;
    this.#fetching ??= this.#fetch();
    await this.#fetching;
  }

  /** A number without a country code is a Danish one. */
  readonly read = (typed: string): PhoneReading => {
    const text = plainSigns(typed).trim();
    if (text === '') return { state: 'empty', ...nothing };
    if (this.#library === null) return { state: 'unread', ...nothing };
    const number = this.#library.parse(text, 'DK');
    if (number?.isValid() === true)
      return { state: 'number', e164: number.number, grouped: number.formatInternational() };
    return {
      state: this.#library.checkLength(text, 'DK') === 'TOO_SHORT' ? 'short' : 'odd',
      ...nothing,
    };
  };

  async #fetch(): Promise<void> {
    const found = await import('libphonenumber-js/min').catch(() => null);
    if (found === null) this.#fetching = null;
    else
      this.#library = {
        parse: found.parsePhoneNumberFromString,
        checkLength: found.validatePhoneNumberLength,
      };
  }
}
