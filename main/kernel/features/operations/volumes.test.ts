/** What operations make, against volumes and areas that can be worked out on paper. */
import { describe, expect, it } from 'vitest';
import type { Evaluated, Feature, SketchEntity, Vector3 } from '../../../../preload/contract/index.ts';
import type { FeatureStep } from '../../port.ts';
import { circle, evaluate, newEvaluator, rectangle, sketchOf, step, type TestPart } from '../testing.ts';

const evaluator = await newEvaluator();
/** Booleans of planes and cylinders are exact to rounding; offset and blended surfaces to the kernel's tolerance, 1e-7 mm. */
const EXACT = 1e-9;
const BLENDED = 1e-6;

type Extrude = Extract<Evaluated<Feature>, { kind: 'extrude' }>;
const extrude = (id: string, sketch: string, rest: Partial<Extrude> = {}): FeatureStep =>
  step(id, {
    kind: 'extrude',
    profile: { by: 'sketch', sketch: `feature_${sketch}` },
    operation: 'new',
    extent: { to: 'distance', distance: 20 },
    ...rest,
  });
const BASE = [step('sketch01', sketchOf(rectangle(0, 0, 40, 30))), extrude('base0001', 'sketch01')];
const TOP: Extract<Evaluated<Feature>, { kind: 'sketch' }>['plane'] = {
  by: 'face',
  face: { by: 'name', kind: 'face', name: 'feature_base0001/end' },
};

function make(...steps: FeatureStep[]): TestPart {
  const part = evaluate(evaluator, steps);
  expect(part.outcomes.map(({ name, state, error }) => error ?? `${name} ${state}`)).toEqual(
    steps.map(({ name }) => `${name} ok`),
  );
  for (const info of part.infos) expect(info.valid).toBe(true);
  return part;
}
const volume = (part: TestPart): number => part.infos.reduce((sum, info) => sum + info.mass.volume_mm3, 0);
function near(value: number, expected: number, relative: number): void {
  expect(Math.abs(value - expected) / Math.abs(expected), `${value} for ${expected}`).toBeLessThan(relative);
}
const nameAt = (part: TestPart, place: Vector3): string[] => {
  const face = part.infos
    .flatMap((info) => info.faces)
    .find((each) => Math.hypot(...each.centroid_mm.map((x, k) => x - place[k]!)) < 1e-6);
  return face?.persistentNames ?? [];
};

