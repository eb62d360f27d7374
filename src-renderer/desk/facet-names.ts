import { flagText, typeText } from '../../src-main/domain/render-answer-texts.ts';
import type { I18n } from '../i18n/i18n.svelte.ts';
import type { DeskSession } from '../state/desk-session.svelte.ts';
import { anonymousFlag, fallbackFlag, type Facet } from '../state/search-filters.ts';
import { asFirst, interpreterName } from './desk-words.ts';

/** What a value of a filter is called in Danish. */
export function createFacetNames(
  i18n: Pick<I18n, 't' | 'has'>,
  session: DeskSession,
): (facet: Facet, value: string) => string {
  const { t, has } = i18n;
  const flagName = (flag: string): string => {
    if (flag === fallbackFlag || flag === anonymousFlag)
      return t(`desk:report.tag.${flag === fallbackFlag ? 'fallback' : 'noContact'}`);
    const short = `desk:queue.flag.${flag}`;
    if (has(short)) return t(short);
    return flagText(session.texts?.content ?? {}, flag) ?? t('desk:report.tag.unknown');
  };
  return (facet, value) => {
    const { welcome, texts } = session;
    switch (facet) {
      case 'type':
        return typeText(texts?.content ?? {}, value) ?? t('desk:queue.oldType');
      case 'language':
        return asFirst(t(`desk:language.${value}`));
      case 'interpreter':
        return asFirst(interpreterName(welcome?.content, value));
      case 'flag':
        return flagName(value);
      case 'district':
        return welcome?.districts.find(({ id }) => id === value)?.name ?? value;
    }
  };
}
