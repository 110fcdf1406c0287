/** The viewport in a real browser, on the harness page: what is picked, what colour which pixel has, when frames are drawn. */
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { SOFTWARE_RENDERING_FLAGS } from '../../main/host/programs.mjs';
import { builtPages } from '../testing/built-pages.fixture.ts';
import type { Harness } from './harness.ts';

declare global {
  interface Window {
    harness: Harness;
  }
}

type Point = [number, number, number];
const FLAGS = ['--no-sandbox', '--headless=new', ...SOFTWARE_RENDERING_FLAGS];

let browser: Browser;
let page: Page;
let errors: string[] = [];

test.beforeAll(async () => {
  browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: FLAGS });
});
test.afterAll(async () => {
  await browser?.close();
});
test.afterEach(async () => {
  await page?.close();
  expect(errors).toEqual([]);
});

async function open(scene: string, theme = 'light', options = {}): Promise<void> {
  page = await browser.newPage({ viewport: { width: 800, height: 600 }, reducedMotion: 'reduce', ...options });
  errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(`${await builtPages()}viewport/harness.html?scene=${scene}&theme=${theme}`);
  await expect
    .poll(() => page.evaluate(() => window.harness?.count('firstPicture') ?? 0), { timeout: 60_000 })
    .toBeGreaterThan(0);
}
const at = (p: Point) => page.evaluate((point) => window.harness.pixel(point), p);
const last = <T>(kind: string) => page.evaluate((k) => window.harness.last(k), kind) as Promise<T>;
const settle = () => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 120)));
const frames = () => page.evaluate(() => window.harness.viewport.statistics().frames);

/** Colour 0..255 of the picture at a world point. */
async function colourAt(p: Point): Promise<[number, number, number]> {
  const { x, y } = await at(p);
  const png = await page.screenshot({ clip: { x: Math.round(x), y: Math.round(y), width: 1, height: 1 } });
  return page.evaluate(
    async (bytes) => {
      const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      const canvas = new OffscreenCanvas(1, 1);
      const context = canvas.getContext('2d')!;
      context.drawImage(image, 0, 0);
      return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)] as [number, number, number];
    },
    [...png],
  );
}
async function pickAt(p: Point): Promise<{ instanceId: string; kind: string; index: number; point_mm: Point } | null> {
  const { x, y } = await at(p);
  await page.mouse.click(x, y);
  return (await last<{ item: never }>('pick')).item;
}

test('picks the face, edge or vertex that is under the cursor', async () => {
  await open('parts');
  expect(await pickAt([60, 5, 12])).toMatchObject({ instanceId: 'plate-1', kind: 'face', index: 5 });
  const face = await pickAt([70, 40, 30]);
  expect(face).toMatchObject({ instanceId: 'block-1', kind: 'face', index: 1 });
  for (const [k, v] of [70, 40, 30].entries()) expect(face!.point_mm[k]).toBeCloseTo(v, 1);
  expect(await pickAt([120, 30, 12])).toMatchObject({ instanceId: 'plate-1', kind: 'edge', index: 10 });
  expect(await pickAt([120, 0, 12])).toMatchObject({ instanceId: 'plate-1', kind: 'vertex', index: 5 });
  // The mirrored pin is an instance of its own.
  expect(await pickAt([95, 60, 52])).toMatchObject({ instanceId: 'pin-2', kind: 'face', index: 2 });
  await page.mouse.click(30, 560);
  expect(await last('pick')).toEqual({ item: null, mode: 'replace' });
});

