/** What entities and constraints are called in the window. */
import type { SketchConstraint, SketchConstraintKind, SketchEntity } from '../../../preload/contract/index.ts';
import type { IconName } from '../../ui/icons.tsx';
import { idsOf } from './possible.ts';

export const CONSTRAINTS: Record<SketchConstraintKind, { title: string; icon: IconName; keys?: string }> = {
  coincident: { title: 'Coincident', icon: 'constrainCoincident', keys: 'q c' },
  'point-on': { title: 'Point on curve', icon: 'constrainPointOn', keys: 'q o' },
  midpoint: { title: 'Midpoint', icon: 'constrainMidpoint', keys: 'q m' },
  horizontal: { title: 'Horizontal', icon: 'constrainHorizontal', keys: 'q h' },
  vertical: { title: 'Vertical', icon: 'constrainVertical', keys: 'q v' },
  parallel: { title: 'Parallel', icon: 'constrainParallel', keys: 'q p' },
  perpendicular: { title: 'Perpendicular', icon: 'constrainPerpendicular', keys: 'q l' },
  collinear: { title: 'Collinear', icon: 'constrainCollinear', keys: 'q i' },
  tangent: { title: 'Tangent', icon: 'constrainTangent', keys: 'q t' },
  concentric: { title: 'Concentric', icon: 'constrainConcentric', keys: 'q n' },
  equal: { title: 'Equal', icon: 'constrainEqual', keys: 'q e' },
  symmetric: { title: 'Symmetric', icon: 'constrainSymmetric', keys: 'q s' },
  fixed: { title: 'Fixed', icon: 'lock', keys: 'q f' },
  distance: { title: 'Distance', icon: 'sketchDimension' },
  'horizontal-distance': { title: 'Horizontal distance', icon: 'sketchDimension' },
  'vertical-distance': { title: 'Vertical distance', icon: 'sketchDimension' },
  radius: { title: 'Radius', icon: 'sketchDimension' },
  diameter: { title: 'Diameter', icon: 'sketchDimension' },
  angle: { title: 'Angle', icon: 'sketchDimension' },
};

const KINDS: Record<SketchEntity['kind'], string> = {
  point: 'Point',
  line: 'Line',
  circle: 'Circle',
  arc: 'Arc',
  ellipse: 'Ellipse',
  spline: 'Spline',
};

/** `line3` as `Line 3`; ids that follow another rule as they are. */
export function nameOfId(id: string): string {
  if (id === 'origin') return 'Origin';
  if (id === 'x-axis') return 'X axis';
  if (id === 'y-axis') return 'Y axis';
  const [, kind, number] = /^([a-z]+)(\d+)$/.exec(id) ?? [];
  const word = kind && (KINDS as Record<string, string>)[kind];
  return word ? `${word} ${number}` : id;
}

export const nameOfConstraint = (constraint: SketchConstraint): string =>
  `${CONSTRAINTS[constraint.kind].title}: ${idsOf(constraint).map(nameOfId).join(', ')}`;
