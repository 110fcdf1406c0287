import { beforeAll, describe, expect, it } from 'vitest';
import type { SketchConstraint } from '../../../preload/contract/sketches.ts';
import { applySketchEdit } from '../model/ids.ts';
import { findRegions } from '../regions/regions.ts';
import { loadSketchSolver } from '../solver/load.ts';
import { Drawing } from '../testing/draw.ts';
import type { Constraint, Entity, EntityOf, SketchDraft, SketchEdit, SketchSolver, Solution } from '../types.ts';
import * as tools from './index.ts';

let solver: SketchSolver;
beforeAll(async () => {
  solver = await loadSketchSolver();
});
const EMPTY: SketchDraft = { entities: [], constraints: [] };
/** Constructions are closed formulas: only rounding is between them and the exact answer. */
const PRECISE = 9;

/** Expressions here are plain: millimetres and degrees. */
function evaluated(constraint: SketchConstraint): Constraint {
  if (!('value' in constraint)) return constraint;
  const [[kind, text]] = Object.entries(constraint.value) as [[string, string]];
  return { ...constraint, value: Number.parseFloat(text) * (kind === 'angle' ? Math.PI / 180 : 1) } as Constraint;
}
const solve = (sketch: SketchDraft): Solution =>
  solver.solve({ entities: sketch.entities, constraints: sketch.constraints.map(evaluated) });

/** Applies an edit; what it drew must hold as drawn, without saying too much. */
function apply(sketch: SketchDraft, edit: SketchEdit): { sketch: SketchDraft; solution: Solution } {
  const next = applySketchEdit(sketch, edit);
  const solution = solve(next);
  expect(solution.messages).toEqual([]);
  expect(['solved', 'under-constrained']).toContain(solution.status);
  expect(solution.residual_mm).toBeLessThan(1e-9);
  const before = new Map(next.entities.map((entity) => [entity.id, entity]));
  for (const entity of solution.entities) {
    if (entity.kind !== 'point') continue;
    const drawn = before.get(entity.id) as EntityOf<'point'>;
    expect(Math.hypot(entity.x_mm - drawn.x_mm, entity.y_mm - drawn.y_mm)).toBeLessThan(1e-8);
  }
  return { sketch: next, solution };
}
const area = (sketch: SketchDraft) =>
  findRegions(sketch.entities).defaultRegions.reduce((sum, r) => sum + r.area_mm2, 0);
const draft = (d: Drawing): SketchDraft => ({
  entities: d.entities,
  constraints: d.constraints.map((c): SketchConstraint => {
    if (!('value' in c)) return c as SketchConstraint;
    return {
      ...c,
      value: c.kind === 'angle' ? { angle: `${(c.value * 180) / Math.PI}` } : { length: `${c.value}` },
    } as SketchConstraint;
  }),
});
const find = <Kind extends Entity['kind']>(sketch: SketchDraft, id: string, _kind: Kind) =>
  sketch.entities.find((entity) => entity.id === id) as EntityOf<Kind>;
const place = (sketch: SketchDraft, id: string): [number, number] => {
  const point = find(sketch, id, 'point');
  return [point.x_mm, point.y_mm];
};

