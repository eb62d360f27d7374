import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export interface BuiltFile {
  readonly body: Buffer<ArrayBuffer>;
  readonly contentType: string;
}
/** By the path in an address, such as `/assets/a.js`. */
export type BuiltFiles = ReadonlyMap<string, BuiltFile>;

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.woff2', 'font/woff2'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.json', 'application/json; charset=utf-8'],
]);

/** Reads the built screens once; afterwards an address is only ever looked up, never joined to a path. */
export async function readBuiltFiles(rendererDir: string): Promise<BuiltFiles> {
  const files = new Map<string, BuiltFile>();
  for (const entry of await readdir(rendererDir, { recursive: true, withFileTypes: true })) {
    const contentType = contentTypes.get(path.extname(entry.name));
    if (!entry.isFile() || contentType === undefined) continue;
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(rendererDir, file).split(path.sep).join('/');
    files.set(`/${name}`, { body: await readFile(file), contentType });
  }
  return files;
}
