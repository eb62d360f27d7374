import { cpSync } from 'node:fs';
import path from 'node:path';
import { root } from '../process.ts';
import { copyDocuments } from './stage-node.ts';

const program = path.join('usr', 'lib', 'skranke-electron');

/** The helper of Chromium's sandbox works where the kernel gives no namespaces to users only as root's. */
export const electronRights: ReadonlyMap<string, number> = new Map([
  [path.join(program, 'chrome-sandbox'), 0o4755],
]);

/** Lays out skranke: what electron-builder packed, and how systemd starts it. */
export function stageElectron(packed: string, tree: string): void {
  cpSync(path.join(root, 'resources', 'packaging', 'electron', 'tree'), tree, { recursive: true });
  cpSync(packed, path.join(tree, program), { recursive: true });
  copyDocuments(tree, 'skranke');
}
