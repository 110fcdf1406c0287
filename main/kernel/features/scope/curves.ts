/** Edges in space of the pieces of sketch curves. */
import type { Geom_BSplineCurve, TopoDS_Edge } from 'replicad-opencascadejs';
import type { SketchEntity, Vector3 } from '../../../../preload/contract/index.ts';
import { bsplineOf, type LoopPiece } from '../../../sketch/index.ts';
import { usage } from '../../errors.ts';
import { length, subtract } from '../../modeller/vectors.ts';
import type { Frame } from '../operation.ts';
import type { Make } from '../shapes/make.ts';
import { toSpace } from './frames.ts';

const WHOLE_TURN = 2 * Math.PI;

export class SketchCurves {
  readonly #make: Make;
  readonly #frame: Frame;
  readonly #entities: Map<string, SketchEntity>;

  constructor(make: Make, frame: Frame, entities: readonly SketchEntity[]) {
    this.#make = make;
    this.#frame = frame;
    this.#entities = new Map(entities.map((entity) => [entity.id, entity]));
  }

  /** In the direction of the piece. @throws ArtificerError `profile.degenerate` */
  edgeOf(piece: LoopPiece): TopoDS_Edge {
    const entity = this.#entities.get(piece.id)!;
    const edge = this.#forward(entity, piece);
    const { oc, own } = this.#make;
    return piece.reversed && entity.kind !== 'line' ? own(oc.TopoDS.Edge(own(edge.Reversed()))) : edge;
  }

  #forward(entity: SketchEntity, piece: LoopPiece): TopoDS_Edge {
    const { oc, own } = this.#make;
    const at = ([u, v]: readonly [number, number]): Vector3 => toSpace(this.#frame, u, v);
    const done = (maker: InstanceType<typeof oc.BRepBuilderAPI_MakeEdge>): TopoDS_Edge => {
      own(maker);
      if (!maker.IsDone())
        throw usage('profile.degenerate', `The curve ${piece.id} has no length.`, 'Delete it from the sketch.');
      return own(maker.Edge());
    };
    const low = Math.min(piece.fromParameter, piece.toParameter);
    const high = Math.max(piece.fromParameter, piece.toParameter);
    switch (entity.kind) {
      case 'line':
        return done(new oc.BRepBuilderAPI_MakeEdge(this.#make.point(at(piece.from)), this.#make.point(at(piece.to))));
      case 'circle':
      case 'arc': {
        const centre = this.#position(entity.centre);
        const radius =
          entity.kind === 'circle' ? entity.radius_mm : length(subtract(at(this.#position(entity.start)), at(centre)));
        const axes = this.#make.axes({ ...this.#frame, origin_mm: at(centre) });
        const circle = own(new oc.gp_Circ(axes, radius));
        return high - low >= WHOLE_TURN - 1e-12
          ? done(new oc.BRepBuilderAPI_MakeEdge(circle))
          : done(new oc.BRepBuilderAPI_MakeEdge(circle, low, high));
      }
      case 'ellipse': {
        const centre = at(this.#position(entity.centre));
        const along = subtract(at(this.#position(entity.major)), centre);
        const major = length(along);
        const frame = { ...this.#frame, origin_mm: centre, x: along };
        // The kernel wants the larger radius first: turned by a quarter, every angle is a quarter less.
        const turned = entity.minorRadius_mm > major;
        const [u, v] = [along, this.#across(along)];
        const ellipse = own(
          new oc.gp_Elips(
            this.#make.axes(turned ? { ...frame, x: v } : { ...frame, x: u }),
            Math.max(major, entity.minorRadius_mm),
            Math.min(major, entity.minorRadius_mm),
          ),
        );
        if (high - low >= WHOLE_TURN - 1e-12) return done(new oc.BRepBuilderAPI_MakeEdge(ellipse));
        const shift = turned ? Math.PI / 2 : 0;
        return done(new oc.BRepBuilderAPI_MakeEdge(ellipse, low - shift, high - shift));
      }
      case 'spline': {
        const curve = this.#spline(piece.id);
        return piece.whole
          ? done(new oc.BRepBuilderAPI_MakeEdge(curve))
          : done(new oc.BRepBuilderAPI_MakeEdge(curve, low, high));
      }
      default:
        throw usage('profile.degenerate', `${piece.id} is no curve.`);
    }
  }

  /** Exactly the curve that the sketch shows, with its parameters. */
  #spline(id: string): Geom_BSplineCurve {
    const { oc, own } = this.#make;
    const { poles, knots, multiplicities, degree } = bsplineOf([...this.#entities.values()], id);
    const points = own(new oc.NCollection_Array1_gp_Pnt(1, poles.length));
    poles.forEach(([u, v], index) => {
      points.SetValue(index + 1, this.#make.point(toSpace(this.#frame, u, v)));
    });
    const parameters = own(new oc.NCollection_Array1_double(1, knots.length));
    const times = own(new oc.NCollection_Array1_int(1, knots.length));
    knots.forEach((knot, index) => {
      parameters.SetValue(index + 1, knot);
      times.SetValue(index + 1, multiplicities[index]!);
    });
    return own(new oc.Geom_BSplineCurve(points, parameters, times, degree, false));
  }

  /** A quarter turn counter-clockwise in the plane. */
  #across(along: Vector3): Vector3 {
    const { x, y } = this.#frame;
    const u = along.reduce((sum, each, k) => sum + each * x[k]!, 0);
    const v = along.reduce((sum, each, k) => sum + each * y[k]!, 0);
    return [0, 1, 2].map((k) => u * y[k]! - v * x[k]!) as Vector3;
  }

  #position(id: string): [number, number] {
    const point = this.#entities.get(id);
    if (point?.kind !== 'point') {
      if (id === 'origin') return [0, 0];
      throw usage('profile.degenerate', `The sketch has no point "${id}".`);
    }
    return [point.x_mm, point.y_mm];
  }
}
