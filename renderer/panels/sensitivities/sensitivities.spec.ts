/** What would improve a part, in a real browser on an engine in memory. */
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { windowPage } from '../../testing/window-page.fixture.ts';

const served = windowPage();
test.afterEach(() => expect(served.complaints).toEqual([]));

test('tells what each dimension does, as a prediction, and what cannot be followed', async ({ page }) => {
  await served.open(page, 'solved');
  await expect(page.getByTestId('viewport')).toBeVisible();
  await page.getByRole('button', { name: 'Result', exact: true }).click();
  const section = page.getByTestId('sensitivities');
  await section.getByRole('button', { name: 'Find what each dimension does' }).click();
  const table = page.getByTestId('sensitivity-table');
  // -41.5 N mm per mm, of 30 mm: one percent is -12.45 N mm, of 420 N mm.
  await expect(table).toContainText('−41.5 / mm');
  await expect(table).toContainText('≈ −12.45 N mm');
  await expect(section).toContainText('bolts cannot be followed');
  // The part is coloured by it in place of the result, until the result is asked for again.
  await expect(page.getByTestId('sensitivity-key')).toContainText('To lower compliance');
  await expect(page.getByTestId('legend')).toBeHidden();
  await page.waitForTimeout(1500);
  const pictures = process.env['ARTIFICER_PICTURES'];
  if (pictures) await page.screenshot({ path: join(pictures, 'sensitivities.png') });
  await section.getByLabel('Colour the part by it').uncheck();
  await expect(page.getByTestId('sensitivity-key')).toBeHidden();
  await expect(page.getByTestId('legend')).toBeVisible();
});
