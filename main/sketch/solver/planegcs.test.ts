import { init_planegcs_module } from '@salusoft89/planegcs';
import { beforeAll, describe, expect, it } from 'vitest';
import { SketchView } from '../model/view.ts';
import { Drawing } from '../testing/draw.ts';
import { perforatedPlate } from '../testing/perforated-plate.ts';
import type { SketchSolver } from '../types.ts';
import { judge } from './judge.ts';
import { loadSketchSolver } from './load.ts';
import { solveByPlanegcs } from './planegcs.ts';

type Module = Awaited<ReturnType<typeof init_planegcs_module>>;
let module: Module;
let solver: SketchSolver;
beforeAll(async () => {
  module = await init_planegcs_module();
  solver = await loadSketchSolver();
});

/** Every kind of constraint that planegcs knows, on geometry that is off by a little. */
function everything(): Drawing {
  const d = new Drawing();
  const p = [d.point(0.2, 0.1), d.point(39, 1), d.point(41, 19), d.point(1, 21)] as const;
  const l = p.map((from, i) => d.line(from, p[(i + 1) % 4]!));
  d.add({ kind: 'coincident', a: p[0], b: 'origin' });
  d.add({ kind: 'horizontal', a: l[0]! });
  d.add({ kind: 'perpendicular', a: l[0]!, b: l[1]! });
  d.add({ kind: 'parallel', a: l[0]!, b: l[2]! });
  d.add({ kind: 'vertical', a: p[0], b: p[3] });
  d.add({ kind: 'distance', a: l[0]!, value: 40 });
  d.add({ kind: 'distance', a: p[3], b: l[0]!, value: 20 });
  const hole = d.circle(d.point(11, 9), 4);
  const second = d.circle(d.point(29, 11), 5);
  d.add({ kind: 'diameter', curve: hole, value: 8 });
  d.add({ kind: 'equal', a: hole, b: second });
  d.add({ kind: 'horizontal-distance', a: 'origin', b: 'point9', value: 10 });
  d.add({ kind: 'vertical-distance', a: 'origin', b: 'point9', value: 10 });
  const axis = d.segment(20, -1, 21, 25);
  d.add({ kind: 'midpoint', point: axis.start, line: l[0]! });
  d.add({ kind: 'vertical', a: axis.line });
  d.add({ kind: 'distance', a: axis.line, value: 30 });
  d.add({ kind: 'symmetric', a: 'point9', b: 'point11', about: axis.line });
  const [c, s, e] = [d.point(40, 25), d.point(45, 20), d.point(41, 31)];
  const arc = d.arc(c, s, e);
  d.add({ kind: 'radius', curve: arc, value: 6 });
  d.add({ kind: 'tangent', a: arc, b: l[2]! });
  d.add({ kind: 'concentric', a: arc, b: d.circle(d.point(39, 24), 2) });
  d.add({ kind: 'point-on', point: c, curve: l[1]! });
  const arm = d.line(c, d.point(48, 33));
  d.add({ kind: 'angle', a: l[0]!, b: arm, value: Math.PI / 4 });
  d.add({ kind: 'distance', a: arm, value: 12 });
  d.add({ kind: 'tangent', a: d.circle(d.point(60, 26), 10), b: arc });
  return d;
}

describe('planegcs, the second opinion', () => {
  it('agrees on the degrees of freedom and finds positions that hold', () => {
    const sketch = everything();
    const ours = solver.solve(sketch);
    const theirs = solveByPlanegcs(module, sketch)!;
    expect(theirs.converged).toBe(true);
    expect(theirs.conflicting).toEqual([]);
    expect(theirs.redundant).toEqual(ours.redundant);
    expect(theirs.degreesOfFreedom).toBe(ours.degreesOfFreedom);
    const verdict = judge(theirs.entities, new SketchView(sketch.entities), sketch.constraints);
    expect(verdict.residual_mm).toBeLessThan(1e-6);
    expect(verdict.faults).toEqual([]);
  });

  it('agrees on a plate of some 100 constraints', () => {
    const { sketch } = perforatedPlate(6, 4, 3);
    const ours = solver.solve(sketch);
    const theirs = solveByPlanegcs(module, sketch)!;
    expect(theirs.degreesOfFreedom).toBe(ours.degreesOfFreedom);
    expect(theirs.redundant).toEqual([]);
  });

  it('names the same constraint where one says too much', () => {
    const d = new Drawing();
    const { line } = d.segment(0, 0, 10, 0.5);
    d.add({ kind: 'horizontal', a: line });
    const extra = d.add({ kind: 'parallel', a: line, b: 'x-axis' });
    const theirs = solveByPlanegcs(module, d)!;
    expect(theirs.redundant).toHaveLength(1);
    expect(solver.solve(d).redundant).toEqual([extra]);
  });

  it('is not asked about splines', () => {
    const d = new Drawing();
    const spline = d.spline([d.point(0, 0), d.point(5, 5), d.point(9, 0)]);
    d.add({ kind: 'point-on', point: d.point(4, 4), curve: spline });
    expect(solveByPlanegcs(module, d)).toBeNull();
  });
});
