import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createPackage } from '@electron/asar';

/** What @electron/fuses searches for in the binary, then format version 1, nine fuses, each off or on. */
const fuseWire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('101100101'),
]);

/**
 * A folder electron-builder takes for an unpacked Electron. Nothing in it runs; it lets a machine that cannot download the
 * runtime show that the package is put together right.
 */
export async function makeStandInRuntime(folder: string): Promise<void> {
  const program = '/bin/true';
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  mkdirSync(path.join(folder, 'resources'), { recursive: true });
  for (const name of ['electron', 'chrome-sandbox', 'chrome_crashpad_handler']) {
    copyFileSync(program, path.join(folder, name));
    chmodSync(path.join(folder, name), 0o755);
  }
  writeFileSync(path.join(folder, 'electron'), fuseWire, { flag: 'a' });
  writeFileSync(path.join(folder, 'version'), '45.4.1');
  writeFileSync(path.join(folder, 'LICENSE'), 'stand-in');
  for (const language of ['en-US', 'da', 'ar', 'fr']) {
    writeFileSync(path.join(folder, 'locales', `${language}.pak`), '');
  }
  const start = path.join(folder, '..', 'start-page');
  mkdirSync(start, { recursive: true });
  writeFileSync(path.join(start, 'index.js'), '');
  await createPackage(start, path.join(folder, 'resources', 'default_app.asar'));
}
