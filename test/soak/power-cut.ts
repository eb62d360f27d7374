import { closeSync, existsSync, fstatSync, openSync, readFileSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../helpers/dice.ts';

/*
 * The cut of the power, as a file sees it: what was written and not yet synced may be there, in part, or not. The kiosk runs
 * under strace, which notes where it writes and what it syncs; it is killed, which leaves every write in the file; then
 * writes after the last sync of that file are taken out again, sector by sector, as chance will have it.
 *
 * Instead of what stood there before come zeros or garbage. For SQLite's log that is the same: a frame that is older, or
 * zeros, or garbage, ends its reading. For the file itself it is harsher than a disk: a page that a checkpoint was writing has
 * to come from the log, which was synced before. Not modelled: a truncation that is undone.
 */

const traced = 'trace=pwrite64,write,pwritev,writev,fsync,fdatasync';

/** Words in front of the program; the trace goes into `file`. -D: signals reach the program itself. */
export function straceWords(file: string): string[] {
  return [...'strace -D -f -q --seccomp-bpf -s 0 -y -e'.split(' '), traced, '-o', file];
}

interface Written {
  readonly from: number;
  readonly to: number;
}

/** What was written into each file after its last sync. */
export type Unsynced = ReadonlyMap<string, readonly Written[]>;

const positioned = /^pwrite64\(\d+<([^>]+)>, .*?, (\d+), (\d+)(?:\)| <unfinished)/;
const otherWrite = /^(?:pwritev|writev|write)\(\d+<(\/[^>]+)>/;
const sync = /^f(?:data)?sync\(\d+<([^>]+)>\)?(.*)$/;

/** Reads a trace. @param isOurs which files count; a write to one that is not told by its place would make this untrue. */
export function findUnsynced(trace: string, isOurs: (file: string) => boolean): Unsynced {
  const unsynced = new Map<string, Written[]>();
  const syncing = new Map<string, { readonly file: string; readonly writes: number }>();
  const settle = (file: string, writes: number): void => void unsynced.get(file)?.splice(0, writes);
  for (const line of trace.split('\n')) {
    const [, thread = '', call = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    const write = positioned.exec(call);
    if (write !== null) {
      const [, file = '', length, at] = write;
      if (!isOurs(file)) continue;
      const list = unsynced.get(file) ?? [];
      unsynced.set(file, list);
      list.push({ from: Number(at), to: Number(at) + Number(length) });
      continue;
    }
    const other = otherWrite.exec(call)?.[1];
    if (other !== undefined && isOurs(other)) throw new Error(`a write without its place: ${call}`);
    const synced = sync.exec(call);
    if (synced !== null) {
      const [, file = '', rest = ''] = synced;
      const writes = unsynced.get(file)?.length ?? 0;
      if (rest.includes('unfinished')) syncing.set(thread, { file, writes });
      else if (/= 0$/.test(rest)) settle(file, writes);
      continue;
    }
    if (!/^<\.\.\. f(?:data)?sync resumed>/.test(call)) continue;
    const begun = syncing.get(thread);
    syncing.delete(thread);
    if (begun !== undefined && /= 0$/.test(call)) settle(begun.file, begun.writes);
  }
  return unsynced;
}

/** Reads the trace of a process that was killed, once strace has written its end. */
export async function readTrace(file: string): Promise<string> {
  const until = performance.now() + 60_000;
  for (;;) {
    const trace = readFileSync(file, 'utf8');
    const [, first] = /^(\d+)\s/.exec(trace) ?? [];
    if (first !== undefined && new RegExp(`^${first}\\s+\\+\\+\\+ `, 'm').test(trace)) return trace;
    if (performance.now() > until) throw new Error('strace did not say how its program ended');
    await sleep(5);
  }
}

const sectorBytes = 512;

/** Takes unsynced writes out of the files. @returns how many bytes were lost. */
export function dropUnsynced(unsynced: Unsynced, dice: Dice): number {
  let lost = 0;
  for (const [file, writes] of unsynced) {
    // SQLite has deleted its journal of the first transaction, before there was a log.
    if (!existsSync(file)) continue;
    const descriptor = openSync(file, 'r+');
    try {
      const { size } = fstatSync(descriptor);
      const share = dice.pick([100, 100, 50, 20]);
      for (const { from, to } of writes) {
        for (let at = from; at < Math.min(to, size); at = (Math.floor(at / sectorBytes) + 1) * sectorBytes) {
          if (!dice.percent(share)) continue;
          const end = Math.min(to, size, (Math.floor(at / sectorBytes) + 1) * sectorBytes);
          const filling = Buffer.alloc(end - at, dice.percent(20) ? dice.below(256) : 0);
          writeSync(descriptor, filling, 0, filling.length, at);
          lost += filling.length;
        }
      }
    } finally {
      closeSync(descriptor);
    }
  }
  return lost;
}
