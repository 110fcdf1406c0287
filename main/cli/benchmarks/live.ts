/**
 * Live mode in the window: the slider of a dimension is dragged there and back by the mouse, and the predictions that are
 * shown meanwhile are counted: their numbers, and the pictures, which come less often where the processor draws them. For each
 * sample part that ships: its study, on the mesh of its specification, and its fields.
 */
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { StudyRecord } from '../../../preload/contract/index.ts';
import { newId, setVariable } from '../../document/index.ts';
import { findBrowser } from '../../host/index.ts';
import { readSpecification, type SurrogateSpecification, shippedSpecifications } from '../../surrogates/index.ts';
import { type TemporaryEngine, waitForJob, withTemporaryEngine } from '../engine-client.ts';
import type { CommandIo } from '../output.ts';
import { withWindowPage } from '../window-page.ts';
import { median } from './median.ts';
import type { Benchmark, BenchmarkLine } from './types.ts';

const LEAST_RATE_Hz = 20;
/** As many as a model is made of: with fewer, one of eight dimensions declines at once, and there is nothing to count. */
const DESIGNS = 100;
/** A common size of the window; on one without a graphics card, each pixel is work for the processor. */
const WINDOW = { width: 1440, height: 900 };
const DRAG_s = 6;
/** From one report of the mouse to the next. */
const MOUSE_ms = 16;
/** Of the slider's way, well inside the range that the model knows. */
const [FROM, TO] = [0.35, 0.65];

export const liveMode: Benchmark = {
  name: 'live',
  summary: 'a dimension of four sample parts dragged in the window: predictions shown a second',
  cases: async () => (await shippedSpecifications()).map(({ key }) => key),
  async run(io, only) {
    if (!findBrowser())
      return { name: 'live', lines: [], skipped: 'The window needs an installed Chromium, Chrome or Edge.' };
    const lines: BenchmarkLine[] = [];
    for (const { key, path } of await shippedSpecifications()) {
      if (only && !only.includes(key)) continue;
      const specification = await readSpecification(path);
      // A model without fields paints nothing.
      if (specification.fields.length === 0) continue;
      lines.push(...(await ofPart(key, specification, io)));
    }
    return { name: 'live', lines };
  },
};

const ofPart = (key: string, specification: SurrogateSpecification, io: CommandIo): Promise<BenchmarkLine[]> =>
  withTemporaryEngine({ front: 'Benchmark' }, async (temporary) => {
    const points = await prepare(temporary, specification, io);
    const window = { front: 'Benchmark', ...WINDOW, signal: io.signal };
    const rates = await withWindowPage(temporary.engine, window, (page) =>
      dragged(page, specification.parameters[0]!.name),
    );
    const numbers = rates.map((one) => one.numbers);
    const rate = median(numbers);
    return [
      { what: `${key}: points that are painted`, value: points },
      {
        what: `${key}: fewest and most updates in a second`,
        value: `${Math.min(...numbers)} to ${Math.max(...numbers)}`,
      },
      { what: `${key}: pictures a second, median`, value: median(rates.map((one) => one.pictures)), unit: 'Hz' },
      {
        what: `${key}: updates a second, median`,
        value: rate,
        unit: 'Hz',
        bar: `at least ${LEAST_RATE_Hz}`,
        holds: rate >= LEAST_RATE_Hz,
      },
    ];
  });

/** A project with the part, its study and a model of it. @returns points of the model's mesh */
async function prepare(
  { client, dataFolder }: TemporaryEngine,
  specification: SurrogateSpecification,
  io: CommandIo,
): Promise<number> {
  const { part, study, parameters, reference, quantities, fields, seed } = specification;
  await client['project.create']({ path: join(dataFolder, 'live.artificer') });
  const { partId } = await client['parts.samples.add']({ key: part.key });
  const { records } = await client['document.snapshot']({});
  const record = records.find(({ id }) => id === partId);
  if (record?.type !== 'part') throw new Error(`The sample ${part.key} is not in the project.`);
  const known = new Map(records.map((one) => [one.id, one]));
  const materialId = newId('material');
  const ofStudy: StudyRecord = {
    ...study.study,
    type: 'study',
    id: newId('study'),
    name: study.name,
    partId,
    surrogate: {
      parameters: parameters.map((one, k) => ({ ...one, reference: reference[k]! })),
      quantities: [...quantities],
      fields: [...fields],
      designs: DESIGNS,
      seed,
    },
  };
  await client['document.change']({
    label: 'Set up',
    put: [
      { type: 'material', id: materialId, ...study.material },
      { ...record, materialId },
      ofStudy,
      // In the middle of what the model knows; the sample as it is drawn need not be.
      ...parameters.flatMap(({ name, unit }, k) => {
        const expression = unit === '1' ? `${reference[k]}` : `${reference[k]} ${unit}`;
        return setVariable({ partId, name, expression }, known).put;
      }),
    ],
  });
  const { jobId } = await client['surrogates.make']({ studyId: ofStudy.id });
  await waitForJob(client, jobId, io);
  const [made] = await client['surrogates.list']({ studyId: ofStudy.id });
  return made?.card?.points ?? 0;
}

interface Rate {
  numbers: number;
  pictures: number;
}

/** @returns how many predictions were shown and painted in the second before each look, while the mouse was on its way */
async function dragged(page: Page, name: string): Promise<Rate[]> {
  const rate = page.getByTestId('live-rate');
  await page.getByTestId('surrogate-live').waitFor();
  await page.getByTestId('viewport').focus();
  await page.keyboard.press('f');
  await page.keyboard.press('Shift+D');
  await page.getByTestId('prediction-legend').waitFor();
  const slider = page.getByLabel(`${name}, live`, { exact: true });
  await slider.scrollIntoViewIfNeeded();
  // The panel comes to rest.
  await page.waitForTimeout(1000);
  const box = (await slider.boundingBox())!;
  const to = (share: number): Promise<void> => page.mouse.move(box.x + share * box.width, box.y + box.height / 2);
  const moves: Promise<void>[] = [];
  await to(0.5);
  await page.mouse.down();
  const rates: Rate[] = [];
  const started = performance.now();
  let looked = started + 1000;
  for (let now = started; now < started + 1000 * DRAG_s; now = performance.now()) {
    const way = 0.5 - 0.5 * Math.cos((2 * Math.PI * (now - started)) / 2000);
    // A mouse does not wait until the window has followed it.
    moves.push(to(FROM + (TO - FROM) * way));
    if (now >= looked) {
      const [numbers, pictures] = await Promise.all(
        ['data-updates', 'data-pictures'].map(async (name) => Number(await rate.getAttribute(name))),
      );
      rates.push({ numbers: numbers!, pictures: pictures! });
      looked += 500;
    }
    await setTimeout(Math.max(0, MOUSE_ms - (performance.now() - now)));
  }
  await Promise.all(moves);
  await page.mouse.up();
  return rates;
}
