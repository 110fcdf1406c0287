/** Histories, forms, variables and help in a real browser, by mouse and keyboard, on an engine in memory. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { windowPage } from '../testing/window-page.fixture.ts';

const served = windowPage();
test.afterEach(() => expect(served.complaints).toEqual([]));

const step = (page: Page, name: string | RegExp): Locator =>
  page.getByTestId('feature-tree').getByRole('treeitem', { name, exact: typeof name === 'string' });
const names = (page: Page): Promise<string[]> =>
  page.locator('.feature-row .feature-name').evaluateAll((rows) => rows.map((row) => row.textContent ?? ''));

/** A plate of a sketch, an extrusion and a fillet, with two variables. */
async function openSample(page: Page): Promise<void> {
  await served.open(page, 'empty&pace=30');
  await page.getByTestId('empty-state').getByText('Fixture plate').click();
  await expect(step(page, 'Rounded corner')).toBeVisible();
  // The first picture, so that clicks in the view meet something.
  await expect(page.getByTestId('empty-state')).toBeHidden();
}
async function clickInView(page: Page, x: number, y: number): Promise<void> {
  const box = (await page.getByTestId('viewport').boundingBox())!;
  await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
  await page.waitForTimeout(300);
  await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
}

test('the tree is worked by keyboard: rename, suppress, reorder with a refusal, roll back, delete', async ({
  page,
}) => {
  await openSample(page);
  await page.getByTestId('feature-tree').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await expect(step(page, 'Rounded corner')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('F2');
  await page.keyboard.type('Soft corner');
  await page.keyboard.press('Enter');
  await expect(step(page, 'Soft corner')).toBeVisible();

  await page.keyboard.press('Space');
  await expect(step(page, 'Soft corner, suppressed')).toBeVisible();
  await page.keyboard.press('Space');
  await expect(step(page, 'Soft corner')).toBeVisible();

  // A fillet cannot stand before the body whose edge it rounds.
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.locator('.toast')).toContainText('"Soft corner" can\'t stand before "Plate"');
  expect(await names(page)).toEqual(['Outline', 'Plate', 'Soft corner']);

  await page.keyboard.press('Alt+Shift+ArrowUp');
  await expect(step(page, 'Soft corner, rolled back')).toBeVisible();
  await page.keyboard.press('Alt+Shift+ArrowDown');
  await expect(step(page, 'Soft corner')).toBeVisible();

  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Delete');
  const dialog = page.getByTestId('delete-features');
  await expect(dialog).toContainText('One later step needs it');
  await expect(dialog).toContainText('Soft corner');
  await dialog.getByRole('button', { name: 'Only this' }).click();
  await expect(step(page, 'Soft corner, failed')).toBeVisible();
  await page.getByTestId('viewport').focus();
  await page.keyboard.press('Control+z');
  await expect(step(page, 'Plate')).toBeVisible();
  await expect(step(page, 'Soft corner')).toBeVisible();
});

test('a step is dragged to another place, and the bar rolls the part back', async ({ page }) => {
  await openSample(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('datum plane');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('feature-editor')).toContainText('New datum plane');
  await page.getByTestId('accept-feature').click();
  await expect(step(page, 'Datum plane')).toBeVisible();
  await step(page, 'Datum plane').dragTo(step(page, 'Outline'), { targetPosition: { x: 60, y: 4 } });
  await expect.poll(() => names(page)).toEqual(['Datum plane', 'Outline', 'Plate', 'Rounded corner']);

  await page.locator('.roll-bar').dragTo(step(page, 'Plate'), { targetPosition: { x: 60, y: 4 } });
  await expect(step(page, 'Plate, rolled back')).toBeVisible();
  await expect(step(page, 'Rounded corner, rolled back')).toBeVisible();
  await page.locator('.roll-bar').dblclick();
  await expect(step(page, 'Rounded corner')).toBeVisible();
});

test('steps are grouped under a heading that closes, by the menu of a row', async ({ page }) => {
  await openSample(page);
  await step(page, 'Outline').click();
  await step(page, 'Plate').click({ modifiers: ['Control'] });
  await step(page, 'Plate').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Group 2 steps' }).click();
  const group = page.getByTestId('feature-tree').getByRole('treeitem', { name: /^Group/ });
  await expect(group).toHaveAttribute('aria-expanded', 'true');
  expect(await names(page)).toEqual(['Group', 'Outline', 'Plate', 'Rounded corner']);
  await group.click();
  await expect(group).toHaveAttribute('aria-expanded', 'false');
  await expect.poll(() => names(page)).toEqual(['Group', 'Rounded corner']);
});

