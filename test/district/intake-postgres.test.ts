import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { openDatabase } from '../../src-district/open-database.ts';
import { openPostgres } from '../../src-district/postgres-database.ts';
import { describeIntake } from '../helpers/intake-cases.ts';
import { describeAdministration } from '../helpers/registration-cases.ts';
import { describeRenewal } from '../helpers/renewal-cases.ts';
import { describeTransfers } from '../helpers/transfer-cases.ts';
import { needs } from '../helpers/needs.ts';
import { openOrFail } from '../helpers/opening.ts';
import { startPostgres, type PostgresCluster } from '../helpers/postgres.ts';

describe.skipIf(!needs('postgres').run)('intake on PostgreSQL', () => {
  let cluster: PostgresCluster;
  let database: IntakeDatabase;
  beforeAll(async () => {
    cluster = await startPostgres();
    database = await openOrFail(await cluster.createDatabase());
  }, 180_000);
  afterAll(async () => {
    await database.close();
    await cluster.stop();
  });

  describeIntake(() => database);
  describeAdministration(() => database);
  describeTransfers(() => database);
  describeRenewal(() => database);

  it('is durable', async () => {
    expect(await database.isDurable()).toBe(true);
  });

  it('a transaction that never ends holds nobody up: it is given up, and the next one is answered', async () => {
    const short = openPostgres(await cluster.createDatabase(), 1000);
    const stuck = short.transaction(() => new Promise(() => undefined));
    await expect(stuck).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    expect(await short.transaction((transaction) => transaction.query('SELECT 1 AS one'))).toEqual([
      { one: 1 },
    ]);
    await short.close();
  });

  it('instances that start together make the tables once; a newer database is left alone', async () => {
    const url = await cluster.createDatabase();
    const opened = await Promise.all(Array.from({ length: 4 }, () => openOrFail(url)));
    await opened[0]?.transaction((transaction) =>
      transaction.query('INSERT INTO migration (version) VALUES ($1::text::bigint)', ['99']),
    );
    await Promise.all(opened.map((one) => one.close()));
    expect(await openDatabase(url)).toMatchObject({ ok: false, problem: 'newer-database' });
  });
});
