/** Trim, extend and split: lines, arcs and circles cut where others cross them. */
import { type Curve, curveOf, evaluate, nearest, withinDomain } from '../curves/curve.ts';
import { meetings } from '../curves/intersect.ts';
import { TURN, wrapped } from '../model/vector.ts';
import { SketchView } from '../model/view.ts';
import { nameWords } from '../model/words.ts';
import type { CurveEntity, EntityOf, Position, SketchDraft, SketchEdit } from '../types.ts';
import { EditBuilder, idsOfConstraint, unfit } from './edit.ts';
import { withoutRedundant } from './prune.ts';
import { removeWithDependants } from './remove.ts';

type Cuttable = EntityOf<'line'> | EntityOf<'arc'> | EntityOf<'circle'>;
interface Cut {
  t: number;
  at: Position;
  /** The curve that crosses here. */
  by: string;
}

function cuttable(view: SketchView, id: string, verb: string): Cuttable {
  const entity: CurveEntity = view.curve(id);
  if (entity.from)
    throw unfit(`${nameWords(id)} is projected from the body and cannot be ${verb}.`, 'Draw a curve on it.');
  if (entity.kind === 'ellipse' || entity.kind === 'spline')
    throw unfit(
      `${nameWords(id)} is ${entity.kind === 'ellipse' ? 'an ellipse' : 'a spline'} and cannot be ${verb}.`,
      'Choose the regions between the curves instead, or draw it anew.',
    );
  return entity;
}

/** Where others cross the curve, `beyond` also where it would go on. */
function cutsOf(view: SketchView, curve: Curve, beyond: boolean): Cut[] {
  const cuts: Cut[] = [];
  for (const entity of view.entities) {
    if (entity.kind === 'point' || entity.id === curve.id) continue;
    const other = curveOf(view, entity.id);
    for (const { t, u, at } of meetings(curve, other, 1e-6, beyond))
      if (!beyond || withinDomain(other, u) !== null) cuts.push({ t, at, by: entity.id });
  }
  return cuts.sort((a, b) => a.t - b.t);
}

/** Constraints on the length of a line, which a cut makes untrue. */
function dropLengths(edit: EditBuilder, line: string): void {
  for (const constraint of edit.sketch.constraints) {
    const lengthOnly =
      (constraint.kind === 'distance' && constraint.b === undefined) ||
      constraint.kind === 'midpoint' ||
      constraint.kind === 'equal';
    if (lengthOnly && idsOfConstraint(constraint).includes(line)) edit.removeConstraints.add(constraint.id);
  }
}

function pointAt(edit: EditBuilder, { at, by }: Cut): string {
  const point = edit.point(at);
  edit.constrain({ kind: 'point-on', point, curve: by });
  return point;
}

/** Removes the piece of the curve at this place, up to the nearest crossings; all of it where nothing crosses. */
export function trim(sketch: SketchDraft, curve: string, at: Position): SketchEdit {
  const view = new SketchView(sketch.entities);
  const entity = cuttable(view, curve, 'trimmed');
  const shape = curveOf(view, curve);
  const here = nearest(shape, at).parameter;
  const edit = new EditBuilder(sketch);
  if (entity.kind === 'circle') {
    const cuts = cutsOf(view, shape, false);
    if (cuts.length < 2) return removeWithDependants(sketch, [curve]);
    const ahead = (cut: Cut) => wrapped(cut.t - here);
    const sorted = [...cuts].sort((a, b) => ahead(a) - ahead(b));
    // What stays runs from the first crossing ahead around to the last one.
    const [start, end] = [pointAt(edit, sorted[0]!), pointAt(edit, sorted[sorted.length - 1]!)];
    const { radius_mm: _radius, ...rest } = entity;
    edit.replace({ ...rest, kind: 'arc', start, end });
    return withoutRedundant(sketch, edit.done());
  }
  const margin = 1e-9 * (shape.to - shape.from);
  const cuts = cutsOf(view, shape, false).filter(({ t }) => t > shape.from + margin && t < shape.to - margin);
  const before = cuts.filter(({ t }) => t <= here).at(-1);
  const after = cuts.find(({ t }) => t > here);
  if (!before && !after) return removeWithDependants(sketch, [curve]);
  if (entity.kind === 'line') dropLengths(edit, curve);
  if (before && after) {
    edit.replace({ ...entity, end: pointAt(edit, before) });
    const start = pointAt(edit, after);
    if (entity.kind === 'line') {
      const rest = edit.line(start, entity.end, entity.construction);
      edit.constrain({ kind: 'collinear', a: curve, b: rest });
    } else {
      const rest = edit.add({ ...entity, start });
      edit.constrain({ kind: 'equal', a: curve, b: rest });
    }
    return withoutRedundant(sketch, edit.done());
  }
  edit.replace(before ? { ...entity, end: pointAt(edit, before) } : { ...entity, start: pointAt(edit, after!) });
  edit.dropPoint(before ? entity.end : entity.start);
  return withoutRedundant(sketch, edit.done());
}

