/** What cannot be made as it was asked for is refused: it must not come out as something else. */
import { describe, expect, it } from 'vitest';
import type { Evaluated, Feature, SketchEntity } from '../../../../preload/contract/index.ts';
import type { FeatureStep } from '../../port.ts';
import { circle, evaluate, newEvaluator, rectangle, sketchOf, step } from '../testing.ts';

const evaluator = await newEvaluator();
const degrees = (angle: number): number => (angle * Math.PI) / 180;

type Extrude = Extract<Evaluated<Feature>, { kind: 'extrude' }>;
const extrude = (id: string, sketch: string, rest: Partial<Extrude> = {}): FeatureStep =>
  step(id, {
    kind: 'extrude',
    profile: { by: 'sketch', sketch: `feature_${sketch}` },
    operation: 'new',
    extent: { to: 'distance', distance: 20 },
    ...rest,
  });
const BLOCK = [step('sketch01', sketchOf(rectangle(0, 0, 40, 30))), extrude('block001', 'sketch01')];
const ROUND = [step('sketch02', sketchOf(circle(0, 0, 10))), extrude('round001', 'sketch02')];
const TOP = { by: 'principal', plane: 'xy', offset: 20 } as const;
const face = (name: string) => ({ by: 'name' as const, kind: 'face' as const, name });
const edge = (name: string) => ({ by: 'name' as const, kind: 'edge' as const, name });

/** The last step's error, and the volume of what is there in spite of it. */
function refusal(...steps: FeatureStep[]): { code: string | undefined; volume: number } {
  const part = evaluate(evaluator, steps);
  expect(part.outcomes.slice(0, -1).map(({ error, state }) => error ?? state)).toEqual(steps.slice(1).map(() => 'ok'));
  return {
    code: part.outcomes.at(-1)!.error?.code,
    volume: part.infos.reduce((sum, info) => sum + info.mass.volume_mm3, 0),
  };
}

describe('an extrusion with a draft', () => {
  it('is refused when both ends lie on one side of the profile', () => {
    const rest = { second: { to: 'distance' as const, distance: -5 }, draft: degrees(5) };
    expect(refusal(BLOCK[0]!, extrude('block001', 'sketch01', rest))).toEqual({
      code: 'extrude.combination',
      volume: 0,
    });
  });
  it('is refused when a round side would go on beyond its apex', () => {
    const last = (draft: number) => refusal(ROUND[0]!, extrude('round001', 'sketch02', { draft: degrees(draft) }));
    expect(last(40)).toEqual({ code: 'extrude.draft', volume: 0 });
    // Up to the apex, at atan(10 / 20) = 26.6 degrees, it is a frustum.
    const { code, volume } = last(20);
    expect(code).toBeUndefined();
    const r = 10 - 20 * Math.tan(degrees(20));
    expect(volume).toBeCloseTo(((Math.PI * 20) / 3) * (100 + 10 * r + r * r), 6);
  });
});

describe('a shell', () => {
  it.each([10.5, 12, 19])(
    'of a cylinder of 10 mm is refused with a wall of %s mm, which turns inside out',
    (thickness) => {
      const shell = step('shell001', { kind: 'shell', open: [face('feature_round001/end')], thickness });
      const { code, volume } = refusal(...ROUND, shell);
      expect(code).toBe('shell.not-possible');
      expect(volume).toBeCloseTo(Math.PI * 100 * 20, 6);
    },
  );
  it('of 9 mm is made', () => {
    const shell = step('shell001', { kind: 'shell', open: [face('feature_round001/end')], thickness: 9 });
    const { code, volume } = refusal(...ROUND, shell);
    expect(code).toBeUndefined();
    expect(volume).toBeCloseTo(Math.PI * (100 * 20 - 11), 5);
  });
});

