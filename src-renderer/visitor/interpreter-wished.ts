import type { I18n } from '../i18n/i18n.svelte.ts';
import type { Visit } from '../state/visit.svelte.ts';

/** The interpreter of the report: the language on screen, unless another one was wished for. */
export function interpreterWished(
  { session, kiosk }: Visit,
  i18n: I18n,
): { readonly tag: string; readonly endonym: string } {
  const tag = session.interpreterWish ?? i18n.language;
  const known = kiosk.content?.interpreterLanguages.languages.find((one) => one.tag === tag);
  return { tag, endonym: known?.endonym ?? i18n.t('tile:name') };
}
