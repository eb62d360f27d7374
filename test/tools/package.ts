import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { extractAll } from '@electron/asar';
import { checkPackage } from './package-check.ts';
import { writeBill } from './packaging/bill-of-materials.ts';
import { writeRepository } from './packaging/repository.ts';
import { sourceDate } from './packaging/source-date.ts';
import { electronRights, stageElectron } from './packaging/stage-electron.ts';
import { copyControl, stageNode } from './packaging/stage-node.ts';
import { signFile, writeSums } from './packaging/sums.ts';
import { writeDeb } from './packaging/write-deb.ts';
import { root, runNode } from './process.ts';
import { makeStandInRuntime } from './stand-in-runtime.ts';

/*
 * `npm run package` packs with Electron's runtime; `--stand-in` with a folder that only looks like one, for machines that
 * cannot download it. Either way the result is looked at afterwards. resources/packaging/README.md tells the rest.
 */
const minutes = 60_000;
const { values } = parseArgs({
  options: {
    'stand-in': { type: 'boolean', default: false },
    target: { type: 'string', default: 'deb' },
    version: { type: 'string' },
    repository: { type: 'string' },
  },
});
const release = path.join(root, 'release');
const packed = path.join(release, 'linux-unpacked');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function readVersion(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const chosen = values.version ?? version;
  if (!/^\d+\.\d+\.\d+([~+][A-Za-z0-9.~+]+)?$/.test(chosen))
    throw new Error(`--version ${chosen}: expected a version such as 1.2.3 or 1.2.3~rc1`);
  return chosen;
}

async function packFolder(scratch: string, version: string): Promise<void> {
  const runtime = path.join(scratch, 'runtime');
  if (values['stand-in']) await makeStandInRuntime(runtime);
  const builder = path.join(root, 'node_modules', 'electron-builder', 'cli.js');
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ['build', [path.join(root, 'test', 'tools', 'build.ts')]],
    [
      'electron-builder',
      [
        ...[builder, '--linux', 'dir', '--x64', '-c', 'electron-builder.config.ts', '--publish', 'never'],
        // npm knows no "~" in a version; the package is told what it is called.
        `-c.extraMetadata.version=${version.replace('~', '-')}`,
      ],
    ],
  ];
  for (const [name, args] of steps) {
    const env = values['stand-in'] ? { ELECTRON_DIST: runtime } : {};
    const { code } = await runNode(args, { limitMs: 8 * minutes, env });
    if (code === 0) continue;
    const hint =
      name === 'build' || values['stand-in']
        ? ''
        : ': name the folder of an Electron runtime in ELECTRON_DIST, or pack with --stand-in';
    throw new Error(`package: ${name} ended with code ${code}${hint}`);
  }
}

/** True when everything was as it should be. */
async function lookAtFolder(scratch: string): Promise<boolean> {
  const findings = await checkPackage(packed, scratch);
  for (const { what, isFine, found } of findings)
    say(`${isFine ? 'fine' : 'NOT FINE'}: ${what}${found === '' ? '' : ` (${found})`}`);
  return findings.every((one) => one.isFine);
}

function packDebs(scratch: string, version: string): string[] {
  const seconds = sourceDate();
  const control = (name: string): string => {
    const to = path.join(scratch, `control-${name}`);
    copyControl(path.join(root, 'resources', 'packaging', name), to, version);
    return to;
  };
  const tree = (name: string): string => {
    const folder = path.join(scratch, `tree-${name}`);
    mkdirSync(folder);
    return folder;
  };
  const node = { tree: tree('node'), controlDir: control('node') };
  stageNode(path.join(packed, 'resources', 'app.asar'), node.tree, version);
  const electron = { tree: tree('electron'), controlDir: control('electron') };
  stageElectron(packed, electron.tree);
  const common = { outDir: release, seconds };
  return [
    writeDeb({ ...common, ...node, version, warning: null, rights: new Map() }),
    writeDeb({
      ...common,
      ...electron,
      // Sorts before the real one, and says everywhere what it is.
      version: values['stand-in'] ? `${version}~standin` : version,
      warning: values['stand-in'] ? 'STAND-IN WITHOUT ELECTRON, RUNS NOTHING: ' : null,
      rights: electronRights,
    }),
  ];
}

function finishRelease(scratch: string, version: string, debs: readonly string[]): void {
  const program = path.join(scratch, 'program');
  extractAll(path.join(packed, 'resources', 'app.asar'), program);
  const bill = path.join(release, 'sbom.cdx.json');
  const count = writeBill({ program, version, seconds: sourceDate(), file: bill });
  say(`fine: bill of materials (${count} components)`);
  // A signature inside the deb changes its bytes, so the sums come after.
  const signed = [...debs, bill].map(signFile);
  const sums = path.join(release, 'SHA256SUMS');
  writeSums([...debs, bill], sums);
  const isSigned = signFile(sums) && signed.every(Boolean);
  say(`fine: ${debs.map((deb) => path.basename(deb)).join(', ')}, ${isSigned ? 'signed' : 'not signed'}`);
}

/** What an older run left must not be taken for what this one made. */
function clearRelease(): void {
  mkdirSync(release, { recursive: true });
  for (const name of readdirSync(release)) rmSync(path.join(release, name), { recursive: true });
}

const scratch = mkdtempSync(path.join(tmpdir(), 'skranke-package-'));
try {
  const version = readVersion();
  if (values.target !== 'deb' && values.target !== 'dir')
    throw new Error(`--target ${values.target}: expected deb or dir; see "Known limits" for others`);
  clearRelease();
  await packFolder(scratch, version);
  if (!(await lookAtFolder(scratch))) process.exitCode = 1;
  else if (values.target === 'deb') {
    const debs = packDebs(scratch, version);
    finishRelease(scratch, version, debs);
    if (values.repository !== undefined) {
      writeRepository(path.resolve(values.repository), debs);
      say(`fine: repository in ${values.repository}`);
    }
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}
