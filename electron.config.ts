import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import type { UserConfig } from 'vite';

/* electron-vite only looks for a file of another name: always `electron-vite build -c electron.config.ts`. */
const root = import.meta.dirname;
const pages = ['visitor', 'desk'] as const;

/** The screens. test/tools/build.ts builds them alone with this, for the Node host needs nothing else. */
export const rendererConfig: UserConfig = {
  root: path.join(root, 'src-renderer'),
  base: './',
  publicDir: false,
  plugins: [svelte({ configFile: path.join(root, 'svelte.config.js') })],
  build: {
    outDir: path.join(root, 'out', 'renderer'),
    emptyOutDir: true,
    minify: 'oxc',
    cssMinify: true,
    sourcemap: false,
    // Fonts and pictures stay files, so that the page's policy can stay at 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      checks: { bundlerTimings: false },
      input: Object.fromEntries(pages.map((page) => [page, path.join(root, 'src-renderer', `${page}.html`)])),
    },
  },
};

export default defineConfig({
  main: {
    build: {
      outDir: path.join(root, 'out', 'main'),
      sourcemap: false,
      rolldownOptions: {
        input: {
          index: path.join(root, 'src-main', 'hosts', 'electron', 'main.ts'),
          'services-process': path.join(root, 'src-main', 'hosts', 'electron', 'services-process.ts'),
          // The guard stays an entry of its own: what it loads comes after the look at the version.
          'cli/skranke': path.join(root, 'src-main', 'cli', 'guard.js'),
        },
        // Every chunk stands two folders below package.json, as app/config.ts does in a clone: it looks for content from there.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
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