describe('shapes: their areas, and their degrees of freedom by hand', () => {
  it('rectangle: place and two sizes', () => {
    const { sketch, solution } = apply(EMPTY, tools.makeRectangle(EMPTY, [30, 20], [10, 5]));
    expect(solution.degreesOfFreedom).toBe(4);
    expect(area(sketch)).toBeCloseTo(300, PRECISE);
  });
  it('rectangle about its centre', () => {
    const { sketch, solution } = apply(EMPTY, tools.makeCentreRectangle(EMPTY, [5, 5], [15, 11]));
    expect(solution.degreesOfFreedom).toBe(4);
    expect(area(sketch)).toBeCloseTo(240, PRECISE);
  });
  it.each([3, 6, 11])('regular polygon of %i sides: place, size and turn', (sides) => {
    const { sketch, solution } = apply(EMPTY, tools.makePolygon(EMPTY, [1, 2], [11, 2], sides));
    expect(solution.degreesOfFreedom).toBe(4);
    expect(area(sketch)).toBeCloseTo((sides / 2) * 100 * Math.sin((2 * Math.PI) / sides), PRECISE);
  });
  it('slot: place, length, turn and width', () => {
    const { sketch, solution } = apply(EMPTY, tools.makeSlot(EMPTY, [0, 0], [30, 40], 6));
    expect(solution.degreesOfFreedom).toBe(5);
    expect(area(sketch)).toBeCloseTo(50 * 12 + Math.PI * 36, PRECISE);
  });
  it('slot along an arc: place, radius, two directions and width', () => {
    const edit = tools.makeArcSlot(EMPTY, [0, 0], [50, 0], [0, 50], 5);
    const { sketch, solution } = apply(EMPTY, edit);
    expect(solution.degreesOfFreedom).toBe(6);
    expect(area(sketch)).toBeCloseTo((Math.PI / 4) * (55 ** 2 - 45 ** 2) + Math.PI * 25, PRECISE);
  });
  it('circle through three points', () => {
    const { sketch } = apply(EMPTY, tools.makeCircleThrough(EMPTY, [0, 0], [6, 0], [0, 8]));
    expect(find(sketch, 'circle1', 'circle').radius_mm).toBeCloseTo(5, PRECISE);
    expect(() => tools.makeCircleThrough(EMPTY, [0, 0], [1, 1], [2, 2])).toThrow('The three points lie on one line.');
  });
  it('arc that leaves a line in its direction, to either side', () => {
    const d = new Drawing();
    const { end } = d.segment(0, 0, 10, 0);
    for (const side of [1, -1]) {
      const { sketch } = apply(draft(d), tools.makeTangentArc(draft(d), end, [15, 5 * side]));
      const arc = find(sketch, 'arc1', 'arc');
      expect(place(sketch, arc.centre)).toEqual([expect.closeTo(10, PRECISE), expect.closeTo(5 * side, PRECISE)]);
      expect(side > 0 ? arc.start : arc.end).toBe(end);
    }
  });
  it('refuses shapes without a size', () => {
    expect(() => tools.makeRectangle(EMPTY, [0, 0], [0, 5])).toThrow('Width and height must be more than zero.');
    expect(() => tools.makePolygon(EMPTY, [0, 0], [1, 0], 2)).toThrow('A polygon has 3 to 200 sides.');
    expect(() => tools.makeArcSlot(EMPTY, [0, 0], [4, 0], [0, 4], 5)).toThrow('wider than the arc');
  });
});

