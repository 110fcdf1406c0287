/**
 * Parts in the window on the real engine, as a new user would make and change them: by mouse and keyboard, from an empty
 * project to a body with rounded edges that follow a changed sketch; and an old file's holes and fillets without a history.
 */
import { join, resolve } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type ServedEngine, serveProject, temporaryFolder } from './served-engine.ts';

const FILES = resolve(import.meta.dirname, '../corpus/files/step');
const PICTURES = process.env['ARTIFICER_PICTURES'];
const picture = async (page: Page, name: string): Promise<void> => {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `parts-${name}.png`) });
};

let engine: ServedEngine;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let complaints: string[] = [];

test.beforeEach(async ({ page }) => {
  test.setTimeout(240_000);
  folder = await temporaryFolder();
  engine = await serveProject(join(folder.path, 'parts.artificer'), folder.path);
  complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  // Choosers are held back from the first listener on, a moment later.
  page.on('filechooser', () => {});
  await page.goto(engine.url);
  await expect(page.getByTestId('empty-state')).toBeVisible();
});
test.afterEach(async () => {
  await engine.stop();
  await folder.remove();
  expect(complaints).toEqual([]);
});

const step = (page: Page, name: string): Locator =>
  page.getByTestId('feature-tree').getByRole('treeitem', { name, exact: true });
const editor = (page: Page): Locator => page.getByTestId('feature-editor');
const previewed = (page: Page) =>
  expect(page.getByTestId('preview-state')).toHaveText('Previewed', { timeout: 30_000 });
/** What the panel says the part's bodies measure, mm³; it has to be the selected one. */
const volume = async (page: Page): Promise<number> => {
  const words = await page
    .getByTestId('properties')
    .locator('dt:text-is("Volume") + dd')
    .first()
    .textContent({ timeout: 10_000 });
  // Large ones are shown as 1.025×10⁷ mm³.
  const [number, power] = words!.split('×10');
  const exponent = [...(power ?? '')].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)).filter((digit) => digit >= 0);
  return Number(`${number!.replace(/[^\d.]/g, '')}e${exponent.join('') || 0}`);
};

async function inView(page: Page, x: number, y: number): Promise<[number, number]> {
  const box = (await page.getByTestId('viewport').boundingBox())!;
  return [box.x + x * box.width, box.y + y * box.height];
}
async function clickInView(page: Page, x: number, y: number): Promise<void> {
  const [left, top] = await inView(page, x, y);
  await page.mouse.move(left - 3, top);
  await page.mouse.move(left, top);
  await page.waitForTimeout(300);
  await page.mouse.click(left, top);
}

/** A rectangle of 60 x 40 mm with its corner in the middle of the view, which is the origin. */
async function drawPlate(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Draw a part/ }).click();
  await page.getByTestId('plane-card').getByRole('button', { name: 'XY' }).click();
  await expect(page.getByTestId('sketch-mode')).toBeVisible();
  await page.waitForTimeout(800);
  await page.keyboard.press('r');
  await clickInView(page, 0.5, 0.5);
  const [x, y] = await inView(page, 0.62, 0.4);
  await page.mouse.move(x, y, { steps: 4 });
  await page.keyboard.type('60');
  await page.keyboard.press('Tab');
  await page.keyboard.type('40');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('sketch-card')).toContainText('Fully constrained');
  await picture(page, '1-sketch');
  await page.getByTestId('sketch-finish').click();
  await expect(page.getByTestId('sketch-mode')).toBeHidden();
  await expect(step(page, 'Sketch 1')).toBeVisible();
}

async function selectPart(page: Page, name?: string): Promise<void> {
  await page.locator('.dock-tab', { hasText: 'Assembly' }).click();
  const items = page.getByTestId('tree').getByRole('treeitem');
  await (name ? items.filter({ hasText: name }).last() : items.first()).click();
  await page.locator('.dock-tab', { hasText: 'Features' }).click();
}

