import { parseClock, writeClock } from './typed-clock.ts';

export interface TypedSpan {
  readonly from: string;
  readonly to: string;
}

/** Open times as somebody types them: `8-12, 13-16.30`; nothing is closed. Null: not understood. */
export function parseSpans(typed: string): TypedSpan[] | null {
  const parts = typed
    .replaceAll(/[–—]/g, '-')
    .split(/[,;]/)
    .map((part) => part.replaceAll(/\s/g, ''))
    .filter((part) => part !== '');
  const spans = parts.map((part) => {
    const [from = '', to = '', ...more] = part.split('-').map(parseClock);
    return from === null || to === null || from === '' || to === '' || more.length > 0 ? null : { from, to };
  });
  return spans.every((span) => span !== null) ? spans : null;
}

/** The same in one form: `08.00-12.00, 13.00-16.30`. */
export function writeSpans(spans: readonly TypedSpan[]): string {
  return spans.map(({ from, to }) => `${writeClock(from)}-${writeClock(to)}`).join(', ');
}
