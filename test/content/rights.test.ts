import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { languages } from '../../src-main/contract/ids.ts';
import { keysOf } from '../../src-main/content/needed-keys.ts';
import { loadContent } from '../../src-main/content/load-content.ts';
import type { ContentLibrary } from '../../src-main/domain/ports.ts';
import { offeredTopics, shownClaims } from '../../src-main/domain/rights.ts';
import { textAt } from '../../src-main/domain/text-tree.ts';

const resourcesDir = path.resolve(import.meta.dirname, '..', '..', 'resources');
const shipped = { resourcesDir, today: '2026-11-21', isDemonstration: true };

/** The question of the source that each topic answers, as it numbers them; what is ours besides has none. */
const questions: Readonly<Record<string, number | null>> = {
  'report-a-crime': 1,
  'follow-up': 2,
  investigation: 3,
  witness: 4,
  children: 5,
  information: 6,
  lawyer: 7,
  protection: 8,
  support: 9,
  mediation: 10,
  'after-investigation': 11,
  complaint: 12,
  foreigners: 13,
  'what-happens-next': null,
  compensation: null,
  relatives: null,
};

let library: ContentLibrary;
beforeAll(async () => {
  ({ library } = await loadContent(shipped));
});

describe('the rights that ship', () => {
  test('answer the 13 questions, and no topic is there that nobody counted', () => {
    expect(library.content.rightsTopics.map(({ id }) => id).toSorted()).toEqual(
      Object.keys(questions).toSorted(),
    );
    const answered = Object.values(questions).filter((number) => number !== null);
    expect(answered.toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 13 }, (_, at) => at + 1),
    );
  });

  test('every statement has words in every language, and every words of a topic belong to a statement', () => {
    for (const language of languages) {
      const { rights } = library.texts(language).texts;
      const expected = library.content.rightsTopics.flatMap(({ id, claims }) =>
        claims.map((claim) => `${id}.claim.${claim.id}.text`),
      );
      expect(
        keysOf(rights)
          .filter((key) => /\.claim\..*\.text$/.test(key))
          .toSorted(),
      ).toEqual(expected.toSorted());
    }
  });

  test('never call a directive of the European Union the law', () => {
    const law = /direktiv|directive|توجيه الاتحاد|2012\/29|EU-ret\b|EU law/i;
    for (const language of languages)
      for (const namespace of ['rights', 'content', 'gates'] as const) {
        const texts = library.texts(language).texts[namespace];
        const cited = keysOf(texts).filter((key) => law.test(textAt(texts, key) ?? ''));
        expect(cited, `${language} ${namespace}`).toEqual([]);
      }
    expect(JSON.stringify(library.content.sources)).not.toMatch(law);
  });

  test('72 hours never stand without what takes them back: may be waived, and for whom they do not count', () => {
    const needed = {
      da: [/kan fraviges/, /ikke voldtægt, incest og seksuelt misbrug af børn efter 1\. april 2016/],
      en: [/may be waived/, /not apply to rape, incest and child sexual abuse after 1 April 2016/],
      uk: [
        /виняток/,
        /не діє для зґвалтування, інцесту та сексуального насильства над дітьми після 1 квітня 2016 року/,
      ],
      pl: [
        /wyjątki/,
        /Nie dotyczy on zgwałcenia, kazirodztwa i wykorzystywania seksualnego dzieci po 1 kwietnia 2016 r\./,
      ],
      ro: [/excepții/, /nu se aplică pentru viol, incest și abuz sexual asupra copiilor după 1 aprilie 2016/],
      tr: [
        /istisna/,
        /1 Nisan 2016’dan sonraki tecavüz, ensest ve çocuğun cinsel istismarı için geçerli değildir/,
      ],
      de: [
        /Ausnahmen/,
        /nicht für Vergewaltigung, Inzest und sexuellen Missbrauch von Kindern nach dem 1\. April 2016/,
      ],
      ar: [/الاستثناء/, /لا تنطبق على الاغتصاب وسفاح القربى والاعتداء الجنسي على الأطفال بعد 1 أبريل 2016/],
    };
    for (const language of languages) {
      const { rights } = library.texts(language).texts;
      const texts = keysOf(rights)
        .filter((key) => key.endsWith('.text'))
        .map((key) => textAt(rights, key) ?? '')
        .filter((text) => text.includes('72'));
      expect(texts.length, language).toBeGreaterThan(0);
      for (const text of texts) for (const caveat of needed[language]) expect(text).toMatch(caveat);
    }
  });

  test('six months and four weeks are rules: the court decides, and no day is counted for a complaint', () => {
    const { rights } = library.texts('da').texts;
    const withMonths = keysOf(rights).filter((key) => /6 måneder/.test(textAt(rights, key) ?? ''));
    for (const key of [...withMonths, 'fact.months']) expect(textAt(rights, key)).toMatch(/[Rr]etten afgør/);
    const complaint = library.content.rightsTopics.find(({ id }) => id === 'complaint');
    expect(complaint?.claims.filter(({ deadlineHours }) => deadlineHours !== undefined)).toEqual([]);
    expect(textAt(rights, 'complaint.claim.limit.text')).toMatch(/4 uger/);
  });

  test('violence and sexual abuse: a lawyer, protection and support come first, meeting the offender never', () => {
    for (const id of ['assault', 'partner-violence', 'sexual-abuse']) {
      const type = library.content.otherTypes.find((one) => one.id === id);
      if (type === undefined) throw new Error(`${id} is gone`);
      const visitor = { language: 'da', isUnder18: false, type, gateAnswers: {} } as const;
      const { first, rest } = offeredTopics(library.content.rightsTopics, visitor);
      const ids = first.map((topic) => topic.id);
      for (const wanted of ['lawyer', 'protection', 'support']) expect(ids, id).toContain(wanted);
      expect([...ids, ...rest.map((topic) => topic.id)], id).not.toContain('mediation');
      expect(type.phoneNumbers, id).toContain('victim-support');
    }
  });

  test('every type has somebody to call, and each number a source', () => {
    const { reportTypes, otherTypes, phoneNumbers } = library.content;
    const people = [...reportTypes, ...otherTypes].filter(({ group }) => group === 'people');
    expect(people.length).toBeGreaterThan(3);
    for (const { id, phoneNumbers: own } of people) expect(own.length, id).toBeGreaterThan(0);
    for (const { number, source } of phoneNumbers) expect(source, number).not.toBe('');
  });

  test('years later what could harm when it is old is gone, the rest carries its mark', () => {
    const later = '2030-01-01';
    const hidden = library.content.rightsTopics.flatMap((topic) => {
      const shown = shownClaims(topic, later).claims.map(({ claim }) => claim.id);
      return topic.claims.filter(({ id }) => !shown.includes(id)).map(({ id }) => `${topic.id}.${id}`);
    });
    expect(hidden).toEqual([
      'report-a-crime.compensation-limit',
      'report-a-crime.insults',
      'support.psychologist',
      'compensation.limit',
    ]);
  });
});

