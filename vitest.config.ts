import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

/* Machines that run this are slow and shared: limits are there to end a hang, never to judge speed. */
const generous = { testTimeout: 30_000, hookTimeout: 60_000, teardownTimeout: 30_000 };
const slow = { testTimeout: 180_000, hookTimeout: 180_000, teardownTimeout: 60_000 };
/* A browser on a loaded machine can lose its connection through no fault of the code; a real fault fails twice. */
const secondChance = { retry: 1 };

const chromium = {
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  // Sound as in the browser that the kiosk starts.
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--autoplay-policy=no-user-gesture-required'],
};

/* Listed so that Vite does not bundle again in the middle of a run and reload the page under a test. */
const browserDependencies = [
  '@orpc/client',
  '@orpc/client/message-port',
  '@orpc/client/websocket',
  'axe-core',
  'i18next',
  'jose',
  'json-logic-js',
  'svelte',
  'temporal-polyfill',
  'uqr',
  'vitest-browser-svelte',
];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          pool: 'forks',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{state,browser,faults,e2e,package,bench}/**'],
          ...generous,
        },
      },
      {
        plugins: [svelte()],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'state',
          environment: './test/helpers/client-environment.ts',
          pool: 'forks',
          include: ['test/state/**/*.test.ts'],
          ...generous,
        },
      },
      {
        plugins: [svelte()],
        optimizeDeps: { include: browserDependencies },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            connectTimeout: 180_000,
            provider: playwright({ launchOptions: chromium }),
            instances: [{ browser: 'chromium' }],
          },
          ...generous,
          ...secondChance,
        },
      },
      {
        test: {
          name: 'faults',
          environment: 'node',
          pool: 'forks',
          include: ['test/faults/**/*.test.ts'],
          fileParallelism: false,
          ...slow,
          testTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          pool: 'forks',
          include: ['test/e2e/**/*.test.ts'],
          fileParallelism: false,
          ...slow,
          ...secondChance,
        },
      },
      {
        test: {
          name: 'terminal',
          environment: 'node',
          pool: 'forks',
          include: ['test/package/{installed,update}.test.ts'],
          fileParallelism: false,
          ...slow,
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
      {
        test: {
          name: 'twice',
          environment: 'node',
          pool: 'forks',
          include: ['test/package/reproducible.test.ts'],
          testTimeout: 900_000,
        },
      },
    ],
  },
});