/** Lengthens the end that is nearest to this place up to the next curve. */
export function extend(sketch: SketchDraft, curve: string, at: Position): SketchEdit {
  const view = new SketchView(sketch.entities);
  const entity = cuttable(view, curve, 'extended');
  if (entity.kind === 'circle') throw unfit(`${nameWords(curve)} is closed and cannot be extended.`);
  const shape = curveOf(view, curve);
  const atEnd = nearest(shape, at).parameter > (shape.from + shape.to) / 2;
  const tip = atEnd ? shape.to : shape.from;
  // How far beyond the tip, in the direction of extending.
  const beyond = ({ t }: Cut) => {
    const ahead = atEnd ? t - tip : tip - t;
    return shape.kind === 'arc' ? wrapped(ahead) : ahead;
  };
  const room = shape.kind === 'arc' ? TURN - (shape.to - shape.from) : Number.POSITIVE_INFINITY;
  const target = cutsOf(view, shape, true)
    .filter((cut) => beyond(cut) > 1e-9 && beyond(cut) < room - 1e-9)
    .sort((a, b) => beyond(a) - beyond(b))[0];
  if (!target) throw unfit(`Nothing lies ahead of ${nameWords(curve)} to extend it to.`);
  const edit = new EditBuilder(sketch);
  if (entity.kind === 'line') dropLengths(edit, curve);
  const point = pointAt(edit, target);
  edit.replace(atEnd ? { ...entity, end: point } : { ...entity, start: point });
  edit.dropPoint(atEnd ? entity.end : entity.start);
  return withoutRedundant(sketch, edit.done());
}

/** Parts the curve at this place; a circle there and on the other side. */
export function split(sketch: SketchDraft, curve: string, at: Position): SketchEdit {
  const view = new SketchView(sketch.entities);
  const entity = cuttable(view, curve, 'split');
  const shape = curveOf(view, curve);
  const { parameter, point } = nearest(shape, at);
  const edit = new EditBuilder(sketch);
  if (entity.kind === 'circle') {
    const [near, far] = [edit.point(point), edit.point(evaluate(shape, parameter + Math.PI))];
    const { radius_mm: _radius, ...rest } = entity;
    edit.replace({ ...rest, kind: 'arc', start: near, end: far });
    edit.add({ ...rest, kind: 'arc', start: far, end: near });
    return withoutRedundant(sketch, edit.done());
  }
  const share = (parameter - shape.from) / (shape.to - shape.from);
  if (share < 1e-6 || share > 1 - 1e-6) throw unfit(`${nameWords(curve)} can only be split between its ends.`);
  const middle = edit.point(point);
  edit.replace({ ...entity, end: middle });
  const rest = edit.add({ ...entity, start: middle });
  if (entity.kind === 'line') {
    dropLengths(edit, curve);
    edit.constrain({ kind: 'parallel', a: curve, b: rest });
  }
  return withoutRedundant(sketch, edit.done());
}
