// Builds the report page into one file, dist/report.html, and runs the unit tests of page and app.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { oneFile } from './one_file.ts';

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [svelte(), oneFile()],
  // Under Vitest the browser's half of Svelte is wanted, since the tests mount the page in jsdom.
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  build: {
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 1_000_000,
    chunkSizeWarningLimit: 950,
    rolldownOptions: { input: 'report.html' },
  },
  test: { include: ['test/**/*.test.ts'], environment: 'jsdom', testTimeout: 60_000 },
}));