describe('an extrusion', () => {
  it.each<[string, Partial<Extrude>, [number, number]]>([
    ['along the normal', {}, [0, 20]],
    ['against it', { direction: 'reverse' }, [-20, 0]],
    ['to both sides alike', { direction: 'symmetric' }, [-10, 10]],
    ['to both sides differently', { second: { to: 'distance', distance: 5 } }, [-5, 20]],
    ['against it, and back', { direction: 'reverse', second: { to: 'distance', distance: 5 } }, [-20, 5]],
  ])('goes %s', (_, rest, [low, high]) => {
    const part = make(step('sketch01', sketchOf(rectangle(0, 0, 40, 30))), extrude('base0001', 'sketch01', rest));
    near(volume(part), 40 * 30 * (high - low), EXACT);
    const { box } = part.infos[0]!;
    expect(box.min[2]).toBeCloseTo(low, 6);
    expect(box.max[2]).toBeCloseTo(high, 6);
    expect(part.infos[0]!.faces.map((face) => face.persistentNames![0]).sort()).toEqual(
      ['end', 'side(line1)', 'side(line2)', 'side(line3)', 'side(line4)', 'start'].map(
        (role) => `feature_base0001/${role}`,
      ),
    );
  });
  it('cuts through everything, wherever it begins', () => {
    const part = make(
      ...BASE,
      step('sketch02', sketchOf(circle(20, 15, 4), TOP)),
      extrude('cut00001', 'sketch02', {
        operation: 'cut',
        extent: { to: 'through-all' },
        direction: 'reverse',
      }),
      step('sketch03', sketchOf(circle(6, 10, 2), { by: 'principal', plane: 'yz' })),
      extrude('cut00002', 'sketch03', { operation: 'cut', extent: { to: 'through-all' }, direction: 'symmetric' }),
    );
    near(volume(part), 24_000 - Math.PI * 16 * 20 - Math.PI * 4 * 40, EXACT);
  });
  it('ends at a parallel face, with an offset from it', () => {
    const part = make(
      ...BASE,
      step('sketch02', sketchOf(rectangle(50, 0, 10, 10))),
      extrude('column01', 'sketch02', {
        extent: { to: 'face', face: { by: 'name', kind: 'face', name: 'feature_base0001/end' }, offset: 5 },
      }),
    );
    near(part.infos[1]!.mass.volume_mm3, 100 * 25, EXACT);
  });
  it('ends at a slanted face', () => {
    const wedge: SketchEntity[] = [
      { kind: 'point', id: 'point1', x_mm: 0, y_mm: 0 },
      { kind: 'point', id: 'point2', x_mm: 40, y_mm: 0 },
      { kind: 'point', id: 'point3', x_mm: 0, y_mm: 20 },
      { kind: 'line', id: 'line1', start: 'point1', end: 'point2' },
      { kind: 'line', id: 'line2', start: 'point2', end: 'point3' },
      { kind: 'line', id: 'line3', start: 'point3', end: 'point1' },
    ];
    // In the yz plane: u is y and v is z, so the slope falls along y from 20 mm to 0 at 40 mm.
    const part = make(
      step('sketch01', sketchOf(wedge, { by: 'principal', plane: 'yz' })),
      extrude('wedge001', 'sketch01'),
      step('sketch02', sketchOf(rectangle(50, 0, 10, 10))),
      extrude('column01', 'sketch02', {
        extent: { to: 'face', face: { by: 'name', kind: 'face', name: 'feature_wedge001/side(line2)' } },
      }),
    );
    // Height 20 - y / 2 over y from 0 to 10.
    near(part.infos[1]!.mass.volume_mm3, 10 * (200 - 25), EXACT);
    expect(part.infos[1]!.faces.map((face) => face.persistentNames![0]).sort()).toContain('feature_column01/end');
  });
  it('ends at a cylinder', () => {
    const part = make(
      step('sketch01', sketchOf(circle(0, 0, 10), { by: 'principal', plane: 'yz' })),
      extrude('tube0001', 'sketch01', { direction: 'symmetric', extent: { to: 'distance', distance: 40 } }),
      step('sketch02', sketchOf(rectangle(-3, -3, 6, 6), { by: 'principal', plane: 'xy', offset: 30 })),
      extrude('column01', 'sketch02', {
        direction: 'reverse',
        extent: { to: 'face', face: { by: 'name', kind: 'face', name: 'feature_tube0001/side(circle1)' } },
      }),
    );
    // Below it the cylinder rises to sqrt(100 - y^2).
    const under = 6 * (3 * Math.sqrt(91) + 100 * Math.asin(0.3));
    near(part.infos[1]!.mass.volume_mm3, 36 * 30 - under, BLENDED);
  });
  it('leans its sides inwards, holes outwards', () => {
    const tan = Math.tan((5 * Math.PI) / 180);
    const part = make(
      step('sketch01', sketchOf([...rectangle(0, 0, 40, 30), ...circle(20, 15, 5)])),
      extrude('base0001', 'sketch01', { draft: (5 * Math.PI) / 180 }),
    );
    const prismatoid = (a: number, b: number, h: number): number => {
      const top = (a - 2 * h * tan) * (b - 2 * h * tan);
      const middle = (a - h * tan) * (b - h * tan);
      return (h / 6) * (a * b + 4 * middle + top);
    };
    const [r, R] = [5, 5 + 20 * tan];
    near(volume(part), prismatoid(40, 30, 20) - (Math.PI * 20 * (r * r + r * R + R * R)) / 3, BLENDED);
  });
  it('leans both ways from its plane', () => {
    const tan = Math.tan(0.1);
    const part = make(
      step('sketch01', sketchOf(circle(0, 0, 10))),
      extrude('base0001', 'sketch01', { draft: 0.1, direction: 'symmetric' }),
    );
    const r = 10 - 10 * tan;
    near(volume(part), (2 * Math.PI * 10 * (100 + 10 * r + r * r)) / 3, BLENDED);
    expect(part.infos[0]!.faces.map((face) => face.persistentNames![0]).sort()).toEqual(
      ['back(circle1)', 'end', 'side(circle1)', 'start'].map((role) => `feature_base0001/${role}`),
    );
  });
  it('takes islands, holes, and chosen regions', () => {
    const entities = [...rectangle(0, 0, 40, 30), ...circle(20, 15, 10), ...circle(20, 15, 5, 'circle2')];
    const whole = make(step('sketch01', sketchOf(entities)), extrude('base0001', 'sketch01'));
    near(volume(whole), 20 * (1200 - Math.PI * 75), EXACT);
    expect(whole.infos).toHaveLength(2);
    const ring = make(
      step('sketch01', sketchOf(entities)),
      extrude('base0001', 'sketch01', {
        profile: { by: 'sketch', sketch: 'feature_sketch01', regions: [['circle1']] },
      }),
    );
    near(volume(ring), 20 * Math.PI * 75, EXACT);
    const both = make(
      step('sketch01', sketchOf(entities)),
      extrude('base0001', 'sketch01', {
        profile: { by: 'sketch', sketch: 'feature_sketch01', regions: [['circle1'], ['circle2']] },
      }),
    );
    near(volume(both), 20 * Math.PI * 100, EXACT);
    expect(both.infos[0]!.faces).toHaveLength(3);
  });
  it('takes a face of a body, whose sides are called by the faces around it', () => {
    const part = make(
      ...BASE,
      step('extrude2', {
        kind: 'extrude',
        profile: { by: 'face', face: { by: 'name', kind: 'face', name: 'feature_base0001/end' } },
        operation: 'new',
        extent: { to: 'distance', distance: 5 },
      }),
    );
    near(part.infos[1]!.mass.volume_mm3, 6000, EXACT);
    expect(part.infos[1]!.faces.map((face) => face.persistentNames![0])).toContain(
      'feature_extrude2/side(feature_base0001/side(line3))',
    );
  });
  it('of ellipses, arcs and splines encloses what the sketch encloses', () => {
    const ellipse: SketchEntity[] = [
      { kind: 'point', id: 'centre1', x_mm: 5, y_mm: 5 },
      { kind: 'point', id: 'major1', x_mm: 9, y_mm: 8 },
      { kind: 'ellipse', id: 'ellipse1', centre: 'centre1', major: 'major1', minorRadius_mm: 2 },
    ];
    near(volume(make(step('sketch01', sketchOf(ellipse)), extrude('base0001', 'sketch01'))), 200 * Math.PI, EXACT);
    const wide = ellipse.map((entity) => (entity.kind === 'ellipse' ? { ...entity, minorRadius_mm: 8 } : entity));
    near(volume(make(step('sketch01', sketchOf(wide)), extrude('base0001', 'sketch01'))), 800 * Math.PI, EXACT);
    const half: SketchEntity[] = [
      { kind: 'point', id: 'point1', x_mm: 6, y_mm: 0 },
      { kind: 'point', id: 'point2', x_mm: -6, y_mm: 0 },
      { kind: 'point', id: 'point3', x_mm: 0, y_mm: 0 },
      { kind: 'arc', id: 'arc1', centre: 'point3', start: 'point1', end: 'point2' },
      { kind: 'line', id: 'line1', start: 'point1', end: 'point2' },
    ];
    near(volume(make(step('sketch01', sketchOf(half)), extrude('base0001', 'sketch01'))), 360 * Math.PI, EXACT);
    const spline: SketchEntity[] = [
      { kind: 'point', id: 'point1', x_mm: 0, y_mm: 0 },
      { kind: 'point', id: 'point2', x_mm: 10, y_mm: 8 },
      { kind: 'point', id: 'point3', x_mm: 20, y_mm: 0 },
      { kind: 'spline', id: 'spline1', points: ['point1', 'point2', 'point3'] },
      { kind: 'line', id: 'line1', start: 'point1', end: 'point3' },
    ];
    // Natural cubic, symmetric about x = 10, with u = x / 10 on its left half: y = 12 u - 4 u^3, area 2 (6 - 1) 10.
    // The kernel's integration over a face with a free boundary is good to 2e-5.
    near(volume(make(step('sketch01', sketchOf(spline)), extrude('base0001', 'sketch01'))), 2000, 2e-5);
  });
});

