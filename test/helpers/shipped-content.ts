import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { Question, ReportType } from '../../src-main/contract/content.ts';
import { languages } from '../../src-main/contract/ids.ts';
import { submissionSchema } from '../../src-main/contract/report.ts';
import type { RightsClaim, RightsTopic } from '../../src-main/contract/rights.ts';
import { loadContent } from '../../src-main/content/load-content.ts';

/* What ships, loaded once, with short ways to ask about it. */
const resourcesDir = path.resolve(import.meta.dirname, '..', '..', 'resources');
const options = { resourcesDir, today: '2026-11-21' };
export const { library } = await loadContent({ ...options, isDemonstration: false });
export const { library: demonstration } = await loadContent({ ...options, isDemonstration: true });

export function words(language: string, key: string): string {
  const [namespace = '', place = ''] = key.split(':');
  const file = readFileSync(path.join(resourcesDir, 'locales', language, `${namespace}.json`), 'utf8');
  let found: unknown = JSON.parse(file);
  for (const part of place.split('.'))
    found = typeof found === 'object' && found !== null ? Reflect.get(found, part) : undefined;
  return typeof found === 'string' ? found : '';
}

/** Words that stand there in every language; `holding` what no translation may lose. */
export function says(key: string, ...holding: readonly string[]): void {
  for (const language of languages) {
    const text = words(language, key);
    expect(text.trim(), `${language} ${key}`).not.toBe('');
    for (const part of holding) expect(text, `${language} ${key}`).toContain(part);
  }
}

export function typeOf(id: string): ReportType {
  const { reportTypes, otherTypes } = library.content;
  const found = [...reportTypes, ...otherTypes].find((type) => type.id === id);
  if (found === undefined) throw new Error(`no type ${id}`);
  return found;
}

export function question(typeId: string, id: string): Question {
  const found = typeOf(typeId).questions.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`${typeId} does not ask ${id}`);
  return found;
}

export function optionsOf(typeId: string, id: string) {
  const found = question(typeId, id);
  return found.kind === 'choice' ? found.options : [];
}

export function topic(id: string): RightsTopic {
  const found = library.content.rightsTopics.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no topic ${id}`);
  return found;
}

/** A claim of the rights with its source and its words in every language. */
export function claim(topicId: string, id: string, ...holding: readonly string[]): RightsClaim {
  const found = topic(topicId).claims.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`${topicId} does not say ${id}`);
  expect(found.sources.length).toBeGreaterThan(0);
  says(`rights:${topicId}.claim.${id}.text`, ...holding);
  return found;
}

export const number = (id: string): string | undefined =>
  library.content.phoneNumbers.find((candidate) => candidate.id === id)?.number;
export const gate = (id: string) => library.content.gates.find((candidate) => candidate.id === id);
export const body = (id: string): string => `content:type.${id}.body`;

/** Everything that ships as words or facts. */
export function shippedText(): string {
  const files = (folder: string): string[] =>
    readdirSync(folder).flatMap((name) => {
      const file = path.join(folder, name);
      if (statSync(file).isDirectory()) return files(file);
      return /\.(json|csv)$/.test(name) ? [readFileSync(file, 'utf8')] : [];
    });
  return files(resourcesDir).join('\n');
}
export const withoutSpaces = (text: string): string => text.replaceAll(/\s/g, '');

/** A report as the border takes it; answers are checked by the contract. */
export function submission(reportType: string, answers: readonly unknown[] = []) {
  return submissionSchema.parse({
    reportId: '0196e2c1-7a10-7000-8000-000000000001',
    language: 'ar',
    reportType,
    gateAnswers: {},
    isUnder18: false,
    answers,
  });
}

export const choice = (questionId: string, ...codes: readonly string[]) => ({
  questionId,
  answer: { kind: 'choice', codes, note: '' },
});