describe('cutting', () => {
  /** A line across a circle. */
  function crossed(): Drawing {
    const d = new Drawing();
    d.point(0, 0, 'centre');
    d.circle('centre', 10, 'circle');
    d.point(-20, 6, 'left');
    d.point(20, 6, 'right');
    d.line('left', 'right', 'line');
    d.add({ kind: 'horizontal', a: 'line' });
    return d;
  }
  it('trims the middle of a line: two are left, in line', () => {
    const d = draft(crossed());
    const { sketch } = apply(d, tools.trim(d, 'line', [1, 6]));
    const line = find(sketch, 'line', 'line');
    expect(place(sketch, line.end)).toEqual([expect.closeTo(-8, PRECISE), 6]);
    const rest = sketch.entities
      .filter(({ kind }) => kind === 'line')
      .find(({ id }) => id !== 'line') as EntityOf<'line'>;
    expect([place(sketch, rest.start)[0], rest.end]).toEqual([expect.closeTo(8, PRECISE), 'right']);
  });
  it('trims the end of a line, and the point there goes', () => {
    const d = draft(crossed());
    const { sketch, solution } = apply(d, tools.trim(d, 'line', [15, 6]));
    expect(place(sketch, find(sketch, 'line', 'line').end)[0]).toBeCloseTo(8, PRECISE);
    expect(sketch.entities.some(({ id }) => id === 'right')).toBe(false);
    // Circle 3, line from a free point to the circle, horizontal: 2 more.
    expect(solution.degreesOfFreedom).toBe(5);
  });
  it('trims a circle to the arc on the other side', () => {
    const d = draft(crossed());
    for (const [at, sweep] of [
      [[0, 10], 2 * Math.PI - 2 * Math.acos(0.6)],
      [[0, -10], 2 * Math.acos(0.6)],
    ] as const) {
      const { sketch } = apply(d, tools.trim(d, 'circle', at));
      const arc = find(sketch, 'circle', 'arc');
      expect(arc.kind).toBe('arc');
      const [s, e] = [place(sketch, arc.start), place(sketch, arc.end)];
      const found = Math.atan2(e[1], e[0]) - Math.atan2(s[1], s[0]);
      expect(found < 0 ? found + 2 * Math.PI : found).toBeCloseTo(sweep, PRECISE);
    }
  });
  it('trims the middle of an arc: two of one circle are left', () => {
    const d = new Drawing();
    const arc = d.arc(d.point(0, 0), d.point(10, 0), d.point(-10, 0), 'arc');
    d.segment(-6, -5, -6, 20);
    d.segment(6, -5, 6, 20);
    const { sketch } = apply(draft(d), tools.trim(draft(d), arc, [0, 10]));
    const arcs = sketch.entities.filter(({ kind }) => kind === 'arc') as EntityOf<'arc'>[];
    expect(arcs).toHaveLength(2);
    expect(place(sketch, arcs[0]!.end)).toEqual([expect.closeTo(6, PRECISE), expect.closeTo(8, PRECISE)]);
    expect(place(sketch, arcs[1]!.start)).toEqual([expect.closeTo(-6, PRECISE), expect.closeTo(8, PRECISE)]);
  });
  it('removes what nothing crosses', () => {
    const d = new Drawing();
    const { line } = d.segment(0, 0, 5, 0);
    d.add({ kind: 'horizontal', a: line });
    expect(applySketchEdit(draft(d), tools.trim(draft(d), line, [2, 0]))).toEqual(EMPTY);
  });
  it('extends a line and an arc to what lies ahead', () => {
    const d = new Drawing();
    const { line } = d.segment(0, 0, 5, 0);
    d.segment(20, -10, 20, 10);
    d.segment(12, -10, 12, 10);
    const first = apply(draft(d), tools.extend(draft(d), line, [5, 0])).sketch;
    expect(place(first, find(first, line, 'line').end)).toEqual([expect.closeTo(12, PRECISE), 0]);
    const e = new Drawing();
    const arc = e.arc(e.point(0, 0), e.point(10, 0), e.point(6, 8));
    e.segment(-6, 0, -6, 20);
    const second = apply(draft(e), tools.extend(draft(e), arc, [6, 8])).sketch;
    expect(place(second, find(second, arc, 'arc').end)).toEqual([
      expect.closeTo(-6, PRECISE),
      expect.closeTo(8, PRECISE),
    ]);
    expect(() => tools.extend(draft(d), line, [0, 0])).toThrow('Nothing lies ahead of line 3 to extend it to.');
  });
  it('splits a line, an arc and a circle without moving anything', () => {
    const d = new Drawing();
    const { line } = d.segment(0, 0, 10, 0);
    d.add({ kind: 'distance', a: line, value: 10 });
    const arc = d.arc(d.point(0, 20), d.point(10, 20), d.point(0, 30));
    const circle = d.circle(d.point(50, 0), 5);
    const before = area(draft(d));
    let sketch = draft(d);
    for (const [id, at] of [
      [line, [3, 1]],
      [arc, [7, 27]],
      [circle, [55, 0]],
    ] as const)
      sketch = apply(sketch, tools.split(sketch, id, at)).sketch;
    expect(sketch.entities.filter(({ kind }) => kind === 'line')).toHaveLength(2);
    expect(sketch.entities.filter(({ kind }) => kind === 'arc')).toHaveLength(4);
    expect(sketch.constraints.map(({ kind }) => kind)).toEqual(['parallel']);
    expect(area(sketch)).toBeCloseTo(before, PRECISE);
  });
  it('refuses splines and projected geometry, and says what to do', () => {
    const d = new Drawing();
    const spline = d.spline([d.point(0, 0), d.point(5, 5), d.point(9, 0)]);
    expect(() => tools.trim(draft(d), spline, [5, 5])).toThrow('is a spline and cannot be trimmed');
  });
});