test('respects the filter and the modifier keys', async () => {
  await open('parts');
  const { x, y } = await at([120, 30, 12]);
  for (const filter of ['part', 'body', 'face', 'edge'] as const) {
    await page.evaluate((f) => window.harness.viewport.setPickFilter(f), filter);
    await page.mouse.click(x - 1, y);
    expect((await last<{ item: { kind: string } }>('pick')).item.kind).toBe(filter);
  }
  await page.keyboard.down('Control');
  await page.mouse.click(x, y);
  await page.keyboard.up('Control');
  expect((await last<{ mode: string }>('pick')).mode).toBe('toggle');
  await page.mouse.click(x, y, { button: 'right' });
  expect(await last('contextMenu')).toMatchObject({ item: { instanceId: 'plate-1' } });
});

test('draws nothing while nothing moves', async () => {
  await open('parts');
  await settle();
  const before = await frames();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 600)));
  expect(await frames()).toBe(before);
  const { x, y } = await at([60, 5, 12]);
  await page.mouse.move(x, y);
  await expect.poll(frames).toBeGreaterThan(before);
});

test('zooms to the cursor, orbits about what is under it, pans', async () => {
  await open('parts');
  const p: Point = [70, 40, 30];
  const start = await at(p);
  await page.mouse.move(start.x, start.y);
  await page.mouse.wheel(0, -200);
  await settle();
  const zoomed = await at(p);
  expect(Math.hypot(zoomed.x - start.x, zoomed.y - start.y)).toBeLessThan(0.5);
  await page.mouse.down({ button: 'middle' });
  await page.mouse.move(start.x + 60, start.y + 25, { steps: 4 });
  await page.mouse.up({ button: 'middle' });
  const turned = await at(p);
  expect(Math.hypot(turned.x - start.x, turned.y - start.y)).toBeLessThan(0.5);
  await page.keyboard.down('Control');
  await page.mouse.down({ button: 'middle' });
  await page.mouse.move(start.x + 160, start.y + 65, { steps: 4 });
  await page.mouse.up({ button: 'middle' });
  await page.keyboard.up('Control');
  const panned = await at(p);
  expect(panned.x - turned.x).toBeGreaterThan(80);
});

test('selects by rectangle: inside from the left, touched from the right', async () => {
  await open('parts');
  await page.evaluate(() => {
    const { viewport } = window.harness;
    viewport.setProjection(true);
    viewport.standardView('top', false);
    // Away from the view cube in the corner.
    viewport.setCamera({ ...viewport.camera(), height_mm: viewport.camera().height_mm * 1.6 }, false);
  });
  const a = await at([80, 20, 52]);
  const b = await at([112, 75, 52]);
  const drag = async (from: { x: number; y: number }, to: { x: number; y: number }) => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 3 });
    await page.mouse.up();
    const { items } = await last<{ items: { instanceId: string }[] }>('box');
    return items.map((item) => item.instanceId).sort();
  };
  expect(await drag(a, b)).toEqual(['pin-1', 'pin-2']);
  expect(await drag(b, a)).toEqual(['pin-1', 'pin-2', 'plate-1']);
});

test('shows colours of parts, faces and the selection', async () => {
  await open('block');
  const [red, green, blue] = await colourAt([50, 25, 10]);
  expect(red).toBeGreaterThan(green * 1.5);
  expect(red).toBeGreaterThan(blue * 1.5);
  await page.evaluate(() =>
    window.harness.viewport.setSelection([{ instanceId: 'block-1', body: 0, kind: 'face', index: 1 }]),
  );
  await settle();
  const selected = await colourAt([50, 25, 10]);
  expect(selected[2]).toBeGreaterThan(selected[0]);
});

test('cuts solids open, and picks what the cut leaves', async () => {
  await open('parts');
  await page.evaluate(() =>
    window.harness.viewport.setSections([{ id: 's', origin_mm: [0, 40, 0], normal: [0, -1, 0], enabled: true }]),
  );
  await settle();
  // The wall of the block, cut: its own colour, hatched. What stood before the plane is gone.
  const [red, , blue] = await colourAt([25, 40, 20]);
  expect(red).toBeGreaterThan(blue);
  expect(await pickAt([25, 40, 20])).toMatchObject({ instanceId: 'block-1', kind: 'body' });
  // Through the hole one sees and picks the far half of its wall.
  await page.evaluate(() => window.harness.viewport.standardView('front', false));
  expect(await pickAt([45, 55, 30])).toMatchObject({ instanceId: 'block-1', kind: 'face', index: 6 });
});

