/** The window in a real browser on an engine in memory, under the page's strict policy. */
import { expect, type Page, test } from '@playwright/test';
import { windowPage } from './testing/window-page.fixture.ts';

const served = windowPage();
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

const showResult = async (page: Page) => {
  await expect(page.getByTestId('viewport')).toBeVisible();
  await page.getByRole('button', { name: 'Result', exact: true }).click();
  await expect(page.getByTestId('legend')).toBeVisible();
  // What is drawn comes after the numbers, and only what is drawn can be clicked.
  await expect(page.getByTestId('viewport')).toHaveAttribute('aria-busy', 'false');
};

test('goes through the frames of a result by keys and slider, and its film runs and stops', async ({ page }) => {
  await open(page, 'solved&frames=film');
  await showResult(page);
  // What the study has is painted: there is no stress in it.
  await expect(page.getByTestId('legend')).toContainText('Temperature');
  await expect(page.getByTestId('time-now')).toContainText('0 s of 60');
  await page.keyboard.press('.');
  await page.keyboard.press('.');
  await expect(page.getByTestId('time-now')).toContainText('15 s of 60');
  // The numbers are those of the frame: 20 + 80 exp(-1 / 0.25) at the far end after 15 s.
  await expect(page.getByTestId('headline')).toContainText('21.47');
  await page.keyboard.press('k');
  await expect(page.getByTestId('time-now')).toContainText('interpolated');
  await page.keyboard.press('k');
  const stopped = await page.getByTestId('time-now').textContent();
  await page.waitForTimeout(300);
  expect(await page.getByTestId('time-now').textContent()).toBe(stopped);
  await page.keyboard.press('.');
  await expect(page.getByTestId('time-now')).not.toContainText('interpolated');
  await page.keyboard.press('a');
  await expect(page.getByTestId('glyph-key')).toContainText('Heat flux');
});

test('plots along a line, and shows an element by its number', async ({ page }) => {
  await open(page, 'solved');
  await showResult(page);
  await page.keyboard.press('l');
  const box = (await page.getByTestId('viewport').boundingBox())!;
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.click(middle.x - 60, middle.y);
  await expect(page.getByTestId('path')).toContainText('Now the other end');
  await page.mouse.click(middle.x + 90, middle.y + 20);
  const chart = page.getByTestId('path-chart');
  await expect(chart).toContainText('Von Mises stress, A to B');
  await chart.getByRole('img').focus();
  await page.keyboard.press('Home');
  await expect(chart.getByRole('status')).toContainText(/Distance 0 mm · [\d.]+ MPa/);
  await page.getByTestId('elements').locator('summary').click();
  await page.getByLabel('Element number').fill('7');
  await page.keyboard.press('Enter');
  // 24 x 5 x 4 bricks of 200 x 40 x 30 mm in six.
  await expect(page.getByTestId('element-facts')).toContainText('83.33 mm³');
});

test('shows another frame beside the first', async ({ page }) => {
  await open(page, 'solved&frames=modes');
  await showResult(page);
  // A mode has a shape, and no amplitude that could be read as a length.
  await expect(page.getByTestId('legend')).toContainText('relative');
  await expect(page.getByTestId('result-title')).toContainText('amplitude arbitrary');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('two linked views');
  await page.keyboard.press('Enter');
  await page.getByTestId('second-frame').selectOption('2');
  await expect(page.getByTestId('frame-label').nth(0)).toContainText('Mode 1');
  await expect(page.getByTestId('frame-label').nth(1)).toContainText('Mode 3');
  await page.keyboard.press('.');
  await expect(page.getByTestId('frame-label').nth(0)).toContainText('Mode 2');
  await expect(page.getByTestId('frame-label').nth(1)).toContainText('Mode 3');
});