describe('corners', () => {
  function dimensioned(): Drawing {
    const d = new Drawing();
    for (const [id, x, y] of [
      ['a', 0, 0],
      ['b', 40, 0],
      ['c', 40, 30],
    ] as const)
      d.point(x, y, id);
    d.line('a', 'b', 'base');
    d.line('b', 'c', 'side');
    d.add({ kind: 'horizontal', a: 'base' });
    d.add({ kind: 'vertical', a: 'side' });
    d.add({ kind: 'distance', a: 'base', value: 40, id: 'width' });
    d.add({ kind: 'fixed', point: 'a' });
    d.add({ kind: 'distance', a: 'side', value: 30, id: 'height' });
    return d;
  }
  it('rounds the corner of dimensioned lines; the dimensions go on to the virtual corner', () => {
    const d = draft(dimensioned());
    const { sketch, solution } = apply(d, tools.filletCorner(d, 'b', 6));
    expect(solution.status).toBe('solved');
    const arc = sketch.entities.find(({ kind }) => kind === 'arc') as EntityOf<'arc'>;
    expect(place(sketch, arc.centre)).toEqual([expect.closeTo(34, PRECISE), expect.closeTo(6, PRECISE)]);
    expect(sketch.constraints.find(({ id }) => id === 'width')).toMatchObject({ kind: 'distance', a: 'a', b: 'b' });
    const wider = sketch.constraints.map((c) =>
      c.id === 'width' ? ({ ...c, value: { length: '50' } } as SketchConstraint) : c,
    );
    const moved = solve({ entities: sketch.entities, constraints: wider });
    expect(moved.status).toBe('solved');
    expect(place({ ...sketch, entities: moved.entities }, arc.centre)[0]).toBeCloseTo(44, PRECISE);
  });
  it('rounds the corner of a triangle: the area that goes is (cot(angle / 2) - (pi - angle) / 2) r^2', () => {
    const d = new Drawing();
    const p = [d.point(0, 0), d.point(30, 0), d.point(0, 30)] as const;
    for (const [i, from] of p.entries()) d.line(from, p[(i + 1) % 3]!);
    const { sketch } = apply(draft(d), tools.filletCorner(draft(d), p[1], 4));
    const angle = Math.PI / 4;
    expect(area(sketch)).toBeCloseTo(450 - 16 * (1 / Math.tan(angle / 2) - (Math.PI - angle) / 2), PRECISE);
  });
  it('rounds the corner of a line and an arc', () => {
    const d = new Drawing();
    const [o, s, e, f] = [d.point(0, 0), d.point(20, 0), d.point(0, 20), d.point(0, 0.0)];
    d.arc(o, s, e);
    d.line(e, f);
    const { sketch } = apply(draft(d), tools.filletCorner(draft(d), e, 3));
    const arcs = sketch.entities.filter(({ kind }) => kind === 'arc') as EntityOf<'arc'>[];
    const centre = place(sketch, arcs[1]!.centre);
    expect(Math.hypot(...centre)).toBeCloseTo(17, PRECISE);
    expect(centre[0]).toBeCloseTo(3, PRECISE);
  });
  it('bevels the corner', () => {
    const d = draft(dimensioned());
    const { sketch, solution } = apply(d, tools.chamferCorner(d, 'b', 5));
    expect(solution.status).toBe('solved');
    const ends = sketch.entities.filter(({ kind }) => kind === 'line').at(-1) as EntityOf<'line'>;
    expect([place(sketch, ends.start), place(sketch, ends.end)]).toEqual([
      [35, 0],
      [40, 5],
    ]);
  });
  it('refuses what does not fit', () => {
    const d = draft(dimensioned());
    expect(() => tools.filletCorner(d, 'b', 45)).toThrow('does not fit into the corner');
    expect(() => tools.chamferCorner(d, 'b', 31)).toThrow('The bevel is longer than the line.');
    expect(() => tools.filletCorner(d, 'a', 1)).toThrow('exactly two lines or arcs');
  });
});

describe('offset', () => {
  const rectangle = () => {
    const sketch = applySketchEdit(EMPTY, tools.makeRectangle(EMPTY, [0, 0], [40, 30]));
    return { sketch, lines: sketch.entities.filter(({ kind }) => kind === 'line').map(({ id }) => id) };
  };
  it('of a rectangle, inwards and outwards, follows it', () => {
    const { sketch, lines } = rectangle();
    for (const [by, expected] of [
      [5, 30 * 20],
      [-5, 50 * 40],
    ] as const) {
      const { sketch: next, solution } = apply(sketch, tools.offsetChain(sketch, lines, by));
      expect(solution.degreesOfFreedom).toBe(4);
      const areas = findRegions(next.entities).defaultRegions[0]!;
      expect(areas.area_mm2).toBeCloseTo(Math.abs(1200 - expected), PRECISE);
    }
  });
  it('of a slot keeps its arcs concentric and its joints smooth', () => {
    const slot = applySketchEdit(EMPTY, tools.makeSlot(EMPTY, [0, 0], [30, 0], 5));
    const curves = slot.entities.filter(({ kind }) => kind === 'line' || kind === 'arc').map(({ id }) => id);
    const { sketch, solution } = apply(slot, tools.offsetChain(slot, curves, -2));
    expect(solution.degreesOfFreedom).toBe(5);
    expect(area(sketch)).toBeCloseTo(30 * 14 + 49 * Math.PI - (300 + 25 * Math.PI), PRECISE);
  });
  it('of an open chain ends square across from its ends', () => {
    const d = new Drawing();
    const [a, b, c] = [d.point(0, 0), d.point(20, 0), d.point(20, 20)];
    const lines = [d.line(a, b), d.line(b, c)];
    const { sketch, solution } = apply(draft(d), tools.offsetChain(draft(d), lines, 4));
    expect(solution.degreesOfFreedom).toBe(6);
    const copies = sketch.entities.filter(
      (e) => e.kind === 'line' && !e.construction && !lines.includes(e.id),
    ) as EntityOf<'line'>[];
    expect(copies.map(({ start, end }) => [place(sketch, start), place(sketch, end)])).toEqual([
      [
        [0, 4],
        [16, 4],
      ],
      [
        [16, 4],
        [16, 20],
      ],
    ]);
  });
  it('of a circle, and geometry of its own', () => {
    const d = new Drawing();
    const circle = d.circle(d.point(0, 0), 10);
    const free = tools.offsetChain(draft(d), [circle], 3, { constrain: false });
    expect(free.putConstraints).toEqual([]);
    expect(area(apply(draft(d), free).sketch)).toBeCloseTo(Math.PI * 51, PRECISE);
  });
  it('refuses what leaves no room', () => {
    const { sketch, lines } = rectangle();
    expect(() => tools.offsetChain(sketch, lines, 16)).toThrow('has no room at this distance');
    const d = new Drawing();
    expect(() => tools.offsetChain(draft(d), [d.circle(d.point(0, 0), 3)], 4)).toThrow('larger than the radius');
  });
});