test('paints a field in the colours of its bands', async () => {
  await open('field');
  await page.evaluate(() =>
    window.harness.viewport.setField(
      window.harness.field({ quantity: 'displacement.x', range: [-0.2, 0.2], bands: 2, colourMap: 'diverging' }),
    ),
  );
  await settle();
  // Above the neutral axis the end moves forward, below it back: red and blue on the end face.
  const high = await colourAt([120, 10, 23]);
  const low = await colourAt([120, 10, 1]);
  expect(high[0]).toBeGreaterThan(high[2] * 2);
  expect(low[2]).toBeGreaterThan(low[0] * 2);
  const item = await pickAt([60, 5, 24]);
  expect(item).toMatchObject({ instanceId: 'bar-1', kind: 'face', index: 5 });
  expect((item as unknown as { value: number }).value).toBeGreaterThan(0);
});

test('clips a field by threshold, and shows sections and level surfaces through it', async () => {
  await open('field');
  const strength = (c: number[]): number => Math.max(...c) - Math.min(...c);
  expect(strength(await colourAt([110, 10, 24]))).toBeGreaterThan(50);
  await page.evaluate(() => window.harness.viewport.setField(window.harness.field({ threshold: { minimum: 120 } })));
  await settle();
  // Nothing left there but the grey background.
  expect(strength(await colourAt([110, 10, 24]))).toBeLessThan(30);
  await page.evaluate(() => {
    const { viewport, field } = window.harness;
    viewport.setField(field({ quantity: 'stress.xx', range: [-250, 250], bands: 2, colourMap: 'diverging' }));
    viewport.setSections([{ id: 's', origin_mm: [0, 10, 0], normal: [0, -1, 0], enabled: true }]);
  });
  await settle();
  const tension = await colourAt([20, 10, 22]);
  const compression = await colourAt([20, 10, 2]);
  expect(tension[0]).toBeGreaterThan(tension[2] * 2);
  expect(compression[2]).toBeGreaterThan(compression[0] * 2);
});

test('shows slices and several level surfaces with the part hinted at round them', async () => {
  await open('field');
  const strength = (c: number[]): number => Math.max(...c) - Math.min(...c);
  await page.evaluate(() =>
    window.harness.viewport.setField(
      window.harness.field({
        quantity: 'stress.xx',
        range: [-250, 250],
        bands: 2,
        colourMap: 'diverging',
        slices: { normal: [1, 0, 0], offsets_mm: [20, 100] },
      }),
    ),
  );
  await settle();
  const tension = await colourAt([20, 10, 22]);
  const compression = await colourAt([20, 10, 2]);
  expect(tension[0]).toBeGreaterThan(tension[2] * 2);
  expect(compression[2]).toBeGreaterThan(compression[0] * 2);
  expect(strength(await colourAt([60, 0, 12]))).toBeLessThan(30);
  await page.evaluate(() =>
    window.harness.viewport.setField(
      window.harness.field({ quantity: 'displacement.z', range: [-0.8, 0], isoValues: [-0.5, -0.1] }),
    ),
  );
  await settle();
  // u = -0.8 (3 L - x) x^2 / (2 L^3): -0.1 at x = 36.4 mm, -0.5 at 86.5 mm.
  expect(strength(await colourAt([36.4, 10, 12]))).toBeGreaterThan(60);
  expect(strength(await colourAt([86.5, 10, 12]))).toBeGreaterThan(60);
  expect(strength(await colourAt([108, 10, 12]))).toBeLessThan(30);
});

