/**
 * How a feature's own volume meets the bodies that are there: a new body, added to them, cut from them, or kept in common
 * with them. The volume is remembered, so that patterns can repeat it.
 */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import { refused } from '../errors.ts';
import { distanceBetween } from '../modeller/kept.ts';
import { countShapes, mapShapes } from '../modeller/topology.ts';
import { follow, type NamedShape } from './naming/follow.ts';
import type { BodyState, OperationScope } from './operation.ts';
import { listOf } from './shapes/lists.ts';
import { Make } from './shapes/make.ts';
import { boxAround, handedOver, overlap, plainSolid, solidsOf, volumeOf } from './shapes/solids.ts';

export type BooleanKind = 'add' | 'cut' | 'intersect';
export type CombineKind = 'new' | BooleanKind;

const ALGORITHMS = { add: 'BRepAlgoAPI_Fuse', cut: 'BRepAlgoAPI_Cut', intersect: 'BRepAlgoAPI_Common' } as const;
/** Largest angle between faces that are one and the same plane or cylinder, rad. */
const SAME_FACE_ANGLE_RAD = 1e-7;

export interface BooleanResult extends NamedShape {
  solids: number;
}

/**
 * Target against tools, faces that came to lie in one plane or cylinder merged. The shape belongs to the scope. Undefined
 * when nothing solid is left.
 *
 * @throws ArtificerError `feature.boolean-failed`
 */
export function booleanOf(
  { oc, own, id }: Pick<OperationScope, 'oc' | 'own' | 'id'>,
  kind: BooleanKind,
  target: NamedShape,
  tools: readonly NamedShape[],
): BooleanResult | undefined {
  const make = new Make({ oc, own });
  const algorithm = own(new oc[ALGORITHMS[kind]]());
  algorithm.SetArguments(listOf(oc, own, [target.shape]));
  // One by one: solids of a single argument may not overlap each other, but arguments may.
  const solids = tools.flatMap(({ shape }) => solidsOf(oc, own, shape));
  algorithm.SetTools(listOf(oc, own, solids));
  algorithm.SetNonDestructive(true);
  algorithm.SetToFillHistory(true);
  algorithm.Build(make.progress());
  if (!algorithm.IsDone() || algorithm.HasErrors())
    throw refused(
      'feature.boolean-failed',
      `The kernel cannot ${WORDS[kind]} these bodies.`,
      'Surfaces that nearly coincide are the usual reason: move one of them by a hundredth of a millimetre, or make them coincide.',
    );
  // Faces that were cut and joined again become one, as a person would draw them; the history tells.
  algorithm.SimplifyResult(true, true, SAME_FACE_ANGLE_RAD);
  const plain = plainSolid(oc, own, own(algorithm.Shape()));
  if (!plain) return undefined;
  const faceNames = follow({
    oc,
    id,
    history: algorithm,
    inputs: [target, ...tools],
    result: plain.shape,
  });
  return { ...plain, faceNames };
}

const WORDS: Record<BooleanKind, string> = { add: 'join', cut: 'cut', intersect: 'intersect' };

/** A body as a step hands it over: the shape is no longer the scope's. */
export const bodyOf = (name: string, { shape, faceNames }: NamedShape): BodyState => ({
  name,
  shape: handedOver(shape),
  faceNames,
});

/** The name of the nth body that a feature makes, from 0. */
export const bodyName = (id: string, index: number): string => (index === 0 ? id : `${id}#${index + 1}`);

/**
 * The bodies after the tool met them.
 *
 * @throws ArtificerError `feature.touches-nothing`, `feature.nothing-left`, `feature.boolean-failed`
 */