describe('copies', () => {
  it('mirrors an outline about an axis, sharing the points on it, and it stays symmetric', () => {
    const d = new Drawing();
    const [a, b, c, e] = [d.point(0, 0), d.point(20, 0), d.point(20, 5), d.point(0, 25)];
    const curves = [d.line(a, b), d.line(b, c), d.arc(d.point(0, 5), c, e)];
    const circle = d.circle(d.point(9, 9), 3);
    const { sketch, solution } = apply(draft(d), tools.mirrorEntities(draft(d), [...curves, circle], 'y-axis'));
    expect(area(sketch)).toBeCloseTo(200 + 200 * Math.PI - 18 * Math.PI, PRECISE);
    expect(solution.entities.filter(({ kind }) => kind === 'point')).toHaveLength(6 + 3);
    const session = solver.begin({ entities: sketch.entities, constraints: sketch.constraints.map(evaluated) });
    session.drag(c, [26, 7]);
    const moved = { ...sketch, entities: session.end() };
    const image = (sketch.constraints.find((k) => k.kind === 'symmetric' && k.a === c) as { b: string }).b;
    expect(place(moved, c)[0]).toBeGreaterThan(23);
    expect(place(moved, image)[0]).toBeCloseTo(-place(moved, c)[0], PRECISE);
  });
  it('repeats along a line and about a centre, each of the shape of the first', () => {
    const slot = applySketchEdit(EMPTY, tools.makeSlot(EMPTY, [20, 0], [30, 0], 2));
    const ids = slot.entities.map(({ id }) => id);
    const row = apply(slot, tools.copyLinear(slot, ids, [0, 10], 4));
    expect(row.solution.degreesOfFreedom).toBe(4 * 5);
    expect(findRegions(row.sketch.entities).regions).toHaveLength(4);
    const ring = apply(slot, tools.copyCircular(slot, ids, [0, 0], Math.PI / 3, 6));
    expect(area(ring.sketch)).toBeCloseTo(6 * (40 + 4 * Math.PI), PRECISE);
    expect(ring.solution.degreesOfFreedom).toBe(6 * 5);
  });
});

describe('removing', () => {
  it('takes curves that need a point, orphaned points and constraints along', () => {
    const d = new Drawing();
    const [a, b, c] = [d.point(0, 0), d.point(10, 0), d.point(10, 10)];
    const [l, m] = [d.line(a, b), d.line(b, c)];
    d.add({ kind: 'horizontal', a: l });
    d.add({ kind: 'vertical', a: m });
    const left = applySketchEdit(draft(d), tools.removeWithDependants(draft(d), [a]));
    expect(left.entities.map(({ id }) => id)).toEqual([b, c, m]);
    expect(left.constraints.map(({ kind }) => kind)).toEqual(['vertical']);
  });
  it('turns curves into construction geometry and back', () => {
    const d = new Drawing();
    const { line } = d.segment(0, 0, 1, 1);
    const on = applySketchEdit(draft(d), tools.setConstruction(draft(d), [line], true));
    expect(find(on, line, 'line').construction).toBe(true);
    expect(applySketchEdit(on, tools.setConstruction(on, [line], false)).entities).toEqual(d.entities);
  });
});
