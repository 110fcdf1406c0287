import { beforeAll, describe, expect, it } from 'vitest';
import { SketchView } from '../model/view.ts';
import { Drawing, placeIn } from '../testing/draw.ts';
import { perforatedPlate } from '../testing/perforated-plate.ts';
import type { SketchSolver } from '../types.ts';
import { judge } from './judge.ts';
import { loadSketchSolver } from './load.ts';

let solver: SketchSolver;
beforeAll(async () => {
  solver = await loadSketchSolver();
});

function rectangle(): { d: Drawing; corners: string[]; lines: string[] } {
  const d = new Drawing();
  const corners = [d.point(0, 0), d.point(40, 0), d.point(40, 30), d.point(0, 30)];
  const lines = corners.map((from, i) => d.line(from, corners[(i + 1) % 4]!));
  for (const [i, line] of lines.entries()) d.add({ kind: i % 2 ? 'vertical' : 'horizontal', a: line });
  d.add({ kind: 'coincident', a: corners[0]!, b: 'origin' });
  return { d, corners, lines };
}

describe('dragging', () => {
  it('takes a free corner to the cursor, with its neighbours', () => {
    const { d, corners } = rectangle();
    const session = solver.begin(d);
    const step = session.drag(corners[2]!, [55, 22]);
    expect(step.solved).toBe(true);
    const places = Object.fromEntries(step.points);
    expect(places[corners[2]!]).toEqual([expect.closeTo(55, 6), expect.closeTo(22, 6)]);
    expect(places[corners[1]!]).toEqual([expect.closeTo(55, 6), expect.closeTo(0, 9)]);
    expect(step.points.has(corners[0]!)).toBe(false);
    expect(placeIn(session.end(), corners[3]!)[1]).toBeCloseTo(22, 6);
  });

  it('goes as far as the constraints let it: a point on a circle follows the nearest place', () => {
    const d = new Drawing();
    const p = d.point(10, 0);
    const circle = d.circle('origin', 10);
    d.add({ kind: 'radius', curve: circle, value: 10 });
    d.add({ kind: 'point-on', point: p, curve: circle });
    const session = solver.begin(d);
    for (const angle of [0.3, 0.9, 1.8, 2.9]) {
      session.drag(p, [25 * Math.cos(angle), 25 * Math.sin(angle)]);
      const [x, y] = session.drag(p, [25 * Math.cos(angle), 25 * Math.sin(angle)]).points.get(p)!;
      expect(Math.hypot(x, y)).toBeCloseTo(10, 9);
      expect(Math.atan2(y, x)).toBeCloseTo(angle, 2);
    }
  });

  it('does not move what is fixed, and gives everything back when cancelled', () => {
    const { d, corners } = rectangle();
    const session = solver.begin(d);
    expect(session.drag(corners[0]!, [5, 5]).points.size).toBe(0);
    session.drag(corners[2]!, [80, 80]);
    expect(session.cancel()).toEqual(d.entities);
    expect(() => session.drag(corners[2]!, [1, 1])).toThrow('the drag is over');
  });

  it('pulls lines by where they were grabbed and circles by their rim', () => {
    const { d, lines } = rectangle();
    const circle = d.circle(d.point(20, 15), 4);
    const session = solver.begin(d);
    session.drag(lines[1]!, [40, 10]);
    expect(session.drag(lines[1]!, [46, 12]).points.size).toBeGreaterThan(0);
    session.drag(circle, [20, 22]);
    const moved = session.end();
    expect(placeIn(moved, 'point2')[0]).toBeCloseTo(46, 5);
    const round = moved.find(({ id }) => id === circle);
    if (round?.kind !== 'circle') throw new Error('no circle');
    const [x, y] = placeIn(moved, round.centre);
    expect(Math.hypot(20 - x, 22 - y)).toBeCloseTo(round.radius_mm, 4);
  });

  it('moves nothing in a sketch that cannot hold', () => {
    const { d, corners, lines } = rectangle();
    d.add({ kind: 'distance', a: lines[0]!, value: 10 });
    d.add({ kind: 'distance', a: lines[0]!, value: 20 });
    const step = solver.begin(d).drag(corners[2]!, [90, 90]);
    expect(step).toEqual({ solved: false, points: new Map(), radii_mm: new Map() });
  });

  it('keeps every constraint of a large sketch to 1e-9 mm on a long way', () => {
    const { sketch, handle } = perforatedPlate();
    expect(sketch.constraints.length).toBeGreaterThanOrEqual(800);
    const view = new SketchView(sketch.entities);
    const session = solver.begin(sketch);
    for (let i = 1; i <= 12; i++) {
      const target = 380 + 60 * Math.sin(i);
      const step = session.drag(handle, [target, 300]);
      expect(step.solved).toBe(true);
      expect(Math.abs(step.points.get(handle)![0] - target)).toBeLessThan(0.01); // less than a pixel shows
    }
    const { residual_mm, faults } = judge(session.end(), view, sketch.constraints);
    expect(residual_mm).toBeLessThan(1e-9);
    expect(faults).toEqual([]);
  });

  it('never turns an arc inside out', () => {
    const d = new Drawing();
    const [c, s, e] = [d.point(0, 0), d.point(10, 0), d.point(10 * Math.cos(0.4), 10 * Math.sin(0.4))];
    const arc = d.arc(c, s, e);
    d.add({ kind: 'fixed', point: c });
    d.add({ kind: 'fixed', point: s });
    const session = solver.begin(d);
    for (let i = 0; i < 20; i++) session.drag(e, [10, 4 - 0.5 * i]);
    const [x, y] = placeIn(session.end(), e);
    expect(Math.atan2(y, x)).toBeGreaterThan(0);
    expect(arc).toBe('arc4');
  });
});
