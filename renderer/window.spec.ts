/** The window in a real browser on an engine in memory, under the page's strict policy. */
import { expect, type Page, test } from '@playwright/test';
import { windowPage } from './testing/window-page.fixture.ts';

const served = windowPage();
test.beforeAll(() => served.start());
test.afterAll(() => served.stop());
test.afterEach(() => expect(served.complaints).toEqual([]));
const open = (page: Page, query = '') => served.open(page, query);

test('teaches when there is nothing, and takes a file that is dropped', async ({ page }) => {
  await open(page, 'empty&pace=60');
  await expect(page.getByTestId('empty-state')).toContainText('Drop a CAD file here');
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['ISO-10303-21;'], 'bracket.stp'));
    return transfer;
  });
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: data });
  await expect(page.getByTestId('drop-overlay')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  await expect(page.getByRole('treeitem', { name: 'Bar:1' })).toBeVisible();
  await expect(page.getByTestId('empty-state')).toBeHidden();
});

test('says what to do with a file that cannot be read', async ({ page }) => {
  await open(page, 'empty');
  await expect(page.getByTestId('empty-state')).toBeVisible();
  const chooser = page.waitForEvent('filechooser', { timeout: 10_000 });
  await page.keyboard.press('Control+o');
  await (await chooser).setFiles({ name: 'part.sldprt', mimeType: '', buffer: Buffer.from('x') });
  await expect(page.getByTestId('messages')).toContainText('Save as ▸ STEP');
});

test('is used by keyboard: tree, rename, hide, undo, palette', async ({ page }) => {
  await open(page);
  const tree = page.getByTestId('tree');
  await tree.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('treeitem', { name: 'Bar:1' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('F2');
  await page.keyboard.type('Beam');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('treeitem', { name: 'Beam' })).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByRole('treeitem', { name: 'Beam, hidden' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('treeitem', { name: 'Bar:1' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('section');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('section-card')).toBeVisible();
});

test('shows names from files as text, whatever they hold', async ({ page }) => {
  await open(page);
  await page.getByRole('treeitem', { name: 'Plate:1' }).click();
  await expect(page.getByLabel('Part name')).toHaveValue('Base plate <b>10 mm</b>');
});

test('holds thousands of rows, and finds among them', async ({ page }) => {
  await open(page, 'copies=2000');
  await page.getByRole('treeitem').first().click();
  await page.getByTestId('tree').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  await expect(page.getByRole('treeitem', { name: 'Bar:2001' })).toBeVisible();
  expect(await page.getByRole('treeitem').count()).toBeLessThan(100);
  await page.getByTestId('tree-filter').fill('bar:1234');
  await expect(page.getByRole('treeitem')).toHaveCount(2);
});
