/** Helpers of the tests of direct editing: dumb solids as a file would bring them, and a reader for what only it can do. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import { ArtificerError } from '../../../../preload/contract/errors.ts';
import type { BodyInfo, Evaluated, Feature, Reference, Vector3 } from '../../../../preload/contract/index.ts';
import { MODELLER_LIMITS } from '../../limits.ts';
import type { ModellingKernel, Occt } from '../../modeller/occt.ts';
import { mapShapes } from '../../modeller/topology.ts';
import { add, scale } from '../../modeller/vectors.ts';
import { Crew } from '../../workers/crew.ts';
import type { CompleteKernelAnswer } from '../complete-kernel.ts';
import { Evaluator } from '../evaluator.ts';
import type { Operations } from '../operation.ts';
import { OPERATIONS } from '../registry.ts';
import { volumeOf } from '../shapes/solids.ts';
import { evaluate, step, type TestPart, testKernel } from '../testing.ts';

import { perpendicular } from './slabs.ts';

/** Solids to begin from. What they are made of stays in the kernel until the tests end. */
export class Solids {
  readonly oc: Occt;
  constructor({ oc }: ModellingKernel) {
    this.oc = oc;
  }
  #point([x, y, z]: Vector3) {
    return new this.oc.gp_Pnt(x, y, z);
  }
  box(min: Vector3, max: Vector3): TopoDS_Shape {
    return new this.oc.BRepPrimAPI_MakeBox(this.#point(min), this.#point(max)).Shape();
  }
  cylinder(origin: Vector3, axis: Vector3, radius: number, height: number): TopoDS_Shape {
    const frame = new this.oc.gp_Ax2(this.#point(origin), new this.oc.gp_Dir(...axis));
    return new this.oc.BRepPrimAPI_MakeCylinder(frame, radius, height).Shape();
  }
  /** From its apex to its wide end. */
  cone(apex: Vector3, axis: Vector3, radius: number, height: number): TopoDS_Shape {
    const { oc } = this;
    const side = perpendicular(axis);
    const at = (along: number, out: number) => this.#point(add(apex, add(scale(axis, along), scale(side, out))));
    const corners = [at(0, 0), at(height, 0), at(height, radius)];
    const wire = new oc.BRepBuilderAPI_MakeWire();
    corners.forEach((corner, i) => {
      wire.Add(new oc.BRepBuilderAPI_MakeEdge(corner, corners[(i + 1) % 3]!).Edge());
    });
    const face = new oc.BRepBuilderAPI_MakeFace(wire.Wire(), true).Face();
    const line = new oc.gp_Ax1(this.#point(apex), new oc.gp_Dir(...axis));
    const shape = new oc.BRepPrimAPI_MakeRevol(face, line, false).Shape();
    return volumeOf(oc, shape) < 0 ? shape.Reversed() : shape;
  }
  cut(from: TopoDS_Shape, ...tools: TopoDS_Shape[]): TopoDS_Shape {
    return tools.reduce(
      (shape, tool) => this.#solid(new this.oc.BRepAlgoAPI_Cut(shape, tool, new this.oc.Message_ProgressRange())),
      from,
    );
  }
  join(...[first, ...tools]: [TopoDS_Shape, ...TopoDS_Shape[]]): TopoDS_Shape {
    return tools.reduce(
      (shape, tool) => this.#solid(new this.oc.BRepAlgoAPI_Fuse(shape, tool, new this.oc.Message_ProgressRange())),
      first,
    );
  }
  fillet(shape: TopoDS_Shape, radius: number, which: (middle: Vector3) => boolean): TopoDS_Shape {
    const maker = new this.oc.BRepFilletAPI_MakeFillet(shape, 'ChFi3d_Rational');
    for (const edge of mapShapes(this.oc, (each) => each, shape, 'EDGE').shapes) {
      const curve = new this.oc.BRepAdaptor_Curve(this.oc.TopoDS.Edge(edge));
      const at = curve.EvalD0((curve.FirstParameter() + curve.LastParameter()) / 2);
      if (which([at.X(), at.Y(), at.Z()])) maker.Add(radius, this.oc.TopoDS.Edge(edge));
    }
    maker.Build(new this.oc.Message_ProgressRange());
    return this.#solid(maker);
  }
  #solid(maker: { Shape(): TopoDS_Shape; SimplifyResult?(edges: boolean, faces: boolean, angle: number): void }) {
    maker.SimplifyResult?.(true, true, 1e-7);
    return mapShapes(this.oc, (each) => each, maker.Shape(), 'SOLID').shapes[0]!;
  }
}

/** Edits of a body without a history. Its faces are called `feature_dumb01/0`, `feature_dumb01/1` ... by index. */
export class DirectEditing {
  readonly solids: Solids;
  readonly #kernel: ModellingKernel;
  #reader: Crew | undefined;
  /** How often the reader was asked. */
  asked = 0;

  private constructor(kernel: ModellingKernel) {
    this.#kernel = kernel;
    this.solids = new Solids(kernel);
  }
  static async begin(): Promise<DirectEditing> {
    return new DirectEditing(await testKernel());
  }

  /** The part after these edits of the solid, with whatever the complete kernel has to do for them. */
  async edit(solid: TopoDS_Shape, ...features: Evaluated<Feature>[]): Promise<TestPart> {
    const dumb: Operations = {
      import: ({ sourceKey }, { bodies }) => [
        ...bodies,
        {
          name: 'feature_dumb01',
          shape: solid.Oriented(solid.Orientation()),
          faceNames: mapShapes(this.#kernel.oc, (each) => each, solid, 'FACE').shapes.map((_, index) => [
            `feature_dumb01/${sourceKey}${index}`,
          ]),
        },
      ],
    };
    const evaluator = new Evaluator(this.#kernel, { ...OPERATIONS, ...dumb });
    const steps = [
      step('dumb01', { kind: 'import', sourceId: 'source_dumb01', sourceKey: '' }),
      ...features.map((feature, index) => step(`edit0${index + 1}`, feature)),
    ];
    for (let round = 0; ; round++) {
      const { needed } = evaluator.evaluate({ steps, imports: {} });
      if (!needed) return evaluate(evaluator, steps);
      if (round > features.length) throw new Error('asked for the same thing again');
      this.asked++;
      const { key, brep, faces } = needed;
      const answer = await this.#read(brep, faces);
      evaluator.evaluate({ steps: [], imports: {}, answers: { [key]: answer } });
    }
  }

  async #read(brep: Uint8Array, faces: number[]): Promise<CompleteKernelAnswer> {
    this.#reader ??= new Crew({ role: 'reader', size: 1, idle_s: 30, retire_MiB: 2000 });
    try {
      const { signal } = new AbortController();
      return await this.#reader.run('defeature', { brep, faces }, { ...MODELLER_LIMITS, signal });
    } catch (thrown) {
      if (thrown instanceof ArtificerError) return { error: thrown.data };
      throw thrown;
    }
  }

  async end(): Promise<void> {
    await this.#reader?.dispose();
  }
}

export const facesWhere = (info: BodyInfo, which: (face: BodyInfo['faces'][number]) => boolean): number[] =>
  info.faces.flatMap((face, index) => (which(face) ? [index] : []));

export const faceNumber = (index: number): Reference => ({
  by: 'name',
  kind: 'face',
  name: `feature_dumb01/${index}`,
});
