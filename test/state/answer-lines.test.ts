import { expect, test } from 'vitest';
import type { Answer } from '../../src-main/contract/answer.ts';
import { createI18n } from '../../src-renderer/i18n/i18n.svelte.ts';
import type { Language } from '../../src-renderer/i18n/languages.ts';
import { answerLines } from '../../src-renderer/visitor/answer-lines.ts';
import { shippedContent } from '../helpers/fake-visitor-api.ts';

/* What a visitor reads back before sending. */

const context = { thisYear: '2026', interpreter: 'ትግርኛ' };

/** One answer in one language, without the marks that keep directions apart. */
async function read(language: Language, id: string, answer: Answer): Promise<string> {
  const type = shippedContent().reportTypes.find((one) => one.id === 'stolen-things');
  const question = type?.questions.find((one) => one.id === id);
  if (question === undefined) expect.fail(`${id} is shipped`);
  const i18n = createI18n({ namespaces: ['content', 'visitor'] });
  await i18n.useLanguage(language);
  const lines = answerLines(i18n, question, answer, context);
  return lines.map(({ pieces }) => pieces.join(', ').replaceAll(/[\u2066-\u2069]/gu, '')).join(' / ');
}

test('"about" stands beside the hour, never before the day', async () => {
  const about = { kind: 'when', precision: 'about', start: '2026-11-20T15:00', end: null } as const;
  expect(await read('da', 'when', about)).toBe('fredag 20. november, cirka kl. 15.00');
  expect(await read('en', 'when', about)).toBe('Friday 20 November, about 15:00');
  expect(await read('ar', 'when', about)).toBe('الجمعة، 20 نوفمبر، حوالي الساعة 15:00');
});

test('a wish for an interpreter is read back with its language', async () => {
  const help = { kind: 'choice', codes: ['interpreter'], note: '' } as const;
  for (const language of ['da', 'en', 'ar'] as const)
    expect(await read(language, 'help', { ...help, codes: [...help.codes] })).toContain('(ትግርኛ)');
});
