// Builds the app of `xiaoyuan serve` into dist/app: index.html and assets with hashed names, one for
// each page, none of them from another place. The same sources give the same bytes.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

/** The server gives index.html for every address of a page. */
function indexPage(): Plugin {
  return {
    name: 'index-page',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = bundle['app.html'];
      if (!page) throw new Error('index-page: app.html is not in the bundle');
      page.fileName = 'index.html';
    },
  };
}

export default defineConfig({
  base: '/',
  plugins: [svelte(), indexPage()],
  build: {
    outDir: 'dist/app',
    target: 'es2022',
    // A browser's own preloading is enough, and the policy of the server allows no inline script.
    modulePreload: { polyfill: false },
    // Pictures as data: addresses are not allowed by the policy either.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 950,
    rolldownOptions: { input: 'app.html' },
  },
  server: { proxy: { '/api': process.env.XIAOYUAN_SERVER ?? 'http://127.0.0.1:8470' } },
});
