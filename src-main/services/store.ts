import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseRefusal } from '../../db/database-refusal.ts';
import { lockFolder, type InstanceLock } from '../../db/instance-lock.ts';
import { openDatabase, type Database } from '../../db/open-database.ts';
import { finishRestore } from '../../db/put-in-place.ts';
import { touchOwner } from '../../db/stores/kiosk.ts';
import { classify, type DatabaseTrouble } from '../../db/sqlite-code.ts';
import type { ReadableDb, WritableDb } from '../../db/transaction.ts';
import type { Clock, Log } from '../domain/ports.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';
import { systemTimers, type Timers } from './timers.ts';

export type StoreProblem = 'full' | 'read-only' | 'broken';
export type StoreHealth = 'healthy' | StoreProblem;

/** `unknown`: the commit failed in the disk; only `confirm()` and a look tell whether it happened. */
export type WriteOutcome<T> =
  | { readonly kind: 'written'; readonly value: T }
  | { readonly kind: 'not-written'; readonly reason: StoreProblem }
  | { readonly kind: 'unknown' };

/** The one owner of the database. */
export interface Store {
  /** @throws StoreUnusable when the database cannot be read. */
  read<T>(ask: (db: ReadableDb) => T): T;
  /** One synchronous transaction. */
  write<T>(change: (db: WritableDb) => T): WriteOutcome<T>;
  /** Whether everything that can be read is on the disk. After a disk error that takes a sync which succeeds. */
  confirm(): boolean;
  /** After something was deleted: no copy of it is left in the log. False when the disk did not confirm that. */
  scrub(): boolean;
  /** Copies everything as it stands into a new file while others go on; false when the disk would not. */
  copyTo(file: string): Promise<boolean>;
  health(): StoreHealth;
  onHealth(listener: (health: StoreHealth) => void): Unsubscribe;
  close(): void;
}

export class StoreUnusable extends Error {
  override readonly name = 'StoreUnusable';
}

export interface StoreOptions {
  readonly dataDir: string;
  readonly migrationsDir: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly timers?: Timers;
  /** Of the folder, where it is held already; the store lets it go. */
  readonly lock?: InstanceLock;
  /** For measuring: 0 never moves the log into the file by itself. */
  readonly autoCheckpointPages?: number;
}

/** The log is moved into the file after so many writes and a moment, when no visitor waits for a commit. */
const tidyAfterWrites = 100;
const tidyDelayMs = 500;

/** How long a store in trouble is left alone before it is tried again. */
const retryMs = 5000;

/**
 * Opens the data folder and holds it until closed.
 * @throws DatabaseRefusal
 */
