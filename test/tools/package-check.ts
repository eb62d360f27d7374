import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

/** One thing that was looked at: what, whether it is as it should be, and what was found. */
export interface Finding {
  readonly what: string;
  readonly isFine: boolean;
  readonly found: string;
}

const finding = (what: string, isFine: boolean, found: string): Finding => ({ what, isFine, found });

function checkListing(archive: string): Finding[] {
  const names = listPackage(archive, { isPack: false }).map((name) => name.replaceAll('\\', '/'));
  const wanted: readonly (readonly [string, RegExp])[] = [
    ['main and services', /^\/out\/main\/(index|services-process)\.js$/],
    ['preload', /^\/out\/preload\/preload\.cjs$/],
    ['voice', /^\/out\/main\/espeak-worker\.js$/],
    [
      'voice data and its licence',
      /^\/node_modules\/@echogarden\/espeak-ng-emscripten\/(espeak-ng\.(js|data)|COPYING)$/,
    ],
    ['screens', /^\/out\/renderer\/(visitor|desk)\.html$/],
    ['command line', /^\/out\/main\/cli\/skranke\.js$/],
    ['migrations of the kiosk', /^\/db\/migrations\/\d{4}-.*\.sql$/],
    ['migrations of the intake', /^\/src-district\/migrations\/.*\.sql$/],
    ['fonts', /^\/resources\/fonts\/.*\.ttf$/],
    ['locales', /^\/resources\/locales\/(da|en|ar)\/.*\.json$/],
    ['content', /^\/resources\/content\/.*\.json$/],
  ];
  const present = wanted.map(([what, pattern]) => {
    const count = names.filter((name) => pattern.test(name)).length;
    return finding(`archive holds ${what}`, count > 0, `${count} files`);
  });
  const stray = names.filter((name) => /\.(map|ts|mts|svelte)$/.test(name) || name.startsWith('/test/'));
  return [
    ...present,
    finding('archive holds no sources, maps or tests', stray.length === 0, stray.slice(0, 3).join(' ')),
  ];
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(path.join(folder, name)).isFile(),
  );
}

function checkNatives(unpacked: string): Finding[] {
  const files = filesBelow(unpacked);
  const natives = ['better-sqlite3', 'typst-ts-node-compiler', 'resvg'];
  return [
    ...natives.map((name) => {
      const found = files.filter((file) => file.includes(name) && file.endsWith('.node'));
      return finding(`native of ${name} lies outside the archive, once`, found.length === 1, found.join(' '));
    }),
    finding(
      'nothing but natives lies outside the archive',
      files.every((file) => file.endsWith('.node')),
      `${files.length} files`,
    ),
  ];
}

async function checkFuses(binary: string): Promise<Finding[]> {
  const wire = await getCurrentFuseWire(binary);
  const expected: readonly (readonly [FuseV1Options, FuseState])[] = [
    [FuseV1Options.RunAsNode, FuseState.DISABLE],
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseState.DISABLE],
    [FuseV1Options.EnableNodeCliInspectArguments, FuseState.DISABLE],
    [FuseV1Options.GrantFileProtocolExtraPrivileges, FuseState.DISABLE],
    [FuseV1Options.EnableCookieEncryption, FuseState.ENABLE],
    [FuseV1Options.OnlyLoadAppFromAsar, FuseState.ENABLE],
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseState.ENABLE],
  ];
  return expected.map(([fuse, state]) => {
    const found = wire[fuse];
    const word = found === undefined ? 'unset' : FuseState[found];
    return finding(`fuse ${FuseV1Options[fuse]} is ${FuseState[state]}`, found === state, word);
  });
}

/** Starts what was packed, from where it was unpacked to: it has to find migrations, fonts and content by itself. */
function startPacked(program: string, dataFolder: string): Promise<Finding> {
  const what = 'packed program starts and says where it is';
  const { promise, resolve } = Promise.withResolvers<Finding>();
  const args = ['start', '--host', 'node', '--no-open', '--json', '--port', '0', '--data-dir', dataFolder];
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  let isReady = false;
  const timer = setTimeout(() => child.kill('SIGKILL'), 120_000);
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (!/"kiosk"\s*:\s*"http/.test(output)) return;
    isReady = true;
    child.kill('SIGTERM');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  child.once('close', (code) => {
    clearTimeout(timer);
    resolve(
      finding(what, isReady, isReady ? 'ready' : `ended with code ${String(code)}: ${output}${errors}`),
    );
  });
  return promise;
}

/** The command that needs most of what is packed beside the program: a thread, its data, and a file to write. */
function speakPacked(program: string, scratch: string): Promise<Finding> {
  const out = path.join(scratch, 'voice.wav');
  const { promise, resolve } = Promise.withResolvers<Finding>();
  const child = spawn(process.execPath, [program, 'say', '--lang', 'ar', '112', '--out', out], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.once('close', (code) => {
    const isFine = code === 0 && existsSync(out) && statSync(out).size > 10_000;
    resolve(finding('packed program speaks', isFine, output.trim()));
  });
  return promise;
}

/** Looks at a packed folder (`release/linux-unpacked`); `scratch` is a folder of the caller's to unpack into. */
export async function checkPackage(packed: string, scratch: string): Promise<Finding[]> {
  const archive = path.join(packed, 'resources', 'app.asar');
  const extracted = path.join(scratch, 'extracted');
  extractAll(archive, extracted);
  const program = path.join(extracted, 'out', 'main', 'cli', 'skranke.js');
  return [
    ...checkListing(archive),
    ...checkNatives(`${archive}.unpacked`),
    ...(await checkFuses(path.join(packed, 'skranke'))),
    finding(
      'the start page of the runtime is gone',
      !existsSync(path.join(packed, 'resources', 'default_app.asar')),
      '',
    ),
    await startPacked(program, path.join(scratch, 'data')),
    await speakPacked(program, scratch),
  ];
}
