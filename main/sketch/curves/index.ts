/** Evaluation of curves by id, for whoever draws them or makes edges of them. */
import { SketchView } from '../model/view.ts';
import type { Entity, Position } from '../types.ts';
import { curveOf, evaluate, type Nearest, nearest, sampleParameters, tangentAt } from './curve.ts';
import { type BSplineForm, splineAsBSpline } from './spline.ts';

/**
 * Points of a curve from its start to its end, with chords no farther than the tolerance from it; a closed one ends where it
 * began. Of a point: itself.
 */
export function sampleCurve(entities: readonly Entity[], id: string, tolerance_mm: number): Position[] {
  const view = new SketchView(entities);
  if (view.isPoint(id)) return [view.point(id)];
  const curve = curveOf(view, id);
  return sampleParameters(curve, curve.from, curve.to, tolerance_mm).map((t) => evaluate(curve, t));
}

export const pointOnCurve = (entities: readonly Entity[], id: string, parameter: number): Position =>
  evaluate(curveOf(new SketchView(entities), id), parameter);

/** Unit tangent in the direction of growing parameters. */
export const tangentOfCurve = (entities: readonly Entity[], id: string, parameter: number): Position =>
  tangentAt(curveOf(new SketchView(entities), id), parameter);

export const nearestOnCurve = (entities: readonly Entity[], id: string, to: Position): Nearest =>
  nearest(curveOf(new SketchView(entities), id), to);

/** Exactly the same curve as `pointOnCurve` gives, with the same parameters, for a geometry kernel. */
export function bsplineOf(entities: readonly Entity[], id: string): BSplineForm {
  const curve = curveOf(new SketchView(entities), id);
  if (curve.kind !== 'spline') throw new TypeError(`${id} is no spline`);
  return splineAsBSpline(curve.spline);
}
