/** A reader that is ended in the middle of a file takes nothing with it: the window goes on, and the next file opens. */
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { serveProject, temporaryFolder } from './served-engine.ts';

const FILES = resolve(import.meta.dirname, '../corpus/files/step');

test('an import that is stopped half way leaves the window working and the project as it was', async ({ page }) => {
  const folder = await temporaryFolder();
  const engine = await serveProject(join(folder.path, 'stopped.artificer'), folder.path);
  const importFile = async (name: string): Promise<void> => {
    const chooser = page.waitForEvent('filechooser', { timeout: 15_000 });
    await page.getByRole('button', { name: 'Import' }).first().click();
    await (await chooser).setFiles(join(FILES, name));
  };
  // Choosers are held back from the first listener on, a moment later.
  page.on('filechooser', () => {});
  await page.goto(engine.url);
  await expect(page.getByTestId('empty-state')).toBeVisible();
  await importFile('box_sides.STEP');
  const progress = page.getByTestId('import-progress');
  await progress.getByRole('button', { name: /cancel|stop/i }).click({ timeout: 20_000 });
  await expect(progress).toBeHidden({ timeout: 5000 });
  await expect(page.getByRole('treeitem')).toHaveCount(0);

  await importFile('cube-mm.step');
  await expect(page.getByRole('treeitem').first()).toBeVisible({ timeout: 60_000 });
  await engine.stop();
  await folder.remove();
});
