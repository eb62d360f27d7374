import type { Thing } from '../../src-main/contract/answer.ts';
import type { Question, ReportType } from '../../src-main/contract/content.ts';
import type { Language } from '../../src-main/contract/ids.ts';
import {
  findQuestion,
  firstUnanswered,
  questionAfter,
  shownQuestions,
  stepOf,
} from '../../src-main/domain/draft.ts';
import { answerOf, type InputProblem, type Oddity } from '../../src-main/domain/draft-answer.ts';
import {
  thingsMost,
  type Currency,
  type QuestionInput,
  type ThingsInput,
} from '../../src-main/domain/draft-input.ts';
import type { WhenClock } from '../../src-main/domain/draft-when.ts';
import type { FieldKnowledge } from '../../src-main/domain/field-check.ts';
import { withNumbers } from '../../src-main/domain/phone-number.ts';
import { findType } from '../../src-main/domain/type-menu.ts';
import type { VisitFacts } from '../../src-main/domain/rules.ts';
import { routeOf } from '../../src-main/domain/visit-route.ts';
import type { VisitDraft } from './visit-draft.svelte.ts';
import type { VisitKiosk } from './visit-kiosk.svelte.ts';
import { VisitParts } from './visit-parts.svelte.ts';
import { VisitPhones } from './visit-phones.svelte.ts';
import { VisitPlace, type PlaceProblem } from './visit-place.svelte.ts';
import type { VisitScreens } from './visit-screens.svelte.ts';
import type { VisitSettings } from './visit-settings.svelte.ts';

export interface FieldProblem {
  readonly problem: InputProblem | PlaceProblem | 'too-many';
  readonly field: string;
}

/** Leads through the questions of one report type, one a screen; nothing typed is lost on any way through. */
export class VisitQuestions {
  /** The one sentence at a field, until something is changed there. */
  problem = $state.raw<FieldProblem | null>(null);
  readonly place: VisitPlace;
  readonly phones = new VisitPhones();
  /** The pages of one question, for who reads one thing at a time. */
  readonly parts: VisitParts;
  readonly #kiosk: VisitKiosk;
  readonly #draft: VisitDraft;
  readonly #screens: VisitScreens;
  readonly #language: () => Language;
  /** Oddities the visitor was told of, with the fields they were told about. */
  #said: readonly string[] = [];

  constructor(
    kiosk: VisitKiosk,
    draft: VisitDraft,
    screens: VisitScreens,
    settings: VisitSettings,
    language: () => Language,
  ) {
    this.#kiosk = kiosk;
    this.#draft = draft;
    this.#screens = screens;
    this.#language = language;
    this.place = new VisitPlace(kiosk);
    this.parts = new VisitParts(() => ({
      question: this.question,
      input: this.input,
      isEasy: settings.isEasy,
    }));
  }

  get type(): ReportType | null {
    const { content } = this.#kiosk;
    return content === null || this.#draft.typeId === null ? null : findType(content, this.#draft.typeId);
  }

  /** The question on screen. */
  get question(): Question | null {
    const screen = this.#screens.current;
    return screen.name === 'question' && this.type !== null
      ? findQuestion(this.type, screen.questionId)
      : null;
  }

