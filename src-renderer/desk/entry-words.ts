import type { I18n } from '../i18n/i18n.svelte.ts';

/** `14.05` today, `19.11.2026 kl. 14.05` otherwise. */
export function moment({ formatDateTime }: I18n, at: string, now: number): string {
  const time = formatDateTime(at, 'time');
  const date = formatDateTime(at, 'shortDate');
  return formatDateTime(now, 'shortDate') === date ? time : `${date} kl. ${time}`;
}
