/*
 * An intake with a bug that the checker has to find: `node planted-intake.ts BUG DATABASE-URL KEYS PORT`. The bug is put around
 * the database that the real intake is given; it serves like test/helpers/intake-process.ts.
 */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createIntakeServer } from '../../src-district/http-server.ts';
import { createIntake } from '../../src-district/intake.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { loadKioskKeys } from '../../src-district/kiosk-keys.ts';
import { openOrFail } from '../helpers/opening.ts';

const [bug = '', databaseUrl = '', keyFolder = '', port = '0'] = process.argv.slice(2);

/** What a transaction answers is told before it has become true. */
function answerBeforeCommit(database: IntakeDatabase): IntakeDatabase {
  return {
    ...database,
    transaction: (work) =>
      new Promise((resolve, reject) => {
        const whole = database.transaction(async (transaction) => {
          let hasWritten = false;
          const result = await work({
            ...transaction,
            query(text, parameters) {
              hasWritten ||= text.startsWith('INSERT INTO event');
              return transaction.query(text, parameters);
            },
          });
          resolve(result);
          if (hasWritten) await sleep(500);
          return result;
        });
        whole.catch(reject);
      }),
  };
}

/** Nothing in the tables is unique, and nobody waits for the row of the kiosk. */
async function forgetKeys(database: IntakeDatabase): Promise<IntakeDatabase> {
  await database.transaction((transaction) =>
    transaction.script(`
      ALTER TABLE report DROP CONSTRAINT IF EXISTS report_pkey CASCADE;
      ALTER TABLE report DROP CONSTRAINT IF EXISTS report_kiosk_id_sequence_key CASCADE;
      ALTER TABLE event DROP CONSTRAINT IF EXISTS event_pkey CASCADE;`),
  );
  return {
    ...database,
    transaction: (work) =>
      database.transaction((transaction) =>
        work({
          ...transaction,
          async query(text, parameters) {
            // Both of two requests have looked before either writes.
            if (text.startsWith('INSERT INTO event')) await sleep(100);
            return transaction.query(
              text.replace(/ ON CONFLICT \(report_id\) DO NOTHING| FOR UPDATE/, ''),
              parameters,
            );
          },
        }),
      ),
  };
}

const keys = await loadKioskKeys(path.join(keyFolder, 'kiosks'));
if (!keys.ok) throw new Error(`not a kiosk's key: ${keys.file}`);
const real = await openOrFail(databaseUrl);
const database = bug === 'ack-before-commit' ? answerBeforeCommit(real) : await forgetKeys(real);
const server = createIntakeServer({ intake: createIntake({ database, kioskKeys: keys.keys }) });
const { url } = await server.listen(Number(port), '127.0.0.1');
process.stdout.write(`${url}\n`);
