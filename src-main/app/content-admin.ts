import { randomUUID } from 'node:crypto';
import { chown, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readPackageFile } from '../adapters/content-store.ts';
import { writePrivate } from '../adapters/private-files.ts';
import { mostPackageBytes } from '../contract/content-package.ts';
import type { ContentKeeper } from '../services/content-keeper.ts';
import type { AdminAnswer, AdminRequest } from './admin.ts';
import { ConfigError } from './config-error.ts';
import type { StationContentKeeper } from './open-content-keeper.ts';

type ContentRequest = Extract<
  AdminRequest,
  { ask: 'content-standing' | 'install-content' | 'roll-back-content' | 'fetch-content' }
>;

/** Where a package lies until the kiosk has looked it over. */
const arrivalsFolder = (dataDir: string): string => join(dataDir, 'content', 'arrivals');

export async function answerContent(
  dataDir: string,
  keeper: StationContentKeeper,
  request: ContentRequest,
): Promise<AdminAnswer> {
  switch (request.ask) {
    case 'content-standing':
      return { answer: 'content', standing: keeper.standing() };
    case 'roll-back-content':
      return { answer: 'content-rolled-back', outcome: await keeper.rollBack() };
    case 'fetch-content':
      return { answer: 'content-fetched', isAnswered: await keeper.fetchNow() };
    case 'install-content':
      return install(join(arrivalsFolder(dataDir), request.file), keeper);
  }
}

async function install(file: string, keeper: ContentKeeper): Promise<AdminAnswer> {
  const bytes = await readPackageFile(file).catch(() => null);
  if (bytes === null)
    return { answer: 'refused', sentence: 'The kiosk cannot read what was laid there for it.' };
  const taken = await keeper.take(bytes);
  const nothing = { activateAt: null, problem: null, detail: null };
  switch (taken.kind) {
    case 'staged':
      return {
        ...{ answer: 'content-taken', outcome: taken.kind, ...nothing },
        ...{ version: taken.version, activateAt: taken.activateAt },
      };
    case 'known':
      return { answer: 'content-taken', outcome: taken.kind, ...nothing, version: taken.version };
    case 'refused': {
      const { version, problem, detail } = taken;
      return { answer: 'content-taken', outcome: taken.kind, ...nothing, version, problem, detail };
    }
  }
}

export type ArrivingFile =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly problem: 'not-a-package' | 'too-large' };

/** @throws ConfigError when it cannot be read. */
export async function readArriving(file: string): Promise<ArrivingFile> {
  const bytes = await readPackageFile(file).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    // A folder is somebody's mistake, and no fault of the disk.
    if (code === 'EISDIR') return null;
    throw new ConfigError(`${file}: expected a file that can be read.`);
  });
  if (bytes === null) return { ok: false, problem: 'not-a-package' };
  return bytes.length > mostPackageBytes ? { ok: false, problem: 'too-large' } : { ok: true, bytes };
}

export interface Arrival {
  /** The name by which the kiosk is asked to look it over. */
  readonly name: string;
  remove(): Promise<void>;
}

/** Lays a package where the kiosk finds it: the stick it came on may be seen by this user only. */
export async function layArrival(dataDir: string, bytes: Uint8Array): Promise<Arrival> {
  const folder = arrivalsFolder(dataDir);
  const name = randomUUID();
  const file = join(folder, name);
  // What a command left behind that was killed goes with it.
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  await writePrivate(file, bytes);
  const { uid, gid } = await stat(dataDir);
  // Root installs for the user of the kiosk.
  if (process.getuid?.() === 0)
    for (const place of [dirname(folder), folder, file]) await chown(place, uid, gid);
  return { name, remove };
}
