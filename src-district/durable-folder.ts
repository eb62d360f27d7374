import { closeSync, fsyncSync, openSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type Init = NodeFS['init'];

/**
 * PGlite as shipped loses commits with the power: it starts with `-F` (fsync off), its file layer has no fsync at all,
 * and the WebAssembly build's fdatasync does nothing. This puts a real fsync under it.
 */
export class DurableFolder extends NodeFS {
  override async init(...[pglite, options]: Parameters<Init>): ReturnType<Init> {
    const made = await super.init(pglite, options);
    const preRun = [...(made.emscriptenOpts.preRun ?? [])];
    preRun.push((module: object) => addFsync(module));
    return { emscriptenOpts: { ...made.emscriptenOpts, preRun } };
  }
}

/** Without `-F`, and flushing the log by fsync, the one call that reaches the file layer. */
export const durableStartParameters: string[] = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'fsync=on',
  '-c',
  'wal_sync_method=fsync',
];

function addFsync(module: object): void {
  const fileLayer = memberOf(module, 'NODEFS');
  const operations = memberOf(fileLayer, 'stream_ops');
  const realPath: unknown = Reflect.get(fileLayer, 'realPath');
  if (typeof realPath !== 'function') throw new Error('this PGlite cannot be made durable');
  Reflect.set(operations, 'fsync', (stream: object): number => {
    const descriptor: unknown = Reflect.get(stream, 'nfd');
    if (typeof descriptor === 'number') fsyncSync(descriptor);
    else syncPath(String(Reflect.apply(realPath, fileLayer, [Reflect.get(stream, 'node')])));
    return 0;
  });
}

function memberOf(owner: object, name: string): object {
  const member: unknown = Reflect.get(owner, name);
  if (typeof member !== 'object' || member === null) throw new Error('this PGlite cannot be made durable');
  return member;
}

/** Also for folders, which the file layer opens without a descriptor of its own. */
export function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