describe('a revolution', () => {
  const ring = step('sketch01', sketchOf(rectangle(4, 0, 2, 3), { by: 'principal', plane: 'zx' }));
  // In the zx plane u is z and v is x: the rectangle lies at z 4 to 6 and x 0 to 3.
  const turned = (angle: number, rest: object = {}): FeatureStep =>
    step('revolve1', {
      kind: 'revolve',
      profile: { by: 'sketch', sketch: 'feature_sketch01' },
      operation: 'new',
      axis: { by: 'principal', axis: 'x' },
      angle,
      ...rest,
    });
  it('is exact, whole and in part', () => {
    near(volume(make(ring, turned(2 * Math.PI))), Math.PI * (36 - 16) * 3, EXACT);
    near(volume(make(ring, turned(Math.PI / 2))), (Math.PI / 4) * (36 - 16) * 3, EXACT);
    near(volume(make(ring, turned(-1))), 0.5 * (36 - 16) * 3, EXACT);
  });
  it('lies to both sides of its plane when symmetric', () => {
    const part = make(ring, turned(Math.PI / 2, { symmetric: true }));
    expect(part.infos[0]!.mass.centroid_mm[1]).toBeCloseTo(0, 9);
    expect(part.infos[0]!.faces.map((face) => face.persistentNames![0]).sort()).toEqual(
      ['end', 'side(line1)', 'side(line2)', 'side(line3)', 'side(line4)', 'start'].map(
        (role) => `feature_revolve1/${role}`,
      ),
    );
  });
  it('refuses an axis through its profile', () => {
    const part = evaluate(evaluator, [
      step('sketch01', sketchOf(rectangle(-1, 0, 2, 3), { by: 'principal', plane: 'zx' })),
      turned(1),
    ]);
    expect(part.outcomes[1]!.error).toMatchObject({
      code: 'revolve.axis-crosses',
      recordId: 'feature_revolve1',
      details: { field: 'axis' },
    });
  });
});

