import { describe, expect, it } from 'vitest';
import type { Material } from '../../../preload/contract/index.ts';
import type { DesignVariable } from '../concepts/concept.ts';
import type { Observation } from './models.ts';
import { incumbentOf, meritOf, type ProposalRequest, propose, spread, violationOf } from './propose.ts';
import { type DesignPoint, DesignSpace } from './space.ts';

const material = (name: string, young_MPa: number, density_kg_m3: number): Material => ({
  name,
  category: 'test',
  source: 'test',
  properties: { young_MPa, poisson: 0.3, density_kg_m3 },
});
const STEEL = material('steel', 210_000, 7850);
const ALUMINIUM = material('aluminium', 70_000, 2700);
const range = (name: string, minimum: number, maximum: number): DesignVariable => ({
  name,
  unit: 'mm',
  kind: 'range',
  minimum,
  maximum,
  start: (minimum + maximum) / 2,
});

const [FORCE, LENGTH] = [300, 100];
/** Tip deflection (Euler and Bernoulli) and mass per volume of a cantilever of rectangular section; stress at its root. */
function cantilever({ values: [b, h], material: index }: DesignPoint, materials: readonly Material[]): number[] {
  const { young_MPa, density_kg_m3 } = materials[index]!.properties;
  const deflection = (4 * FORCE * LENGTH ** 3) / (young_MPa * b! * h! ** 3);
  const stress = (6 * FORCE * LENGTH) / (b! * h! ** 2);
  return [deflection, stress, b! * h! * LENGTH * density_kg_m3 * 1e-9];
}

function search(variables: DesignVariable[], materials: Material[], solves: number, limits: [number, number]) {
  const space = new DesignSpace({ variables }, materials);
  const bounds: ProposalRequest['bounds'] = limits.map((limit, number) => ({
    number,
    comparison: '<=',
    limits: materials.map(() => limit),
  }));
  const goals = [{ number: 2, direction: 'minimise', weight: 1 }] as const;
  const observations: Observation[] = spread(space, 6, 3).map((point) => ({
    point,
    numbers: cantilever(point, materials),
  }));
  for (let round = 0; observations.length < solves; round++) {
    const proposals = propose({ space, observations, bounds, goals, reach: 1, seed: round, count: 2 });
    if (proposals.length === 0) break;
    for (const { point } of proposals) observations.push({ point, numbers: cantilever(point, materials) });
  }
  const best = incumbentOf({ observations, bounds, goals })!;
  return {
    best,
    numbers: best.numbers as number[],
    over: violationOf(bounds, best.numbers as number[], best.point.material),
  };
}

describe('proposals', () => {
  it('expect a gain also where the goal passes through nothing', () => {
    const space = new DesignSpace({ variables: [range('a', 0, 10)] }, [STEEL]);
    const temperature = (a: number): number => 60 - 64 * (a / 10);
    const observations: Observation[] = [0, 2, 4, 6].map((a) => ({
      point: { values: [a], material: 0 },
      numbers: [temperature(a), a],
    }));
    // One that is not allowed has a temperature below nothing.
    observations.push({ point: { values: [10], material: 0 }, numbers: [temperature(10), 10] });
    const [found] = propose({
      space,
      observations,
      bounds: [{ number: 1, comparison: '<=', limits: [9] }],
      goals: [{ number: 0, direction: 'minimise', weight: 1 }],
      reach: 1,
      seed: 1,
      count: 1,
    });
    // From 21.6 at 6 to 2.4 at 9.
    expect(found!.gain).toBeGreaterThan(5);
    expect(found!.point.values[0]).toBeGreaterThan(8);
  });

  it('find the lightest cantilever: the thinnest width, and the height that the deflection allows, within 1 %', () => {
    const { best, numbers, over } = search([range('width', 5, 15), range('height', 5, 25)], [STEEL], 20, [0.2, 400]);
    // h^3 = 4 F L^3 / (E b d), with b at its least.
    const height = Math.cbrt((4 * FORCE * LENGTH ** 3) / (210_000 * 5 * 0.2));
    expect(over).toBeLessThanOrEqual(0);
    expect(numbers[2]! / (5 * height * LENGTH * 7850e-9)).toBeLessThan(1.01);
    expect(best.point.values[0]).toBeCloseTo(5, 1);
  });

  it('choose the material that is lighter for the same stiffness', () => {
    const { best, over } = search([range('width', 5, 15), range('height', 5, 25)], [STEEL, ALUMINIUM], 24, [0.5, 400]);
    // Bending stiffness for the mass goes with E^(1/3) / density: 4.1 thirds for aluminium, 2.2 for steel.
    expect(over).toBeLessThanOrEqual(0);
    expect(best.point.material).toBe(1);
  });

  it('keep to the gauges that there are', () => {
    const gauges: DesignVariable = {
      name: 'height',
      unit: 'mm',
      kind: 'choices',
      choices: [5, 8, 10, 12, 16, 20],
      start: 10,
    };
    const { best, over } = search([range('width', 5, 15), gauges], [STEEL], 20, [0.2, 400]);
    expect(over).toBeLessThanOrEqual(0);
    expect(gauges.choices).toContain(best.point.values[1]);
    // 16 mm needs 6.98 mm of width (mass 1.0956 of the free optimum), 20 mm the least of 5 (0.1 more area): 16 x 7 is lighter.
    const area = (h: number): number => h * Math.max(5, (4 * FORCE * LENGTH ** 3) / (210_000 * 0.2 * h ** 3));
    const lightest = Math.min(...gauges.choices.filter((h) => area(h) / h <= 15).map(area));
    expect((best.point.values[0]! * best.point.values[1]!) / lightest).toBeLessThan(1.01);
  });

  it('come as near as can be where nothing meets both bounds', () => {
    const { numbers, over } = search([range('width', 5, 15), range('height', 5, 10)], [STEEL], 16, [0.05, 400]);
    expect(over).toBeGreaterThan(0);
    // The largest section of all: 15 x 10.
    expect(numbers[0]! / ((4 * FORCE * LENGTH ** 3) / (210_000 * 15 * 10 ** 3))).toBeLessThan(1.02);
  });

  it('are the same for the same seed, and count a goal by its share', () => {
    const once = search([range('width', 5, 15), range('height', 5, 25)], [STEEL], 12, [0.2, 400]);
    const again = search([range('width', 5, 15), range('height', 5, 25)], [STEEL], 12, [0.2, 400]);
    expect(again.best.point).toEqual(once.best.point);
    const goal = { number: 0, direction: 'minimise', weight: 1 } as const;
    expect(meritOf([goal], [2]) - meritOf([goal], [1])).toBeCloseTo(Math.log(2), 12);
    expect(meritOf([{ ...goal, direction: 'maximise' }], [2])).toBeCloseTo(-Math.log(2), 12);
  });
});
