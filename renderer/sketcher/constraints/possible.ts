/** Which constraints a selection allows, and what each would put into the sketch. Pure. */

import { pointsOfEntity } from '../../../main/sketch/index.ts';
import type { SketchConstraintKind, SketchEntity } from '../../../preload/contract/index.ts';
import type { NewConstraint } from '../tools/draft.ts';

export type Picked = { id: string; kind: SketchEntity['kind']; entity?: SketchEntity };

export const GEOMETRIC = [
  'coincident',
  'point-on',
  'midpoint',
  'horizontal',
  'vertical',
  'parallel',
  'perpendicular',
  'collinear',
  'tangent',
  'concentric',
  'equal',
  'symmetric',
  'fixed',
] as const satisfies SketchConstraintKind[];
export type GeometricKind = (typeof GEOMETRIC)[number];

const FRAME: Record<string, Picked> = {
  origin: { id: 'origin', kind: 'point' },
  'x-axis': { id: 'x-axis', kind: 'line' },
  'y-axis': { id: 'y-axis', kind: 'line' },
};
export const isFrame = (id: string): boolean => id in FRAME;

/** The entities among these ids, in the order in which they were picked. */
export function pickedOf(ids: Iterable<string>, entities: readonly SketchEntity[]): Picked[] {
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  const picked: Picked[] = [];
  for (const id of ids) {
    const entity = byId.get(id);
    if (entity) picked.push({ id, kind: entity.kind, entity });
    else if (FRAME[id]) picked.push(FRAME[id]);
  }
  return picked;
}

const ROUND = ['circle', 'arc'];

function sorted(picked: readonly Picked[]) {
  return {
    points: picked.filter(({ kind }) => kind === 'point'),
    lines: picked.filter(({ kind }) => kind === 'line'),
    round: picked.filter(({ kind }) => ROUND.includes(kind)),
    curves: picked.filter(({ kind }) => kind !== 'point'),
  };
}

/** Every one to the first; what cannot move goes first, so that the rest follows it. */
function toFirst(picked: readonly Picked[], make: (a: string, b: string) => NewConstraint): NewConstraint[] {
  const ordered = [...picked].sort((a, b) => Number(isFrame(b.id)) - Number(isFrame(a.id)));
  const [first, ...rest] = ordered;
  return rest.filter(({ id }) => !isFrame(id)).map(({ id }) => make(first!.id, id));
}

/** The constraints of this kind that the selection asks for; empty where it makes no sense. */
export function constraintsFor(kind: GeometricKind, picked: readonly Picked[]): NewConstraint[] {
  const { points, lines, round, curves } = sorted(picked);
  const only = (...groups: Picked[][]) => groups.reduce((sum, group) => sum + group.length, 0) === picked.length;
  const free = (group: Picked[]) => group.filter(({ id }) => !isFrame(id));
  switch (kind) {
    case 'coincident':
      return only(points) && points.length > 1 ? toFirst(points, (a, b) => ({ kind, a, b })) : [];
    case 'point-on': {
      const [curve] = curves;
      if (!only(points, curves) || curves.length !== 1 || !curve) return [];
      const own = new Set(endsOf(curve));
      return points.filter(({ id }) => !own.has(id)).map(({ id }) => ({ kind, point: id, curve: curve.id }));
    }
    case 'midpoint': {
      const [point] = points;
      const [line] = free(lines);
      if (picked.length !== 2 || !point || !line || endsOf(line).includes(point.id)) return [];
      return [{ kind, point: point.id, line: line.id }];
    }
    case 'horizontal':
    case 'vertical':
      if (only(points) && points.length > 1) return toFirst(points, (a, b) => ({ kind, a, b }));
      return only(lines) && free(lines).length === picked.length ? lines.map(({ id }) => ({ kind, a: id })) : [];
    case 'parallel':
    case 'collinear':
      return only(lines) && lines.length > 1 ? toFirst(lines, (a, b) => ({ kind, a, b })) : [];
    case 'perpendicular':
      return only(lines) && lines.length === 2 ? toFirst(lines, (a, b) => ({ kind, a, b })) : [];
    case 'tangent': {
      const bent = curves.filter(({ kind: one }) => one === 'circle' || one === 'arc' || one === 'ellipse');
      return only(curves) && curves.length === 2 && bent.length > 0 && only(bent, lines)
        ? toFirst(curves, (a, b) => ({ kind, a, b }))
        : [];
    }
    case 'concentric': {
      const centred = curves.filter(({ kind: one }) => one === 'circle' || one === 'arc' || one === 'ellipse');
      return only(centred) && centred.length > 1 ? toFirst(centred, (a, b) => ({ kind, a, b })) : [];
    }
    case 'equal': {
      const sameKind = (only(lines) && free(lines).length === lines.length) || only(round);
      return sameKind && picked.length > 1 ? toFirst(picked, (a, b) => ({ kind, a, b })) : [];
    }
    case 'symmetric': {
      if (picked.length !== 3) return [];
      if (points.length === 2 && lines.length === 1)
        return [{ kind, a: points[0]!.id, b: points[1]!.id, about: lines[0]!.id }];
      // Of three points the last is the middle.
      if (points.length === 3) return [{ kind, a: points[0]!.id, b: points[1]!.id, about: points[2]!.id }];
      return [];
    }
    case 'fixed': {
      const ids = new Set(picked.flatMap((one) => (one.kind === 'point' ? [one.id] : endsOf(one))));
      return [...ids].filter((id) => !isFrame(id)).map((point) => ({ kind, point }));
    }
  }
}

/** The points that a curve holds. */
export const endsOf = ({ entity }: Picked): string[] => (entity ? pointsOfEntity(entity) : []);

/** Every id that a constraint is about. */
export function idsOf(constraint: NewConstraint): string[] {
  const ids: string[] = [];
  for (const key of ['a', 'b', 'point', 'curve', 'line', 'about'] as const) {
    const id = (constraint as Record<string, unknown>)[key];
    if (typeof id === 'string') ids.push(id);
  }
  return ids;
}
