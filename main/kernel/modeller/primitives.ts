/** Solids by dimensions: evaluates the small constructive language of the port. */
import type { TopoDS_Edge, TopoDS_Shape } from 'replicad-opencascadejs';
import type { Vector3 } from '../../../preload/contract/geometry.ts';
import { refused, usage } from '../errors.ts';
import type { PrimitiveShape, PrimitiveSpecification, ProfileSegment } from '../port.ts';
import { type Own, scoped } from '../scope.ts';
import { selectEdges } from './edge-selection.ts';
import { type Occt, writeBrep } from './occt.ts';
import { mapShapes } from './topology.ts';
import { cross, dot, length, scale, unit } from './vectors.ts';

/** `BinTools` bytes of each solid. */
export function makePrimitives(oc: Occt, specifications: readonly PrimitiveSpecification[]): Uint8Array[] {
  return specifications.map(({ name, shape }) =>
    scoped((own) => {
      const made = new Evaluator(oc, own).evaluate(shape, name);
      const solids = mapShapes(oc, own, made, 'SOLID').shapes;
      if (solids.length === 0)
        throw refused('primitive.empty', `${JSON.stringify(name)} comes out empty: nothing solid is left of it.`);
      // Booleans wrap even a single solid in a compound.
      return writeBrep(oc, solids.length === 1 ? solids[0]! : made);
    }),
  );
}

class Evaluator {
  readonly #oc: Occt;
  readonly #own: Own;
  constructor(oc: Occt, own: Own) {
    this.#oc = oc;
    this.#own = own;
  }

  /** `path` says where in the specification a mistake is. */
  evaluate(shape: PrimitiveShape, path: string): TopoDS_Shape {
    if ('box' in shape) return this.#box(shape.box, `${path}.box`);
    if ('cylinder' in shape) return this.#cylinder(shape.cylinder, `${path}.cylinder`);
    if ('sphere' in shape) return this.#sphere(shape.sphere, `${path}.sphere`);
    if ('extrude' in shape) return this.#extrude(shape.extrude, `${path}.extrude`);
    if ('revolve' in shape) return this.#revolve(shape.revolve, `${path}.revolve`);
    if ('union' in shape) return this.#fold(shape.union, 'BRepAlgoAPI_Fuse', `${path}.union`);
    if ('difference' in shape) return this.#fold(shape.difference, 'BRepAlgoAPI_Cut', `${path}.difference`);
    if ('intersection' in shape) return this.#fold(shape.intersection, 'BRepAlgoAPI_Common', `${path}.intersection`);
    return this.#fillet(shape.fillet, `${path}.fillet`);
  }