  get input(): QuestionInput | null {
    return this.question === null ? null : (this.#draft.inputs[this.question.id] ?? null);
  }

  /** What the soft checks at the fields are held against. */
  get knowledge(): FieldKnowledge {
    return { references: this.#kiosk.welcome?.references ?? null, readPhone: this.phones.read };
  }

  get step(): { position: number; total: number } {
    if (this.type === null || this.question === null) return { position: 0, total: 0 };
    return stepOf(this.type, this.#draft.answers, this.facts, this.question.id);
  }

  /** What rules may ask besides answers. */
  get facts(): VisitFacts {
    return this.#draft.facts(this.#language());
  }

  /** The questions that are asked, in order, given the answers so far. */
  get shown(): readonly Question[] {
    return this.type === null ? [] : shownQuestions(this.type, this.#draft.answers, this.facts);
  }

  /** To the first question of a type, if it has one; fields that fit keep what another type has left in them. */
  begin(type: ReportType): void {
    this.#draft.typeId = type.id;
    const [first] = this.shown;
    if (first === undefined) this.#end(type);
    else this.#open(first, false);
  }

  /** From the list of answers to one question, and from there back to the list. */
  change(questionId: string): void {
    const question = this.type === null ? null : findQuestion(this.type, questionId);
    if (question !== null) this.#open(question, true);
  }

  /** The fields were touched: the sentence has been read. */
  changed(): void {
    this.problem = null;
  }

  /** Takes the answer and goes on, or says in one sentence what is missing. */
  async next(): Promise<void> {
    const { question, input } = this;
    if (question === null || input === null) return;
    if (this.parts.next()) {
      this.problem = null;
      return;
    }
    if (input.kind === 'things' && input.editing !== null) {
      this.keepThing(input);
      return;
    }
    const result = answerOf(input, this.#clock());
    if (!result.ok) {
      this.#say({ problem: result.problem, field: result.field });
      return;
    }
    const oddity = this.#unsaid(question, input, result.oddities);
    this.problem = null;
    if (oddity !== null) {
      this.#say(oddity);
      return;
    }
    const placeProblem = input.kind === 'place' ? await this.place.check(input) : null;
    await this.phones.prepareFor(question);
    // Whoever went elsewhere in the meantime, or touched twice, is not led on once more.
    if (this.question?.id !== question.id) return;
    if (placeProblem !== null) this.#say({ problem: placeProblem, field: 'postcode' });
    else {
      const answer = withNumbers(question, this.place.named(result.answer), this.phones.read);
      this.#answered(question.id, answer);
    }
  }

  skip(kind: 'skipped' | 'unknown'): void {
    if (this.question !== null) this.#answered(this.question.id, { kind });
  }

  /** Past one of several pages of a question; past the last one with what was said, or without an answer. */
  skipPart(): void {
    const { input } = this;
    if (input === null || this.parts.next()) {
      this.problem = null;
      return;
    }
    if (answerOf(input, this.#clock()).ok) void this.next();
    else this.skip('skipped');
  }

  /** To the page before; a thing that is being written goes back to the list first. */
  back(): void {
    const { input } = this;
    this.problem = null;
    if (this.parts.back()) return;
    this.parts.startOver();
    if (input?.kind === 'things' && input.editing !== null) {
      input.editing = null;
      return;
    }
    this.#screens.back();
  }

  /** A new thing of a kind, unless the list is full. */
  addThing(input: ThingsInput, kind: string): void {
    if (input.things.length >= thingsMost) {
      this.problem = { problem: 'too-many', field: 'things' };
      return;
    }
    this.problem = null;
    this.parts.startOver();
    input.editing = { kind, fields: {}, currencies: {}, at: null };
  }

  editThing(input: ThingsInput, at: number): void {
    const thing = input.things[at];
    if (thing === undefined) return;
    const { kind, fields, currencies } = thing;
    this.parts.startOver();
    input.editing = { kind, fields: { ...fields }, currencies: { ...currencies }, at };
  }

  removeThing(input: ThingsInput, at: number): void {
    input.things.splice(at, 1);
    this.problem = null;
  }

  /** Puts the thing that is being written into the list. Empty fields leave no trace. */
  keepThing(input: ThingsInput): void {
    if (input.editing === null) return;
    const { kind, fields, currencies, at } = input.editing;
    const filled = Object.fromEntries(Object.entries(fields).filter(([, text]) => text.trim() !== ''));
    const named = Object.entries(currencies).filter(([id]) => filled[id] !== undefined);
    const thing: Thing = { kind, fields: filled };
    if (named.length > 0) thing.currencies = Object.fromEntries<Currency>(named);
    if (at === null) input.things.push(thing);
    else input.things[at] = thing;
    input.editing = null;
    this.problem = null;
    this.parts.startOver();
  }

  /** Says what is missing where it is missing. */
  #say(problem: FieldProblem): void {
    this.problem = problem;
    this.parts.show(problem.field);
  }

  #clock(): WhenClock {
    const { localTime, isTrusted } = this.#kiosk.clock;
    return { localTime: localTime ?? '', isTrusted: isTrusted && localTime !== null };
  }

  /** The first oddity of these fields that was not told yet. Whoever goes on after it meant it so. */
  #unsaid(question: Question, input: QuestionInput, oddities: readonly Oddity[]): Oddity | null {
    for (const oddity of oddities) {
      const told = JSON.stringify([question.id, oddity.problem, oddity.field, input]);
      if (this.#said.includes(told)) continue;
      this.#said = [...this.#said, told];
      return oddity;
    }
    return null;
  }

  #answered(questionId: string, answer: Parameters<VisitDraft['answer']>[1]): void {
    this.#draft.answer(questionId, answer);
    this.problem = null;
    const screen = this.#screens.current;
    if (this.type === null || screen.name !== 'question') return;
    const { answers } = this.#draft;
    const route = routeOf(this.type, answers, this.facts);
    if (route === 'officer') {
      this.#screens.go({ name: 'officer' });
      return;
    }
    if (route === 'types') {
      this.#screens.goBackTo('types');
      return;
    }
    const following = screen.returnsToCheck
      ? firstUnanswered(this.type, answers, this.facts)
      : questionAfter(this.type, answers, this.facts, questionId);
    if (following === null) this.#end(this.type);
    else this.#open(following, screen.returnsToCheck);
  }

  /** All is answered: a report is read back, what never becomes one ends with what to do instead. */
  #end(type: ReportType): void {
    if (type.route === 'info') this.#screens.go({ name: 'type-info', typeId: type.id });
    else this.#screens.goBackTo('check');
  }

  #open(question: Question, returnsToCheck: boolean): void {
    this.#draft.prepare(question);
    this.parts.startOver();
    void this.phones.prepareFor(question);
    this.problem = null;
    this.place.municipalities = [];
    this.#screens.go({ name: 'question', questionId: question.id, returnsToCheck });
  }
}
