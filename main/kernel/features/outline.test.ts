import { describe, expect, it } from 'vitest';
import type { SketchEntity } from '../../../preload/contract/index.ts';
import { writeBrep } from '../modeller/occt.ts';
import { outline } from './outline.ts';
import { circle, evaluate, newEvaluator, rectangle, sketchOf, step, testKernel } from './testing.ts';

const kernel = await testKernel();

/** Entities of a DXF with their groups, in order. */
function entitiesOf(bytes: Uint8Array): { kind: string; groups: Record<number, number | string> }[] {
  const lines = new TextDecoder().decode(bytes).split('\r\n');
  const entities: { kind: string; groups: Record<number, number | string> }[] = [];
  for (let i = lines.indexOf('ENTITIES') + 1; i + 1 < lines.length; i += 2) {
    const [code, value] = [Number(lines[i]), lines[i + 1]!];
    if (code === 0) entities.push({ kind: value, groups: {} });
    else entities.at(-1)!.groups[code] = Number.isNaN(Number(value)) ? value : Number(value);
  }
  return entities.filter(({ kind }) => kind !== 'ENDSEC' && kind !== 'EOF');
}

describe('an outline', () => {
  it('of a face has its lines, arcs and circles in its own plane, 1:1', async () => {
    const evaluator = await newEvaluator();
    const part = evaluate(evaluator, [
      step('sketch01', sketchOf([...rectangle(0, 0, 40, 30), ...circle(20, 15, 5)])),
      step('extrude1', {
        kind: 'extrude',
        profile: { by: 'sketch', sketch: 'feature_sketch01' },
        operation: 'new',
        extent: { to: 'distance', distance: 8 },
      }),
      step('fillet01', {
        kind: 'fillet',
        edges: [{ by: 'name', kind: 'edge', name: 'feature_extrude1/side(line1)|feature_extrude1/side(line2)' }],
        radius: 6,
      }),
    ]);
    const face = part.infos[0]!.faces.findIndex((each) => each.persistentNames!.includes('feature_extrude1/end'));
    const found = entitiesOf(outline(kernel, { brep: writeBrep(kernel.oc, part.bodies[0]!.shape), face }));
    expect(found.map(({ kind }) => kind).sort()).toEqual(['ARC', 'CIRCLE', 'LINE', 'LINE', 'LINE', 'LINE']);
    expect(found.find(({ kind }) => kind === 'CIRCLE')!.groups).toMatchObject({ 10: 20, 20: 15, 40: 5 });
    // The rounded corner is the lower right one: its arc runs counter-clockwise from 270 to 360 degrees.
    expect(found.find(({ kind }) => kind === 'ARC')!.groups).toMatchObject({ 10: 34, 20: 6, 40: 6, 50: 270, 51: 0 });
    const straight = found.filter(({ kind }) => kind === 'LINE');
    const total = straight.reduce(
      (sum, { groups: g }) => sum + Math.hypot(Number(g[10]) - Number(g[11]), Number(g[20]) - Number(g[21])),
      0,
    );
    expect(total).toBeCloseTo(2 * 70 - 12, 4);
  });
  it('of a sketch leaves out construction geometry and follows splines to a thousandth', () => {
    const entities: SketchEntity[] = [
      ...rectangle(0, 0, 10, 10),
      { kind: 'point', id: 'a1', x_mm: 0, y_mm: 20 },
      { kind: 'point', id: 'b1', x_mm: 5, y_mm: 28 },
      { kind: 'point', id: 'c1', x_mm: 10, y_mm: 20 },
      { kind: 'spline', id: 'spline1', points: ['a1', 'b1', 'c1'] },
      { kind: 'line', id: 'axis1', start: 'a1', end: 'c1', construction: true },
    ];
    const found = entitiesOf(outline(kernel, { sketch: sketchOf(entities) }));
    expect(found.filter(({ kind }) => kind === 'LINE')).toHaveLength(4);
    expect(found.filter(({ kind }) => kind === 'POLYLINE')).toHaveLength(1);
    const vertices = found.filter(({ kind }) => kind === 'VERTEX').map(({ groups }) => [groups[10], groups[20]]);
    expect(vertices[0]).toEqual([0, 20]);
    expect(vertices.at(-1)).toEqual([10, 20]);
    // The curve of these points, mirror-symmetric: y = 20 + 8 (3 u - u^3) / 2 with u = x / 5 to the middle.
    for (const [x, y] of vertices as [number, number][]) {
      const u = Math.min(x, 10 - x) / 5;
      expect(y).toBeCloseTo(20 + 4 * (3 * u - u ** 3), 3);
    }
  });
  it('needs a flat face', async () => {
    const evaluator = await newEvaluator();
    const part = evaluate(evaluator, [
      step('sketch01', sketchOf(circle(0, 0, 5))),
      step('extrude1', {
        kind: 'extrude',
        profile: { by: 'sketch', sketch: 'feature_sketch01' },
        operation: 'new',
        extent: { to: 'distance', distance: 8 },
      }),
    ]);
    const brep = writeBrep(kernel.oc, part.bodies[0]!.shape);
    const round = part.infos[0]!.faces.findIndex(({ type }) => type === 'cylinder');
    expect(() => outline(kernel, { brep, face: round })).toThrow('flat face');
    expect(() => outline(kernel, { brep, face: 9 })).toThrow('no face 10');
    expect(() => outline(kernel, {})).toThrow('needs a sketch');
  });
});
