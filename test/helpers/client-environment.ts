import type { Environment } from 'vitest/runtime';

/**
 * Runs in Node, but has Svelte compiled for the browser: without this `$state` becomes the server build, which does not react.
 * No DOM exists, so a state class that touches the document fails here.
 */
const environment: Environment = {
  name: 'client',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
};
export default environment;
