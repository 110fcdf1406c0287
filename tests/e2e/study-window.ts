/** Studies in the window by mouse and keyboard, as the end-to-end tests use it. */
import { type Locator, type Page, expect as patient } from '@playwright/test';

/** Engine, solver and a software-drawn picture share two cores. */
export const expect = patient.configure({ timeout: 30_000 });

export class StudyWindow {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  tab(name: string): Locator {
    return this.page.locator('.dock-tab', { hasText: name }).first();
  }
  get results(): Locator {
    return this.page.getByTestId('results');
  }

  /** The sample of this title, with its only part selected. */
  async openSample(title: string): Promise<void> {
    const { page } = this;
    await this.command('sample part');
    await page.getByRole('dialog').getByText(title, { exact: true }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    const items = page.getByTestId('tree').getByRole('treeitem');
    // The new part brings its features to the front, a moment after the dialog is gone.
    await expect(async () => {
      await this.tab('Assembly').click();
      await items.first().click({ timeout: 3000 });
    }).toPass({ timeout: 180_000 });
    await page.getByTestId('viewport').focus();
    await page.keyboard.press('f');
  }

  /** By the palette. */
  async command(words: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await this.page.keyboard.type(words);
    await this.page.keyboard.press('Enter');
  }

  /** A new study of the selected part, by the palette. */
  async newStudy(name: string, type: string): Promise<void> {
    await this.command(`new ${name} study of the selected part`);
    await expect(this.page.getByTestId('study-type')).toHaveValue(type);
  }

  async useMaterial(words: string, name: string): Promise<void> {
    const { page } = this;
    const studies = page.getByTestId('studies');
    await studies.getByTitle('Choose a material').click();
    await page.getByTestId('material-search').fill(words);
    await page.getByTestId('materials').getByText(name, { exact: true }).first().click();
    await page.getByTestId('assign-material').first().click();
    await this.tab('Studies').click();
    await expect(studies.getByTitle('Choose a material')).toHaveText(name);
  }

  /** Adds from the menu of a list, and puts it on what a selector finds. */
  async add(list: 'restraints' | 'loads', kind: string, selector?: string): Promise<void> {
    const { page } = this;
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

  async fill(field: Locator, value: string): Promise<void> {
    await field.fill(value);
    await field.press('Enter');
  }

  async meshSize(size: string): Promise<void> {
    const mesh = this.page.getByTestId('mesh');
    if (!(await mesh.getByLabel('Largest element').isVisible())) await mesh.locator('summary').first().click();
    await this.fill(mesh.getByLabel('Largest element'), size);
  }

  /** Solves the study that is open, and waits for its answer to be the one in view. */
  async solve(study: string): Promise<void> {
    const { page } = this;
    await this.tab('Studies').click();
    await expect(page.getByTestId('missing')).toHaveCount(0);
    const before = this.results.locator('select').first();
    const old = (await before.isVisible().catch(() => false)) ? await before.inputValue() : null;
    await page.getByTestId('viewport').focus();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('headline')).toBeVisible({ timeout: 180_000 });
    if (old !== null) await expect(before).not.toHaveValue(old, { timeout: 180_000 });
    await expect(page.getByTestId('result-title').first()).toContainText(study);
    await expect(page.getByTestId('result-title').first()).not.toContainText('out of date');
  }

  /** A number of the panel by its name, in the unit that it is shown in. */
  async figure(name: string): Promise<number> {
    const words = await this.page
      .getByTestId('headline')
      .locator('.figure', { hasText: name })
      .locator('.figure-value')
      .textContent();
    return numberIn(words ?? '');
  }
  async fact(name: string): Promise<number> {
    const group = this.page.getByTestId('provenance');
    const value = group.locator(`dt:text-is("${name}") + dd`);
    if (!(await value.isVisible())) await group.locator('summary').first().click();
    return numberIn((await value.textContent()) ?? '');
  }
}

/** `−1.25×10⁻³ mm` as a number. */
export function numberIn(words: string): number {
  const match = /([−-]?[\d.,\s]*\d)(?:\s*×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?/.exec(words);
  if (!match) return Number.NaN;
  const exponent = [...(match[2] ?? '')].map((c) => (c === '⁻' ? '-' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c))).join('');
  return Number(`${match[1]!.replace('−', '-').replace(/[\s,]/g, '')}e${exponent || 0}`);
}
