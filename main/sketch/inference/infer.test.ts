import { describe, expect, it } from 'vitest';
import { Drawing } from '../testing/draw.ts';
import { inferConstraints } from './infer.ts';

const kinds = (hints: readonly { kind: string; target?: string }[]) =>
  hints.map(({ kind, target }) => (target === undefined ? kind : `${kind} ${target}`));

describe('constraints that suggest themselves', () => {
  it('snap to points before all else, the origin among them', () => {
    const d = new Drawing();
    d.point(10, 10, 'p');
    expect(inferConstraints(d, { kind: 'point' }, [10.4, 9.7], 1)).toMatchObject({
      position: [10, 10],
      hints: [{ kind: 'coincident', target: 'p' }],
    });
    expect(inferConstraints(d, { kind: 'point' }, [0.5, 0.5], 1).hints[0]).toMatchObject({
      kind: 'coincident',
      target: 'origin',
    });
  });
  it('snap to middles, curves, crossings of curves and axes', () => {
    const d = new Drawing();
    const { line } = d.segment(5, 5, 25, 5);
    const circle = d.circle(d.point(20, 12), 10);
    expect(inferConstraints(d, { kind: 'point' }, [15.3, 5.4], 1)).toMatchObject({
      position: [15, 5],
      hints: [{ kind: 'midpoint', target: line }],
    });
    expect(inferConstraints(d, { kind: 'point' }, [18, 5.6], 1)).toMatchObject({
      position: [18, 5],
      hints: [{ kind: 'point-on', target: line }],
    });
    const crossing = inferConstraints(d, { kind: 'point' }, [13.2, 5.3], 1);
    expect(kinds(crossing.hints).sort()).toEqual([`point-on ${circle}`, `point-on ${line}`].sort());
    expect(Math.hypot(crossing.position[0] - 20, crossing.position[1] - 12)).toBeCloseTo(10, 9);
    expect(inferConstraints(d, { kind: 'point' }, [40, 0.5], 1)).toMatchObject({
      position: [40, 0],
      hints: [{ kind: 'point-on', target: 'x-axis' }],
    });
  });
  it('make a nearly horizontal line horizontal, together with the curve that it ends on', () => {
    const d = new Drawing();
    const { line } = d.segment(30, -5, 32, 40);
    const free = inferConstraints(d, { kind: 'line', start: [0, 10] }, [20, 10.5], 1);
    expect(free.position[1]).toBe(10);
    expect(kinds(free.hints)).toEqual(['horizontal']);
    const both = inferConstraints(d, { kind: 'line', start: [0, 10] }, [30.5, 10.4], 1);
    expect(kinds(both.hints)).toEqual([`point-on ${line}`, 'horizontal']);
    expect(both.position[1]).toBeCloseTo(10, 12);
    expect(inferConstraints(d, { kind: 'line', start: [0, 10] }, [10, 20], 1).hints).toEqual([]);
  });
  it('make a line square or parallel to another, and tangent to an arc that it leaves', () => {
    const d = new Drawing();
    const slanted = d.segment(0, 0, 30, 10);
    const square = inferConstraints(
      d,
      { kind: 'line', start: [30, 10], startId: slanted.end, previous: slanted.line },
      [25.1, 25.2],
      1,
    );
    expect(kinds(square.hints)).toEqual([`perpendicular ${slanted.line}`]);
    expect((square.position[0] - 30) * 30 + (square.position[1] - 10) * 10).toBeCloseTo(0, 9);
    expect(kinds(inferConstraints(d, { kind: 'line', start: [0, 30] }, [30, 40.3], 1).hints)[0]).toBe(
      `parallel ${slanted.line}`,
    );
    const e = new Drawing();
    const [s, end] = [e.point(10, 0), e.point(10 * Math.cos(1), 10 * Math.sin(1))];
    const arc = e.arc(e.point(0, 0), s, end);
    const start: [number, number] = [10 * Math.cos(1), 10 * Math.sin(1)];
    const on = inferConstraints(
      e,
      { kind: 'line', start, startId: end, previous: arc },
      [start[0] - 20 * Math.sin(1) + 0.3, start[1] + 20 * Math.cos(1)],
      1,
    );
    expect(kinds(on.hints)).toEqual([`tangent ${arc}`]);
    expect((on.position[0] - start[0]) * start[0] + (on.position[1] - start[1]) * start[1]).toBeCloseTo(0, 9);
  });
  it('touch a circle with a line from outside', () => {
    const d = new Drawing();
    const circle = d.circle(d.point(20, 0), 12);
    const { position, hints } = inferConstraints(d, { kind: 'line', start: [0, 0] }, [12.6, 9.8], 1);
    expect(kinds(hints)).toEqual([`point-on ${circle}`, `tangent ${circle}`]);
    // From 20 mm away of radius 12: the tangent is 16 long, touching at (12.8, 9.6).
    expect(position).toEqual([expect.closeTo(12.8, 9), expect.closeTo(9.6, 9)]);
  });
  it('make circles touch, pass through points, and be of one size', () => {
    const d = new Drawing();
    const { line } = d.segment(-50, 10, 50, 10);
    const circle = d.circle(d.point(100, 100), 7);
    expect(inferConstraints(d, { kind: 'circle', centre: [0, 0] }, [9.6, 0.2], 1).hints).toMatchObject([
      { kind: 'tangent', target: line },
    ]);
    const equal = inferConstraints(d, { kind: 'circle', centre: [0, -30] }, [7.2, -30], 1);
    expect(equal).toMatchObject({ position: [7, -30], hints: [{ kind: 'equal', target: circle }] });
  });
  it('say nothing far from everything, and do not snap to where the line began', () => {
    const d = new Drawing();
    const p = d.point(3, 3);
    expect(inferConstraints(d, { kind: 'line', start: [3, 3], startId: p }, [3.2, 3.1], 1).hints).toEqual([]);
    expect(inferConstraints(d, { kind: 'point' }, [50, 80], 1)).toEqual({ position: [50, 80], hints: [] });
  });
});