describe('holes', () => {
  const points = step(
    'sketch02',
    sketchOf(
      [
        { kind: 'point', id: 'point1', x_mm: 10, y_mm: 15 },
        { kind: 'point', id: 'point2', x_mm: 30, y_mm: 15 },
      ],
      TOP,
    ),
  );
  type Hole = Extract<Evaluated<Feature>, { kind: 'hole' }>;
  const hole = (rest: Partial<Hole>): FeatureStep =>
    step('hole0001', {
      kind: 'hole',
      sketch: 'feature_sketch02',
      standard: 'iso',
      type: 'clearance',
      size: 'M6',
      extent: { to: 'through-all' },
      ...rest,
    });
  const cylinder = (diameter: number, height: number): number => (Math.PI / 4) * diameter ** 2 * height;
  const cone = (large: number, small: number, height: number): number =>
    (Math.PI * height * (large ** 2 + large * small + small ** 2)) / 12;

  it.each<[string, Partial<Hole>, number]>([
    ['clear an M6 screw', {}, cylinder(6.6, 20)],
    ['clear it closely', { fit: 'close' }, cylinder(6.4, 20)],
    ['are tapped', { type: 'tapped' }, cylinder(5, 20)],
    ['sink a socket head', { type: 'counterbore' }, cylinder(11, 6.4) + cylinder(6.6, 13.6)],
    [
      'sink a countersunk head',
      { type: 'countersink' },
      cone(13.44, 6.6, (13.44 - 6.6) / 2) + cylinder(6.6, 20 - (13.44 - 6.6) / 2),
    ],
    ['are as wide as asked', { standard: 'custom', type: 'simple', diameter: 3 }, cylinder(3, 20)],
    ['end flat', { type: 'tapped', extent: { to: 'depth', depth: 8 } }, cylinder(5, 8)],
    [
      'end in the point of a drill',
      { type: 'tapped', extent: { to: 'depth', depth: 8, tip: (118 * Math.PI) / 180 } },
      cylinder(5, 8) + cone(5, 0, 2.5 / Math.tan((59 * Math.PI) / 180)),
    ],
  ])('%s', (_, rest, each) => {
    near(volume(make(...BASE, points, hole(rest))), 24_000 - 2 * each, 1e-9);
  });
  it('call their faces by role and point', () => {
    const part = make(...BASE, points, hole({ type: 'counterbore', extent: { to: 'depth', depth: 12, tip: 2 } }));
    expect(part.outcomes.at(-1)!.made).toEqual(
      ['counterbore', 'floor', 'tip', 'wall']
        .flatMap((role) => [`${role}(point1)`, `${role}(point2)`])
        .map((role) => `feature_hole0001/${role}`),
    );
  });
  it('are refused where the table has no such size', () => {
    const part = evaluate(evaluator, [...BASE, points, hole({ size: 'M7' })]);
    expect(part.outcomes.at(-1)!.error).toMatchObject({
      code: 'hole.size',
      hint: expect.stringContaining('M6'),
      details: { field: 'size' },
    });
    expect(volume(part)).toBeCloseTo(24_000, 6);
  });
});

