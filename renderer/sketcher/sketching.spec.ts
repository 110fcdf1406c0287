/** A sketch in a real browser, by mouse and keyboard, under the page's strict policy. */
import { expect, type Page, test } from '@playwright/test';
import type { FeatureRecord, Sketch } from '../../preload/contract/index.ts';
import { largeSketch, type SketchState, sketchingPage } from './sketch-page.fixture.ts';

const sketching = sketchingPage();
test.afterEach(() => expect(sketching.complaints).toEqual([]));

const state = (page: Page): Promise<SketchState> => page.evaluate(() => globalThis.sketchPage.state());
const placeOf = (page: Page, u: number, v: number) =>
  page.evaluate(([x, y]) => globalThis.sketchPage.place(x!, y!), [u, v]);

async function point(page: Page, u: number, v: number): Promise<void> {
  const [x, y] = await placeOf(page, u, v);
  await page.mouse.move(x - 4, y + 3);
  await page.mouse.move(x, y);
}
async function click(page: Page, u: number, v: number, options: { modifiers?: 'Control'[] } = {}): Promise<void> {
  await point(page, u, v);
  for (const key of options.modifiers ?? []) await page.keyboard.down(key);
  await page.mouse.down();
  await page.mouse.up();
  for (const key of options.modifiers ?? []) await page.keyboard.up(key);
}
const solved = (page: Page, wanted: Partial<Pick<SketchState, 'status' | 'freedom' | 'past'>>) =>
  expect.poll(() => state(page)).toMatchObject(wanted);

test('a rectangle by mouse and typed sizes becomes one change of the project', async ({ page }) => {
  await sketching.open(page);
  await page.keyboard.press('r');
  await click(page, 0, 0);
  await point(page, 20, 12);
  await page.keyboard.type('width / 2');
  await page.keyboard.press('Tab');
  await page.keyboard.type('3 cm');
  await page.keyboard.press('Enter');
  // Its corner is on the origin, its sides are level and upright, both sizes are given.
  await solved(page, { status: 'solved', freedom: 0, past: 1 });
  await expect(page.getByTestId('sketch-card')).toContainText('Fully constrained');
  await expect.poll(async () => Object.values((await state(page)).values).sort()).toEqual([30, 45]);
  const { sketch } = await state(page);
  expect(sketch.entities.filter(({ kind }) => kind === 'line')).toHaveLength(4);
  await page.getByTestId('sketch-finish').click();
  await expect(page.getByTestId('sketch-mode')).toBeHidden();
  const { featureId, partId } = await page.evaluate(() => globalThis.sketchPage);
  const record = (await page.evaluate((id) => globalThis.sketchPage.record(id), featureId)) as FeatureRecord;
  expect(record).toMatchObject({ type: 'feature', partId, name: 'Sketch 1' });
  const kept = record.feature as Sketch;
  expect(kept.plane).toEqual({ by: 'principal', plane: 'xy' });
  const corners = kept.entities
    .flatMap((entity) =>
      entity.kind === 'point' ? [[Math.round(entity.x_mm * 1e6) / 1e6, Math.round(entity.y_mm * 1e6) / 1e6]] : [],
    )
    .map(([x, y]) => `${x! + 0},${y! + 0}`)
    .sort();
  // The solver's own tolerance is finer than the rounding.
  expect(corners).toEqual(['0,0', '0,30', '45,0', '45,30']);
  expect(kept.constraints.flatMap((one) => ('value' in one ? [Object.values(one.value)[0]] : []))).toEqual([
    'width / 2',
    '3 cm',
  ]);
  expect(await page.evaluate((id) => globalThis.sketchPage.record(id), partId)).toMatchObject({
    features: [featureId],
  });
  await page.keyboard.press('Control+z');
  await expect.poll(() => page.evaluate((id) => globalThis.sketchPage.record(id), featureId)).toBeNull();
});

