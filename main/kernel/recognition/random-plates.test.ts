/** Random plates: everything that was made is found with its sizes, and nothing else. Seeded, so that a failure repeats. */
import { afterAll, describe, expect, it } from 'vitest';
import { silentContext } from '../../../preload/contract/jobs.ts';
import type { RecognisedFeature } from '../../../preload/contract/parts.ts';
import { seededRandom } from '../../document/index.ts';
import { createKernel } from '../kernel.ts';
import { recogniseFeatures } from './index.ts';
import { type KnownPlate, randomPlate } from './random-plates.fixture.ts';

const kernel = createKernel();
afterAll(() => kernel.dispose());

const PLATES = 60;
/** Sizes are compared to 1e-6 mm, more than a thousand times what rounding loses on such plates. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
const sorted = (lines: string[]): string[] => lines.toSorted();
const inLine = (...values: (string | number | boolean)[]): string =>
  values.map((value) => (typeof value === 'number' ? (rounded(value) + 0).toFixed(6) : String(value))).join(' ');

const found = (features: readonly RecognisedFeature[]): string[] =>
  sorted(
    features.flatMap((each) => {
      switch (each.kind) {
        case 'hole':
          return [inLine(each.type, each.through, ...each.diameters_mm, each.depth_mm)];
        case 'fillet':
          return [inLine('fillet', each.radius_mm)];
        case 'boss':
          return [inLine('boss', each.diameter_mm ?? 0, each.height_mm)];
        case 'pocket':
          return [inLine('pocket', each.through, each.depth_mm)];
        case 'chamfer':
          return [inLine('chamfer', each.distance_mm)];
        default:
          return [];
      }
    }),
  );

const made = ({ holes, fillets, bosses, pockets }: KnownPlate): string[] =>
  sorted([
    ...holes.map((hole) => inLine(hole.type, hole.through, ...hole.diameters_mm, hole.depth_mm)),
    ...fillets.map((radius) => inLine('fillet', radius)),
    ...bosses.map((boss) => inLine('boss', boss.diameter_mm, boss.height_mm)),
    ...pockets.map((pocket) => inLine('pocket', pocket.through, pocket.depth_mm)),
  ]);

describe('on random plates, turned anyhow', () => {
  it('every feature is found with its sizes, and nothing is invented', async () => {
    const random = seededRandom(20);
    const plates = Array.from({ length: PLATES }, () => randomPlate(random));
    const model = await kernel.primitives(
      plates.map(({ specification }) => specification),
      silentContext(),
    );
    plates.forEach((plate, index) => {
      const { info } = model.parts[index]!.bodies[0]!;
      expect(info.valid, `plate ${index}`).toBe(true);
      const { features } = recogniseFeatures(info, 0);
      expect(found(features), `plate ${index}`).toEqual(made(plate));
    });
    expect(plates.flatMap(({ holes }) => holes).length).toBeGreaterThan(PLATES);
  }, 120_000);
});
