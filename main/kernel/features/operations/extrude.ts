/** A profile pushed along the normal of its plane. Sides are called by the profile's curves, caps `start` and `end`. */
import type { Evaluated, Extent, FeatureOf } from '../../../../preload/contract/index.ts';
import { usage } from '../../errors.ts';
import { scale } from '../../modeller/vectors.ts';
import { booleanOf, combine } from '../combine.ts';
import type { NamedShape } from '../naming/follow.ts';
import type { Operation, OperationScope, ProfileFace } from '../operation.ts';
import { withField } from '../scope/resolve.ts';
import { gathered } from '../shapes/named.ts';
import { leaning, PRISM_ROLES, type PrismRoles, prism } from './prism.ts';
import { reachThrough } from './reach.ts';
import { type End, endAtFace, prismUpTo } from './up-to-face.ts';

type Extrude = Evaluated<FeatureOf<'extrude'>>;

export const extrude: Operation<'extrude'> = (feature, scope) => {
  const profile = scope.profile(feature.profile, 'profile');
  const solids = profile.map((face) => extruded(feature, scope, face));
  return combine(scope, feature.operation, joined(scope, profile, solids), feature.bodies);
};

/** Regions that share a curve would share a wall, which nobody wants to keep. */
export function joined(
  scope: OperationScope,
  profile: readonly ProfileFace[],
  solids: readonly NamedShape[],
): NamedShape {
  const curves = profile.flatMap(({ curves }) => curves);
  const [first, ...rest] = solids;
  if (rest.length > 0 && new Set(curves).size < curves.length) return booleanOf(scope, 'add', first!, rest) ?? first!;
  return gathered(scope, solids);
}

/** Roles of the half on the other side of the profile's plane, where the halves lean apart. */
const SECOND_ROLES: PrismRoles = { side: 'back', start: 'middle', end: 'start' };

function extruded(feature: Extrude, scope: OperationScope, profile: ProfileFace): NamedShape {
  const sign = feature.direction === 'reverse' ? -1 : 1;
  const first = endOf(feature.extent, scope, profile, sign, feature, 'extent');
  const second = secondEnd(feature, scope, profile, sign, first);
  const lean = feature.draft ?? 0;
  if ('surface' in first || 'surface' in second) {
    if (lean !== 0 || 'surface' in second)
      throw withField(
        usage(
          'extrude.combination',
          lean !== 0
            ? 'Sides cannot lean where the extrusion ends at a slanted or curved face.'
            : 'Only the first side can end at a slanted or curved face.',
          'Extrude by a distance, and cut it off in a second step.',
        ).data,
        'extent',
      );
    if (second.height_mm * sign > 0) throw sameSide();
    const solid = prismUpTo(scope, profile, first as Extract<End, { surface: unknown }>, sign > 0, 'extent');
    if (second.height_mm === 0) return solid;
    const other = prism(scope, profile, second.height_mm, 0, { side: 'side', start: 'start', end: 'middle' });
    return booleanOf(scope, 'add', solid, [other]) ?? solid;
  }
  const [from, to] = [second.height_mm, first.height_mm];
  if (Math.abs(to - from) < 1e-7)
    throw withField(usage('feature.dimension', 'The extrusion has no height.', 'Enter a distance.').data, 'extent');
  if (lean === 0) return prism(scope, profile, from, to);
  if (from * to > 0) throw sameSide();
  const leant = (height_mm: number, roles: PrismRoles): NamedShape =>
    leaning(scope, prism(scope, profile, 0, height_mm, roles), profile, lean, height_mm > 0, roles);
  if (from === 0) return leant(to, PRISM_ROLES);
  return booleanOf(scope, 'add', leant(to, PRISM_ROLES), [leant(from, SECOND_ROLES)])!;
}

/** A length that does not begin at the profile's plane: sides that lean from there, or end at a face, cannot do without it. */
const sameSide = () =>
  withField(
    usage(
      'extrude.combination',
      'Both ends lie on the same side of the profile, which leaning sides and slanted ends do not allow.',
      'Put the sketch on a plane at the nearer end, or leave out the draft.',
    ).data,
    'second',
  );

function secondEnd(feature: Extrude, scope: OperationScope, profile: ProfileFace, sign: number, first: End): End {
  if (feature.direction !== 'symmetric')
    return feature.second ? endOf(feature.second, scope, profile, -sign, feature, 'second') : { height_mm: 0 };
  if (feature.second)
    throw withField(
      usage('extrude.combination', 'A symmetric extrusion has no second distance.', 'Remove one of them.').data,
      'second',
    );
  if (feature.extent.to === 'through-all') return endOf(feature.extent, scope, profile, -sign, feature, 'extent');
  if ('surface' in first)
    throw withField(
      usage('extrude.combination', 'A symmetric extrusion cannot end at a slanted or curved face.').data,
      'extent',
    );
  return { height_mm: -first.height_mm };
}

function endOf(
  extent: Evaluated<Extent>,
  scope: OperationScope,
  profile: ProfileFace,
  sign: number,
  feature: Extrude,
  field: string,
): End {
  switch (extent.to) {
    case 'distance': {
      const halved = feature.direction === 'symmetric' ? extent.distance / 2 : extent.distance;
      return { height_mm: sign * halved };
    }
    case 'through-all': {
      const bodies = scope.bodiesNamed(feature.bodies, 'bodies');
      const { origin_mm, z } = profile.frame;
      return { height_mm: sign * reachThrough(scope, bodies, origin_mm, scale(z, sign), field) };
    }
    case 'face': {
      const end = endAtFace(scope, profile, extent, field);
      if ('height_mm' in end && end.height_mm * sign <= 1e-9)
        throw withField(
          usage('extrude.face-behind', 'The face lies on the other side of the profile.', 'Reverse the direction.')
            .data,
          field,
        );
      return end;
    }
  }
}
