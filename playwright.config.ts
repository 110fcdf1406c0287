/** The tests that need a window (every spec.ts below tests and renderer), in an installed Chromium, and Electron where there is one. */

import { defineConfig } from '@playwright/test';
import { findBrowser, SOFTWARE_RENDERING_FLAGS } from './main/host/programs.mjs';

const browser = findBrowser();
const TIMED = 'renderer/sketcher/drag.spec.ts';

export default defineConfig({
  testDir: '.',
  testMatch: ['tests/**/*.spec.ts', 'renderer/**/*.spec.ts'],
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: false,
  timeout: 180_000,
  // Twice Playwright's own patience, since two windows share what one had.
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env['CI']),
  // On a crowded machine a window may miss a moment; what passes only the second time is listed as flaky at the end.
  retries: process.env['CI'] ? 1 : 0,
  reporter: 'list',
  projects: [
    // "npm test" runs these one after another. Windows without an engine of their own leave half of the cores idle.
    { name: 'windows', testMatch: 'renderer/**/*.spec.ts', testIgnore: TIMED },
    // One at a time: the machine's cores are for the solver that is being tested.
    { name: 'flows', testMatch: 'tests/**/*.spec.ts', workers: 1 },
    // What is timed has the machine to itself.
    { name: 'timed', testMatch: TIMED, workers: 1 },
  ],
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(browser ? { executablePath: browser } : {}),
      // A software WebGL2, the same on every machine.
      args: ['--no-sandbox', ...SOFTWARE_RENDERING_FLAGS],
    },
  },
});
