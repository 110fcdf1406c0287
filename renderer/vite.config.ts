/**
 * For working on the window alone, with an engine in memory: `npx vite build renderer` and serve the folder it names. The
 * shipped page is built by electron-vite from the same sources, without `testing/`.
 */
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: resolve(import.meta.dirname, '../out/renderer-development'),
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ['testing/development.html', 'testing/sketching.html', 'viewport/harness.html'].map((page) =>
        resolve(import.meta.dirname, page),
      ),
    },
  },
});
