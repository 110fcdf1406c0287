/**
 * Physics in the window on the real engine, as a new user would meet it: mode shapes that swing, a heat sink's temperatures and
 * the stress from them, load cases with what they come to together, and what would improve a bracket, followed.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Page, test } from '@playwright/test';
import { type ServedEngine, serveProject, temporaryFolder } from './served-engine.ts';
import { expect, numberIn, StudyWindow } from './study-window.ts';

const PICTURES = process.env['ARTIFICER_PICTURES'];

let engine: ServedEngine;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let page: Page;
let window: StudyWindow;
let complaints: string[] = [];

const picture = async (name: string): Promise<void> => {
  // What is drawn comes a moment after the numbers.
  await page.waitForTimeout(1200);
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `physics-${name}.png`) });
};

test.beforeEach(async ({ browser }, { title }) => {
  test.setTimeout(600_000);
  folder = await temporaryFolder();
  engine = await serveProject(join(folder.path, 'physics.artificer'), folder.path);
  const colorScheme = title.includes('heat') ? 'dark' : 'light';
  const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  window = new StudyWindow(page);
  complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('filechooser', () => {});
  await page.goto(engine.url);
  await expect(page.getByTestId('empty-state')).toBeVisible();
});
test.afterEach(async () => {
  await page.context().close();
  await engine.stop();
  await folder.remove();
  expect(complaints).toEqual([]);
});

/** The picture's pixels as the page composes them, to see whether two moments differ. */
const pixels = async (): Promise<string> => (await page.getByTestId('viewport').screenshot()).toString('base64');

test('a bracket: what would improve it is drawn, and following it makes it stiffer', async () => {
  await window.openSample('L-bracket with ribs');
  await window.newStudy('static', 'static');
  // Screwed to a wall by its standing leg; a shelf presses on the end of the lying one.
  await window.add('restraints', 'Fixed', 'faces >Y');
  await window.add('loads', 'Force', 'faces <Y');
  await window.meshSize('10 mm');
  await window.solve('Static study');
  const before = await window.fact('Strain energy');
  expect(before).toBeGreaterThan(0);
  // The largest stress is at the rim of the clamp: it is no property of the part, and no factor is offered for it.
  await expect(
    page.getByRole('button', { name: /Smallest safety factor not known [\d.]+ on this mesh/ }),
  ).toBeVisible();
  await picture('1-bracket-stress');

  const section = page.getByTestId('sensitivities');
  await section.getByRole('button', { name: 'Find what each dimension does' }).click();
  await expect(page.getByTestId('sensitivity-table')).toBeVisible({ timeout: 180_000 });
  const quantity = section.getByLabel('Quantity');
  const compliance = (await quantity.locator('option').allTextContents()).findIndex((one) => /compliance/i.test(one));
  expect(compliance).toBeGreaterThanOrEqual(0);
  await quantity.selectOption(String(compliance));
  await expect(page.getByTestId('sensitivity-key')).toContainText('To lower compliance');
  await section.scrollIntoViewIfNeeded();
  await picture('2-sensitivities');
  // What is coloured answers to the pointer: which way to go, and how much it does there.
  const box = (await page.getByTestId('viewport').boundingBox())!;
  await page.mouse.move(box.x + box.width / 2 - 3, box.y + box.height / 2);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page.getByTestId('hover-tip')).toContainText(/(push|pull) here: .*% of the strongest/);

  // The row of the thickness says how much one percent more does; six percent more are followed.
  const row = page.getByTestId('sensitivity-table').getByRole('row', { name: /^thickness/ });
  const share = numberIn(/([−+]?[\d.]+) %/.exec((await row.textContent()) ?? '')![1]!);
  expect(share).toBeLessThan(0);
  await window.tab('Variables').click();
  const thickness = page.getByTestId('variable-thickness').getByLabel('thickness, expression');
  await window.fill(thickness, '6.36 mm');
  await expect(thickness).toHaveValue('6.36 mm');
  await window.tab('Results').click();
  await expect(page.getByTestId('stale')).toBeVisible({ timeout: 60_000 });
  await page.getByTestId('stale').getByRole('button', { name: 'Solve again' }).click();
  await expect(page.getByTestId('stale')).toBeHidden({ timeout: 180_000 });
  const after = await window.fact('Strain energy');
  expect(after).toBeLessThan(before);
  // A gradient promises the small change: here with the sign, and the size within a half for six steps at once.
  expect(((after - before) / before) * 100).toBeGreaterThan(1.5 * 6 * share);
  expect(((after - before) / before) * 100).toBeLessThan(0.5 * 6 * share);
  await picture('3-followed');

  // The report is a download of the browser.
  const download = page.waitForEvent('download');
  await window.command('report of the result as html');
  const file = await download;
  expect(file.suggestedFilename()).toBe('Static study report.html');
  const kept = join(folder.path, 'report.html');
  await file.saveAs(kept);
  expect(await readFile(kept, 'utf8')).toContain('Static study');
});