  #point([x, y, z]: Vector3): InstanceType<Occt['gp_Pnt']> {
    return this.#own(new this.#oc.gp_Pnt(x, y, z));
  }
  #direction(vector: Vector3, path: string): InstanceType<Occt['gp_Dir']> {
    const direction = unit(vector);
    if (!direction) throw usage('primitive.direction', `${path} has no direction: it is zero.`);
    return this.#own(new this.#oc.gp_Dir(...direction));
  }
  #positive(value: number, path: string): number {
    if (!(value > 0) || !Number.isFinite(value))
      throw usage('primitive.dimension', `${path} must be greater than zero, not ${value}.`);
    return value;
  }

  #box({ min_mm, max_mm }: Extract<PrimitiveShape, { box: unknown }>['box'], path: string): TopoDS_Shape {
    for (let axis = 0; axis < 3; axis++)
      this.#positive(max_mm[axis]! - min_mm[axis]!, `${path}: the extent along ${'xyz'[axis]}`);
    return this.#own(this.#own(new this.#oc.BRepPrimAPI_MakeBox(this.#point(min_mm), this.#point(max_mm))).Shape());
  }

  #cylinder(cylinder: Extract<PrimitiveShape, { cylinder: unknown }>['cylinder'], path: string): TopoDS_Shape {
    const { origin_mm, axis, radius_mm, height_mm } = cylinder;
    const frame = this.#own(new this.#oc.gp_Ax2(this.#point(origin_mm), this.#direction(axis, `${path}.axis`)));
    const radius = this.#positive(radius_mm, `${path}.radius_mm`);
    const height = this.#positive(height_mm, `${path}.height_mm`);
    return this.#own(this.#own(new this.#oc.BRepPrimAPI_MakeCylinder(frame, radius, height)).Shape());
  }

  #sphere(
    { centre_mm, radius_mm }: Extract<PrimitiveShape, { sphere: unknown }>['sphere'],
    path: string,
  ): TopoDS_Shape {
    const radius = this.#positive(radius_mm, `${path}.radius_mm`);
    return this.#own(this.#own(new this.#oc.BRepPrimAPI_MakeSphere(this.#point(centre_mm), radius)).Shape());
  }

  #extrude(
    { profile, vector_mm }: Extract<PrimitiveShape, { extrude: unknown }>['extrude'],
    path: string,
  ): TopoDS_Shape {
    if (!unit(vector_mm)) throw usage('primitive.direction', `${path}.vector_mm is zero.`);
    const face = this.#profile(profile, `${path}.profile`);
    const vector = this.#own(new this.#oc.gp_Vec(...vector_mm));
    return this.#outwards(this.#own(this.#own(new this.#oc.BRepPrimAPI_MakePrism(face, vector, false, true)).Shape()));
  }

  #revolve(revolve: Extract<PrimitiveShape, { revolve: unknown }>['revolve'], path: string): TopoDS_Shape {
    const { profile, origin_mm, axis, angle_rad } = revolve;
    const face = this.#profile(profile, `${path}.profile`);
    const line = this.#own(new this.#oc.gp_Ax1(this.#point(origin_mm), this.#direction(axis, `${path}.axis`)));
    const full = Math.abs(angle_rad) >= 2 * Math.PI - 1e-9;
    this.#positive(Math.abs(angle_rad), `${path}.angle_rad`);
    const sweep = this.#own(
      full
        ? new this.#oc.BRepPrimAPI_MakeRevol(face, line, false)
        : new this.#oc.BRepPrimAPI_MakeRevol(face, line, angle_rad, false),
    );
    return this.#outwards(this.#own(sweep.Shape()));
  }

  /** A profile may run either way round; a solid's volume may not be negative. */
  #outwards(shape: TopoDS_Shape): TopoDS_Shape {
    const volume = this.#own(new this.#oc.GProp_GProps());
    this.#oc.BRepGProp.VolumeProperties(shape, volume, false, false, false);
    return volume.Mass() < 0 ? this.#own(shape.Reversed()) : shape;
  }

  #profile(segments: readonly ProfileSegment[], path: string): TopoDS_Shape {
    if (segments.length === 0) throw usage('primitive.profile', `${path} has no segments.`);
    const maker = this.#own(new this.#oc.BRepBuilderAPI_MakeWire());
    segments.forEach((segment, index) => {
      maker.Add(this.#edge(segment, `${path}[${index}]`));
      if (!maker.IsDone())
        throw usage('primitive.profile', `${path}[${index}] does not begin where the segment before it ends.`);
    });
    const wire = this.#own(maker.Wire());
    if (!this.#oc.BRep_Tool.IsClosed(wire)) throw usage('primitive.profile', `${path} is not closed.`);
    const face = this.#own(new this.#oc.BRepBuilderAPI_MakeFace(wire, true));
    if (!face.IsDone()) throw usage('primitive.profile', `${path} does not lie in one plane.`);
    return this.#own(face.Face());
  }

  #edge(segment: ProfileSegment, path: string): TopoDS_Edge {
    if ('line' in segment) {
      const { from_mm, to_mm } = segment.line;
      const maker = this.#own(new this.#oc.BRepBuilderAPI_MakeEdge(this.#point(from_mm), this.#point(to_mm)));
      if (!maker.IsDone()) throw usage('primitive.profile', `${path} has no length.`);
      return this.#own(maker.Edge());
    }
    const { centre_mm, startAngle_rad, endAngle_rad } = segment.ellipseArc;
    let { major_mm, minor_mm } = segment.ellipseArc;
    let [start, end] = [startAngle_rad, endAngle_rad];
    if (Math.abs(dot(major_mm, minor_mm)) > 1e-9 * length(major_mm) * length(minor_mm))
      throw usage('primitive.profile', `${path}: the semi-axes are not at right angles.`);
    if (length(minor_mm) > length(major_mm)) {
      // The kernel wants the larger one first: with major' = minor and minor' = -major the angle is a quarter less.
      [major_mm, minor_mm] = [minor_mm, scale(major_mm, -1)];
      start -= Math.PI / 2;
      end -= Math.PI / 2;
    }
    const a = this.#positive(length(major_mm), `${path}.major_mm`);
    const b = this.#positive(length(minor_mm), `${path}.minor_mm`);
    const frame = this.#own(
      new this.#oc.gp_Ax2(
        this.#point(centre_mm),
        this.#direction(cross(major_mm, minor_mm), path),
        this.#direction(major_mm, path),
      ),
    );
    const [low, high] = start < end ? [start, end] : [end, start];
    const round = Math.abs(a - b) <= 1e-12 * a;
    const maker = this.#own(
      round
        ? new this.#oc.BRepBuilderAPI_MakeEdge(this.#own(new this.#oc.gp_Circ(frame, a)), low, high)
        : new this.#oc.BRepBuilderAPI_MakeEdge(this.#own(new this.#oc.gp_Elips(frame, a, b)), low, high),
    );
    if (!maker.IsDone()) throw usage('primitive.profile', `${path} has no length.`);
    const edge = this.#own(maker.Edge());
    return start < end ? edge : this.#own(this.#oc.TopoDS.Edge(this.#own(edge.Reversed())));
  }

  #fold(
    shapes: readonly PrimitiveShape[],
    algorithm: 'BRepAlgoAPI_Fuse' | 'BRepAlgoAPI_Cut' | 'BRepAlgoAPI_Common',
    path: string,
  ): TopoDS_Shape {
    const [first, ...rest] = shapes;
    if (!first) throw usage('primitive.operands', `${path} has nothing to work on.`);
    let result = this.evaluate(first, `${path}[0]`);
    rest.forEach((shape, index) => {
      const tool = this.evaluate(shape, `${path}[${index + 1}]`);
      const progress = this.#own(new this.#oc.Message_ProgressRange());
      const maker = this.#own(new this.#oc[algorithm](result, tool, progress));
      if (!maker.IsDone() || maker.HasErrors())
        throw refused('primitive.boolean', `${path}[${index + 1}] cannot be combined with what comes before it.`);
      // Faces that were cut and joined again become one, as a person would draw them.
      maker.SimplifyResult(true, true, 1e-7);
      result = this.#own(maker.Shape());
    });
    return result;
  }

  #fillet(
    { shape, edges, radius_mm }: Extract<PrimitiveShape, { fillet: unknown }>['fillet'],
    path: string,
  ): TopoDS_Shape {
    const base = this.evaluate(shape, `${path}.shape`);
    const radius = this.#positive(radius_mm, `${path}.radius_mm`);
    const all = mapShapes(this.#oc, this.#own, base, 'EDGE').shapes.map((edge) =>
      this.#own(this.#oc.TopoDS.Edge(edge)),
    );
    const chosen = selectEdges(this.#oc, all, edges, `${path}.edges`);
    const maker = this.#own(new this.#oc.BRepFilletAPI_MakeFillet(base, 'ChFi3d_Rational'));
    for (const edge of chosen) maker.Add(radius, edge);
    maker.Build(this.#own(new this.#oc.Message_ProgressRange()));
    if (!maker.IsDone())
      throw refused(
        'primitive.fillet',
        `${path}: the edges cannot be rounded with a radius of ${radius} mm.`,
        'Choose a smaller radius, or fewer edges.',
      );
    return this.#own(maker.Shape());
  }
}