describe('rights with a mistake in them', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'rights-'));
    for (const part of ['content', 'locales'])
      cpSync(path.join(resourcesDir, part), path.join(folder, part), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test.each<[string, string, string | RegExp, string, RegExp]>([
    [
      'a source nobody described',
      'content/dk/rights.json',
      '"sources": ["this-screen"]',
      '"sources": ["hearsay"]',
      /^dk\/rights\.json: follow-up\.this-slip\.sources: expected the id of a source, found "hearsay"\.$/,
    ],
    [
      'a statement twice',
      'content/dk/rights.json',
      '"id": "danger"',
      '"id": "where"',
      /^dk\/rights\.json: report-a-crime: expected "where" only once\.$/,
    ],
    [
      'a limit that its words do not say',
      'locales/en/rights.json',
      /within 72 hours(?=[^"]*"\n\s*\},\n\s*"later")/,
      'within three days',
      /^en\/rights\.json: compensation\.claim\.limit\.text: expected the number 72 in these words\.$/,
    ],
    [
      'a meeting with the offender offered after violence at home',
      'content/dk/report-types/partner-violence.json',
      '"support"',
      '"mediation"',
      /partner-violence\.json: rightsTopics: expected no topic that is never offered here, found "mediation"\.$/,
    ],
    [
      'a gate answer that is not there',
      'content/dk/rights.json',
      /"codes": \["force"/,
      '"codes": ["rage"',
      /^dk\/rights\.json: mediation\.neverAfter: expected an answer of the gate "force", found "rage"\.$/,
    ],
    [
      'a statement without words',
      'content/dk/rights.json',
      '"id": "tell-all"',
      '"id": "tell-some"',
      /^da\/rights\.json: report-a-crime\.claim\.tell-some\.text: expected words for this id of content\.$/,
    ],
    [
      'a statement nobody will look at again',
      'content/dk/rights.json',
      '"reviewBy": "2027-02-20"',
      '"reviewBy": "2099-01-01"',
      /^dk\/rights\.json: report-a-crime\.where\.reviewBy: expected a day within a year after/,
    ],
  ])('%s', async (_name, file, from, to, sentence) => {
    const whole = path.join(folder, file);
    const before = readFileSync(whole, 'utf8');
    const after = before.replace(from, to);
    expect(after, `the test changes ${file}`).not.toBe(before);
    writeFileSync(whole, after);
    const { problems } = await loadContent({ ...shipped, resourcesDir: folder });
    expect(
      problems.map(({ file: where, path: place, message }) => `${where}: ${place}: ${message}`),
    ).toContainEqual(expect.stringMatching(sentence));
  });
});