test('a form previews while it is typed into, says what fails and what to try, and is one undoable change', async ({
  page,
}) => {
  await openSample(page);
  await page.keyboard.press('Shift+b');
  const editor = page.getByTestId('feature-editor');
  await expect(editor).toContainText('New fillet');
  await expect(page.getByTestId('accept-feature')).toBeDisabled();
  await expect(editor).toContainText('“Edges” is still needed');
  await clickInView(page, 0.5, 0.5);
  await expect(editor.getByRole('list', { name: 'Edges' })).toContainText('End of Plate');
  await expect(page.getByTestId('preview-state')).toHaveText('Previewed');

  // Names of variables are offered, and the value stands beside the expression.
  const radius = page.getByTestId('field-radius');
  await radius.fill('thi');
  await page.keyboard.press('Tab');
  await page.keyboard.type(' * 2');
  await expect(radius).toHaveValue('thickness * 2');
  await expect(editor.locator('.expression-value')).toHaveText('= 24\u00a0mm');
  await expect(page.getByTestId('preview-state')).toContainText('larger than the faces beside the edge allow');
  await editor.getByRole('button', { name: 'Try half the radius' }).click();
  await expect(page.getByTestId('preview-state')).toHaveText('Previewed');
  await radius.fill('thickness *');
  await expect(editor.locator('.field-error').first()).toBeVisible();
  await radius.fill('3 kg');
  await expect(editor.locator('.field-error').first()).toContainText('a length is needed');
  await radius.fill('3 mm');
  await expect(page.getByTestId('preview-state')).toHaveText('Previewed');
  await page.keyboard.press('Enter');
  await expect(editor).toBeHidden();
  await expect(step(page, 'Fillet')).toBeVisible();
  await page.getByTestId('viewport').focus();
  await page.keyboard.press('Control+z');
  await expect(step(page, 'Fillet')).toHaveCount(0);
  expect(await names(page)).toEqual(['Outline', 'Plate', 'Rounded corner']);
});

test('Escape drops a form and leaves nothing behind', async ({ page }) => {
  await openSample(page);
  await step(page, 'Plate').dblclick();
  const editor = page.getByTestId('feature-editor');
  await editor.getByLabel('Distance', { exact: true }).fill('40 mm');
  await expect(page.getByTestId('preview-state')).toHaveText('Previewed');
  await page.keyboard.press('Escape');
  await expect(editor).toBeHidden();
  await expect(page.getByTestId('properties')).not.toContainText('160');
  await step(page, 'Plate').dblclick();
  await expect(editor.getByLabel('Distance', { exact: true })).toHaveValue('thickness');
});

test('an arrow in the view sets the distance, and its value can be typed', async ({ page }) => {
  await openSample(page);
  await step(page, 'Plate').dblclick();
  const head = page.locator('[data-testid=drag-handle] polygon');
  await expect(head).toBeVisible();
  const box = (await head.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y - 70, { steps: 8 });
  await page.mouse.up();
  const typed = page.getByLabel('Value of the arrow');
  const value = Number.parseFloat(await typed.inputValue());
  // Some 80 pixels upwards in a view in which the 12 mm of the plate are about that high.
  expect(value).toBeGreaterThan(15);
  expect(value).toBeLessThan(60);
  await expect(page.getByTestId('feature-editor').getByLabel('Distance', { exact: true })).toHaveValue(`${value} mm`);
  await typed.fill('18 mm');
  await page.keyboard.press('Enter');
  await step(page, 'Plate').dblclick();
  await expect(page.getByTestId('feature-editor').getByLabel('Distance', { exact: true })).toHaveValue('18 mm');
});

test('a reference that is lost is given something else by one press', async ({ page }) => {
  await openSample(page);
  await step(page, 'Plate').click();
  await page.keyboard.press('Delete');
  await page.getByTestId('delete-features').getByRole('button', { name: 'Only this' }).click();
  await expect(page.getByTestId('failure')).toContainText('is no longer there');
  await page.getByTestId('feature-tree').focus();
  await step(page, 'Outline').click();
  await page.keyboard.press('Shift+e');
  await page.getByTestId('accept-feature').click();
  await expect(step(page, 'Extrude')).toBeVisible();
  await page.getByTestId('feature-tree').focus();
  await step(page, 'Extrude').click();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => names(page)).toEqual(['Outline', 'Extrude', 'Rounded corner']);
  await step(page, /Rounded corner/).click();
  const candidate = page
    .getByTestId('failure')
    .getByRole('button', { name: /^Use edge/ })
    .first();
  await candidate.hover();
  await candidate.click();
  await expect(page.getByTestId('feature-editor')).toBeVisible();
  await expect(page.getByTestId('preview-state')).toHaveText('Previewed');
  await page.getByTestId('accept-feature').click();
  await expect(step(page, 'Rounded corner')).toBeVisible();
  await expect(page.getByTestId('failure')).toHaveCount(0);
});

