import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{main,preload,native,renderer,scripts,tests}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', 'out/**', 'dist/**', 'native/build/**'],
    // A process per file: a native module or a kernel that dies takes only its own file with it.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
