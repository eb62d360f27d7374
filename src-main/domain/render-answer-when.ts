import type { Answer } from '../contract/answer.ts';
import type { Words } from './render-answer-lines.ts';

type When = Extract<Answer, { kind: 'when' }>;

/** `20.11.2026` of a local date or time. */
export function danishDate(local: string): string {
  const [year = '', month = '', day = ''] = local.slice(0, 10).split('-');
  return `${day}.${month}.${year}`;
}

/** `14.32` of a local time, or null when only the day is known. */
export function danishTime(local: string): string | null {
  return local.length > 10 ? local.slice(11, 16).replace(':', '.') : null;
}

function point(local: string): string {
  const time = danishTime(local);
  return time === null ? danishDate(local) : `${danishDate(local)} kl. ${time}`;
}

/** `20.11.2026 kl. 12.00–12.30`: the moment or the span as a Danish officer writes it. */
export function renderWhen(answer: When, words: Words): string {
  if (answer.precision === 'day' || danishTime(answer.start) === null) {
    const day = words('answer.dayOnly', { date: danishDate(answer.start) });
    return answer.end === null ? day : `${danishDate(answer.start)} – ${point(answer.end)}`;
  }
  if (answer.precision === 'about')
    return words('answer.about', { date: danishDate(answer.start), time: danishTime(answer.start) ?? '' });
  if (answer.precision === 'exact' || answer.end === null) return point(answer.start);
  const endTime = danishTime(answer.end);
  const isSameDay = answer.end.startsWith(answer.start.slice(0, 10));
  if (isSameDay && endTime !== null) return `${point(answer.start)}–${endTime}`;
  return `${point(answer.start)} – ${point(answer.end)}`;
}

/** What was odd about it and was kept, in Danish. */
export function whenMarks(answer: When, words: Words): readonly string[] {
  return (answer.marks ?? []).map((mark) => words(`answer.whenMark.${mark}`));
}
