import { describe, expect, test } from 'vitest';
import { createI18n } from '../../src-renderer/i18n/i18n.svelte.ts';
import type { LoadTexts, Texts } from '../../src-renderer/i18n/text-store.ts';

const words: Record<string, Texts> = {
  da: { hello: 'Goddag', onlyDanish: 'Kun dansk', missingText: 'Spørg personalet.' },
  en: {
    hello: 'Hello',
    days_one: '{{count}} day',
    days_other: '{{count}} days',
    missingText: 'Ask the staff.',
  },
  ar: { hello: 'مرحبًا' },
};

const load: LoadTexts = async (language) => words[language];

describe('the texts of a window', () => {
  test('the old words stay until the new ones are here', async () => {
    const gate = Promise.withResolvers<Texts>();
    const i18n = createI18n({
      load: async (language) => (language === 'en' ? gate.promise : words[language]),
    });
    await i18n.useLanguage('da');
    const switching = i18n.useLanguage('en');
    expect([i18n.language, i18n.t('ui:hello')]).toEqual(['da', 'Goddag']);
    gate.resolve(words['en'] ?? {});
    await switching;
    expect([i18n.language, i18n.t('ui:hello'), i18n.tDanish('ui:hello')]).toEqual(['en', 'Hello', 'Goddag']);
  });

  test('of two switches the last one wins, however slow the first', async () => {
    const gate = Promise.withResolvers<Texts>();
    const i18n = createI18n({
      load: async (language) => (language === 'en' ? gate.promise : words[language]),
    });
    const slow = i18n.useLanguage('en');
    await i18n.useLanguage('ar');
    gate.resolve(words['en'] ?? {});
    await slow;
    expect([i18n.language, i18n.dir]).toEqual(['ar', 'rtl']);
  });

  test('a fetch that failed is tried again', async () => {
    let attempts = 0;
    const i18n = createI18n({
      load: async (language) => {
        attempts += 1;
        if (attempts === 1) throw new Error('cable');
        return words[language];
      },
    });
    await expect(i18n.useLanguage('da')).rejects.toThrow('cable');
    await i18n.useLanguage('da');
    expect(i18n.t('ui:hello')).toBe('Goddag');
  });

  test('nobody reads a bare key: Danish first, then a sentence, and both are counted', async () => {
    const seen: string[] = [];
    const i18n = createI18n({ load, onMissing: (key, language) => seen.push(`${language} ${key}`) });
    await i18n.useLanguage('en');
    expect(i18n.t('ui:onlyDanish')).toBe('Kun dansk');
    expect(i18n.t('ui:nowhere')).toBe('Ask the staff.');
    i18n.t('ui:nowhere');
    expect(i18n.missing.get('en ui:nowhere')).toBe(2);
    expect(seen).toEqual(['en ui:onlyDanish', 'en ui:nowhere', 'da ui:nowhere']);
  });

  test('texts of the kiosk join, plurals and variables work, and `has` knows no fallback', async () => {
    const i18n = createI18n({ load });
    await i18n.useLanguage('en');
    expect([i18n.t('ui:days', { count: 1 }), i18n.t('ui:days', { count: 3 })]).toEqual(['1 day', '3 days']);
    i18n.addServedTexts('da', 'gates', { danger: { title: 'Er der fare, {{who}}?' } });
    expect(i18n.t('gates:danger.title', { who: '<dig>' })).toBe('Er der fare, <dig>?');
    expect([i18n.has('gates:danger.title'), i18n.has('gates:danger.title', 'da')]).toEqual([false, true]);
  });

  test('station time in three languages, Latin digits everywhere', async () => {
    const i18n = createI18n({ load });
    const at = '2026-11-20T13:32:00Z';
    expect(i18n.formatDateTime(at, 'time')).toBe('14.32');
    expect(i18n.formatDateTime(at, 'date')).toMatch(/fredag.*20\. november 2026/);
    expect(i18n.formatDateTime('2026-07-01T22:30:00Z', 'time', 'en')).toBe('00:30');
    expect(i18n.formatDateTime(at, 'dateTime', 'ar')).toMatch(/14:32$/);
    expect(i18n.formatDateTime(at, 'dateTime', 'ar')).not.toMatch(/[٠-٩]/);
    expect(i18n.formatDateTime('2026-02-31 nonsense')).toBe('');
  });
});