const edge = (a: string, b: string) => ({
  by: 'name' as const,
  kind: 'edge' as const,
  name: [a, b]
    .map((role) => `feature_base0001/${role}`)
    .sort()
    .join('|'),
});

describe('fillets and chamfers', () => {
  const upright = ['line1', 'line2', 'line3', 'line4'].map((line, index, all) =>
    edge(`side(${line})`, `side(${all[(index + 1) % 4]})`),
  );
  it('round with one radius', () => {
    const part = make(...BASE, step('fillet01', { kind: 'fillet', edges: upright, radius: 3 }));
    near(volume(part), 24_000 - (4 - Math.PI) * 9 * 20, BLENDED);
    expect(part.outcomes.at(-1)!.made).toContain(
      'feature_fillet01/round(feature_base0001/side(line1)|feature_base0001/side(line2))',
    );
  });
  it('round three edges that meet in a corner', () => {
    const all = [edge('side(line1)', 'side(line2)'), edge('side(line1)', 'end'), edge('side(line2)', 'end')];
    const part = make(...BASE, step('fillet01', { kind: 'fillet', edges: all, radius: 3 }));
    const rod = (1 - Math.PI / 4) * 9;
    const corner = 27 * (1 - Math.PI / 6);
    near(volume(part), 24_000 - rod * (37 + 27 + 17) - corner, BLENDED);
    expect(part.outcomes.at(-1)!.made!.filter((name) => name.includes('/corner('))).toHaveLength(1);
  });
  it('round with a radius that grows along the edge', () => {
    const part = make(
      ...BASE,
      step('fillet01', { kind: 'fillet', edges: [edge('side(line1)', 'end')], radius: 2, endRadius: 4 }),
    );
    // The section is (1 - pi/4) r^2 and r grows from 2 to 4 (the kernel eases it in and out): between the extremes.
    const removed = 24_000 - volume(part);
    expect(removed).toBeGreaterThan((1 - Math.PI / 4) * 40 * 4);
    expect(removed).toBeLessThan((1 - Math.PI / 4) * 40 * 16);
    // It ends on the end faces at y = r on top and z = 20 - r in front.
    const ends = part.infos[0]!.vertices_mm.map((at) => at.map((x) => Math.round(x * 1e5) / 1e5).join());
    for (const end of ['0,2,20', '0,0,18', '40,4,20', '40,0,16']) expect(ends).toContain(end);
  });
  it.each<[string, object, number]>([
    ['equally', { distance: 2 }, 2],
    ['by two distances', { distance: 2, distance2: 3 }, 3],
    ['by a distance and an angle', { distance: 2, angle: Math.PI / 6 }, (2 * 2 * Math.tan(Math.PI / 6)) / 2],
  ])('bevel %s', (_, rest, section) => {
    const face = { by: 'name' as const, kind: 'face' as const, name: 'feature_base0001/end' };
    const part = make(
      ...BASE,
      step('chamfer1', { kind: 'chamfer', edges: [edge('side(line1)', 'end')], distance: 1, face, ...rest }),
    );
    near(volume(part), 24_000 - section * 40, EXACT);
    const bevel = part.infos[0]!.faces.find((each) => each.persistentNames![0]!.includes('/bevel('))!;
    // Measured on the top face: the bevel begins 2 mm from the edge there.
    expect(bevel.box.max[1]).toBeCloseTo(2, 6);
  });
  it('say the largest radius that works', () => {
    const part = evaluate(evaluator, [...BASE, step('fillet01', { kind: 'fillet', edges: upright, radius: 18 })]);
    expect(part.outcomes.at(-1)!.error).toMatchObject({
      code: 'fillet.too-large',
      details: { field: 'radius', largest_mm: expect.any(Number) },
    });
    const { largest_mm } = part.outcomes.at(-1)!.error!.details as { largest_mm: number };
    expect(largest_mm).toBeGreaterThan(13);
    expect(largest_mm).toBeLessThanOrEqual(15);
    expect(volume(part)).toBeCloseTo(24_000, 6);
  });
});