test('variables are added, renamed where they are used, and moved by a slider', async ({ page }) => {
  await openSample(page);
  const panel = page.getByTestId('variables');
  await expect(panel.getByTestId('variable-corner').locator('.expression-value')).toHaveText('= 4\u00a0mm');
  await panel.getByTestId('variable-thickness').getByRole('button', { name: 'thickness: more' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.keyboard.type('plate_thickness');
  await page.keyboard.press('Enter');
  await expect(panel.getByLabel('corner, expression')).toHaveValue('plate_thickness / 3');

  await panel.getByLabel('Name of the new variable').fill('gap');
  await panel.getByLabel('Expression of the new variable').fill('plate_thickness + 1 mm');
  await page.keyboard.press('Enter');
  await expect(panel.getByTestId('variable-gap').locator('.expression-value')).toHaveText('= 13\u00a0mm');

  const slider = panel.getByLabel('plate_thickness, slider');
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(panel.getByLabel('plate_thickness, expression')).toHaveValue('12.1 mm');

  await panel.getByLabel('gap, expression').fill('gap + 1 mm');
  await page.keyboard.press('Enter');
  await expect(panel.getByTestId('variable-gap')).toContainText('"gap" is defined by itself');
  // Names that mean something in expressions are refused.
  await panel.getByLabel('Name of the new variable').fill('sin');
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast').last()).toContainText('a word of expressions');
});

test('a family of parts: members with values of their own', async ({ page }) => {
  await openSample(page);
  const panel = page.getByTestId('configurations');
  await panel.locator('summary').click();
  await panel.getByRole('button', { name: 'Add a configuration' }).click();
  await panel.getByRole('button', { name: 'Add a variable to the table' }).click();
  await page.getByRole('menuitem', { name: 'thickness' }).click();
  await panel.getByLabel('thickness in Configuration').fill('20 mm');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('variable-thickness')).toContainText('configuration');
  await expect(page.getByLabel('thickness, expression')).toHaveValue('20 mm');
  await panel.getByLabel('Show the part as its variables say').check();
  await expect(page.getByLabel('thickness, expression')).toHaveValue('12 mm');
});

test('an imported part is edited by what is recognised on it', async ({ page }) => {
  await served.open(page, 'pace=30');
  await page.getByRole('treeitem', { name: 'Bar:1' }).click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('recognise');
  await page.keyboard.press('Enter');
  const panel = page.getByTestId('recognised');
  await expect(panel.getByText('Hole, 8 mm, through')).toBeVisible();
  const diameter = panel.getByLabel('Diameter of Hole, 8 mm, through');
  await diameter.fill('12 mm');
  await diameter.press('Enter');
  await page.locator('.dock-tab', { hasText: 'Features' }).click();
  await expect(step(page, 'Hole of 12 mm')).toBeVisible();
  expect(await names(page)).toEqual(['Import', 'Hole of 12 mm']);

  // All fillets up to a size, and off with them.
  await panel.getByLabel('Kind of feature').selectOption('fillet');
  await panel.getByLabel(/Largest size/).fill('3');
  await panel.getByLabel(/Largest size/).press('Enter');
  await panel.getByRole('button', { name: 'Select all 1' }).click();
  await panel.getByRole('button', { name: 'Remove 1' }).click();
  await expect(step(page, 'Remove fillet')).toBeVisible();
});

test('a script is run, and says in which line it stopped', async ({ page }) => {
  await served.open(page, 'empty&pace=30');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('edit the script');
  await page.keyboard.press('Enter');
  const area = page.getByRole('textbox', { name: 'Script' });
  await area.fill('const a = 1;\nthrow new Error("no");\n');
  await area.press('Control+Enter');
  await expect(page.getByTestId('script-error')).toContainText('Line 2');
  await expect(page.locator('.script-numbers .wrong')).toHaveText('2');
  await area.fill('export default 1;\n');
  await area.press('Control+Enter');
  await expect(page.getByTestId('script-error')).toHaveCount(0);
  await expect(page.locator('.toast')).toContainText('The script ran');
});

test('the help is found by F1, by search and from a form', async ({ page }) => {
  await openSample(page);
  const help = page.getByTestId('help');
  // While the page is still settling after the sample came, a key may find nobody to take it.
  await expect(async () => {
    if (!(await help.isVisible())) await page.keyboard.press('F1');
    await expect(help).toContainText('Draw a part', { timeout: 2000 });
  }).toPass({ timeout: 20_000 });
  await page.getByTestId('help-search').fill('drill point');
  await help.getByRole('button', { name: 'Hole', exact: true }).click();
  await expect(help.getByRole('heading', { name: 'Hole' })).toBeVisible();
  await expect(help).toContainText('118 deg for most drills');
  await step(page, 'Rounded corner').dblclick();
  await page.keyboard.press('F1');
  await expect(help.getByRole('heading', { name: 'Fillet' })).toBeVisible();
});
