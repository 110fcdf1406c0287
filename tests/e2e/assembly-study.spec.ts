/**
 * Two of an assembly's parts studied together in the window: chosen in the tree, held by a selector and loaded by a pick in the
 * view, bonded where they touch, painted as one; then a part is taken away and comes back.
 */
import { join, resolve } from 'node:path';
import { expect as patient, test } from '@playwright/test';
import { serveProject, temporaryFolder } from './served-engine.ts';
import { numberIn, StudyWindow } from './study-window.ts';
import { themesOf } from './themes.ts';

const expect = patient.configure({ timeout: 30_000 });
const PICTURES = process.env['ARTIFICER_PICTURES'];
/** A base of 60 x 40 x 10 mm with two posts of 10 x 12 x 30 mm, one part, the right one a quarter turned. */
const STAND = resolve(import.meta.dirname, 'files/two-posts.step');
/** What a new force is, down; over the section of a post. */
const FORCE_N = 1000;
const SECTION_mm2 = 10 * 12;

for (const theme of themesOf('light'))
  test(`parts of an assembly studied together, ${theme}`, async ({ browser }) => {
    const folder = await temporaryFolder();
    const engine = await serveProject(join(folder.path, 'stand.artificer'), folder.path);
    const context = await browser.newContext({ colorScheme: theme, viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('filechooser', () => {});
    const window = new StudyWindow(page);
    const picture = async (name: string) => {
      if (PICTURES) await page.screenshot({ path: join(PICTURES, `assembly-study-${name}-${theme}.png`) });
    };
    const item = (name: string) => page.getByRole('treeitem', { name, exact: true });
    try {
      await page.goto(engine.url);
      await expect(page.getByTestId('empty-state')).toBeVisible();
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Import' }).first().click();
      await (await chooser).setFiles(STAND);
      await expect(item('left post')).toBeVisible({ timeout: 60_000 });

      await item('base').click();
      await item('left post').click({ modifiers: ['Control'] });
      await window.command('new static study of the selected parts');
      const members = page.getByTestId('study-members');
      await expect(members.getByRole('listitem')).toHaveText(['base', 'left post']);
      // What touches is bonded without being asked for.
      await expect(page.getByTestId('connections')).toContainText('where they touch');
      await page.getByTestId('solve-bar').getByText('no material').click();
      await page.getByTestId('material-search').fill('6061-T6');
      await page.getByTestId('materials').getByText('Al 6061-T6', { exact: true }).first().click();
      await page.getByTestId('assign-material').first().click();
      await window.tab('Studies').click();

      await window.add('restraints', 'Fixed', 'faces of "base" <Z');
      // Seen from above with only the post in view, its upper end is in the middle.
      await item('left post').click();
      await page.keyboard.press('i');
      await window.command('top view');
      await page.getByTestId('viewport').focus();
      await page.keyboard.press('f');
      await page.waitForTimeout(800);
      await page.keyboard.press('Escape');
      await window.add('loads', 'Force');
      const box = (await page.getByTestId('viewport').boundingBox())!;
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await page.waitForTimeout(300);
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await expect(page.getByTestId('loads')).toContainText(/Face \d+ · plane · left post/);
      await page.keyboard.press('Escape');
      await page.keyboard.press('i');
      await page.keyboard.press('7');
      await page.keyboard.press('f');
      await picture('1-loaded');

      await window.meshSize('6 mm');
      await window.solve('Static study');
      await expect(page.getByTestId('legend')).toBeVisible();
      const bodies = page.getByTestId('result-bodies').getByRole('row');
      await expect(bodies).toHaveCount(3);
      const stress = async (body: string) =>
        numberIn((await bodies.filter({ hasText: body }).getByRole('button').first().textContent()) ?? '');
      // Squeezed evenly half-way up, more where the post meets the base; the base takes it on five times the area.
      expect(await stress('left post')).toBeGreaterThan(FORCE_N / SECTION_mm2);
      expect(await stress('base')).toBeGreaterThan(1);
      const bonds = page.getByTestId('result-connections');
      await bonds.locator('summary').click();
      await expect(bonds.getByRole('row')).toHaveCount(2);
      await expect(bonds).toContainText('1000 N');
      await expect(bonds).toContainText('120 mm²');
      await page.waitForTimeout(PICTURES ? 2500 : 0);
      await picture('2-result');

      // Nothing is lost in silence when one of the parts goes, and all is well again when it is back.
      await item('left post').click();
      await page.keyboard.press('Delete');
      await expect(item('left post')).toHaveCount(0);
      await expect(page.getByTestId('stale')).toBeVisible();
      await window.tab('Studies').click();
      await expect(page.getByTestId('missing')).toContainText('not in the assembly any more');
      await expect(members).toContainText('Not in the assembly any more');
      await picture('3-gone');
      await page.getByTestId('viewport').focus();
      await page.keyboard.press('Control+z');
      await expect(page.getByTestId('missing')).toHaveCount(0);
      await expect(page.getByTestId('result-title').first()).not.toContainText('out of date');
    } finally {
      await context.close();
      await engine.stop();
      await folder.remove();
    }
    expect(complaints).toEqual([]);
  });
