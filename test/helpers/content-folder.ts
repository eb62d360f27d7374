import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const resourcesDir = path.resolve(import.meta.dirname, '..', '..', 'resources');

/** A copy of the content that ships, for a test to make mistakes in. */
export interface ContentFolder {
  /** Has `content` and `locales`, as resources does. */
  readonly path: string;
  /** Changes one place of a file; a test whose place is gone fails. */
  edit(file: string, from: string | RegExp, to: string): void;
  /** Changes a parsed JSON file. */
  change(file: string, change: (json: Record<string, unknown>) => unknown): void;
  write(file: string, json: unknown): void;
  remove(file: string): void;
  clean(): void;
}

export function copyContent(): ContentFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'content-'));
  for (const part of ['content', 'locales'])
    cpSync(path.join(resourcesDir, part), path.join(folder, part), { recursive: true });
  const whole = (file: string): string => path.join(folder, file);
  const write = (file: string, json: unknown): void => {
    mkdirSync(path.dirname(whole(file)), { recursive: true });
    writeFileSync(whole(file), JSON.stringify(json));
  };
  return {
    path: folder,
    edit(file, from, to) {
      const before = readFileSync(whole(file), 'utf8');
      const after = before.replace(from, to);
      if (after === before) throw new Error(`the test changes nothing in ${file}`);
      writeFileSync(whole(file), after);
    },
    change(file, change) {
      write(file, change(JSON.parse(readFileSync(whole(file), 'utf8'))));
    },
    write,
    remove: (file) => rmSync(whole(file), { recursive: true }),
    clean: () => rmSync(folder, { recursive: true, force: true }),
  };
}
