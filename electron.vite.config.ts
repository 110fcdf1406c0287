/** Three builds: the engine and its hosts (ES modules), the preload (one CommonJS file), the window's page. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = (path: string) => resolve(import.meta.dirname, path);

/** Names of the files that other code starts by path, so they may not be renamed: `out/main/<name>.js`. */
const MAIN_ENTRIES: Record<string, string> = {
  app: 'main/app/index.ts',
  'service-process': 'main/app/service-process.ts',
  cli: 'main/cli/index.ts',
  'kernel-reader': 'main/kernel/workers/kernel-reader.ts',
  'kernel-modeller': 'main/kernel/workers/kernel-modeller.ts',
  'part-script-worker': 'main/scripting/sandbox/part-script-worker.ts',
  'part-builder': 'main/scripting/builder/index.ts',
  'physics-worker': 'main/physics/workers/physics-worker.ts',
  'inference-worker': 'main/surrogates/inference/inference-worker.ts',
  'design-model-worker': 'main/engineer/search/thread/model-worker.ts',
  'training-worker': 'main/surrogates/model/training-worker.ts',
  'reading-worker': 'main/surrogates/library/reading-worker.ts',
  'manufacture-worker': 'main/manufacture/worker/manufacture-worker.ts',
  'storage-page-check': 'main/storage/storage-page-check.ts',
};

const present = (entries: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(entries)
      .map(([name, path]): [string, string] => [name, here(path)])
      .filter(([, path]) => existsSync(path)),
  );

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: present(MAIN_ENTRIES),
        // The native core is found at run time, beside the program.
        external: [/\.node$/],
        // Shared code lies beside the entries: programs of workers are found relative to whoever starts them.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload can require nothing but electron: everything else is bundled in.
      externalizeDeps: false,
      rolldownOptions: {
        input: present({ index: 'preload/index.ts' }),
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: here('renderer'),
    base: './',
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      outDir: here('out/renderer'),
      target: 'chrome140',
      // Inlined modules would be `data:` addresses, which the page's policy refuses.
      assetsInlineLimit: 0,
      rolldownOptions: { input: present({ index: 'renderer/index.html', picture: 'renderer/picture.html' }) },
    },
  },
});
