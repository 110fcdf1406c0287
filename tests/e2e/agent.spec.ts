/** A conversation with the agent in the window on the real engine: asked, approved, seen in the model, accepted, undone. */
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type ServedEngine, serveProject, temporaryFolder } from './served-engine.ts';
import { StudyWindow } from './study-window.ts';
import { themesOf } from './themes.ts';

const PICTURES = process.env['ARTIFICER_PICTURES'];

for (const theme of themesOf('dark'))
  test.describe(`the agent, ${theme}`, () => {
    let engine: ServedEngine;
    let folder: Awaited<ReturnType<typeof temporaryFolder>>;
    let page: Page;
    let complaints: string[] = [];
    const picture = async (name: string): Promise<void> => {
      if (!PICTURES) return;
      await page.waitForTimeout(1200);
      await page.screenshot({ path: join(PICTURES, `agent-${name}-${theme}.png`) });
    };
    const panel = () => page.getByRole('region', { name: 'Agent' });
    const say = async (text: string): Promise<void> => {
      await panel().getByTestId('agent-say').fill(text);
      await page.keyboard.press('Enter');
    };

    test.beforeEach(async ({ browser }) => {
      test.setTimeout(180_000);
      folder = await temporaryFolder();
      engine = await serveProject(join(folder.path, 'agent.artificer'), folder.path);
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

    test('a change waits for a yes, happens on a branch, and is accepted as one that can be undone', async () => {
      await new StudyWindow(page).openSample('L-bracket with ribs');
      await page.keyboard.press('ControlOrMeta+i');
      await expect(panel().getByTestId('agent-say')).toBeFocused();
      await picture('1-empty');

      await say('make the ribs 2 mm thicker');
      const card = panel().getByTestId('agent-operation').last();
      await expect(card).toContainText('5 mm → 7 mm');
      await picture('2-waiting');
      await card.getByTestId('agent-approve').click();
      await expect(card).toContainText('rib_thickness: 5 mm → 7 mm');
      const work = panel().getByTestId('agent-work');
      await expect(work).toContainText('1 change waits for you');

      // What could be meant in several ways is asked, and the answer is a click.
      await say('set the radius to 4 mm');
      await expect(panel().getByTestId('agent-question').last()).toContainText('corner_radius or inner_radius');
      await picture('3-question');
      await panel().getByRole('button', { name: 'corner_radius' }).click();
      await panel().getByTestId('agent-operation').last().getByTestId('agent-approve').click();
      await expect(work).toContainText('2 changes wait for you');
      await say('M6 clearance holes at the corners');
      await expect(panel().getByTestId('agent-question').last()).toContainText('On which face?');
      // The agent points at faces; a click lights them up in the model, and they go along with what is said next.
      await panel()
        .getByTestId('agent-question')
        .last()
        .getByRole('button', { name: /^Show / })
        .first()
        .click();
      await expect(panel().getByTestId('agent-selection')).toContainText('1 face');
      await picture('4-pointing');

      await panel().getByTestId('agent-accept').click();
      await expect(panel().getByTestId('agent-outcome').last()).toContainText('Accepted');
      await expect(work).toBeHidden();
      await say('what is the mass');
      await expect(panel().getByTestId('agent-operation').last()).toContainText('weighs');
      await picture('5-accepted');
      await page.getByTestId('viewport').focus();
      await page.keyboard.press('ControlOrMeta+z');
      await say('what is the rib thickness');
      await expect(panel().getByTestId('agent-operation').last()).toContainText('rib_thickness = 5 mm');
    });

    test('a design is asked for in words: what is missing is asked, and the brief is there to be read and changed', async () => {
      await new StudyWindow(page).openSample('L-bracket with ribs');
      await page.keyboard.press('ControlOrMeta+i');
      await say(
        'design the lightest bracket for 800 N with a safety factor of 1.5, of 6061, vary thickness and rib thickness',
      );
      const question = panel().getByTestId('agent-question').last();
      await expect(question).toContainText('Where does the load act?');
      await picture('6-design-question');
      await question.getByRole('button', { name: 'Front (−Y)' }).click();
      await expect(panel().getByTestId('agent-question').last()).toContainText('Which way does the load push?');
      await say('down');
      await expect(panel().getByTestId('agent-question').last()).toContainText('Where is it held?');
      await say('the back');
      const card = panel().getByTestId('agent-operation').last();
      await expect(card).toContainText('max(von_mises) <= yield / 1.5 in "front load"');
      await card.getByTestId('agent-brief').getByText('The brief').click();
      await expect(card.getByTestId('agent-brief')).toContainText('force: [0, 0, -800]');
      await picture('7-design-brief');
      await card.getByTestId('agent-approve').click();
      // The search is a question of its own; nothing is computed before.
      await expect(panel().getByTestId('agent-operation').last()).toContainText('at most 10 minutes and 400 solves');
      await picture('8-design-search');
      await panel().getByRole('button', { name: 'Show it in the Design panel' }).last().click();
      const design = page.getByTestId('design');
      await picture('9-design-panel');
      await design.getByRole('radio', { name: 'Text' }).click();
      await expect(design.getByTestId('brief-text')).toHaveValue(/back: faces >Y\n +front: faces <Y/);
      await expect(design.getByTestId('brief-check')).toContainText('It can be worked on');

      // Another engine answers only once a model is named, and the built-in one is a click away.
      await page.getByTestId('viewport').focus();
      await new StudyWindow(page).command('preferences');
      const preferences = page.getByTestId('preferences');
      await preferences.getByRole('radio', { name: 'A model of yours' }).click();
      await preferences.getByTestId('agent-model').fill('some-model');
      await page.keyboard.press('Enter');
      // What runs is not disturbed.
      await expect(preferences).toContainText('Answering now: built-in');
      await picture('10-engine');
    });
  });
