import { expect, it } from 'vitest';
import { judgeRestore, type RestoreCase } from '../../src-main/app/restore-rules.ts';
import { kioskIdSchema } from '../../src-main/contract/ids.ts';

/* Putting a backup back loses no report that only this kiosk holds, and gives no number of an event twice. */

const id = (text: string) => kioskIdSchema.parse(text);
const head = { sequence: 7, hash: 'a'.repeat(64) };
const facts: RestoreCase['facts'] = {
  owner: { kioskId: id('07-120'), mode: 'enrolled' },
  head,
  newestEventAt: '2026-11-20T12:00:00.000Z',
  deliveredThrough: 5,
  reports: 6,
  auditLines: 20,
  stationKeyId: null,
  changed: [],
};
const fresh = { kioskId: id('07-121'), mode: 'enrolled' } as const;
const same = { kioskId: id('07-120'), mode: 'enrolled' } as const;
const readable = (sequence: number, undelivered: number) =>
  ({ kind: 'readable', head: { sequence, hash: 'b'.repeat(64) }, undelivered }) as const;
const judge = (changes: Partial<RestoreCase>): string | null =>
  judgeRestore({
    file: '/b.db',
    facts,
    identity: fresh,
    there: { kind: 'nothing' },
    acceptsChanged: false,
    ...changes,
  });

it.each<[string, Partial<RestoreCase>]>([
  ['under a new number, on a new disk', {}],
  ['under a new number, over a database that cannot be read', { there: { kind: 'unreadable' } }],
  ['under a new number, over one whose newer events the district has', { there: readable(9, 0) }],
  [
    'under its own number, where nothing was made since',
    { identity: same, there: { kind: 'readable', head, undelivered: 0 } },
  ],
  [
    'under its own number, when it never had an event',
    {
      identity: same,
      facts: { ...facts, head: { sequence: 0, hash: '0'.repeat(64) } },
    },
  ],
  [
    'of a demonstration, from which nothing reaches the police',
    {
      facts: { ...facts, owner: { kioskId: id('00-000'), mode: 'demonstration' } },
      identity: { kioskId: id('00-000'), mode: 'demonstration' },
      there: readable(9, 4),
    },
  ],
])('a backup is put back %s', (_story, changes) => {
  expect(judge(changes)).toBeNull();
});

it.each<[string, Partial<RestoreCase>, string]>([
  ['its own number on a new disk', { identity: same }, 'never used'],
  ['its own number over a damaged database', { identity: same, there: { kind: 'unreadable' } }, 'never used'],
  ['its own number over a newer history', { identity: same, there: readable(9, 0) }, 'never used'],
  ['events that are nowhere else', { there: readable(9, 2) }, '2 of its events'],
  [
    'another district',
    { identity: { kioskId: id('01-121'), mode: 'enrolled' } },
    'sealed for another district',
  ],
  ['a demonstration', { identity: { kioskId: id('00-000'), mode: 'demonstration' } }, 'demonstration'],
  ['a database no kiosk ever had', { facts: { ...facts, owner: null } }, 'no kiosk'],
  ['a changed line', { facts: { ...facts, changed: ['line 3 is missing'] } }, '--as-it-is'],
])('a backup is not put back, with a sentence why: %s', (_story, changes, words) => {
  expect(judge(changes)).toContain(words);
});

it('what was changed from outside is put back only by somebody who has read that it was', () => {
  expect(judge({ facts: { ...facts, changed: ['line 3 is missing'] }, acceptsChanged: true })).toBeNull();
});
