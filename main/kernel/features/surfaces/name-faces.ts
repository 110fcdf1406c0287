/** A shape whose faces are called by what a rule says of each. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import { mapShapes } from '../../modeller/topology.ts';
import type { NamedShape } from '../naming/follow.ts';
import { nameTheRest } from '../naming/follow.ts';
import { mergedNames } from '../naming/names.ts';
import type { OperationScope } from '../operation.ts';
import { shapesOf } from '../shapes/lists.ts';

type Kernel = Pick<OperationScope, 'oc' | 'own' | 'id'>;

/** A face without a name is called by its neighbours. */
export function nameFaces(
  { oc, own, id }: Kernel,
  shape: TopoDS_Shape,
  nameOf: (face: TopoDS_Shape, index: number) => string | undefined,
): NamedShape {
  const faces = mapShapes(oc, own, shape, 'FACE');
  const names = faces.shapes.map((face, index) => {
    const name = nameOf(face, index);
    return name === undefined ? [] : [name];
  });
  return { shape, faceNames: nameTheRest(oc, own, id, shape, faces, names) };
}

/** One name, several of one face, or a rule by the face's place among all that were made. */
type Naming = string | readonly string[] | ((position: number, of: number) => string);

/** Names by the part of the input that made each face. */
export class GeneratedNames {
  readonly #kernel: Kernel;
  readonly #names: { face: TopoDS_Shape; names: string[] }[] = [];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  give(faces: readonly TopoDS_Shape[], naming: Naming): void {
    faces.forEach((face, position) => {
      const given = typeof naming === 'function' ? [naming(position, faces.length)] : [naming].flat();
      const known = this.#names.find((each) => each.face.IsSame(face));
      if (known) known.names = mergedNames(known.names, given);
      else this.#names.push({ face, names: given });
    });
  }

  /** As {@link give}, for the faces that an algorithm says it generated. */
  giveGenerated(
    algorithm: { Generated(shape: TopoDS_Shape): Parameters<typeof shapesOf>[1] },
    from: TopoDS_Shape,
    naming: Naming,
  ): void {
    const { own } = this.#kernel;
    this.give(
      shapesOf(own, algorithm.Generated(from)).filter((made) => made.ShapeType() === 'TopAbs_FACE'),
      naming,
    );
  }

  /** A face without a name is called by its neighbours. */
  of(shape: TopoDS_Shape): NamedShape {
    const { oc, own, id } = this.#kernel;
    const faces = mapShapes(oc, own, shape, 'FACE');
    const names = faces.shapes.map((face) => this.#names.find((each) => each.face.IsSame(face))?.names ?? []);
    return { shape, faceNames: nameTheRest(oc, own, id, shape, faces, names) };
  }
}