test('moves between the frames of a result', async () => {
  await open('field');
  const show = (place: { from: number; to: number; blend: number }) =>
    page.evaluate((frame) => window.harness.viewport.setFrame(frame), place);
  await page.evaluate(() =>
    window.harness.viewport.setField(
      window.harness.field({
        quantity: 'temperature',
        range: [20, 100],
        bands: 2,
        colourMap: 'diverging',
        frame: { from: 2, to: 2, blend: 0 },
      }),
    ),
  );
  await settle();
  // 20 + 80 exp(-x / 18 mm) is 26.1 at 46 mm, 20 + 80 exp(-x / 60 mm) is 57.2: halfway from one to the other it is 41.6.
  const { x, y } = await at([46, 10, 24]);
  const valueThere = async (): Promise<number> => {
    await page.mouse.click(x, y);
    return (await last<{ item: { value: number } }>('pick')).item.value;
  };
  expect(await valueThere()).toBeCloseTo(26.2, 0);
  await show({ from: 2, to: 3, blend: 0.5 });
  await settle();
  expect(await valueThere()).toBeCloseTo(41.7, 0);
  await show({ from: 3, to: 3, blend: 0 });
  await settle();
  expect(await valueThere()).toBeCloseTo(57.2, 0);
  const warm = await colourAt([20, 10, 24]);
  expect(warm[0]).toBeGreaterThan(warm[2] * 1.5);
});

test('tells the element under the cursor, and paints elements by their quality', async () => {
  await open('field');
  await page.evaluate(() =>
    window.harness.viewport.setField(
      window.harness.field({ quantity: 'element_quality', range: [0, 1], bands: 2, colourMap: 'diverging' }),
    ),
  );
  await settle();
  const good = await colourAt([10, 10, 24]);
  const poor = await colourAt([110, 10, 24]);
  expect(good[0]).toBeGreaterThan(good[2] * 1.5);
  expect(poor[2]).toBeGreaterThan(poor[0] * 1.5);
  const item = (await pickAt([110, 10, 24])) as unknown as { element: number; value: number };
  const facts = await page.evaluate((element) => window.harness.viewport.elementFacts(element), item.element);
  expect(facts!.centre_mm[0]).toBeGreaterThan(104);
  expect(facts!.quality).toBeCloseTo(item.value, 6);
  // Bricks of 5 x 5 x 4.8 mm in six.
  expect(facts!.volume_mm3).toBeCloseTo(20, 3);
  const worst = await page.evaluate(() => window.harness.viewport.worstElements('element_quality', 3));
  expect(worst.every(({ quality }) => quality! < 0.15)).toBe(true);
  // Only the elements within the threshold are left, whole.
  await page.evaluate(() =>
    window.harness.viewport.setField(
      window.harness.field({ quantity: 'element_quality', range: [0, 1], threshold: { maximum: 0.3 } }),
    ),
  );
  await settle();
  expect(Math.max(...(await colourAt([30, 10, 24]))) - Math.min(...(await colourAt([30, 10, 24])))).toBeLessThan(30);
});

test('draws arrows of displacement and crosses of principal stress', async () => {
  await open('field');
  const reds = async (): Promise<number> => {
    const bytes = [...(await page.screenshot())];
    return page.evaluate(async (png) => {
      const image = await createImageBitmap(new Blob([new Uint8Array(png)]));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      let found = 0;
      for (let i = 0; i < data.length; i += 4) if (data[i]! > 150 && data[i + 1]! < 90 && data[i + 2]! < 80) found++;
      return found;
    }, bytes);
  };
  await page.evaluate(() => window.harness.viewport.setField(window.harness.field({ plain: true })));
  await settle();
  const without = await reds();
  await page.evaluate(() =>
    window.harness.viewport.setField(
      window.harness.field({
        plain: true,
        glyphs: { kind: 'principal', density: 28, size: 1, byValue: true, largest: 250 },
      }),
    ),
  );
  await settle();
  // The upper side is pulled: arrows in the colour of tension lie on it.
  expect(await reds()).toBeGreaterThan(without + 800);
});