describe('what takes nothing away', () => {
  const cut = (entities: SketchEntity[], rest: Partial<Extrude>): FeatureStep[] => [
    step('sketch03', sketchOf(entities, TOP)),
    extrude('cut00001', 'sketch03', { operation: 'cut', extent: { to: 'distance', distance: 5 }, ...rest }),
  ];
  it.each<[string, FeatureStep[]]>([
    ['a cut upward from the top', cut(rectangle(5, 5, 10, 10), {})],
    ['a cut upward, larger than the top', cut(rectangle(-5, -5, 60, 60), {})],
    ['a cut beside a wall', cut(rectangle(40, 5, 10, 10), { direction: 'reverse' })],
  ])('%s is refused', (_, steps) => {
    const { code, volume } = refusal(...BLOCK, ...steps);
    expect(code).toBe('feature.touches-nothing');
    expect(volume).toBeCloseTo(24_000, 6);
  });
  it.each<[string, Evaluated<Extract<Feature, { kind: 'hole' }>>['extent']]>([
    ['a depth', { to: 'depth', depth: 8 }],
    ['through all', { to: 'through-all' }],
  ])('a hole drilled away from the body by %s is refused', (_, extent) => {
    const steps = [
      step('sketch03', sketchOf([{ kind: 'point', id: 'p1', x_mm: 20, y_mm: 15 }], TOP)),
      step('hole0001', {
        kind: 'hole',
        sketch: 'feature_sketch03',
        standard: 'custom',
        type: 'simple',
        diameter: 6,
        extent,
        reverse: true,
      }),
    ];
    expect(refusal(...BLOCK, ...steps).code).toBe('feature.touches-nothing');
  });
  it('a tool body that is elsewhere is refused, and still there', () => {
    const steps = [
      step('sketch03', sketchOf(rectangle(100, 0, 10, 10))),
      extrude('tool0001', 'sketch03'),
      step('boolean1', {
        kind: 'boolean',
        operation: 'subtract',
        target: 'feature_block001',
        tools: ['feature_tool0001'],
      }),
    ];
    const { code, volume } = refusal(...BLOCK, ...steps);
    expect(code).toBe('feature.touches-nothing');
    expect(volume).toBeCloseTo(26_000, 6);
  });
});

describe('sizes that contradict themselves', () => {
  it.each([-118, 0, 240])('a drill whose point has %s degrees is refused', (tip) => {
    const steps = [
      step('sketch03', sketchOf([{ kind: 'point', id: 'p1', x_mm: 20, y_mm: 15 }], TOP)),
      step('hole0001', {
        kind: 'hole',
        sketch: 'feature_sketch03',
        standard: 'custom',
        type: 'simple',
        diameter: 6,
        extent: { to: 'depth', depth: 8, tip: degrees(tip) },
      }),
    ];
    expect(refusal(...BLOCK, ...steps).code).toBe('feature.dimension');
  });
  it('a radius that varies along a closed edge is refused', () => {
    const edges = [edge('feature_round001/end|feature_round001/side(circle1)')];
    const fillet = step('fillet01', { kind: 'fillet', edges, radius: 2, endRadius: 4 });
    expect(refusal(...ROUND, fillet).code).toBe('fillet.no-ends');
  });
  it('a chamfer with an angle and a second distance is refused', () => {
    const edges = [edge('feature_block001/side(line1)|feature_block001/side(line2)')];
    const chamfer = step('chamfer1', { kind: 'chamfer', edges, distance: 2, distance2: 3, angle: degrees(30) });
    expect(refusal(...BLOCK, chamfer).code).toBe('chamfer.combination');
  });
});

describe('a draft of faces', () => {
  it('is refused when a round face would go on beyond its apex', () => {
    const draft = (angle: number) =>
      step('draft001', {
        kind: 'draft',
        faces: [face('feature_round001/side(circle1)')],
        neutral: { by: 'principal', plane: 'xy' },
        angle: degrees(angle),
      });
    expect(refusal(...ROUND, draft(40)).code).toBe('draft.not-possible');
    expect(refusal(...ROUND, draft(10)).code).toBeUndefined();
  });
});
