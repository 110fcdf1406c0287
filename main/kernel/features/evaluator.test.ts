/** How a history behaves: what is reused, what fails, what is blocked, and which names stay. */
import { describe, expect, it } from 'vitest';
import type { BodyInfo, Evaluated, Feature } from '../../../preload/contract/index.ts';
import { writeBrep } from '../modeller/occt.ts';
import type { FeatureStep } from '../port.ts';
import { isValid } from './shapes/solids.ts';
import { circle, evaluate, newEvaluator, rectangle, sketchOf, step, type TestPart, testKernel } from './testing.ts';

const kernel = await testKernel();
const evaluator = await newEvaluator();

type Extrude = Extract<Evaluated<Feature>, { kind: 'extrude' }>;
const extrude = (id: string, sketch: string, rest: Partial<Extrude> = {}): FeatureStep =>
  step(id, {
    kind: 'extrude',
    profile: { by: 'sketch', sketch: `feature_${sketch}` },
    operation: 'new',
    extent: { to: 'distance', distance: 20 },
    ...rest,
  });
const onFace = (name: string) => ({ by: 'face' as const, face: { by: 'name' as const, kind: 'face' as const, name } });
const edge = (...sides: string[]) => ({ by: 'name' as const, kind: 'edge' as const, name: sides.sort().join('|') });

interface Sizes {
  width: number;
  height: number;
  boss: number;
  bossAt: number;
  hole: number;
  round: number;
  copies: number;
  withSlot: boolean;
  suppressBoss: boolean;
}
const SIZES: Sizes = {
  width: 60,
  height: 20,
  boss: 8,
  bossAt: 20,
  hole: 4,
  round: 2,
  copies: 2,
  withSlot: false,
  suppressBoss: false,
};

/** A plate with a boss, a hole in it, rounded, a slot, and a row of pins. */
function plate(sizes: Sizes): FeatureStep[] {
  const steps = [
    step('sketch01', sketchOf(rectangle(0, 0, sizes.width, 40))),
    extrude('plate001', 'sketch01', { extent: { to: 'distance', distance: sizes.height } }),
    step('sketch02', sketchOf(circle(sizes.bossAt, 20, sizes.boss), onFace('feature_plate001/end'))),
    { ...extrude('boss0001', 'sketch02', { operation: 'add' }), suppressed: sizes.suppressBoss },
    step(
      'sketch03',
      sketchOf([{ kind: 'point', id: 'point1', x_mm: sizes.bossAt, y_mm: 20 }], onFace('feature_boss0001/end')),
    ),
    step('hole0001', {
      kind: 'hole',
      sketch: 'feature_sketch03',
      standard: 'custom',
      type: 'simple',
      diameter: sizes.hole,
      extent: { to: 'through-all' },
    }),
    step('fillet01', {
      kind: 'fillet',
      edges: [edge('feature_plate001/side(line2)', 'feature_plate001/side(line3)')],
      radius: sizes.round,
    }),
    step('sketch04', sketchOf(circle(8, 6, 2), onFace('feature_plate001/end'))),
    extrude('pin00001', 'sketch04', { operation: 'add', extent: { to: 'distance', distance: 5 } }),
    step('pattern1', {
      kind: 'linear-pattern',
      features: ['feature_pin00001'],
      direction: { by: 'principal', axis: 'x' },
      spacing: 7,
      count: sizes.copies,
    }),
  ];
  if (sizes.withSlot)
    steps.splice(
      6,
      0,
      step('sketch05', sketchOf(rectangle(40, -5, 4, 20))),
      extrude('slot0001', 'sketch05', { operation: 'cut', extent: { to: 'through-all' } }),
    );
  return steps;
}

const names = (info: BodyInfo): string[] => info.faces.map((face) => face.persistentNames!.join(' ')).sort();
const centreOf = (part: TestPart, name: string): number[] =>
  part.infos[0]!.faces.find((face) => face.persistentNames!.includes(name))!.centroid_mm.map(
    (x) => Math.round(x * 1e6) / 1e6,
  );

