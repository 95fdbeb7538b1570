import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess(),
  // The mark of a component's styles stands in the page some eight hundred times: four signs do.
  compilerOptions: { cssHash: ({ hash, css }) => `s${hash(css).slice(-4)}` },
};
