/** Whether a part can be made, in the window on the real engine: asked by the palette, findings painted and framed, the plan read. */
import { join } from 'node:path';
import { type Page, test } from '@playwright/test';
import { type ServedEngine, serveProject, temporaryFolder } from './served-engine.ts';
import { expect, StudyWindow } from './study-window.ts';

const PICTURES = process.env['ARTIFICER_PICTURES'];

let engine: ServedEngine;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let page: Page;
let complaints: string[] = [];

const picture = async (name: string): Promise<void> => {
  if (!PICTURES) return;
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(PICTURES, `manufacture-${name}.png`) });
};

test.beforeEach(async ({ browser }) => {
  test.setTimeout(300_000);
  folder = await temporaryFolder();
  engine = await serveProject(join(folder.path, 'making.artificer'), folder.path);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
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

test('a heat sink: its thin fins are found, painted and framed; another process has another plan', async () => {
  const window = new StudyWindow(page);
  await window.openSample('Finned heat sink');
  await window.command('can the part be made');
  const panel = page.getByTestId('manufacture');
  await expect(page.getByTestId('manufacture-verdict')).toContainText('can be made by milling', { timeout: 60_000 });
  const ribs = panel.locator('[data-rule="milling.thin-rib"]');
  await expect(ribs).toContainText('12 places');
  await ribs.click();
  await expect(ribs).toHaveAttribute('aria-pressed', 'true');
  await expect(ribs).toContainText('at least 1.87 mm thick');
  await expect(ribs).toContainText('Sandvik');
  // Both sides of twelve fins.
  await expect(page.getByTestId('properties')).toContainText('24 things are selected');
  await expect(page.getByTestId('manufacture-plan')).toContainText('sawn from plate');
  await picture('1-milling');

  await page.getByTestId('manufacture-process').selectOption('laser-powder-bed');
  await page.getByTestId('manufacture-check').click();
  await expect(page.getByTestId('manufacture-verdict')).toContainText('laser powder bed', { timeout: 60_000 });
  await expect(page.getByTestId('manufacture-plan')).toContainText('powder');
  await picture('2-powder');
});
