/** What earlier steps did, done again elsewhere; and copies of whole bodies. */
import type { Evaluated, Reference, Transform } from '../../../../preload/contract/index.ts';
import { usage } from '../../errors.ts';
import { bodyName, bodyOf, combine } from '../combine.ts';
import type { NamedShape } from '../naming/follow.ts';
import { copyName } from '../naming/names.ts';
import type { BodyState, Dress, OperationScope } from '../operation.ts';
import { withField } from '../scope/resolve.ts';
import { gathered, movedShape, outwards, renamed, transformedShape } from '../shapes/named.ts';
import { chamfer } from './chamfer.ts';
import { fillet } from './fillet.ts';

export interface Occurrence {
  /** `2`; `2.1` in the second row of a grid: what the names of the copy begin with. */
  name: string;
  transform: Transform;
  /** Mirror images need geometry of their own. */
  reflected?: boolean;
}

/** @throws ArtificerError `pattern.no-such-feature`, `pattern.not-repeatable`, and what the repeated steps throw */
export function repeatFeatures(
  scope: OperationScope,
  ids: readonly string[],
  occurrences: readonly Occurrence[],
  bodies?: readonly string[],
): BodyState[] {
  let states: readonly BodyState[] = scope.bodies;
  const repeated = new Set(ids);
  for (const [index, id] of ids.entries()) {
    const field = `features[${index}]`;
    const { tools, dresses } = scope.repeatable(id, field);
    if (tools.length + dresses.length === 0)
      throw withField(
        usage(
          'pattern.not-repeatable',
          'This step neither adds nor removes a volume of its own, so it cannot be repeated.',
          'Repeat the body instead.',
        ).data,
        field,
      );
    for (const tool of tools) {
      const copies = occurrences.map((occurrence) => copyOf(scope, tool, occurrence));
      if (copies.length > 0) states = combine(scope.on(states, scope.id), tool.kind, gathered(scope, copies), bodies);
    }
    for (const dress of dresses)
      for (const occurrence of occurrences) states = redress(scope, states, dress, id, repeated, occurrence);
  }
  return [...states];
}

function copyOf(scope: OperationScope, original: NamedShape, { name, transform, reflected }: Occurrence): NamedShape {
  const copy = reflected ? transformedShape(scope, original, transform) : movedShape(scope, original, transform);
  const faceNames = renamed(copy.faceNames, (each) => copyName(scope.id, name, each));
  return { shape: reflected ? outwards(scope, copy.shape) : copy.shape, faceNames };
}

/** A fillet or chamfer on the edges that are to the copy what its own edges were to the original. */
function redress(
  scope: OperationScope,
  states: readonly BodyState[],
  { feature, edges }: Dress,
  id: string,
  repeated: ReadonlySet<string>,
  occurrence: Occurrence,
): readonly BodyState[] {
  const ofCopy = (side: string): string =>
    repeated.has(side.slice(0, side.indexOf('/'))) ? copyName(scope.id, occurrence.name, side) : side;
  const references: Evaluated<Reference>[] = edges.map((sides) => ({
    by: 'name',
    kind: 'edge',
    name: sides.map(ofCopy).sort().join('|'),
  }));
  const view = scope.on(states, `${scope.id}/${occurrence.name}:${id}`);
  return feature.kind === 'fillet'
    ? fillet({ ...feature, edges: references }, view)
    : chamfer({ ...feature, edges: references }, view);
}

/** Every occurrence of every body as a body of its own, after those that are there. */
export function copyBodies(
  scope: OperationScope,
  originals: readonly BodyState[],
  occurrences: readonly Occurrence[],
): BodyState[] {
  const copies = occurrences.flatMap((occurrence) => originals.map((original) => copyOf(scope, original, occurrence)));
  return copies.map((copy, index) => bodyOf(bodyName(scope.id, index), copy));
}
