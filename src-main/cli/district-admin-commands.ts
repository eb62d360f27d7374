import { join } from 'node:path';
import { openLog } from '../app/log.ts';
import { ConfigError } from '../app/config-error.ts';
import { kioskIdSchema, type KioskId } from '../contract/ids.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import {
  listKiosks,
  listKioskKeys,
  makeEnrolmentCode,
  revokeKeys,
} from '../../src-district/kiosk-registry.ts';
import { loadKioskKeys } from '../../src-district/kiosk-keys.ts';
import { endAdministrator, makeAdministratorCode } from '../../src-district/administrators.ts';
import { addReader, listReaders, revokeReader } from '../../src-district/readers.ts';
import { verifyLogs } from '../../src-district/verify.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

export interface AdminOptions {
  readonly json: boolean;
  readonly keys: string | undefined;
  readonly district: string | undefined;
  readonly validHours: string | undefined;
}

function readKioskId(typed: string | undefined): KioskId {
  const parsed = kioskIdSchema.safeParse(typed);
  if (!parsed.success)
    throw new UsageError("expected a kiosk such as 07-120: the district's number and the kiosk's.");
  return parsed.data;
}

function readHours(typed: string | undefined): number {
  if (typed === undefined) return 24;
  if (!/^\d{1,3}$/.test(typed) || Number(typed) === 0)
    throw new UsageError(`--valid-hours ${typed}: expected a number from 1 to 999.`);
  return Number(typed);
}

/** `skranke district kiosk add|list|revoke`. */
export async function kioskCommand(
  database: IntakeDatabase,
  [action, typed]: readonly string[],
  options: AdminOptions,
): Promise<number> {
  switch (action) {
    case 'add': {
      const hours = readHours(options.validHours);
      const kioskId = readKioskId(typed);
      const code = await makeEnrolmentCode(database, kioskId, hours);
      if (options.json) say(JSON.stringify({ kioskId, code, validHours: hours }));
      else
        say(`Within ${String(hours)} hours, on kiosk ${kioskId}: skranke enrol --config FILE --code ${code}`);
      return 0;
    }
    case 'list':
      for (const kiosk of await listKiosks(database))
        say(
          options.json
            ? JSON.stringify(kiosk)
            : `${kiosk.kioskId}\t${kiosk.lastContactAt}\t${String(kiosk.through)} events\t${String(kiosk.parked)} parked${kiosk.otherHistories === 0 ? '' : '\tANOTHER HISTORY: a cloned disk, or older data put back'}`,
        );
      return 0;
    case 'revoke':
      return revoke(database, readKioskId(typed), options.keys);
    default:
      throw new UsageError('district kiosk: expected "add NUMBER", "list" or "revoke NUMBER".');
  }
}

/** Also a key that lies in the folder of keys. */
async function revoke(database: IntakeDatabase, kioskId: KioskId, keys: string | undefined): Promise<number> {
  const folder = keys === undefined ? null : await loadKioskKeys(join(keys, 'kiosks'));
  if (folder?.ok === false)
    throw new ConfigError(`${folder.file}: expected a kiosk's public key in a file named like 07-120.json.`);
  const inFolder = folder?.keys.get(kioskId);
  const known = [...(await listKioskKeys(database, kioskId)), ...(inFolder === undefined ? [] : [inFolder])];
  if (known.length === 0) {
    complain(`no key of kiosk ${kioskId} is known here; one in a folder needs --keys.`);
    return 1;
  }
  await revokeKeys(database, kioskId, known);
  openLog().note('kiosk-revoked', { kioskId, keys: known.length });
  say(`Nothing that kiosk ${kioskId} signs is taken any more, within five seconds everywhere.`);
  return 0;
}

/** `skranke district verify`: whether everything held is what the kiosks signed; 1 when anything is not. */
export async function verifyCommand(database: IntakeDatabase, isForProgram: boolean): Promise<number> {
  const verdict = await verifyLogs(database);
  if (isForProgram) say(JSON.stringify(verdict));
  else {
    say(`${String(verdict.events)} events of ${String(verdict.kiosks)} kiosks recomputed.`);
    for (const { kioskId, sequence, problem } of verdict.bad)
      say(`${kioskId}: event ${String(sequence)} is ${problem}; what comes after it cannot be vouched for.`);
  }
  return verdict.bad.length === 0 ? 0 : 1;
}

/** `skranke district reader add|list|revoke`. */
export async function readerCommand(
  database: IntakeDatabase,
  [action, name]: readonly string[],
  options: AdminOptions,
): Promise<number> {
  if (action === 'list') {
    for (const reader of await listReaders(database))
      say(
        options.json
          ? JSON.stringify(reader)
          : `${reader.name}\t${reader.district ?? 'all districts'}${reader.isRevoked ? '\trevoked' : ''}`,
      );
    return 0;
  }
  if (name === undefined || !['add', 'revoke'].includes(action ?? ''))
    throw new UsageError('district reader: expected "add NAME [--district NN]", "list" or "revoke NAME".');
  if (action === 'revoke') {
    if (await revokeReader(database, name)) return 0;
    complain(`no reader has the name ${name}.`);
    return 1;
  }
  const district = options.district ?? null;
  if (district !== null && !/^\d{2}$/.test(district))
    throw new UsageError(`--district ${district}: expected the two digits of a district here.`);
  if (!/^[\w .-]{1,60}$/.test(name))
    throw new UsageError(`${name}: expected letters, digits, dots and hyphens.`);
  const token = await addReader(database, { name, district });
  if (token === null) {
    complain(`the name ${name} is taken, perhaps by one that was revoked.`);
    return 1;
  }
  say(options.json ? JSON.stringify({ name, district, token }) : `Token of ${name}, shown once: ${token}`);
  return 0;
}

/** `skranke district admin add|end`: who looks after the kiosks on the intake's own page. */
export async function adminCommand(
  database: IntakeDatabase,
  [action, name]: readonly string[],
  options: AdminOptions,
): Promise<number> {
  if (name === undefined || !['add', 'end'].includes(action ?? '') || !/^[\w .-]{1,60}$/.test(name))
    throw new UsageError(
      'district admin: expected "add NAME" or "end NAME", the name of a role, not of a person.',
    );
  if (action === 'end') {
    if ((await endAdministrator(database, name)) > 0) return 0;
    complain(`nobody is signed in as ${name}, and no code is left.`);
    return 1;
  }
  const validHours = readHours(options.validHours ?? '1');
  const code = await makeAdministratorCode(database, name, validHours);
  if (options.json) say(JSON.stringify({ name, code, validHours }));
  else say(`Code of ${name} for the page of the intake, once, within ${String(validHours)} hours: ${code}`);
  return 0;
}
