import type { TextTree } from '../contract/content.ts';
import { spokenText } from '../domain/spoken-text.ts';
import { textAt } from '../domain/text-tree.ts';
import {
  namespacesOf,
  readStatus,
  readWords,
  sourceHash,
  sourceLanguage,
  wordsHash,
  type LocaleStatus,
  type Standing,
} from './locale-files.ts';
import { keysOf } from './needed-keys.ts';

/** What staff alone read is in no language of a visitor; the page of an intake is in English too. */
export const staffOnly = ['desk', 'district'];
const pluralForm = /_(zero|one|two|few|many|other)$/;

/** One string that a language needs, in the order of the Danish files. */
export interface LocaleString {
  readonly namespace: string;
  readonly key: string;
  readonly danish: string;
  /** Null where the language says nothing. */
  readonly words: string | null;
  readonly status: Standing;
  /** Made from other Danish words than today's. */
  readonly isStale: boolean;
}

/** Namespaces that every language has. */
export function sharedNamespaces(localesDir: string): string[] {
  return namespacesOf(localesDir, sourceLanguage).filter((name) => !staffOnly.includes(name));
}

/** A key without its plural form. */
export function baseOf(key: string): string {
  return key.replace(pluralForm, '');
}

/** Keys a language needs, each with the Danish words it says: every plural form of the language, not those of Danish. */
export function neededKeys(danish: TextTree, language: string): ReadonlyMap<string, string> {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const needed = new Map<string, string>();
  for (const key of keysOf(danish)) {
    const words = textAt(danish, key) ?? '';
    const other = pluralForm.test(key) ? textAt(danish, `${baseOf(key)}_other`) : null;
    if (other === null) needed.set(key, words);
    else
      for (const form of forms) {
        const own = `${baseOf(key)}_${form}`;
        needed.set(own, textAt(danish, own) ?? other);
      }
  }
  return needed;
}

interface Reading {
  readonly namespace: string;
  readonly status: LocaleStatus[string] | undefined;
  readonly isFileStale: boolean;
}

function standingOf(
  { status, isFileStale }: Reading,
  key: string,
  danish: string,
): Pick<LocaleString, 'status' | 'isStale'> {
  const own = status?.strings?.[key];
  if (own === undefined) return { status: status?.status ?? 'drafted', isStale: isFileStale };
  const isStale = own.source !== wordsHash(danish);
  return { status: isStale ? 'drafted' : own.status, isStale };
}

/** All strings of a language. The source itself counts as reviewed. */
export function stringsOf(localesDir: string, language: string): LocaleString[] {
  const isSource = language === sourceLanguage;
  const status = readStatus(localesDir, language);
  return sharedNamespaces(localesDir).flatMap((namespace) => {
    const own = readWords(localesDir, language, namespace);
    const reading: Reading = {
      namespace,
      status: status[namespace],
      isFileStale: status[namespace]?.sourceHash !== sourceHash(localesDir, namespace),
    };
    const needed = neededKeys(readWords(localesDir, sourceLanguage, namespace), language);
    return [...needed].map(([key, danish]): LocaleString => {
      const words = textAt(own, key);
      return {
        ...{ namespace, key, danish, words: words === null || words.trim() === '' ? null : words },
        ...(isSource ? { status: 'reviewed', isStale: false } : standingOf(reading, key, danish)),
      };
    });
  });
}

/** How far a language is. `drafted` and `reviewed` count strings that are there; `spoken` those that are read aloud. */
export interface LocaleCoverage {
  readonly strings: number;
  readonly missing: number;
  readonly stale: number;
  readonly drafted: number;
  readonly reviewed: number;
  readonly spoken: number;
}

/** Whether a voice has anything to say of these words. */
function isSayable(words: string | null, language: string): boolean {
  return words !== null && /[\p{L}\p{N}\p{S}]/u.test(spokenText(words, language));
}

/** @param voice the language whose voice was tried and sounded; null where there is none. */
export function coverageOf(strings: readonly LocaleString[], voice: string | null): LocaleCoverage {
  const present = strings.filter(({ words }) => words !== null);
  return {
    strings: strings.length,
    missing: strings.length - present.length,
    stale: present.filter(({ isStale }) => isStale).length,
    drafted: present.filter(({ status }) => status === 'drafted').length,
    reviewed: present.filter(({ status }) => status === 'reviewed').length,
    spoken: voice === null ? 0 : present.filter(({ words }) => isSayable(words, voice)).length,
  };
}

const sentenceEnd = /(?<=[.?:;؟])\s+|\n+/;

/** How many words the longest sentence has. */
export function longestSentence(words: string): number {
  return Math.max(
    0,
    ...words.split(sentenceEnd).map((sentence) => sentence.split(/\s+/).filter(Boolean).length),
  );
}

/** Places that are filled in: `{{count}}`. */
export function placesIn(words: string): string[] {
  return [...new Set([...words.matchAll(/\{\{\s*([\w.]+)/g)].map((match) => match[1] ?? ''))].toSorted();
}