test('lines chain, close, take constraints and dimensions, and follow a drag', async ({ page }) => {
  await sketching.open(page);
  await click(page, -30, -20);
  await click(page, 25, -20);
  await click(page, 25, 15);
  await click(page, -22, 27);
  await click(page, -30, -20);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await solved(page, { past: 4, status: 'under-constrained' });
  const lines = (await state(page)).sketch.entities.filter(({ kind }) => kind === 'line').map(({ id }) => id);
  expect(lines).toHaveLength(4);
  expect((await state(page)).sketch.entities.filter(({ kind }) => kind === 'point')).toHaveLength(4);
  const before = (await state(page)).freedom;

  // Parallel by keys: two lines are selected with Ctrl.
  await click(page, 0, -20);
  await click(page, 0, 21.383, { modifiers: ['Control'] });
  await page.keyboard.press('q');
  await page.keyboard.press('p');
  await solved(page, { freedom: before - 1, past: 5 });

  // A dimension of the lower line, with a variable.
  await page.keyboard.press('d');
  await click(page, 0, -20);
  await click(page, 0, -30);
  await expect(page.getByTestId('dimension-editor').getByRole('textbox')).toBeFocused();
  await page.keyboard.type('width');
  await page.keyboard.press('Enter');
  await expect.poll(async () => Object.values((await state(page)).values)).toContainEqual(90);
  await page.keyboard.press('Escape');
  await solved(page, { freedom: before - 2 });

  const corner = (await state(page)).sketch.entities.find(
    (entity) => entity.kind === 'point' && entity.y_mm > 14 && entity.x_mm > 0,
  );
  if (corner?.kind !== 'point') throw new Error('there is no upper right corner');
  const { past } = await state(page);
  await point(page, corner.x_mm, corner.y_mm);
  await page.mouse.down();
  for (let step = 1; step <= 8; step++) {
    const [x, y] = await placeOf(page, corner.x_mm + step, corner.y_mm + 2 * step);
    await page.mouse.move(x, y);
  }
  await expect
    .poll(async () => (await page.evaluate((id) => globalThis.sketchPage.live(id), corner.id))?.[1])
    .toBeGreaterThan(corner.y_mm + 8);
  await page.mouse.up();
  await solved(page, { past: past + 1 });
  const after = (await state(page)).sketch.entities;
  const moved = after.find(({ id }) => id === corner.id);
  expect(moved?.kind === 'point' && moved.y_mm).toBeGreaterThan(corner.y_mm + 8);
  expect(Object.values((await state(page)).values)).toContainEqual(90);

  await page.keyboard.press('Control+z');
  await expect
    .poll(async () => (await state(page)).sketch.entities.find(({ id }) => id === corner.id))
    .toMatchObject({
      y_mm: expect.closeTo(corner.y_mm, 6),
    });
  await page.keyboard.press('Control+Shift+z');
  await solved(page, { past: past + 1 });
});

test('what contradicts is named, and dropped by a click', async ({ page }) => {
  await sketching.open(page);
  await page.keyboard.press('r');
  await click(page, -20, -10);
  await point(page, 15, 12);
  await page.keyboard.type('40');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await solved(page, { past: 1 });
  await page.keyboard.press('d');
  // The upper side is as long as the lower one: another length cannot hold.
  await click(page, 0, 12);
  await click(page, 0, 25);
  await expect(page.getByTestId('dimension-editor').getByRole('textbox')).toBeFocused();
  await page.keyboard.type('55');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await solved(page, { status: 'inconsistent' });
  const card = page.getByTestId('sketch-card');
  await expect(card).toContainText('contradict');
  await expect(card).toContainText('Drop one of');
  await card
    .getByRole('listitem')
    .filter({ hasText: 'Distance: Line 3' })
    .getByRole('button', { name: 'Drop it' })
    .click();
  await solved(page, { status: 'under-constrained', freedom: 3 });
});

test('a dimension is changed where it stands, and wrong text is refused there', async ({ page }) => {
  await sketching.open(page);
  await page.keyboard.press('c');
  await click(page, 0, 0);
  await point(page, 12, 0);
  await page.keyboard.type('30');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect.poll(async () => Object.values((await state(page)).values)).toEqual([30]);
  await solved(page, { status: 'solved', freedom: 0 });
  await expect.poll(() => page.evaluate(() => globalThis.sketchPage.labels().length)).toBe(1);
  const [label] = await page.evaluate(() => globalThis.sketchPage.labels());
  const box = (await page.getByTestId('viewport').boundingBox())!;
  await page.mouse.dblclick(box.x + label!.x, box.y + label!.y);
  const editor = page.getByTestId('dimension-editor');
  await expect(editor.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('hight * 2');
  await page.keyboard.press('Enter');
  await expect(editor.getByRole('alert')).toBeVisible();
  await editor.getByRole('textbox').fill('1 in');
  await page.keyboard.press('Enter');
  await expect(editor).toBeHidden();
  await expect.poll(async () => Object.values((await state(page)).values)).toEqual([25.4]);
  const circle = (await state(page)).sketch.entities.find(({ kind }) => kind === 'circle');
  expect(circle?.kind === 'circle' && circle.radius_mm).toBeCloseTo(12.7, 9);
});

test('leaving without keeping changes nothing', async ({ page }) => {
  await sketching.open(page);
  const before = await page.evaluate(() => globalThis.sketchPage.undoLabel());
  await page.keyboard.press('r');
  await click(page, -10, -10);
  await click(page, 10, 10);
  await solved(page, { past: 1 });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('leave the sketch');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('sketch-mode')).toBeHidden();
  expect(await page.evaluate(() => globalThis.sketchPage.record(globalThis.sketchPage.featureId))).toBeNull();
  expect(await page.evaluate(() => globalThis.sketchPage.undoLabel())).toBe(before);
});

test('everything in a large sketch is reached by a box and by keys', async ({ page }) => {
  await sketching.open(page, largeSketch().sketch);
  await solved(page, { status: 'under-constrained', freedom: 1 });
  await page.getByTestId('sketch-card').getByText('constraints').click();
  await expect(
    page
      .getByTestId('sketch-card')
      .getByRole('button', { name: /^Line 1/ })
      .first(),
  ).toBeVisible();
  await page.getByTestId('viewport').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect.poll(async () => (await state(page)).sketch).toMatchObject({ entities: [], constraints: [] });
  await page.keyboard.press('Control+z');
  await solved(page, { freedom: 1 });
});
