import type { AnsweredQuestion, Answer } from '../../src-main/contract/answer.ts';
import type { Language } from '../../src-main/contract/ids.ts';
import type { Report, ReportSummary } from '../../src-main/contract/report.ts';

/* What comes out of a seal was written by whoever holds the public key. zod stays out of the page, so the shape is
   checked by hand: everything a screen reads later is looked at here once. */

type Members = Readonly<Record<string, unknown>>;

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function areTexts(from: Members, names: readonly string[]): boolean {
  return names.every((name) => typeof from[name] === 'string');
}

function areFlags(from: Members, names: readonly string[]): boolean {
  return names.every((name) => typeof from[name] === 'boolean');
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string';
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isListOf(value: unknown, isOne: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTexts(value: unknown): boolean {
  return isMembers(value) && Object.values(value).every(isText);
}

/** A record, so that a new language is not forgotten here. */
const languages: Readonly<Record<Language, true>> = {
  ...{ da: true, en: true, ar: true, uk: true },
  ...{ pl: true, tr: true, ro: true, de: true },
};

export function isLanguage(value: unknown): boolean {
  return typeof value === 'string' && Object.hasOwn(languages, value);
}

/** What newer kiosks add may be absent; there, it has its shape. */
function mayHave(from: Members, names: readonly string[], isRight: (value: unknown) => boolean): boolean {
  return names.every((name) => from[name] === undefined || isRight(from[name]));
}

function isThing(value: unknown): boolean {
  return (
    isMembers(value) &&
    isText(value['kind']) &&
    isTexts(value['fields']) &&
    mayHave(value, ['currencies', 'e164'], isTexts)
  );
}

const placeTexts = [...['setting', 'typedPostcode', 'town', 'municipality', 'line', 'from', 'to', 'country']];
const contactTexts = ['name', 'phone', 'email', 'address', 'safeContact', 'forWhom'];

function isContact(value: unknown): boolean {
  if (!isMembers(value)) return false;
  if (value['kind'] === 'anonymous') return true;
  return (
    value['kind'] === 'named' &&
    areTexts(value, contactTexts) &&
    areFlags(value, ['asksProtection']) &&
    mayHave(value, ['e164', 'cpr'], isText) &&
    mayHave(value, ['hasCompanion'], (flag) => typeof flag === 'boolean')
  );
}

const fits: Readonly<Record<Answer['kind'], (answer: Members) => boolean>> = {
  skipped: () => true,
  unknown: () => true,
  choice: (answer) => isListOf(answer['codes'], isText) && isText(answer['note']),
  text: (answer) => isText(answer['text']) && mayHave(answer, ['e164'], isText),
  when: (answer) =>
    areTexts(answer, ['precision', 'start']) &&
    isTextOrNull(answer['end']) &&
    mayHave(answer, ['marks'], (marks) => isListOf(marks, isText)),
  place: (answer) =>
    isText(answer['words']) &&
    isTextOrNull(answer['postcode']) &&
    isTextOrNull(answer['municipalityCode']) &&
    mayHave(answer, placeTexts, isText),
  things: (answer) => isListOf(answer['things'], isThing),
  amount: (answer) => Number.isSafeInteger(answer['minorUnits']) && isText(answer['currency']),
  contact: (answer) => isContact(answer['contact']),
};

function isAnswerKind(kind: unknown): kind is Answer['kind'] {
  return typeof kind === 'string' && Object.hasOwn(fits, kind);
}

function isAnswered(value: unknown): value is AnsweredQuestion {
  if (!isMembers(value) || !isText(value['questionId']) || !isMembers(value['answer'])) return false;
  const kind = value['answer']['kind'];
  return isAnswerKind(kind) && fits[kind](value['answer']);
}

function isSummary(value: unknown): value is ReportSummary {
  return (
    isMembers(value) &&
    areTexts(value, ['reportId', 'reportType', 'districtId', 'route']) &&
    areFlags(value, ['isFallbackRouting', 'isAnonymous']) &&
    isTextOrAbsent(value['interpreterLanguage']) &&
    isLanguage(value['language']) &&
    isListOf(value['flags'], isText)
  );
}

function isSubmission(value: unknown): boolean {
  return (
    isMembers(value) &&
    areTexts(value, ['reportId', 'reportType']) &&
    isLanguage(value['language']) &&
    isTexts(value['gateAnswers']) &&
    areFlags(value, ['isUnder18']) &&
    isTextOrAbsent(value['interpreterLanguage']) &&
    isListOf(value['answers'], isAnswered)
  );
}

function isReport(value: unknown): value is Report {
  return (
    isMembers(value) &&
    areTexts(value, ['reportId', 'reference', 'kioskId', 'stationId', 'receivedAt', 'receivedLocal']) &&
    areFlags(value, ['isClockTrusted']) &&
    isSummary(value['summary']) &&
    isSubmission(value['submission'])
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The opened summary of this very report, or null when it is something else. */
export function parseSummary(text: string, reportId: string): ReportSummary | null {
  const value = parse(text);
  return isSummary(value) && value.reportId === reportId ? value : null;
}

/** The opened report with this id, or null when it is something else. */
export function parseReport(text: string, reportId: string): Report | null {
  const value = parse(text);
  return isReport(value) && value.reportId === reportId && value.submission.reportId === reportId
    ? value
    : null;
}
