import { toLatinDigits } from './digits.ts';

export interface TypedSpan {
  readonly from: string;
  readonly to: string;
}

/** `8`, `08.30`, `8:30`, `24`. */
function clock(typed: string): string | null {
  const [, hours, minutes = '00'] = /^(\d{1,2})(?:[.:](\d{2}))?$/.exec(typed) ?? [];
  if (hours === undefined) return null;
  const time = `${hours.padStart(2, '0')}:${minutes}`;
  return /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time) ? time : null;
}

/** Open times as somebody types them: `8-12, 13-16.30`; nothing is closed. Null: not understood. */
export function parseSpans(typed: string): TypedSpan[] | null {
  const parts = toLatinDigits(typed)
    .replaceAll(/[–—]/g, '-')
    .split(/[,;]/)
    .map((part) => part.replaceAll(/\s/g, ''))
    .filter((part) => part !== '');
  const spans = parts.map((part) => {
    const [from = '', to = '', ...more] = part.split('-').map(clock);
    return from === null || to === null || from === '' || to === '' || more.length > 0 ? null : { from, to };
  });
  return spans.every((span) => span !== null) ? spans : null;
}

/** The same in one form: `08.00-12.00, 13.00-16.30`. */
export function writeSpans(spans: readonly TypedSpan[]): string {
  return spans.map(({ from, to }) => `${from}-${to}`.replaceAll(':', '.')).join(', ');
}
