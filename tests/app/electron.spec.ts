/** The real shell, where Electron's program is on the machine; reported as skipped elsewhere. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { findElectron } from '../../main/host/programs.mjs';

const root = resolve(import.meta.dirname, '../..');
const program = findElectron(root);

test.describe('the Electron shell', () => {
  test.skip(
    !program,
    'Electron’s program is not on this machine: the shell is type-checked and tried on a double only',
  );

  let folder: string;
  let shell: ElectronApplication;
  let page: Page;

  test.beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'artificer-electron-'));
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    shell = await _electron.launch({
      executablePath: program!,
      args: [...asRoot, `--user-data-dir=${join(folder, 'electron')}`, root],
      env: { ...process.env, ARTIFICER_DATA: join(folder, 'data') } as Record<string, string>,
    });
    page = await shell.firstWindow();
  });
  test.afterEach(async () => {
    await shell?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('opens its page, reaches its engine, and says what it is', async () => {
    await expect(page).toHaveURL('app://window-1/');
    await expect(page.getByText(/Electron \d+/).first()).toBeVisible({ timeout: 60_000 });
  });

  test('gives the page nothing of Node and no way out', async () => {
    const has = await page.evaluate(() => ({
      require: typeof (globalThis as Record<string, unknown>)['require'],
      process: typeof (globalThis as Record<string, unknown>)['process'],
      shell: Object.keys(window.artificerShell ?? {}).length,
    }));
    expect(has).toEqual({ require: 'undefined', process: 'undefined', shell: 7 });
    const reached = await page.evaluate(() =>
      fetch('https://example.com/').then(
        () => true,
        () => false,
      ),
    );
    expect(reached).toBe(false);
    expect(await page.evaluate(() => window.open('https://example.com/'))).toBeNull();
  });
});
