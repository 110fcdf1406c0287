/** Rounds between two faces: which faces they lean on, how they are taken away, and how they are put back. */
import { refused } from '../../errors.ts';
import { mapShapes } from '../../modeller/topology.ts';
import { attempt } from '../blends/attempt.ts';
import { follow, type NamedShape } from '../naming/follow.ts';
import type { OperationScope } from '../operation.ts';
import { Make } from '../shapes/make.ts';
import { plainSolid } from '../shapes/solids.ts';
import { type Faces, facesOf } from './face-groups.ts';
import { isSmooth } from './smooth.ts';

/** A round and the names of what it leans on: two faces, or three or more for a corner where rounds meet. */
export interface Blend {
  names: readonly string[];
  /** Main names, sorted. */
  supports: string[];
  corner: boolean;
}

/**
 * What the chosen rounds lean on.
 *
 * @throws ArtificerError `fillet.not-a-round`
 */
export function blendsOf(scope: OperationScope, body: NamedShape, faces: Faces, chosen: readonly number[]): Blend[] {
  const isChosen = new Set(chosen);
  const smooth = (at: number): number[] => [
    ...new Set(faces.around(at).flatMap(({ face, edge }) => (isSmooth(scope, faces, at, face, edge) ? [face] : []))),
  ];
  const main = (at: number): string => body.faceNames[at]![0]!;
  const leansOn = new Map<number, number[]>();
  for (const at of chosen)
    leansOn.set(
      at,
      smooth(at).filter((face) => !isChosen.has(face)),
    );
  return chosen.map((at): Blend => {
    const supports = leansOn.get(at)!;
    if (supports.length === 2)
      return { names: body.faceNames[at]!, supports: supports.map(main).sort(), corner: false };
    // A corner touches rounds only; it leans on whatever they lean on.
    const around = smooth(at).flatMap((face) => leansOn.get(face) ?? []);
    const all = [...new Set([...supports, ...around])];
    if (all.length < 2) throw notARound();
    return { names: body.faceNames[at]!, supports: all.map(main).sort(), corner: true };
  });
}

/**
 * Rounds the edges between the pairs of faces that the blends lean on. The new rounds carry the old ones' names.
 *
 * @throws ArtificerError `fillet.edge-gone`, `fillet.not-possible`
 */
export function roundAgain(
  scope: OperationScope,
  body: NamedShape,
  blends: readonly Blend[],
  radiusOf: (blend: Blend) => number,
): NamedShape {
  const { oc, own, id } = scope;
  const make = new Make(scope);
  const faces = facesOf(oc, own, body.shape);
  const at = (name: string): number[] => body.faceNames.flatMap((names, i) => (names.includes(name) ? [i] : []));
  const edges = mapShapes(oc, own, body.shape, 'EDGE');
  const algorithm = own(new oc.BRepFilletAPI_MakeFillet(body.shape, 'ChFi3d_Rational'));
  const added = new Set<number>();
  for (const blend of blends) {
    if (blend.corner) continue;
    const [a, b] = blend.supports.map(at) as [number[], number[]];
    const between = a.flatMap((face) =>
      faces.around(face).flatMap((near) => (b.includes(near.face) ? [near.edge] : [])),
    );
    if (between.length === 0)
      throw refused(
        'fillet.edge-gone',
        'The faces beside a fillet do not meet in an edge any more.',
        'Remove the fillet with "delete face", and round the edge that is there then.',
      );
    for (const edge of between) {
      const index = edges.indexOf(edge);
      if (added.has(index)) continue;
      added.add(index);
      algorithm.Add(radiusOf(blend), own(oc.TopoDS.Edge(edge)));
    }
  }
  const named = (supports: readonly string[], corner: boolean): Blend | undefined =>
    blends.find((blend) => blend.corner === corner && blend.supports.join('|') === [...supports].sort().join('|'));
  const made = attempt(scope, () => {
    algorithm.Build(make.progress());
    const plain = algorithm.IsDone() ? plainSolid(oc, own, own(algorithm.Shape())) : undefined;
    if (!plain) return undefined;
    const faceNames = follow({
      oc,
      id,
      history: algorithm,
      inputs: [body],
      result: plain.shape,
      generatedFrom: ['EDGE', 'VERTEX'],
      nameGenerated: ({ kind, sides }) => named(sides, kind === 'VERTEX')?.names[0],
    });
    return { shape: plain.shape, faceNames };
  });
  if (!made)
    throw refused(
      'fillet.not-possible',
      'The edges cannot be rounded with this radius.',
      'Choose a smaller radius, or fewer fillets at a time.',
    );
  return made;
}

const notARound = () =>
  refused(
    'fillet.not-a-round',
    'A chosen face does not go over smoothly into two others: it is not a fillet.',
    'Choose the rounded faces only, all of a chain together.',
  );
