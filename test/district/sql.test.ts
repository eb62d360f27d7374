import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const folder = path.join(import.meta.dirname, '../../src-district');

/** What a distributed database that speaks PostgreSQL's wire has not, or has in another way. */
const forbidden: readonly (readonly [string, RegExp])[] = [
  ['trigger', /\bTRIGGER\b/i],
  ['function of its own', /\bCREATE\s+(OR\s+REPLACE\s+)?(FUNCTION|PROCEDURE)\b/i],
  ['block of code', /\bDO\s+\$/i],
  ['LISTEN or NOTIFY', /\b(UN)?LISTEN\b|\bNOTIFY\b|\bpg_notify\b/],
  ['advisory lock', /\bpg_(try_)?advisory/i],
  ['lock of a whole table', /\bLOCK\s+TABLE\b/i],
  ['temporary table', /\bTEMP(ORARY)?\s+TABLE\b/i],
  ['extension', /\bCREATE\s+EXTENSION\b/i],
  ['numbers from one place', /\b(BIG)?SERIAL\b|\bCREATE\s+SEQUENCE\b|\bnextval\b/i],
];

/** Comments tell about what is not done. */
const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*(--|\/\/).*$/gm, '');

const complaints = (name: string, text: string): string[] =>
  forbidden.flatMap(([what, pattern]) => (pattern.test(withoutComments(text)) ? [`${name}: ${what}`] : []));

it('the intake asks nothing of its database that a distributed one does not have', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(ts|sql)$/.test(name),
  );
  expect(files.length).toBeGreaterThan(15);
  expect(files.flatMap((name) => complaints(name, readFileSync(path.join(folder, name), 'utf8')))).toEqual(
    [],
  );
});

it.each([
  'CREATE TRIGGER t AFTER INSERT ON event EXECUTE FUNCTION f()',
  'CREATE OR REPLACE FUNCTION f() RETURNS int',
  'DO $$ BEGIN END $$',
  'LISTEN reports',
  "SELECT pg_notify('reports', '1')",
  'SELECT pg_advisory_xact_lock(1)',
  'LOCK TABLE event',
  'CREATE TEMP TABLE t (a int)',
  'CREATE EXTENSION pgcrypto',
  'id bigserial PRIMARY KEY',
])('%j would be noticed', (sql) => {
  expect(complaints('planted', `const a = '${sql}';`)).toHaveLength(1);
});
