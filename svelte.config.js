/**
 * Runes are forced for our own files only: forcing them for node_modules breaks libraries that still use `export let`.
 * @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig}
 */
export default {
  vitePlugin: {
    dynamicCompileOptions: ({ filename }) =>
      filename.includes('node_modules') ? undefined : { runes: true },
  },
};