describe('bodies against bodies', () => {
  const two = [...BASE, step('sketch02', sketchOf(rectangle(30, 10, 20, 10))), extrude('block001', 'sketch02')];
  it.each<['union' | 'subtract' | 'intersect', number]>([
    ['union', 24_000 + 2000],
    ['subtract', 24_000 - 2000],
    ['intersect', 2000],
  ])('%s', (operation, expected) => {
    const part = make(
      ...two,
      step('boolean1', {
        kind: 'boolean',
        operation,
        target: 'feature_base0001',
        tools: ['feature_block001'],
      }),
    );
    expect(part.infos.map(({ persistentName }) => persistentName)).toEqual(['feature_base0001']);
    near(volume(part), expected, EXACT);
  });
  it('keep their tools when asked', () => {
    const part = make(
      ...two,
      step('boolean1', {
        kind: 'boolean',
        operation: 'subtract',
        target: 'feature_base0001',
        tools: ['feature_block001'],
        keepTools: true,
      }),
    );
    expect(part.infos.map((info) => Math.round(info.mass.volume_mm3))).toEqual([22_000, 4000]);
  });
});

describe('patterns', () => {
  const boss = [
    step('sketch02', sketchOf(circle(5, 5, 2), TOP)),
    extrude('boss0001', 'sketch02', { operation: 'add', extent: { to: 'distance', distance: 4 } }),
  ];
  const x = { by: 'principal' as const, axis: 'x' as const };
  const y = { by: 'principal' as const, axis: 'y' as const };
  it('repeat a boss in a grid, leaving some out, with names of their own', () => {
    const part = make(
      ...BASE,
      ...boss,
      step('pattern1', {
        kind: 'linear-pattern',
        features: ['feature_boss0001'],
        direction: x,
        spacing: 10,
        count: 4,
        second: { direction: y, spacing: 10, count: 2 },
        skip: [5],
      }),
    );
    near(volume(part), 24_000 + 7 * Math.PI * 4 * 4, 1e-9);
    expect(nameAt(part, [25, 5, 24])[0]).toBe('feature_pattern1/2:feature_boss0001/end');
    expect(nameAt(part, [35, 15, 24])[0]).toBe('feature_pattern1/3.1:feature_boss0001/end');
    expect(nameAt(part, [15, 15, 24])).toEqual([]);
  });
  it('repeat a cut about an axis, with the fillet of the original', () => {
    const steps = (count: number): FeatureStep[] => [
      step('sketch01', sketchOf(circle(0, 0, 30))),
      extrude('base0001', 'sketch01'),
      step('sketch02', sketchOf(circle(20, 0, 4), TOP)),
      extrude('boss0001', 'sketch02', { operation: 'add', extent: { to: 'distance', distance: 6 } }),
      step('fillet01', {
        kind: 'fillet',
        edges: [{ by: 'name', kind: 'edge', name: 'feature_base0001/end|feature_boss0001/side(circle1)' }],
        radius: 1,
      }),
      step('pattern1', {
        kind: 'circular-pattern',
        features: ['feature_boss0001', 'feature_fillet01'],
        axis: { by: 'principal', axis: 'z' },
        count,
      }),
    ];
    // Pappus: the section between a quarter circle and its corner, about the boss' axis.
    const section = 1 - Math.PI / 4;
    const centroid = 4 + 1 - (1 - (10 - 3 * Math.PI) / (12 - 3 * Math.PI) + 0);
    const cove = 2 * Math.PI * (section * (5 - (1 - (10 - 3 * Math.PI) / (3 * (4 - Math.PI)))));
    expect(centroid).toBeGreaterThan(4);
    for (const count of [1, 3, 6]) {
      const part = make(...steps(count));
      near(volume(part), Math.PI * 900 * 20 + count * (Math.PI * 16 * 6 + cove), BLENDED);
    }
  });
  it('mirror features and bodies, joined or not', () => {
    const mirrored = make(
      ...BASE,
      ...boss,
      step('mirror01', {
        kind: 'mirror',
        features: ['feature_boss0001'],
        plane: { by: 'principal', plane: 'yz', offset: 20 },
      }),
    );
    near(volume(mirrored), 24_000 + 2 * Math.PI * 4 * 4, 1e-9);
    expect(nameAt(mirrored, [35, 5, 24])[0]).toBe('feature_mirror01/1:feature_boss0001/end');
    const copied = make(...BASE, step('mirror01', { kind: 'mirror', plane: { by: 'principal', plane: 'yz' } }));
    expect(copied.infos.map(({ persistentName }) => persistentName)).toEqual(['feature_base0001', 'feature_mirror01']);
    expect(copied.infos[1]!.mass.centroid_mm[0]).toBeCloseTo(-20, 9);
    near(copied.infos[1]!.mass.volume_mm3, 24_000, EXACT);
    const joined = make(
      ...BASE,
      step('mirror01', { kind: 'mirror', plane: { by: 'principal', plane: 'yz' }, join: true }),
    );
    expect(joined.infos).toHaveLength(1);
    near(volume(joined), 48_000, EXACT);
    expect(joined.infos[0]!.faces).toHaveLength(6);
  });
  it('copy whole bodies', () => {
    const part = make(...BASE, step('pattern1', { kind: 'linear-pattern', direction: x, spacing: 50, count: 3 }));
    expect(part.infos.map(({ persistentName }) => persistentName)).toEqual([
      'feature_base0001',
      'feature_pattern1',
      'feature_pattern1#2',
    ]);
    near(volume(part), 72_000, EXACT);
  });
});
