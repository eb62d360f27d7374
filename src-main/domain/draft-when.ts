import type { Answer, WhenMark } from '../contract/answer.ts';
import { clockChange } from './clock-change.ts';
import { toLatinDigits } from './digits.ts';
import type { WhenInput } from './draft-input.ts';
import { isCalendarDate, timeOfDigits } from './visit-when.ts';

export type WhenProblem = 'empty' | 'date-missing' | 'no-such-date' | 'no-such-time';
export type WhenAnswer = Extract<Answer, { kind: 'when' }>;

/** The station's own time, `2026-11-20T14:32`, and whether it may be held against a visitor. */
export interface WhenClock {
  readonly localTime: string;
  readonly isTrusted: boolean;
}

/** A mark of an answer, and the field where its sentence stands. */
export interface WhenOddity {
  readonly mark: WhenMark;
  readonly field: string;
}

export type WhenResult =
  | { readonly ok: true; readonly answer: WhenAnswer; readonly oddities: readonly WhenOddity[] }
  | { readonly ok: false; readonly problem: WhenProblem; readonly field: string };

/** Beyond this a wrong year is likelier than a late report. */
const longAgoYears = 20;

type Name = 'start' | 'end';
type Point = { readonly at: string } | { readonly problem: WhenProblem; readonly field: string };

function point(date: string, time: string, name: Name): Point {
  if (date === '') return { problem: 'date-missing', field: `${name}-date` };
  if (!isCalendarDate(date)) return { problem: 'no-such-date', field: `${name}-date` };
  if (time.trim() === '') return { at: date };
  const hours = timeOfDigits(toLatinDigits(time).trim());
  return hours === null ? { problem: 'no-such-time', field: `${name}-time` } : { at: `${date}T${hours}` };
}

const changeMarks = { skipped: 'skipped-hour', repeated: 'repeated-hour' } as const;

function odditiesOf(at: string, name: Name, { localTime, isTrusted }: WhenClock): WhenOddity[] {
  const found: WhenOddity[] = [];
  const change = clockChange(at);
  if (change !== null) found.push({ mark: changeMarks[change], field: `${name}-time` });
  if (!isTrusted) return found;
  // A bare day lies in the future only from the next day on.
  if (at > localTime.slice(0, at.length)) found.push({ mark: 'future', field: `${name}-date` });
  if (Number(localTime.slice(0, 4)) - Number(at.slice(0, 4)) > longAgoYears)
    found.push({ mark: 'long-ago', field: `${name}-date` });
  return found;
}

function answer(
  precision: WhenAnswer['precision'],
  start: string,
  end: string | null,
  oddities: readonly WhenOddity[],
): WhenResult {
  const marks = [...new Set(oddities.map(({ mark }) => mark))];
  const told = { kind: 'when', precision, start, end } as const;
  return { ok: true, answer: marks.length === 0 ? told : { ...told, marks }, oddities };
}

/** A time out of the fields. What is odd about it is said and kept: nobody has to tell a time that our clock likes. */
export function readWhen(input: WhenInput, clock: WhenClock): WhenResult {
  const { precision } = input;
  if (precision === null) return { ok: false, problem: 'empty', field: 'precision' };
  const start = point(input.startDate, precision === 'day' ? '' : input.startTime, 'start');
  if ('problem' in start) return { ok: false, ...start };
  const atStart = odditiesOf(start.at, 'start', clock);
  if (precision !== 'between') {
    // A moment without an hour is a day: nobody is sent back to invent one.
    return answer(start.at.length === 10 ? 'day' : precision, start.at, null, atStart);
  }
  const end = point(input.endDate, input.endTime, 'end');
  if ('problem' in end) return { ok: false, ...end };
  const shared = Math.min(start.at.length, end.at.length);
  const isTurned = end.at.slice(0, shared) < start.at.slice(0, shared);
  const turned: WhenOddity[] = isTurned ? [{ mark: 'end-before-start', field: 'end-date' }] : [];
  return answer('between', start.at, end.at, [...turned, ...atStart, ...odditiesOf(end.at, 'end', clock)]);
}
