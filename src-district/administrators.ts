import { z } from 'zod';
import type { IntakeDatabase } from './intake-database.ts';
import { hashCode, hashSecret, makeCode, makeToken } from './secrets.ts';

const sessionHours = 8;

/** A code that opens the page once, for whoever it is given to. @param name of a role, not of a person: it stands in the log. */
export async function makeAdministratorCode(
  database: IntakeDatabase,
  name: string,
  validHours: number,
): Promise<string> {
  const code = makeCode();
  await database.transaction((transaction) =>
    transaction.query(
      `INSERT INTO administrator_code (code_hash, name, expires_at)
       VALUES ($1::text, $2::text, now() + ($3::text || ' hours')::interval)`,
      [hashCode(code), name, String(validHours)],
    ),
  );
  return code;
}

const nameRows = z.array(z.object({ name: z.string() }));

/** @returns the token of a session, told once; null for a code that is none, was used, or is over. */
export async function openSession(database: IntakeDatabase, code: string): Promise<string | null> {
  const token = makeToken();
  return database.transaction(async (transaction) => {
    await transaction.query('DELETE FROM administrator_session WHERE ends_at < now()');
    const used = nameRows.parse(
      await transaction.query(
        'DELETE FROM administrator_code WHERE code_hash = $1::text AND expires_at > now() RETURNING name',
        [hashCode(code)],
      ),
    );
    const [found] = used;
    if (found === undefined) return null;
    await transaction.query(
      `INSERT INTO administrator_session (token_hash, name, ends_at)
       VALUES ($1::text, $2::text, now() + ($3::text || ' hours')::interval)`,
      [hashSecret(token), found.name, String(sessionHours)],
    );
    return token;
  });
}

/** Whose session it is; null when it is over. */
export async function findSession(database: IntakeDatabase, token: string): Promise<string | null> {
  const rows = await database.transaction((transaction) =>
    transaction.query(
      'SELECT name FROM administrator_session WHERE token_hash = $1::text AND ends_at > now()',
      [hashSecret(token)],
    ),
  );
  return nameRows.parse(rows)[0]?.name ?? null;
}

export async function endSession(database: IntakeDatabase, token: string): Promise<void> {
  await database.transaction((transaction) =>
    transaction.query('DELETE FROM administrator_session WHERE token_hash = $1::text', [hashSecret(token)]),
  );
}

/** Codes and sessions of this name end at once, on every instance. @returns how many. */
export async function endAdministrator(database: IntakeDatabase, name: string): Promise<number> {
  return database.transaction(async (transaction) => {
    const ended = [
      ...(await transaction.query('DELETE FROM administrator_code WHERE name = $1::text RETURNING name', [
        name,
      ])),
      ...(await transaction.query('DELETE FROM administrator_session WHERE name = $1::text RETURNING name', [
        name,
      ])),
    ];
    return ended.length;
  });
}
