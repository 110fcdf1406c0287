/**
 * Studies of several types set up in the window on the real engine, by mouse and keyboard as a new user would: vibration of a
 * bracket, two load cases with a combination, and the heat of a heat sink.
 */
import { join } from 'node:path';
import { type Locator, type Page, expect as patient, test } from '@playwright/test';
import { type ServedEngine, serveProject, temporaryFolder } from './served-engine.ts';
import { themesOf } from './themes.ts';

/** Two engines on a busy machine take their time. */
const expect = patient.configure({ timeout: 30_000 });
const PICTURES = process.env['ARTIFICER_PICTURES'];

let engine: ServedEngine;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let page: Page;
let theme: 'light' | 'dark';
let complaints: string[] = [];

const picture = async (name: string): Promise<void> => {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `studies-${name}-${theme}.png`) });
};
const panel = (): Locator => page.getByTestId('studies');
const tab = (name: string): Locator => page.locator('.dock-tab', { hasText: name }).first();
const missing = (): Locator => page.getByTestId('missing');

/** A sample by its title; its part is selected then. */
async function openSample(title: string): Promise<void> {
  await page
    .getByTestId('empty-state')
    .getByRole('button', { name: /sample/i })
    .last()
    .click();
  const sample = page.getByRole('dialog').getByText(title, { exact: true });
  await sample.click();
  await expect(page.getByRole('dialog')).toBeHidden();
  // It is selected, with its history in front, once it has been rebuilt.
  await expect(page.getByTestId('features')).toContainText(/Rebuilt in/, { timeout: 90_000 });
}

async function useMaterial(words: string, name: string): Promise<void> {
  await panel().getByTitle('Choose a material').click();
  await page.getByTestId('material-search').fill(words);
  await page.getByTestId('materials').getByText(name, { exact: true }).first().click();
  await page.getByTestId('assign-material').first().click();
  await tab('Studies').click();
  await expect(panel().getByTitle('Choose a material')).toHaveText(name);
}

/** Adds from the menu of a list, and puts it on what a selector finds. */
async function add(list: 'restraints' | 'loads', kind: string, selector?: string): Promise<void> {
  await page.getByTestId(`add-${list}`).click();
  await page.getByRole('menuitem', { name: kind, exact: true }).click();
  if (!selector) return;
  const item = page.getByTestId(list).locator('.study-item.open');
  await item.getByRole('button', { name: /Add by selector/ }).click();
  await item.getByLabel('Selector', { exact: true }).fill(selector);
  await page.keyboard.press('Enter');
  await expect(item.getByRole('list', { name: 'On' })).toContainText(selector);
  await page.keyboard.press('Escape');
}

/** By the palette, as somebody does who knows what it is called. */
async function command(words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('What do you want to do?').fill(words);
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText(words);
  await page.keyboard.press('Enter');
}

/** Solves, and says whether an answer came; a type that the core cannot solve yet must say so in words. */
async function solve(): Promise<boolean> {
  await expect(missing()).toHaveCount(0);
  await page.keyboard.press('Control+Enter');
  // The bar shows how far it is, and then either the result or why not.
  await page.waitForTimeout(1000);
  await expect(page.getByTestId('cancel-solve')).toHaveCount(0, { timeout: 240_000 });
  const headline = page.getByTestId('headline');
  const refusal = panel().locator('.notice.error');
  await expect(headline.or(refusal).first()).toBeVisible();
  if (await headline.isVisible()) return true;
  await expect(refusal).toContainText(/yet/);
  return false;
}