export function combine(
  scope: OperationScope,
  kind: CombineKind,
  tool: NamedShape,
  bodies?: readonly string[],
): BodyState[] {
  scope.rememberTool({ kind, ...tool });
  if (kind === 'new') return [...scope.bodies, ...separateBodies(scope, tool)];
  const among = scope.bodiesNamed(bodies, 'bodies');
  if (kind === 'add') return added(scope, tool, among);
  const toolBox = boxAround(scope.oc, tool.shape);
  const near = among.filter(({ shape }) => overlap(boxAround(scope.oc, shape), toolBox));
  const changed = new Map<BodyState, BodyState | undefined>();
  for (const body of near) {
    const result = booleanOf(scope, kind, body, [tool]);
    if (kind === 'cut' && result && tookNothing(scope, body, result)) continue;
    if (kind === 'intersect' && !result) continue;
    changed.set(body, result && bodyOf(body.name, result));
    if (result) warnOfPieces(scope, body, result);
  }
  if (changed.size === 0)
    throw refused(
      'feature.touches-nothing',
      kind === 'cut' ? 'There is no material to cut away here.' : 'It has nothing in common with any body.',
      scope.bodies.length === 0
        ? 'The part has no body yet: make one first, or choose "new body".'
        : 'Check the direction and the distance.',
    );
  const after = scope.bodies.flatMap((body) => (changed.has(body) ? (changed.get(body) ?? []) : [body]));
  if (after.length === 0)
    throw refused('feature.nothing-left', 'Nothing of the part would be left.', 'Make the cut smaller.');
  return after;
}

function added(scope: OperationScope, tool: NamedShape, among: readonly BodyState[]): BodyState[] {
  const toolBox = boxAround(scope.oc, tool.shape);
  const near = among.filter(({ shape }) => overlap(boxAround(scope.oc, shape), toolBox));
  const touched = near.length > 1 ? near.filter(({ shape }) => touches(scope, shape, tool.shape)) : near;
  const [first, ...others] = touched;
  const result = first && booleanOf(scope, 'add', first, [...others, tool]);
  // Where nothing grew together the tool only came near; bodies that share an edge or a corner alone are no one body.
  const apart = result && others.length === 0 && result.solids >= solidCount(scope, first) + solidCount(scope, tool);
  if (!result || apart) {
    if (scope.bodies.length > 0)
      scope.warn({ code: 'feature.touches-nothing', message: 'It touches no body, so it became a body of its own.' });
    return [...scope.bodies, ...separateBodies(scope, tool)];
  }
  warnOfPieces(scope, first, result);
  const joined = bodyOf(first.name, result);
  return scope.bodies.flatMap((body) => (body === first ? [joined] : others.includes(body) ? [] : [body]));
}

const solidCount = ({ oc, own }: OperationScope, { shape }: NamedShape): number => countShapes(oc, own, shape, 'SOLID');

/** Within the kernel's own tolerance of a point. */
const TOUCH_MM = 1e-7;

function touches({ oc }: OperationScope, a: TopoDS_Shape, b: TopoDS_Shape): boolean {
  const distance = distanceBetween(oc, a, b);
  return distance !== undefined && distance <= TOUCH_MM;
}

/** Volumes that differ by less than this part of them are the same: what integrating them leaves. */
const SAME_VOLUME = 1e-10;

/** A cut that only passed by, or only touched, takes nothing away. */
export function tookNothing({ oc }: OperationScope, before: NamedShape, after: NamedShape): boolean {
  if (before.faceNames.length !== after.faceNames.length) return false;
  const volume = volumeOf(oc, before.shape);
  return Math.abs(volume - volumeOf(oc, after.shape)) <= SAME_VOLUME * Math.abs(volume);
}

export function warnOfPieces(scope: OperationScope, before: NamedShape, after: BooleanResult): void {
  const pieces = countShapes(scope.oc, scope.own, before.shape, 'SOLID');
  if (after.solids > pieces)
    scope.warn({
      code: 'body.in-pieces',
      message: `The body now consists of ${after.solids} pieces that do not hang together.`,
    });
}

/** Every solid of the tool as a body. */
export function separateBodies(scope: OperationScope, tool: NamedShape): BodyState[] {
  const solids = solidsOf(scope.oc, scope.own, tool.shape);
  const taken = new Set(scope.bodies.map(({ name }) => name));
  const free = (): string => {
    for (let index = 0; ; index++) {
      const name = bodyName(scope.id, index);
      if (!taken.has(name)) {
        taken.add(name);
        return name;
      }
    }
  };
  if (solids.length <= 1) return [bodyOf(free(), tool)];
  const faces = mapShapes(scope.oc, scope.own, tool.shape, 'FACE');
  return solids.map((shape) => {
    const faceNames = mapShapes(scope.oc, scope.own, shape, 'FACE').shapes.map(
      (face) => tool.faceNames[faces.indexOf(face)] ?? [],
    );
    return bodyOf(free(), { shape, faceNames });
  });
}
