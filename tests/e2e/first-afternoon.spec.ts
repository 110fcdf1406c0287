/**
 * An engineer's first afternoon, on a real assembly: open, isolate, hold, load, choose a material, solve, look, probe, undo
 * and redo, close, and find everything again.
 */
import { join, resolve } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { serveProject, temporaryFolder } from './served-engine.ts';
import { themesOf } from './themes.ts';

const ASSEMBLY = resolve(import.meta.dirname, '../corpus/files/step/as1-oc-214.stp');
const PICTURES = process.env['ARTIFICER_PICTURES'];

const picture = async (page: Page, name: string): Promise<void> => {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
};
const treeItem = (page: Page, name: string): Locator => page.getByRole('treeitem', { name, exact: true });
const viewport = (page: Page): Locator => page.getByTestId('viewport');

/** Clicks in the view at a share of its width and height. */
async function clickInView(page: Page, x: number, y: number): Promise<void> {
  const box = (await viewport(page).boundingBox())!;
  await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
  await page.waitForTimeout(400);
  await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
  await page.waitForTimeout(400);
}

async function importFile(page: Page, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser', { timeout: 15_000 });
  await page.getByRole('button', { name: 'Import' }).first().click();
  await (await chooser).setFiles(path);
}

for (const theme of themesOf('light'))
  test(`a first afternoon, ${theme}`, async ({ browser }) => {
    test.setTimeout(300_000);
    const folder = await temporaryFolder();
    const project = join(folder.path, 'afternoon.artificer');
    let engine = await serveProject(project, folder.path);
    const context = await browser.newContext({ colorScheme: theme, viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    // Choosers are held back from the first listener on, a moment later.
    page.on('filechooser', () => {});
    await page.goto(engine.url);
    await expect(page.getByTestId('empty-state')).toBeVisible();
    await picture(page, `1-empty-${theme}`);

    await importFile(page, ASSEMBLY);
    await expect(treeItem(page, 'l-bracket_1').first()).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('tree')).toContainText('nut-bolt-assembly_1');
    await page.waitForTimeout(1500);
    await picture(page, `2-assembly-${theme}`);

    // Isolate one bracket and make a study of it.
    await treeItem(page, 'l-bracket_1').first().click();
    await page.keyboard.press('i');
    await page.keyboard.press('f');
    await page.waitForTimeout(1200);
    await page.getByRole('button', { name: 'New static study' }).click();
    await expect(page.getByTestId('missing')).toContainText('no material');

    await page.getByTestId('solve-bar').getByText('no material').click();
    await page.getByTestId('material-search').fill('6061-T6');
    await page.getByText('Al 6061-T6', { exact: true }).first().click();
    await page.getByTestId('assign-material').first().click();
    await page.getByText('Studies', { exact: true }).first().click();
    await expect(page.getByTestId('missing')).not.toContainText('material');

    // Hold one face and load another, both picked in the view.
    await page.getByTestId('add-restraints').click();
    await page.getByRole('menuitem', { name: 'Fixed' }).click();
    await clickInView(page, 0.24, 0.49);
    await expect(page.getByTestId('restraints')).toContainText(/Face \d+/);
    await picture(page, `3-held-${theme}`);
    await page.keyboard.press('Escape');
    await page.getByTestId('add-loads').click();
    await page.getByRole('menuitem', { name: 'Force', exact: true }).click();
    await clickInView(page, 0.38, 0.74);
    await expect(page.getByTestId('loads')).toContainText(/Face \d+/);
    await page.keyboard.press('Escape');
    await picture(page, `4-loaded-${theme}`);

    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('legend')).toBeVisible({ timeout: 120_000 });
    await expect(page.getByTestId('headline')).toContainText('MPa');
    await page.waitForTimeout(2000);
    await picture(page, `5-result-${theme}`);

    // A probe that stays.
    await page
      .getByRole('button', { name: /place a probe|add a probe|probe/i })
      .first()
      .click();
    await clickInView(page, 0.38, 0.74);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('probes')).toContainText('Probes (1)');
    await picture(page, `6-probed-${theme}`);

    // Undo takes the probe back, redo brings it again.
    await viewport(page).focus();
    await page.keyboard.press('Control+z');
    await expect(page.getByTestId('probes')).not.toContainText('Probes (1)');
    await page.keyboard.press('Control+Shift+z');
    await expect(page.getByTestId('probes')).toContainText('Probes (1)');

    // Tomorrow: another process, another page, the same project.
    await page.close();
    await engine.stop();
    engine = await serveProject(project, folder.path);
    const tomorrow = await context.newPage();
    tomorrow.on('pageerror', (error) => complaints.push(error.message));
    await tomorrow.goto(engine.url);
    await expect(treeItem(tomorrow, 'l-bracket_1').first()).toBeVisible({ timeout: 30_000 });
    await tomorrow.getByText('Studies', { exact: true }).first().click();
    await expect(tomorrow.getByTestId('restraints')).toContainText('1 place');
    await expect(tomorrow.getByTestId('loads')).toContainText('1000 N');
    await tomorrow.getByText('Results', { exact: true }).first().click();
    await expect(tomorrow.getByTestId('headline')).toContainText('MPa');
    await expect(tomorrow.getByTestId('probes')).toContainText('Probes (1)');
    await tomorrow.keyboard.press('r');
    await expect(tomorrow.getByTestId('legend')).toBeVisible({ timeout: 30_000 });
    await tomorrow.waitForTimeout(2500);
    await picture(tomorrow, `7-tomorrow-${theme}`);
    expect(complaints).toEqual([]);
    await context.close();
    await engine.stop();
    await folder.remove();
  });