test('a part is drawn: sketch, extrude, fillet; the fillet follows when the sketch is changed', async ({ page }) => {
  await drawPlate(page);
  await page.keyboard.press('Shift+e');
  await expect(editor(page)).toContainText('New extrude');
  await previewed(page);
  await editor(page).getByLabel('Distance', { exact: true }).fill('12 mm');
  await previewed(page);
  await picture(page, '2-extrude');
  await page.keyboard.press('Enter');
  await expect(step(page, 'Extrude')).toBeVisible();
  await selectPart(page);
  await expect.poll(() => volume(page)).toBe(28_800);

  // Rounded all round the top: the face stands for its edges.
  await page.getByTestId('viewport').focus();
  await page.keyboard.press('f');
  await page.waitForTimeout(800);
  await page.keyboard.press('Shift+b');
  await clickInView(page, 0.5, 0.45);
  await expect(editor(page).getByRole('list', { name: 'Edges' })).toContainText(/of Extrude/);
  await previewed(page);
  await page.getByTestId('field-radius').fill('3 mm');
  await previewed(page);
  await picture(page, '3-fillet');
  await page.getByTestId('accept-feature').click();
  await expect(step(page, 'Fillet')).toBeVisible();
  await selectPart(page);
  // Along 200 mm of edge, (1 - pi/4) r^2 is taken off; at the four corners some of it was counted twice.
  const rounded = 28_800 - 200 * (1 - Math.PI / 4) * 9;
  await expect.poll(() => volume(page)).toBeGreaterThan(rounded);
  expect(await volume(page)).toBeLessThan(rounded + 4 * 27);

  // Longer by the sketch's own dimension; the fillet is still all round the top.
  await step(page, 'Sketch 1').dblclick();
  const card = page.getByTestId('sketch-card');
  await card.locator('summary').click();
  await card.getByRole('button', { name: /distance.*60/i }).click();
  await page.getByTestId('viewport').focus();
  await page.keyboard.press('F2');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('90');
  await page.keyboard.press('Enter');
  await expect(card).toContainText('90');
  await page.getByTestId('sketch-finish').click();
  await expect(page.getByTestId('sketch-mode')).toBeHidden();
  await selectPart(page);
  const longer = 43_200 - 260 * (1 - Math.PI / 4) * 9;
  await expect.poll(() => volume(page), { timeout: 20_000 }).toBeGreaterThan(longer);
  expect(await volume(page)).toBeLessThan(longer + 4 * 27);
  for (const name of ['Sketch 1', 'Extrude', 'Fillet']) await expect(step(page, name)).toBeVisible();
  await page.getByTestId('viewport').focus();
  await page.keyboard.press('f');
  await page.waitForTimeout(1000);
  await picture(page, '4-follows');

  // One undo takes the change back.
  await page.keyboard.press('Control+z');
  await expect.poll(() => volume(page), { timeout: 20_000 }).toBeLessThan(28_800);
});

async function importFile(page: Page, name: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser', { timeout: 15_000 });
  await page.getByRole('button', { name: 'Import' }).first().click();
  await (await chooser).setFiles(join(FILES, name));
  await expect(page.getByTestId('tree').getByRole('treeitem').first()).toBeVisible({ timeout: 60_000 });
}

test('an old file is edited without a history: a hole is made bigger, its fillets are taken off', async ({ page }) => {
  await importFile(page, 'base_interface_AP214.STEP');
  await selectPart(page);
  await expect(page.getByTestId('features')).toContainText('without a history');
  const asImported = await volume(page);
  await page.getByTestId('features').getByRole('button', { name: 'Recognise its features' }).click();
  const panel = page.getByTestId('recognised');
  const kind = panel.getByLabel('Kind of feature');
  await expect(kind).toContainText('Holes (5)', { timeout: 60_000 });
  await expect(kind).toContainText('Fillets (8)');
  await kind.selectOption('hole');
  await panel.getByRole('listitem').first().hover();
  await page.waitForTimeout(600);
  await picture(page, '5-recognised');

  const diameter = panel.getByLabel(/^Diameter of Hole, 6\.604 mm/).first();
  await diameter.fill('9 mm');
  await diameter.press('Enter');
  await expect(step(page, 'Hole of 9 mm')).toBeVisible({ timeout: 30_000 });
  await selectPart(page);
  await expect.poll(() => volume(page), { timeout: 30_000 }).toBeLessThan(asImported);
  await expect(panel.getByText(/^Hole, 9 mm/)).toBeVisible({ timeout: 30_000 });
  await picture(page, '6-bigger-hole');
  const withHole = await volume(page);

  await kind.selectOption('fillet');
  await panel.getByRole('button', { name: 'Select all 8' }).click();
  await page.waitForTimeout(600);
  await picture(page, '7-fillets');
  await panel.getByRole('button', { name: 'Remove 8' }).click();
  await expect(step(page, 'Remove 8 features')).toBeVisible({ timeout: 60_000 });
  await selectPart(page);
  await expect.poll(() => volume(page), { timeout: 30_000 }).not.toBe(withHole);
  await expect(kind).not.toContainText('Fillets', { timeout: 30_000 });
  await picture(page, '8-no-fillets');
  // The bigger hole is a step that can still be changed.
  await step(page, 'Hole of 9 mm').dblclick();
  await editor(page).getByLabel('Diameters 1').fill('10 mm');
  await previewed(page);
  await page.getByTestId('accept-feature').click();
  await selectPart(page);
  await expect.poll(() => panel.getByText(/^Hole, 10 mm/).count(), { timeout: 30_000 }).toBe(0);
  await kind.selectOption('all');
  await expect(panel.getByText(/^Hole, 10 mm/)).toBeVisible({ timeout: 30_000 });
});