describe('names of faces', () => {
  const before = evaluate(evaluator, plate(SIZES));
  it('stay through a change of size, an inserted step and another count', () => {
    expect(before.outcomes.every(({ state }) => state === 'ok')).toBe(true);
    const after = evaluate(evaluator, plate({ ...SIZES, width: 70, height: 15, withSlot: true, copies: 3, hole: 5 }));
    expect(after.outcomes.map(({ error }) => error)).toEqual(after.outcomes.map(() => undefined));
    const gone = names(before.infos[0]!).filter((name) => !names(after.infos[0]!).includes(name));
    expect(gone).toEqual([]);
    expect(centreOf(before, 'feature_boss0001/side(circle1)')).toEqual([20, 20, 30]);
    expect(centreOf(after, 'feature_boss0001/side(circle1)')).toEqual([20, 20, 25]);
    expect(centreOf(after, 'feature_pattern1/2:feature_pin00001/end')).toEqual([22, 6, 20]);
    expect(centreOf(after, 'feature_plate001/side(line2)')[0]).toBe(70);
  });
  it('stay when a line of the sketch goes and others come', () => {
    const five = sketchOf([
      ...rectangle(0, 0, 60, 40).filter(({ id }) => id !== 'line3'),
      { kind: 'point', id: 'point9', x_mm: 30, y_mm: 55 },
      { kind: 'line', id: 'line9', start: 'point3', end: 'point9' },
      { kind: 'line', id: 'line10', start: 'point9', end: 'point4' },
    ]);
    const after = evaluate(evaluator, [step('sketch01', five), ...plate(SIZES).slice(1)]);
    expect(centreOf(after, 'feature_plate001/side(line2)')[0]).toBe(60);
    expect(names(after.infos[0]!).some((name) => name.includes('side(line10)'))).toBe(true);
    // The rounded edge lay between line2 and line3: it is gone, and the step that rounds it says so.
    expect(after.outcomes.find(({ name }) => name === 'fillet01')!.error).toMatchObject({
      code: 'reference.lost',
      recordId: 'feature_fillet01',
      details: { field: 'edges', candidates: expect.any(Array) },
    });
  });
  it('are never shared by faces of different steps', () => {
    const owners = new Map<string, Set<string>>();
    for (const face of before.infos[0]!.faces)
      for (const name of face.persistentNames!) {
        const surface = `${face.type} ${face.normal?.map((x) => x.toFixed(6))} ${face.radius_mm?.toFixed(6)}`;
        owners.set(name, (owners.get(name) ?? new Set()).add(surface));
      }
    for (const [name, surfaces] of owners) expect([name, surfaces.size]).toEqual([name, 1]);
  });
});

describe('a step that fails', () => {
  it('leaves the bodies as they were, blocks what depends on it, and the others go on', () => {
    const part = evaluate(evaluator, plate({ ...SIZES, bossAt: 200, boss: 8 }).slice(0, 9));
    // Far away the boss touches nothing: it becomes a body of its own, with a warning.
    expect(part.outcomes[3]).toMatchObject({ state: 'ok', warnings: [{ code: 'feature.touches-nothing' }] });
    const steps = plate(SIZES);
    steps[3] = {
      ...steps[3]!,
      feature: { ...(steps[3]!.feature as Extrude), extent: { to: 'distance', distance: 0 } },
    };
    const failed = evaluate(evaluator, steps);
    expect(Object.fromEntries(failed.outcomes.map(({ name, state }) => [name, state]))).toEqual({
      sketch01: 'ok',
      plate001: 'ok',
      sketch02: 'ok',
      boss0001: 'failed',
      sketch03: 'blocked',
      hole0001: 'blocked',
      fillet01: 'ok',
      sketch04: 'ok',
      pin00001: 'ok',
      pattern1: 'ok',
    });
    expect(failed.outcomes[3]!.error).toMatchObject({ code: 'feature.dimension', details: { field: 'extent' } });
    expect(failed.outcomes[5]!.error).toMatchObject({
      code: 'feature.blocked',
      details: { blockedBy: 'feature_sketch03' },
    });
    const round = (4 - Math.PI) / 4;
    expect(failed.infos[0]!.mass.volume_mm3).toBeCloseTo(60 * 40 * 20 - round * 4 * 20 + 2 * Math.PI * 4 * 5, 4);
  });
  it('is treated like a suppressed one by its dependants', () => {
    const part = evaluate(evaluator, plate({ ...SIZES, suppressBoss: true }));
    expect(part.outcomes.map(({ state }) => state).slice(3, 7)).toEqual(['suppressed', 'blocked', 'blocked', 'ok']);
    expect(part.outcomes[4]!.error!.message).toContain('suppressed');
  });
  it('with a sketch that contradicts itself tells which constraints do', () => {
    const sketch = sketchOf(rectangle(0, 0, 10, 10));
    sketch.constraints = [
      { kind: 'distance', id: 'width1', a: 'line1', value: 10 },
      { kind: 'distance', id: 'width2', a: 'line1', value: 12 },
    ];
    const part = evaluate(evaluator, [step('sketch01', sketch), extrude('plate001', 'sketch01')]);
    expect(part.outcomes[0]).toMatchObject({
      state: 'failed',
      error: { code: 'sketch.unsolved', details: { constraints: expect.arrayContaining(['width1', 'width2']) } },
      sketch: { status: 'inconsistent' },
    });
    expect(part.outcomes[1]!.state).toBe('blocked');
  });
});