test('a heat sink in heat: its temperatures, then the stress from them', async () => {
  await window.openSample('Finned heat sink');
  await window.newStudy('thermal', 'thermal');
  await window.add('loads', 'Heat flow', 'faces <Z');
  await window.fill(page.getByTestId('loads').getByLabel(/^Power/), '40');
  await window.add('loads', 'Convection', 'faces |Y');
  await window.fill(page.getByTestId('loads').getByLabel(/^Film coefficient/), '25');
  await window.meshSize('9 mm');
  await window.solve('Thermal study');
  const hottest = await window.figure('Highest temperature');
  const coolest = await window.figure('Lowest temperature');
  // All 40 W leave to air of 20 °C through twelve fins of 100 x 28 mm on both sides and two sides of the base, 100 x 6 mm:
  // their mean is warmer than it by P / (h A), and aluminium is nowhere far from that.
  const mean = 20 + 40 / (25 * (24 * 0.1 * 0.028 + 2 * 0.1 * 0.006));
  expect(coolest).toBeLessThan(mean);
  expect(coolest).toBeGreaterThan(mean - 2);
  expect(hottest).toBeGreaterThan(mean);
  expect(hottest).toBeLessThan(mean + 3);
  await picture('4-temperatures');

  await window.tab('Studies').click();
  await window.newStudy('thermal stress', 'thermal-stress');
  await page.getByLabel('Temperatures from').selectOption({ label: 'Thermal study' });
  await window.add('restraints', 'Fixed', 'faces <Z');
  await window.meshSize('9 mm');
  await window.solve('Thermal stress study');
  await expect(page.getByRole('button', { name: /Largest von Mises no limit [\d.]+ MPa on this mesh/ })).toBeVisible();
  expect(await window.figure('Largest displacement')).toBeGreaterThan(0);
  await page.getByTestId('viewport').focus();
  await page.keyboard.press('d');
  await picture('5-thermal-stress');
});

test('a bracket rings: its mode shapes swing, one after the other', async () => {
  await window.openSample('L-bracket with ribs');
  await window.newStudy('modal', 'modal');
  await window.add('restraints', 'Fixed', 'faces >Y');
  await window.fill(page.getByTestId('type-settings').getByLabel('Modes'), '3');
  await window.meshSize('8 mm');
  await window.solve('Modal study');
  const bar = page.getByTestId('time-bar');
  const frames = await bar.getByLabel('Frame', { exact: true }).locator('option').allTextContents();
  const frequencies = frames.map((words) => numberIn(words.split(/[:·]/).at(-1) ?? ''));
  expect(frequencies).toHaveLength(3);
  // A steel bracket of this size rings at hundreds to thousands of hertz, and its modes come in order.
  expect(frequencies[0]).toBeGreaterThan(100);
  expect(frequencies.toSorted((a, b) => a - b)).toEqual(frequencies);
  // A mode has no size: it is deformed at once, and says so.
  await expect(page.getByTestId('result-title')).toContainText('amplitude arbitrary');
  await expect(page.getByTestId('legend')).toContainText('relative');
  await page.waitForTimeout(2500);
  await page.getByTestId('viewport').focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('undo');
  // Nobody has changed how it is shown: looking at it is no step to undo.
  await expect(page.getByRole('dialog')).not.toContainText('Change how');
  await page.keyboard.press('Escape');
  await picture('6-mode');

  const still = await pixels();
  await page.waitForTimeout(400);
  expect(await pixels()).toBe(still);
  await page.getByTestId('viewport').focus();
  await page.keyboard.press('k');
  await expect(bar.getByRole('button', { name: 'Stop the animation' })).toBeVisible();
  const seen = new Set<string>();
  for (let i = 0; i < 4; i++) seen.add(await pixels());
  expect(seen.size).toBeGreaterThan(2);
  await page.keyboard.press('.');
  await expect(page.getByTestId('frame-label')).toHaveText(frames[1]!);
  await page.keyboard.press('k');
  await picture('7-next-mode');
});