for (const each of themesOf('dark'))
  test.describe(`studies, ${each}`, () => {
    test.beforeEach(async ({ browser }) => {
      test.setTimeout(400_000);
      theme = each;
      folder = await temporaryFolder();
      engine = await serveProject(join(folder.path, 'studies.artificer'), folder.path);
      const context = await browser.newContext({ colorScheme: theme, viewport: { width: 1440, height: 900 } });
      page = await context.newPage();
      page.setDefaultTimeout(30_000);
      complaints = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(engine.url);
      await expect(page.getByTestId('empty-state')).toBeVisible();
    });
    test.afterEach(async () => {
      await page.context().close();
      await engine.stop();
      await folder.remove();
      expect(complaints).toEqual([]);
    });

    test('a bracket: its vibration, then two load cases of the same part', async () => {
      await openSample('L-bracket with ribs');
      await tab('Studies').click();
      await page.waitForTimeout(1500);
      await picture('1-types');

      // By the keyboard: the dialog of types, two steps down from static and one up again.
      await page.getByTestId('viewport').focus();
      await page.keyboard.press('Shift+n');
      const dialog = page.getByTestId('new-study-dialog');
      await expect(dialog.getByRole('radio', { name: /^Static/ })).toBeFocused();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      await picture('2-new-study');
      await page.keyboard.press('Enter');
      await expect(page.getByTestId('study-type')).toHaveValue('modal');
      // Vibration needs no restraint and no load.
      await expect(missing()).toHaveCount(0);
      await useMaterial('6061-T6', 'Al 6061-T6');
      await add('restraints', 'Fixed', 'faces <Z');
      const modes = page.getByTestId('type-settings').getByLabel('Modes');
      await modes.fill('2.5');
      await modes.press('Enter');
      await expect(page.getByTestId('type-settings')).toContainText('whole number');
      await modes.fill('4');
      await modes.press('Enter');
      await expect(page.getByTestId('type-settings').getByRole('alert')).toHaveCount(0);
      // Help for what is being typed into.
      await modes.focus();
      await page.keyboard.press('F1');
      await expect(page.getByTestId('help')).toContainText('Modal study');
      await picture('3-modal');
      await tab('Studies').click();
      if (await solve()) await picture('4-modes');
      await tab('Studies').click();

      // The same as a static study: nothing is lost, and what it needs is said.
      await page.getByTestId('study-type').selectOption('static');
      await expect(missing()).toContainText('Nothing acts on the part');
      await missing().getByText('Nothing acts').click();
      await expect(page.getByTestId('add-loads')).toBeFocused();
      await add('loads', 'Force', 'faces >Z');
      await add('loads', 'Gravity');
      await page.getByTestId('mesh').locator('summary').click();
      await page.getByTestId('mesh').getByRole('radio', { name: 'Draft' }).click();
      await page.getByTestId('cases').locator('summary').click();
      await page.getByRole('button', { name: 'One for each load' }).click();
      const table = page.getByTestId('case-table');
      await expect(table.getByLabel('Factor of Force in Force')).toHaveValue('1');
      await table.getByLabel('Factor of Gravity in Force').fill('1.5');
      await page.keyboard.press('ArrowUp');
      await expect(table.getByLabel('Factor of Force in Force')).toBeFocused();
      await expect(table.getByLabel('Factor of Gravity in Force')).toHaveValue('1.5');
      await page.getByRole('button', { name: 'Add a combination' }).click();
      const combined = page.getByTestId('combination-table').getByLabel('Factor of Force in Combination 1');
      await combined.fill('1.35');
      await combined.press('Enter');
      await expect(combined).toHaveValue('1.35');
      await combined.scrollIntoViewIfNeeded();
      await picture('5-cases');
      // One step of undo each.
      await page.getByTestId('viewport').focus();
      await page.keyboard.press('Control+z');
      await expect(combined).toHaveValue('1');
      await page.keyboard.press('Control+Shift+z');
      await expect(combined).toHaveValue('1.35');
      if (await solve()) await picture('6-cases-solved');

      // As a thermal study: what does not belong is shown so, and kept.
      await tab('Studies').click();
      await page.getByTestId('study-type').selectOption('thermal');
      await expect(missing()).toContainText('“Force” does not belong to a thermal study');
      await expect(page.getByTestId('loads').getByText('not of this type')).toHaveCount(2);
      await picture('7-not-of-this-type');
      await page.getByTestId('study-type').selectOption('static');
      await expect(table.getByLabel('Factor of Gravity in Force')).toHaveValue('1.5');
    });

    test('a heat sink: warmed below, cooled by air; then stress from it', async () => {
      await openSample('Finned heat sink');
      await page.getByTestId('viewport').focus();
      await command('New thermal study');
      await expect(page.getByTestId('study-type')).toHaveValue('thermal');
      await useMaterial('6061-T6', 'Al 6061-T6');
      await expect(missing()).toContainText('Nothing sets a temperature');
      // Only heat is offered.
      await page.getByTestId('add-loads').click();
      await expect(page.getByRole('menuitem', { name: 'Force', exact: true })).toHaveCount(0);
      await page.keyboard.press('Escape');
      await add('loads', 'Heat flow', 'faces <Z');
      const power = page.getByTestId('loads').getByLabel(/^Power/);
      await power.fill('0.02 kW');
      await power.press('Enter');
      await expect(power).toHaveValue('20');
      await add('loads', 'Convection', 'faces |X');
      const film = page.getByTestId('loads').getByLabel(/^Film coefficient/);
      await film.fill('0');
      await film.press('Enter');
      await expect(page.getByTestId('loads').getByRole('alert')).toContainText('larger than nothing');
      await film.fill('25');
      await film.press('Enter');
      const ambient = page.getByTestId('loads').getByLabel(/^Ambient/);
      await ambient.fill('77 °F');
      await ambient.press('Enter');
      await expect(ambient).toHaveValue('25');
      await page.waitForTimeout(800);
      await picture('8-thermal');
      await page.getByTestId('mesh').locator('summary').click();
      await page.getByTestId('mesh').getByRole('radio', { name: 'Draft' }).click();
      if (await solve()) await picture('9-temperatures');

      // Stress from it: the thermal study is offered, and says whether it has been solved.
      await page.getByTestId('viewport').focus();
      await command('New thermal stress study');
      await expect(page.getByTestId('study-type')).toHaveValue('thermal-stress');
      await expect(missing()).toContainText('say where its temperatures come from');
      await missing().getByText('say where its temperatures come from').click();
      await expect(page.getByLabel('Temperatures from')).toBeFocused();
      await page.getByLabel('Temperatures from').selectOption({ label: 'Thermal study' });
      await add('restraints', 'Fixed', 'faces <Z');
      await picture('10-thermal-stress');
      // The list of studies shows their types.
      await page.getByTestId('study-choice').click();
      await expect(page.getByRole('menuitem', { name: 'Thermal stress study' })).toBeVisible();
      await picture('11-list');
      await page.getByRole('menuitem', { name: 'Thermal study' }).click();
      await expect(page.getByTestId('study-type')).toHaveValue('thermal');
    });
  });