describe('what is remembered', () => {
  it('serves every step before the change', async () => {
    const own = await newEvaluator();
    evaluate(own, plate(SIZES));
    const again = evaluate(own, plate({ ...SIZES, round: 3 }));
    expect(again.outcomes.map(({ name, reused }) => [name, reused])).toEqual([
      ['sketch01', true],
      ['plate001', true],
      ['sketch02', true],
      ['boss0001', true],
      ['sketch03', true],
      ['hole0001', true],
      ['fillet01', false],
      // It lies on the body that the fillet made: looked at again, though it comes out the same.
      ['sketch04', false],
      ['pin00001', false],
      ['pattern1', false],
    ]);
    expect(evaluate(own, plate({ ...SIZES, round: 3 })).outcomes.every(({ reused }) => reused)).toBe(true);
  });
  it('never shows: after any edits the part is as if made from nothing', async () => {
    const own = await newEvaluator();
    let state = 20_261_124;
    const random = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    let sizes = SIZES;
    for (let edit = 0; edit < 40; edit++) {
      const keys = Object.keys(SIZES) as (keyof Sizes)[];
      const key = keys[Math.floor(random() * keys.length)]!;
      const value = sizes[key];
      sizes = {
        ...sizes,
        [key]:
          typeof value === 'boolean'
            ? !value
            : key === 'copies'
              ? 1 + Math.floor(random() * 5)
              : Math.round((SIZES[key] as number) * (0.5 + random()) * 10) / 10,
      };
      const incremental = evaluate(own, plate(sizes));
      const fresh = evaluate(await newEvaluator(), plate(sizes));
      const words = JSON.stringify([edit, key, sizes]);
      expect(
        incremental.outcomes.map(({ state, error }) => [state, error?.code]),
        words,
      ).toEqual(fresh.outcomes.map(({ state, error }) => [state, error?.code]));
      expect(incremental.infos.map(names), words).toEqual(fresh.infos.map(names));
      incremental.infos.forEach((info, index) => {
        expect(info.mass.volume_mm3, words).toBeCloseTo(fresh.infos[index]!.mass.volume_mm3, 6);
        expect(info.edges.map(({ angle_rad }) => angle_rad?.toFixed(6)).sort(), words).toEqual(
          fresh.infos[index]!.edges.map(({ angle_rad }) => angle_rad?.toFixed(6)).sort(),
        );
        // Checked face by face on the way; the kernel's own check of the whole agrees.
        expect(isValid(kernel.oc, incremental.bodies[index]!.shape), words).toBe(info.valid);
      });
    }
  });
  it('is asked for the bytes of a file only when they are needed', async () => {
    const made = evaluate(evaluator, plate(SIZES));
    const brep = writeBrep(kernel.oc, made.bodies[0]!.shape);
    const steps = [
      step('import01', { kind: 'import', sourceId: 'source_000001', sourceKey: 'part' }),
      step('fillet01', {
        kind: 'chamfer',
        edges: [{ by: 'selector', selector: 'edges >Z' }],
        distance: 0.5,
      }),
    ];
    const own = await newEvaluator();
    const body = { hash: 'aaaa', name: 'plate' };
    expect(evaluate(own, steps, { feature_import01: [body] })).toMatchObject({ missing: ['aaaa'], outcomes: [] });
    const full = evaluate(own, steps, { feature_import01: [{ ...body, brep }] });
    expect(full.outcomes.map(({ state }) => state)).toEqual(['ok', 'ok']);
    expect(full.infos[0]!.faces.map((face) => face.persistentNames![0])).toContain('feature_import01/0');
    const again = evaluate(own, steps, { feature_import01: [body] });
    expect(again.missing).toEqual([]);
    expect(again.infos[0]!.mass.volume_mm3).toBe(full.infos[0]!.mass.volume_mm3);
  });
});