test('animates only while asked to', async () => {
  await open('field', 'dark');
  await page.evaluate(() =>
    window.harness.viewport.setField(window.harness.field({ deformationScale: 10, animate: true })),
  );
  const start = await frames();
  await expect.poll(frames).toBeGreaterThan(start + 3);
  await page.evaluate(() => window.harness.viewport.setField(window.harness.field({ deformationScale: 10 })));
  await settle();
  const stopped = await frames();
  await settle();
  expect(await frames()).toBe(stopped);
});

test('writes hostile labels as plain text', async () => {
  await open('field');
  await page.evaluate(() =>
    window.harness.viewport.setAnnotations([
      { id: 'a', kind: 'probe', at_mm: [60, 10, 24], label: '<img src=x onerror=alert(1)>' },
    ]),
  );
  await settle();
  await expect(page.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
  expect(await page.locator('img').count()).toBe(0);
});

test('draws two thousand instances in a handful of calls', async () => {
  await open('many');
  const figures = await page.evaluate(() => window.harness.viewport.statistics());
  expect(figures.instances).toBe(2000);
  expect(figures.drawCalls).toBeLessThan(12);
  expect(figures.triangles).toBeGreaterThan(100_000);
  await page.evaluate(() => window.harness.viewport.setIsolation(['i-0', 'i-1', 'i-2']));
  expect((await page.evaluate(() => window.harness.viewport.statistics())).instances).toBe(3);
});

test('makes pictures of any size, with the legend', async () => {
  await open('field');
  const size = await page.evaluate(async () => {
    const bytes = await window.harness.viewport.screenshot({ width: 640, height: 360 });
    const image = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]));
    return [image.width, image.height, window.harness.canvas.clientWidth, window.harness.canvas.width];
  });
  expect(size).toEqual([640, 360, 800, 800]);
});

test('turns by the view cube, with mouse and keys', async () => {
  await open('parts');
  const cube = page.getByRole('application', { name: /view cube/i });
  await cube.focus();
  await page.keyboard.press('Enter');
  await settle();
  expect((await page.evaluate(() => window.harness.viewport.camera())).direction[1]).toBeCloseTo(1, 6);
  const box = (await cube.boundingBox())!;
  const right = [box.x + box.width / 2 + 27, box.y + box.height / 2] as const;
  // Until the cube itself has turned.
  await expect
    .poll(async () => {
      await page.mouse.move(right[0] - 20, right[1]);
      await page.mouse.move(...right);
      return cube.getAttribute('title');
    })
    .toBe('Front, right');
  await page.mouse.click(...right);
  const { direction } = await page.evaluate(() => window.harness.viewport.camera());
  expect(direction[0]).toBeCloseTo(-Math.SQRT1_2, 3);
});

test('draws again after the graphics context was lost', async () => {
  await open('parts');
  const before = await colourAt([60, 5, 12]);
  await page.evaluate(async () => {
    const extension = window.harness.context()!.getExtension('WEBGL_lose_context')!;
    extension.loseContext();
    await new Promise((resolve) => setTimeout(resolve, 100));
    extension.restoreContext();
    await new Promise((resolve) => setTimeout(resolve, 500));
  });
  expect(await last('failure')).toMatch(/drawn again/);
  const after = await colourAt([60, 5, 12]);
  for (let k = 0; k < 3; k++) expect(Math.abs(after[k]! - before[k]!)).toBeLessThan(4);
  errors = errors.filter((error) => !/context/i.test(error));
});

test('leaves nothing behind', async () => {
  await open('parts');
  const left = await page.evaluate(() => {
    window.harness.viewport.dispose();
    window.harness.viewport.dispose();
    return window.harness.canvas.parentElement!.children.length;
  });
  expect(left).toBe(1);
});
