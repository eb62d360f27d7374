import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { build, type Plugin, type UserConfig } from 'vite';

/* electron-vite only looks for a file of another name: always `electron-vite build -c electron.config.ts`. */
const root = import.meta.dirname;
const pages = ['visitor', 'desk', 'district'] as const;
const source = path.join(root, 'src-renderer');
const compileSvelte = () => svelte({ configFile: path.join(root, 'svelte.config.js') });

/** A line to nobody: the picture shows what is true before the services have spoken. */
const noLine = { client: {}, isUp: () => false, onChange: () => () => undefined, close: () => undefined };

function isPainter(module: unknown): module is { renderStart(line: unknown): Promise<string> } {
  return (
    typeof module === 'object' &&
    module !== null &&
    'renderStart' in module &&
    typeof module.renderStart === 'function'
  );
}

/** Renders src-renderer/start-picture.ts in this process, compiled as the screens are so that its styles fit. */
async function renderStartPicture(): Promise<string> {
  const outDir = path.join(root, 'out', `.start-picture-${process.pid}`);
  try {
    await build({
      configFile: false,
      root: source,
      logLevel: 'warn',
      publicDir: false,
      plugins: [compileSvelte()],
      build: { ssr: path.join(source, 'start-picture.ts'), outDir, emptyOutDir: true },
    });
    const built: unknown = await import(pathToFileURL(path.join(outDir, 'start-picture.js')).href);
    if (!isPainter(built)) throw new Error('src-renderer/start-picture.ts: expected renderStart');
    return await built.renderStart(noLine);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

/** Puts the start screen into the visitor's page at build time. */
function startPicture(): Plugin {
  return {
    name: 'start-picture',
    apply: 'build',
    transformIndexHtml: async (html, { filename }) =>
      path.basename(filename) === 'visitor.html'
        ? html.replace('<div id="app"></div>', `<div id="app">${await renderStartPicture()}</div>`)
        : html,
  };
}

function isPackage(about: unknown): about is { name: string; version: string } {
  return typeof about === 'object' && about !== null && 'name' in about && 'version' in about;
}

/** Leaves in out/bundled which packages of others are inside what was built: a bill of materials must name them too. */
function tellBundled(part: string): Plugin {
  return {
    name: 'tell-bundled',
    apply: 'build',
    generateBundle(_, bundle) {
      const sources = Object.values(bundle).flatMap((file) =>
        file.type === 'chunk' ? file.moduleIds : file.originalFileNames,
      );
      const folders = [...this.getModuleIds(), ...sources].flatMap(
        (id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id.replace(/^\0+/, ''))?.[0] ?? [],
      );
      const named = [...new Set(folders)].map((folder) => {
        const file = path.join(path.resolve(source, folder), 'package.json');
        const about: unknown = JSON.parse(readFileSync(file, 'utf8'));
        if (!isPackage(about)) throw new Error(`${file}: expected name and version`);
        return `${about.name}@${about.version}`;
      });
      mkdirSync(path.join(root, 'out', 'bundled'), { recursive: true });
      writeFileSync(path.join(root, 'out', 'bundled', `${part}.json`), JSON.stringify(named.toSorted()));
    },
  };
}

/** The screens. test/tools/build.ts builds them alone with this, for the Node host needs nothing else. */
export const rendererConfig: UserConfig = {
  root: source,
  base: './',
  publicDir: false,
  plugins: [compileSvelte(), startPicture(), tellBundled('renderer')],
  build: {
    outDir: path.join(root, 'out', 'renderer'),
    emptyOutDir: true,
    // The kiosk brings its own browser, or a managed one as new: nothing is written for older ones.
    target: 'esnext',
    minify: 'oxc',
    cssMinify: true,
    sourcemap: false,
    // Fonts and pictures stay files, so that the page's policy can stay at 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      checks: { bundlerTimings: false },
      input: Object.fromEntries(pages.map((page) => [page, path.join(source, `${page}.html`)])),
    },
  },
};

export default defineConfig({
  main: {
    plugins: [tellBundled('main')],
    build: {
      outDir: path.join(root, 'out', 'main'),
      sourcemap: false,
      rolldownOptions: {
        input: {
          index: path.join(root, 'src-main', 'hosts', 'electron', 'main.ts'),
          'services-process': path.join(root, 'src-main', 'hosts', 'electron', 'services-process.ts'),
          // The voice's thread is loaded by its address, from the chunk beside it.
          'espeak-worker': path.join(root, 'src-main', 'adapters', 'espeak-worker.ts'),
          // The guard stays an entry of its own: what it loads comes after the look at the version.
          'cli/skranke': path.join(root, 'src-main', 'cli', 'guard.js'),
        },
        // Every chunk stands two folders below package.json, as app/config.ts does in a clone: it looks for content from there.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [tellBundled('preload')],
    build: {
      outDir: path.join(root, 'out', 'preload'),
      sourcemap: false,
      rolldownOptions: {
        input: { preload: path.join(root, 'src-main', 'hosts', 'electron', 'preload.ts') },
        // A sandboxed preload is CommonJS in one file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: rendererConfig,
});
