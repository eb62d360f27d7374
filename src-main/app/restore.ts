import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, link, mkdir, readdir, rename, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseRefusal } from '../../db/database-refusal.ts';
import { lockFolder } from '../../db/instance-lock.ts';
import { openDatabase, type Database } from '../../db/open-database.ts';
import { putInPlace, syncPath } from '../../db/put-in-place.ts';
import { settleCopy } from '../../db/settle-copy.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { forgetSignedHead } from '../../db/stores/audit-head.ts';
import { saveOwner } from '../../db/stores/kiosk.ts';
import { createSystemClock } from '../adapters/clock.ts';
import { loadContent } from '../content/load-content.ts';
import { localDate } from '../domain/local-time.ts';
import { examineDatabase, findHeldAlone, type DatabaseFacts } from '../services/database-findings.ts';
import { copyDatabaseFiles, removeDatabase } from './backup.ts';
import { diskSentence } from './new-file.ts';
import { ConfigError } from './config-error.ts';
import type { Config } from './config.ts';
import { demonstrationKioskId, openIdentity } from './identity.ts';
import { refuseEnrolledFolder } from './key-store.ts';
import { judgeRestore, type HeldThere, type RestoreCase } from './restore-rules.ts';

export type RestoreAnswer =
  | {
      readonly kind: 'restored';
      readonly facts: DatabaseFacts;
      readonly kioskId: string;
      /** Where the older database is now; null when there was none. */
      readonly aside: string | null;
    }
  | { readonly kind: 'refused'; readonly sentence: string };

interface Place {
  readonly config: Config;
  readonly file: string;
  readonly acceptsChanged: boolean;
}

/**
 * Puts a backup back into the data folder of a kiosk that stands still. The database that is there is kept aside.
 * @throws ConfigError, ContentError, DatabaseRefusal
 */
export async function restoreBackup(
  config: Config,
  typedFile: string,
  { acceptsChanged }: { readonly acceptsChanged: boolean },
): Promise<RestoreAnswer> {
  const file = resolve(typedFile);
  if (!existsSync(file)) throw new ConfigError(`${file}: expected a backup at that place, found nothing.`);
  const lock = lockFolder(config.dataDir);
  const candidate = join(config.dataDir, `restoring-${randomUUID()}.db`);
  try {
    await copyDatabaseFiles(file, candidate);
    return await restoreFrom(candidate, { config, file, acceptsChanged });
  } catch (error) {
    const sentence = diskSentence(error);
    if (sentence === null) throw error;
    return { kind: 'refused', sentence: `${config.dataDir}: ${sentence}; nothing was put back.` };
  } finally {
    await removeDatabase(candidate);
    lock.release();
  }
}

async function restoreFrom(candidate: string, place: Place): Promise<RestoreAnswer> {
  const { config, file } = place;
  const database = openAs(file, candidate, config.migrationsDir);
  let facts: DatabaseFacts;
  let identity: RestoreCase['identity'];
  try {
    const findings = await examineDatabase(database);
    if (findings.kind === 'damaged')
      return refuse(`${file}: this backup is damaged (${findings.damage.join('; ')}).`);
    facts = findings.facts;
    identity = await identityOf(config);
    const there = await lookAtCurrent(config, database);
    const refusal = judgeRestore({ facts, identity, there, file, acceptsChanged: place.acceptsChanged });
    if (refusal !== null) return refuse(refusal);
    takeOver(database, facts, identity);
  } finally {
    database.close();
  }
  settleCopy(candidate);
  const aside = await keepAside(config.dataDir, identity.mode);
  await giveToFolderOwner(config.dataDir, candidate, aside);
  putInPlace(config.dataDir, candidate);
  return { kind: 'restored', facts, kioskId: identity.kioskId, aside };
}

function refuse(sentence: string): RestoreAnswer {
  return { kind: 'refused', sentence: `${sentence} Nothing was changed.` };
}

/** Opens and migrates the copy; what is wrong is told of the backup. */
function openAs(file: string, candidate: string, migrationsDir: string): Database {
  try {
    return openDatabase({ file: candidate, migrationsDir });
  } catch (error) {
    if (error instanceof DatabaseRefusal) throw new DatabaseRefusal(error.problem, file, { cause: error });
    throw error;
  }
}

/** Who the folder will belong to. Nothing is made for it yet: a demonstration makes its keys when it starts. */
async function identityOf(config: Config): Promise<RestoreCase['identity']> {
  const { library } = await loadContent({
    resourcesDir: config.resourcesDir,
    ...config.content,
    today: localDate(clock.now()),
    isDemonstration: config.district === undefined,
  });
  if (config.district !== undefined) return openIdentity(config, library);
  await refuseEnrolledFolder(config.dataDir);
  return { kioskId: demonstrationKioskId(library), mode: 'demonstration' };
}

const clock = createSystemClock(new Date(0));

/** What the database in the folder holds that the backup does not; looked at in a copy. */
async function lookAtCurrent(config: Config, backup: Database): Promise<HeldThere> {
  const current = join(config.dataDir, 'skranke.db');
  if (!existsSync(current)) return { kind: 'nothing' };
  const copy = join(config.dataDir, `current-${randomUUID()}.db`);
  try {
    await copyDatabaseFiles(current, copy);
    const database = openAs(current, copy, config.migrationsDir);
    try {
      return findHeldAlone(database, backup);
    } finally {
      database.close();
    }
  } catch (error) {
    if (!(error instanceof DatabaseRefusal)) throw error;
    // Anything else than damage says nothing about what it holds.
    if (error.problem !== 'broken' && error.problem !== 'not-ours') throw error;
    return { kind: 'unreadable' };
  } finally {
    await removeDatabase(copy);
  }
}

/** From here on the history is that of the kiosk of this configuration. */
function takeOver(
  database: Database,
  { owner, head }: DatabaseFacts,
  { kioskId, mode }: RestoreCase['identity'],
): void {
  const now = clock.now().toISOString();
  database.write((db) => {
    saveOwner(db, { kioskId, mode }, now);
    // It may go on with another key on another disk.
    forgetSignedHead(db);
    const subject = `${owner?.kioskId ?? '-'} ${head.sequence}`;
    appendAudit(db, { occurredAt: now, actor: 'it', action: 'backup-restored', subject });
  });
}

/** Links, so that the database also stays in its place until the other takes it. */
export async function keepAside(
  dataDir: string,
  mode: RestoreCase['identity']['mode'],
): Promise<string | null> {
  const names = (await readdir(dataDir)).filter((name) => /^skranke\.db(-wal|-journal)?$/.test(name));
  if (names.length === 0) return null;
  const aside = join(dataDir, `before-restore-${clock.now().toISOString().replaceAll(/[:.]/g, '-')}`);
  await mkdir(aside, { mode: 0o700 });
  for (const name of names) await link(join(dataDir, name), join(aside, name));
  // The embedded district of a demonstration knows the older history, and nothing else hangs on it.
  const embedded = join(dataDir, 'demonstration', 'district');
  if (mode === 'demonstration' && existsSync(embedded)) await rename(embedded, join(aside, 'district'));
  syncPath(aside);
  return aside;
}

/** IT may be root; the kiosk is not. */
export async function giveToFolderOwner(
  dataDir: string,
  candidate: string,
  aside: string | null,
): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(dataDir);
  const paths = [candidate, join(dataDir, 'owner.lock'), ...(aside === null ? [] : [aside])];
  for (const path of paths) await chown(path, uid, gid);
}