export function openStore(options: StoreOptions): Store {
  const lock = options.lock ?? lockFolder(options.dataDir);
  const open = (): Database => openDatabase({ ...options, file: join(options.dataDir, 'skranke.db') });
  try {
    finishRestore(options.dataDir);
    const store = new GuardedStore(new Connection(open, options), options, () => lock.release());
    // A kiosk that died of a bad disk may have left a report that was never synced.
    store.confirm();
    return store;
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** For some hundred reports. */
const leastRoomBytes = 4_000_000;

function hasRoom(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= leastRoomBytes;
}

/** Holds the connection, replaces it after a disk error and knows whether what it reads is on the disk. */
class Connection {
  private database: Database | null;
  private isConfirmed = false;
  private triedAt = Number.NEGATIVE_INFINITY;
  private readonly open: () => Database;
  private readonly ports: Pick<StoreOptions, 'clock' | 'log'>;

  constructor(open: () => Database, ports: Pick<StoreOptions, 'clock' | 'log'>) {
    this.open = open;
    this.ports = ports;
    this.database = open();
  }

  use(): Database {
    if (this.database === null && this.isDue()) this.reopen();
    if (this.database === null) throw new StoreUnusable('the database cannot be opened');
    return this.database;
  }

  isOpen(database: Database): boolean {
    return this.database === database;
  }

  /** A store in trouble is tried again by whoever asks, but not at every question. */
  isDue(): boolean {
    const nowMs = this.ports.clock.monotonicMs();
    if (nowMs - this.triedAt < retryMs) return false;
    this.triedAt = nowMs;
    return true;
  }

  /** From now on until it is due again. */
  leaveAlone(): void {
    this.triedAt = this.ports.clock.monotonicMs();
  }

  /** The connection a disk error met is never asked again: what it would answer may not be on the disk. */
  reopen(): void {
    this.isConfirmed = false;
    this.close();
    try {
      this.database = this.open();
    } catch (error) {
      const problem = error instanceof DatabaseRefusal ? error.problem : 'unexpected';
      this.ports.log.warn('store-reopen-failed', { problem });
    }
  }

  confirm(): boolean {
    this.isConfirmed ||= this.use().flush();
    return this.isConfirmed;
  }

  close(): void {
    try {
      this.database?.close();
    } catch {
      // It could not even be closed; the next connection reads the same files.
    }
    this.database = null;
  }
}

class GuardedStore implements Store {
  private readonly connection: Connection;
  private readonly options: StoreOptions;
  private readonly onClose: () => void;
  private readonly listeners = createListeners<StoreHealth>();
  private state: StoreHealth = 'healthy';
  private untidyWrites = 0;
  private stopTidying = (): void => undefined;

  constructor(connection: Connection, options: StoreOptions, onClose: () => void) {
    this.connection = connection;
    this.options = options;
    this.onClose = onClose;
  }

  read<T>(ask: (db: ReadableDb) => T): T {
    return this.attempt(
      () => this.connection.use().read(ask),
      () => {
        throw new StoreUnusable('the database cannot be read');
      },
    );
  }

  write<T>(change: (db: WritableDb) => T): WriteOutcome<T> {
    // What is written after a disk error stands on what was there before it: that has to be on the disk first.
    if (!this.confirm()) {
      this.setHealth('broken');
      return { kind: 'not-written', reason: 'broken' };
    }
    return this.attempt<WriteOutcome<T>>(
      () => {
        const value = this.connection.use().write(change);
        this.setHealth('healthy');
        this.tidyLater();
        return { kind: 'written', value };
      },
      (trouble, reason) => (trouble === 'unknown' ? { kind: 'unknown' } : { kind: 'not-written', reason }),
    );
  }

  confirm(): boolean {
    return this.attempt(
      () => this.connection.confirm(),
      () => false,
    );
  }

  scrub(): boolean {
    return this.attempt(
      () => this.connection.use().flush(),
      () => false,
    );
  }

  async copyTo(file: string): Promise<boolean> {
    if (!this.confirm()) return false;
    const database = this.connection.use();
    try {
      await database.copyTo(file);
      return true;
    } catch (error) {
      // Closed meanwhile, by a disk error or by the end of the kiosk, or the disk is too full for a second file.
      const isInterrupted = classify(error) !== null || !this.connection.isOpen(database);
      if (!isInterrupted) throw error;
      this.options.log.warn('copy-failed', { problem: classify(error) ?? 'closed' });
      return false;
    }
  }

  health(): StoreHealth {
    if (this.state !== 'healthy' && this.connection.isDue()) this.probe();
    return this.state;
  }

  onHealth(listener: (health: StoreHealth) => void): Unsubscribe {
    return this.listeners.add(listener);
  }

  close(): void {
    this.stopTidying();
    this.connection.close();
    this.onClose();
  }

  private tidyLater(): void {
    this.untidyWrites += 1;
    if (this.untidyWrites !== tidyAfterWrites || this.options.autoCheckpointPages === 0) return;
    this.stopTidying = (this.options.timers ?? systemTimers).after(tidyDelayMs, () => {
      this.untidyWrites = 0;
      this.attempt(
        () => this.connection.use().tidy(),
        () => undefined,
      );
    });
  }

  /** A small write may still fit where the next report does not: after `full` there has to be room for many. */
  private probe(): void {
    if (this.state !== 'full' || hasRoom(this.options.dataDir)) this.write(touchOwner);
  }

  /** Runs `act`; a trouble of the disk or the file becomes what `onTrouble` makes of it, a bug is thrown. */
  private attempt<T>(act: () => T, onTrouble: (trouble: DatabaseTrouble, reason: StoreProblem) => T): T {
    try {
      return act();
    } catch (error) {
      const trouble = error instanceof StoreUnusable ? 'broken' : classify(error);
      if (trouble === null) throw error;
      return onTrouble(trouble, this.suffer(trouble));
    }
  }

  private suffer(trouble: DatabaseTrouble): StoreProblem {
    const problem = trouble === 'unknown' ? 'broken' : trouble;
    if (trouble === 'unknown') this.connection.reopen();
    else this.connection.leaveAlone();
    this.setHealth(problem);
    return problem;
  }

  private setHealth(next: StoreHealth): void {
    if (this.state === next) return;
    this.state = next;
    this.options.log.warn('store-health', { health: next });
    this.listeners.tell(next);
  }
}
