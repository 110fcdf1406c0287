/** The tests that need a window (every spec.ts below tests and renderer), in an installed Chromium, and Electron where there is one. */

import { defineConfig } from '@playwright/test';
import { findBrowser } from './main/host/programs.mjs';

const browser = findBrowser();

export default defineConfig({
  testDir: '.',
  testMatch: ['tests/**/*.spec.ts', 'renderer/**/*.spec.ts'],
  outputDir: 'test-results',
  // One at a time: the machine's cores are for the solver that is being tested.
  workers: 1,
  fullyParallel: false,
  timeout: 180_000,
  forbidOnly: Boolean(process.env['CI']),
  // On a crowded machine a window may miss a moment; what passes only the second time is listed as flaky at the end.
  retries: process.env['CI'] ? 1 : 0,
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(browser ? { executablePath: browser } : {}),
      // A software WebGL2, the same on every machine.
      args: [
        '--no-sandbox',
        '--use-gl=angle',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
        '--ignore-gpu-blocklist',
        '--disable-dev-shm-usage',
      ],
    },
  },
});
