import { expect, it, test } from 'vitest';
import type { Answer, Contact } from '../../src-main/contract/answer.ts';
import type { Report } from '../../src-main/contract/report.ts';
import { LikenessIndex, likenessKeys, type Likeness } from '../../src-main/domain/duplicates.ts';
import { arabicReport, makeReport } from '../helpers/fake-desk-reports.ts';

type Answers = Readonly<Record<string, Answer>>;

function report(answers: Answers, sequence = 1): Report {
  return makeReport({ ...arabicReport, answers }, sequence);
}

function thing(fields: Readonly<Record<string, string>>): Answers {
  return { things: { kind: 'things', things: [{ kind: 'phone', fields }] } };
}

/** Why the two are taken for one matter; nothing: they are not. */
function alike(one: Answers, other: Answers): readonly Likeness[] {
  const index = new LikenessIndex();
  index.add('one', likenessKeys(report(one, 1)));
  index.add('other', likenessKeys(report(other, 2)));
  const [found] = index.likeTo('one');
  expect(index.likeTo('other').map(({ likenesses }) => likenesses)).toEqual(
    found === undefined ? [] : [found.likenesses],
  );
  return found?.likenesses ?? [];
}

test.each([
  ['an IMEI with and without its check digit', 'imei', '356938035643809', '35 693803 564380'],
  ['an IMEI in Arabic digits, with the version behind it', 'imei', '٣٥٦٩٣٨٠٣٥٦٤٣٨٠٩', '3569380356438012'],
  ['a plate with and without spaces', 'plate', 'AB 12 345', 'ab12345'],
  ['a vehicle number', 'vin', 'WVW ZZZ1JZ 3W386752', 'wvwzzz1jz3w386752'],
  ['a frame number', 'frame-number', 'WBK-123.456 K', 'wbk123456k'],
  ['a serial number', 'serial-number', 'SN 00-17-42', 'sn001742'],
] as const)('%s is the same thing', (_story, field, one, other) => {
  expect(alike(thing({ [field]: one }), thing({ [field]: other }))).toEqual([field]);
});

test.each([
  ['other digits', 'imei', '356938035643809', '356938035643817'],
  ['half an IMEI', 'imei', '3569380', '3569380'],
  ['"unknown"', 'serial-number', 'ukendt', 'ukendt'],
  ['noughts', 'frame-number', '00000000', '00000000'],
  ['a number that many things have', 'serial-number', '1234', '1234'],
] as const)('%s say nothing', (_story, field, one, other) => {
  expect(alike(thing({ [field]: one }), thing({ [field]: other }))).toEqual([]);
});

type Named = Extract<Contact, { kind: 'named' }>;
const named: Named = {
  kind: 'named',
  name: 'Ægir Ødegård',
  phone: '22 00 00 01',
  ...{ email: '', address: '', safeContact: '', asksProtection: false },
  forWhom: 'me',
};

function told(changes: Partial<Named>, day: string, postcode: string): Answers {
  return {
    when: { kind: 'when', precision: 'exact', start: `${day}T12:00`, end: null },
    where: { kind: 'place', postcode, municipalityCode: null, words: '' },
    contact: { kind: 'contact', contact: { ...named, ...changes } },
  };
}

it('the same person counts on the same day in the same place only', () => {
  const first = told({}, '2026-11-20', '9999');
  expect(alike(first, told({ phone: '+45 22000001' }, '2026-11-20', '9999'))).toEqual(['phone', 'name']);
  expect(alike(first, told({ phone: '', name: 'Oedegaard, Aegir' }, '2026-11-20', '9999'))).toEqual(['name']);
  expect(alike(first, told({}, '2026-11-21', '9999'))).toEqual([]);
  expect(alike(first, told({}, '2026-11-20', '9998'))).toEqual([]);
});

it('whoever asked to be kept out of sight is not pointed at by a telephone number', () => {
  const first = told({}, '2026-11-20', '9999');
  expect(alike(first, told({ asksProtection: true }, '2026-11-20', '9999'))).toEqual([]);
});

it('a report that is gone is like nothing any more', () => {
  const index = new LikenessIndex();
  const keys = likenessKeys(report(thing({ plate: 'AB 12 345' })));
  index.add('one', keys);
  index.add('other', keys);
  index.remove('other');
  expect(index.likeTo('one')).toEqual([]);
});