test('a face is pulled by its arrow, and a value typed beside it', async ({ page }) => {
  await importFile(page, 'cube-mm.step');
  await selectPart(page, 'Cube');
  const before = await volume(page);
  await page.getByTestId('viewport').focus();
  await page.keyboard.press('f');
  await page.waitForTimeout(800);
  await clickInView(page, 0.5, 0.35);
  await page.keyboard.press('Shift+p');
  await expect(editor(page)).toContainText('New push or pull face', { timeout: 30_000 });
  await previewed(page);
  const head = page.locator('[data-testid=drag-handle] polygon');
  const box = (await head.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y - 60, { steps: 6 });
  await page.mouse.up();
  await previewed(page);
  await picture(page, '9-pull');
  expect(Number.parseFloat(await page.getByLabel('Value of the arrow').inputValue())).toBeGreaterThan(1);
  await page.getByLabel('Value of the arrow').fill('25 mm');
  await previewed(page);
  await page.keyboard.press('Enter');
  await expect(step(page, 'Push or pull face')).toBeVisible();
  await selectPart(page, 'Cube');
  await expect.poll(() => volume(page), { timeout: 30_000 }).toBeGreaterThan(before);
});

test('a study keeps its faces through a redesign and is solved again by one press', async ({ page }) => {
  await drawPlate(page);
  await page.keyboard.press('Shift+e');
  await previewed(page);
  await page.keyboard.press('Enter');
  await expect(step(page, 'Extrude')).toBeVisible();
  await selectPart(page);
  await page.getByTestId('viewport').focus();
  await page.keyboard.press('f');
  await page.waitForTimeout(1000);
  await page.getByRole('button', { name: 'New static study' }).click();
  await page.getByTestId('solve-bar').getByText('no material').click();
  await page.getByTestId('material-search').fill('6061-T6');
  await page.getByText('Al 6061-T6', { exact: true }).first().click();
  await page.getByTestId('assign-material').first().click();
  await page.getByText('Studies', { exact: true }).first().click();
  await page.getByTestId('add-restraints').click();
  await page.getByRole('menuitem', { name: 'Fixed' }).click();
  await clickInView(page, 0.32, 0.62);
  await expect(page.getByTestId('restraints')).toContainText(/Side line\d of Extrude/);
  const held = await page.getByTestId('restraints').locator('.reference .truncate').textContent();
  await page.keyboard.press('Escape');
  await page.getByTestId('add-loads').click();
  await page.getByRole('menuitem', { name: 'Force', exact: true }).click();
  await clickInView(page, 0.5, 0.42);
  await expect(page.getByTestId('loads')).toContainText(/End of Extrude/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('headline')).toContainText('MPa', { timeout: 120_000 });
  await picture(page, '10-solved');
  await page.keyboard.press('r');

  // Thicker: the same faces, another result.
  await page.locator('.dock-tab', { hasText: 'Features' }).click();
  await step(page, 'Extrude').dblclick();
  await editor(page).getByLabel('Distance', { exact: true }).fill('20 mm');
  await previewed(page);
  await page.keyboard.press('Enter');
  await page.getByText('Studies', { exact: true }).first().click();
  await expect(page.getByTestId('studies').locator('.badge.error')).toHaveCount(0);
  await page
    .getByTestId('restraints')
    .getByRole('button', { name: /^Fixed/ })
    .first()
    .click();
  await expect(page.getByTestId('restraints').locator('.reference .truncate')).toHaveText(held!);
  await expect(page.getByTestId('loads')).not.toContainText('lost');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('headline')).toContainText('MPa', { timeout: 120_000 });
  await picture(page, '11-solved-again');
});
