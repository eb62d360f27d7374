import { chmodSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { extractAll } from '@electron/asar';
import { root } from '../process.ts';

/** Of Electron only; the commands and the Node host need none of it. */
const electronOnly = ['out/preload', 'out/main/index.js', 'out/main/services-process.js'];

/** The folder of a version: two of them stand beside each other during an update, and neither is ever half the other. */
export const programFolder = (version: string): string => path.join('usr', 'lib', 'skranke', version);

/** Maintainer scripts name the version they belong to. */
export function copyControl(from: string, to: string, version: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((one) => one !== 'tree')) {
    const text = readFileSync(path.join(from, name), 'utf8');
    // The control file's own version is written with the rest of it.
    writeFileSync(path.join(to, name), name === 'control' ? text : text.replaceAll('${version}', version));
  }
}

/** Documents that travel with every package: licence, whose data and programs are in it, what IT reads. */
export function copyDocuments(tree: string, name: string): void {
  const folder = path.join(tree, 'usr', 'share', 'doc', name);
  mkdirSync(folder, { recursive: true });
  cpSync(path.join(root, 'LICENSE'), path.join(folder, 'copyright'));
  for (const document of ['README.md', 'CHANGELOG.md', 'NOTICE', 'SECURITY.md'])
    cpSync(path.join(root, document), path.join(folder, document));
  cpSync(path.join(root, 'docs'), path.join(folder, 'docs'), { recursive: true });
}

/** Lays out skranke-node: exactly what the archive holds, with Node itself. */
export function stageNode(archive: string, tree: string, version: string): void {
  const packaging = path.join(root, 'resources', 'packaging', 'node');
  cpSync(path.join(packaging, 'tree'), tree, { recursive: true });
  const program = path.join(tree, programFolder(version));
  mkdirSync(path.join(program, 'bin'), { recursive: true });
  extractAll(archive, program);
  for (const name of electronOnly) rmSync(path.join(program, name), { recursive: true });
  cpSync(path.join(root, 'node_modules', 'node', 'bin', 'node'), path.join(program, 'bin', 'node'));
  chmodSync(path.join(program, 'bin', 'node'), 0o755);
  copyDocuments(tree, 'skranke-node');
  const examples = path.join(tree, 'usr', 'share', 'skranke');
  cpSync(path.join(root, 'resources', 'packaging', 'lockdown'), path.join(examples, 'lockdown'), {
    recursive: true,
  });
  for (const name of ['config.example.json', 'schemas/config.schema.json'])
    cpSync(path.join(root, 'resources', name), path.join(examples, path.basename(name)));
}
