import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { openDatabase } from '../../src-district/open-database.ts';
import { describeIntake } from '../helpers/intake-cases.ts';
import { describeAdministration } from '../helpers/registration-cases.ts';
import { describeRenewal } from '../helpers/renewal-cases.ts';
import { describeTransfers } from '../helpers/transfer-cases.ts';
import { openOrFail } from '../helpers/opening.ts';

describe('intake on PGlite in memory', () => {
  let database: IntakeDatabase;
  beforeAll(async () => {
    database = await openOrFail('pglite:memory');
  });
  afterAll(() => database.close());

  describeIntake(() => database);
  describeAdministration(() => database);
  describeTransfers(() => database);
  describeRenewal(() => database);

  it('says that memory is not durable', async () => {
    expect(await database.isDurable()).toBe(false);
  });
});

it('addresses that name no database are refused without their words', async () => {
  for (const url of ['', 'pglite:', 'mysql://user:word@host/db', 'postgres//host']) {
    const opening = await openDatabase(url);
    expect(opening).toMatchObject({ ok: false, problem: 'bad-url' });
    expect(JSON.stringify(opening)).not.toContain('word');
  }
  const nobody = await openDatabase('postgres://user:word@127.0.0.1:1/db');
  expect(nobody).toEqual({ ok: false, problem: 'unreachable', detail: 'ECONNREFUSED' });
  const place = await openDatabase(`pglite:${import.meta.filename}/folder`);
  expect(place).toEqual({ ok: false, problem: 'unreachable', detail: 'ENOTDIR' });
});
