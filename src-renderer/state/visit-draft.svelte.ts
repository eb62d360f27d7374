import type { Answer, AnsweredQuestion } from '../../src-main/contract/answer.ts';
import type { Question, ReportType } from '../../src-main/contract/content.ts';
import type { Language, ReportId } from '../../src-main/contract/ids.ts';
import type { Submission } from '../../src-main/contract/report.ts';
import { answersToSend, type Answers } from '../../src-main/domain/draft.ts';
import { emptyInput, type QuestionInput } from '../../src-main/domain/draft-input.ts';
import type { VisitFacts } from '../../src-main/domain/rules.ts';
import { makeReportId } from '../../src-main/domain/visit-ids.ts';

/** One report while it is being told. It lives in this object and nowhere else. */
export class VisitDraft {
  /** Made once: every attempt to send uses it. */
  readonly reportId: ReportId = makeReportId(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
  typeId = $state<string | null>(null);
  isUnder18 = $state(false);
  /** Of the interpreter, where it is none of the kiosk's own languages. */
  interpreterLanguage = $state<string | null>(null);
  gateAnswers = $state.raw<Readonly<Record<string, string>>>({});
  answers = $state.raw<Answers>({});
  /** What stands in the fields, answered or not. */
  inputs = $state<Record<string, QuestionInput>>({});

  /** Gives the question fields to write in; those already there stay. */
  prepare(question: Question): void {
    if (this.inputs[question.id]?.kind !== question.kind) this.inputs[question.id] = emptyInput(question);
  }

  answer(questionId: string, answer: Answer): void {
    this.answers = { ...this.answers, [questionId]: answer };
  }

  passGate(gateId: string, code: string): void {
    this.gateAnswers = { ...this.gateAnswers, [gateId]: code };
  }

  /** What rules of content may ask besides answers. */
  facts(language: Language): VisitFacts {
    return { language, isUnder18: this.isUnder18, gateAnswers: this.gateAnswers };
  }

  toSend(type: ReportType, language: Language): AnsweredQuestion[] {
    return answersToSend(type, this.answers, this.facts(language));
  }

  submission(type: ReportType, language: Language, interpreterLanguage: string | null): Submission {
    return {
      reportId: this.reportId,
      language,
      reportType: type.id,
      gateAnswers: { ...this.gateAnswers },
      isUnder18: this.isUnder18,
      ...(interpreterLanguage === null ? {} : { interpreterLanguage }),
      answers: this.toSend(type, language),
    };
  }

  /** After the report is stored nothing of it stays on this side. */
  forget(): void {
    this.answers = {};
    this.inputs = {};
    this.gateAnswers = {};
    this.isUnder18 = false;
    this.interpreterLanguage = null;
  }
}
