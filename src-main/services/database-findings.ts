import type { Database } from '../../db/open-database.ts';
import { sqliteCode } from '../../db/sqlite-code.ts';
import { findMark } from '../../db/stores/acknowledgement.ts';
import { findFirstBadEvent, findHash, findHead, findOccurredAt, type Head } from '../../db/stores/event.ts';
import { findOwner, findStationKey, type FolderOwner } from '../../db/stores/kiosk.ts';
import { countReports } from '../../db/stores/report.ts';
import { verifyAudit } from './audit-trail.ts';

/** What a database holds. */
export interface DatabaseFacts {
  /** Null: no kiosk was ever started on it. */
  readonly owner: FolderOwner | null;
  readonly head: Head;
  readonly newestEventAt: string | null;
  /** The last event the district said it holds. */
  readonly deliveredThrough: number;
  readonly reports: number;
  readonly auditLines: number;
  /** Which key of the desks reports are sealed for; null while no desk is paired. */
  readonly stationKeyId: string | null;
  /** Lines and events that are missing or were changed from outside, a sentence each without a stop. */
  readonly changed: readonly string[];
}
export type DatabaseFindings =
  | { readonly kind: 'readable'; readonly facts: DatabaseFacts }
  /** Pages that SQLite cannot read or that contradict each other. */
  | { readonly kind: 'damaged'; readonly damage: readonly string[] };

/** Looks at every page, and walks both chains from their first link. */
export async function examineDatabase(database: Database): Promise<DatabaseFindings> {
  try {
    const damage = database.findDamage();
    if (damage.length > 0) return { kind: 'damaged', damage };
    return { kind: 'readable', facts: await readFacts(database) };
  } catch (error) {
    const code = sqliteCode(error);
    if (code === null) throw error;
    return { kind: 'damaged', damage: [code] };
  }
}

async function readFacts(database: Database): Promise<DatabaseFacts> {
  const changed: string[] = [];
  const audit = await verifyAudit((ask) => database.read(ask));
  if (audit.signed?.state === 'cut')
    changed.push(`the end of the audit log is missing from line ${String(audit.firstBad)} on`);
  else if (!audit.ok)
    changed.push(`line ${String(audit.firstBad)} of the audit log is missing or was changed`);
  const badEvent = database.read(findFirstBadEvent);
  if (badEvent !== null) changed.push(`event ${String(badEvent)} is missing or was changed`);
  return database.read((db) => {
    const head = findHead(db);
    return {
      owner: findOwner(db),
      head,
      newestEventAt: findOccurredAt(db, head.sequence),
      deliveredThrough: findMark(db).throughSequence,
      reports: countReports(db),
      auditLines: audit.rows,
      stationKeyId: findStationKey(db)?.kid ?? null,
      changed,
    };
  });
}

/** What only the database in the folder may hold. */
export type HeldAlone =
  /** Its newest event, and how many events wait for the district that the other database does not have. */
  | { readonly kind: 'readable'; readonly head: Head; readonly undelivered: number }
  | { readonly kind: 'unreadable' };

/** Compares by hash, which covers an event and all before it. */
export function findHeldAlone(current: Database, other: Database): HeldAlone {
  try {
    const { head, mark } = current.read((db) => ({ head: findHead(db), mark: findMark(db).throughSequence }));
    let undelivered = 0;
    for (let sequence = mark + 1; sequence <= head.sequence; sequence += 1) {
      const own = current.read((db) => findHash(db, sequence));
      if (own !== other.read((db) => findHash(db, sequence))) undelivered += 1;
    }
    return { kind: 'readable', head, undelivered };
  } catch (error) {
    if (sqliteCode(error) === null) throw error;
    return { kind: 'unreadable' };
  }
}
