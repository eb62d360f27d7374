import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { openDatabase } from '../../db/open-database.ts';
import { findFirstBadEvent } from '../../db/stores/event.ts';
import { z } from 'zod';
import type { Submission } from '../../src-main/contract/report.ts';
import type { Dice } from '../helpers/dice.ts';
import { migrationsDir } from '../helpers/test-store.ts';
import type { KioskLog, Told } from './judge.ts';
import { replySchema, type KioskSettings, type Order, type Reply } from './kiosk-orders.ts';
import { dropUnsynced, findUnsynced, readTrace, straceWords } from './power-cut.ts';

/** A kiosk in a process of its own, over a folder that stays. */
export interface SoakKiosk {
  readonly kioskId: string;
  /** Up when it resolves; killed while it starts when `killAfterMs` is given and over first. */
  start(killAfterMs?: number): Promise<void>;
  /** What the visitor was told; `nothing` when the kiosk was killed first. */
  submit(
    submission: Submission,
  ): Promise<{ readonly outcome: Told['outcome']; readonly reference: string | null }>;
  claim(reportId: Submission['reportId']): void;
  /** Events that wait, and why the line stands still if it does; null while the kiosk is down. */
  standing(): Promise<{ readonly waiting: number; readonly stopped: string | null } | null>;
  /** kill -9, at once. */
  kill(): Promise<void>;
  /** kill -9, and what was not synced is lost as chance will have it. @returns bytes lost. */
  cutPower(dice: Dice): Promise<number>;
  /** Its log, read from its folder. It has to be down. */
  readLog(): KioskLog;
}

type Waiting = (reply: Reply | null) => void;

interface Running {
  readonly child: ChildProcess;
  /** Answers that are waited for, by the report or the kind. */
  readonly waiting: Map<string, Waiting>;
  readonly ended: Promise<void>;
}

const script = path.join(import.meta.dirname, 'kiosk-child.ts');

export interface SoakKioskParts {
  readonly folder: string;
  readonly settings: Omit<KioskSettings, 'dataDir'>;
  /** Under strace, so that its power can be cut. */
  readonly isTraced: boolean;
}

export function createSoakKiosk({ folder, settings, isTraced }: SoakKioskParts): SoakKiosk {
  const dataDir = path.join(folder, settings.kioskId);
  const settingsFile = path.join(folder, `${settings.kioskId}.json`);
  const trace = path.join(folder, `${settings.kioskId}.trace`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(settingsFile, JSON.stringify({ ...settings, dataDir }));
  let running: Running | null = null;
  const ask = (order: Order, name: string): Promise<Reply | null> => {
    const current = running;
    if (current === null) return Promise.resolve(null);
    return new Promise((resolve) => {
      current.waiting.set(name, resolve);
      current.child.stdin?.write(`${JSON.stringify(order)}\n`);
    });
  };
  const kill = async (): Promise<void> => {
    const current = running;
    running = null;
    if (current === null) return;
    current.child.kill('SIGKILL');
    await current.ended;
  };
  return {
    kioskId: settings.kioskId,
    async start(killAfterMs) {
      rmSync(trace, { force: true });
      const words = [...(isTraced ? straceWords(trace) : []), process.execPath, script, settingsFile];
      running = await run(words, killAfterMs ?? null);
      if (killAfterMs !== undefined) await kill();
    },
    async submit(submission) {
      const reply = await ask({ order: 'submit', submission }, submission.reportId);
      if (reply?.reply !== 'told' || reply.kind === 'uncertain')
        return { outcome: 'nothing', reference: null };
      if (reply.kind !== 'stored' && reply.kind !== 'not-stored')
        throw new Error(`the kiosk would not take a report: ${reply.kind}`);
      return { outcome: reply.kind === 'stored' ? 'shown' : 'not-stored', reference: reply.reference };
    },
    claim: (reportId) => void ask({ order: 'claim', reportId }, 'claimed'),
    async standing() {
      const reply = await ask({ order: 'count' }, 'waiting');
      return reply?.reply === 'waiting' ? { waiting: reply.events, stopped: reply.stopped } : null;
    },
    kill,
    async cutPower(dice) {
      await kill();
      if (!isTraced) throw new Error('the power of this kiosk cannot be cut');
      const isOurs = (file: string): boolean => file.startsWith(path.join(dataDir, 'skranke.db'));
      return dropUnsynced(findUnsynced(await readTrace(trace), isOurs), dice);
    },
    readLog: () => readLog(settings.kioskId, path.join(dataDir, 'skranke.db')),
  };
}

/** Ready when it says so. A kiosk that ends by itself ends the whole run: that is a fault of ours. */
async function run(words: readonly string[], killAfterMs: number | null): Promise<Running> {
  const child = spawn(words[0] ?? '', words.slice(1), { stdio: ['pipe', 'pipe', 'pipe'] });
  const last = (): void => void child.kill('SIGKILL');
  process.once('exit', last);
  const waiting = new Map<string, Waiting>();
  let complaint = '';
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (complaint = (complaint + text).slice(-4000)));
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    child.once('close', (_code, signal) => {
      process.off('exit', last);
      for (const answer of waiting.values()) answer(null);
      waiting.clear();
      resolve();
      if (signal !== 'SIGKILL') throw new Error(`a kiosk ended by itself: ${complaint}`);
    });
  });
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const reply = replySchema.parse(JSON.parse(line));
      if (reply.reply === 'ready') {
        resolve();
        return;
      }
      const name = reply.reply === 'told' ? reply.reportId : reply.reply;
      waiting.get(name)?.(reply);
      waiting.delete(name);
    });
    // Only a kill of ours ends one without an error.
    void ended.then(resolve);
  });
  if (killAfterMs !== null) setTimeout(() => child.kill('SIGKILL'), killAfterMs).unref();
  await ready;
  return { child, waiting, ended };
}

const eventRows = z.array(
  z
    .object({ sequence: z.int(), kind: z.string(), report_id: z.string(), hash: z.string() })
    .transform(({ report_id, ...event }) => ({ ...event, reportId: report_id })),
);

function readLog(kioskId: string, file: string): KioskLog {
  const database = openDatabase({ file, migrationsDir });
  try {
    return database.read((db) => ({
      kioskId,
      events: eventRows.parse(db.all('SELECT sequence, kind, report_id, hash FROM event ORDER BY sequence')),
      firstBad: findFirstBadEvent(db),
    }));
  } finally {
    database.close();
  }
}
