/** The lines of a view, visible and hidden, by OpenCascade's exact hidden-line removal. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { Transform } from '../../../preload/contract/geometry.ts';
import { writeProjection } from '../formats/index.ts';
import type { ExportRequest } from '../port.ts';
import { type Own, scoped } from '../scope.ts';
import { type Occt, readBrep } from './occt.ts';
import { placed, together } from './placement.ts';
import { mapShapes } from './topology.ts';

export interface ProjectArgument {
  format: 'dxf' | 'svg';
  view: NonNullable<ExportRequest['view']>;
  title: string;
  shapes: { brep: Uint8Array; transform: Transform }[];
  /** Largest distance of a polyline to its curve, mm; by default relative to the drawing's size. */
  deflection_mm?: number;
}

/** From where one looks, and what points to the right: third-angle views of a model whose Z is up. */
const VIEWS: Record<ProjectArgument['view'], { from: [number, number, number]; right: [number, number, number] }> = {
  front: { from: [0, -1, 0], right: [1, 0, 0] },
  back: { from: [0, 1, 0], right: [-1, 0, 0] },
  left: { from: [-1, 0, 0], right: [0, -1, 0] },
  right: { from: [1, 0, 0], right: [0, 1, 0] },
  top: { from: [0, 0, 1], right: [1, 0, 0] },
  bottom: { from: [0, 0, -1], right: [1, 0, 0] },
  iso: { from: [1, -1, 1], right: [1, 1, 0] },
};

export function project(oc: Occt, argument: ProjectArgument): Uint8Array {
  return scoped((own) => {
    const shapes = argument.shapes.map(({ brep, transform }) => placed(oc, own, readBrep(oc, own, brep), transform));
    const shape = together(oc, own, shapes);
    const { from, right } = VIEWS[argument.view];
    const frame = own(
      new oc.gp_Ax2(own(new oc.gp_Pnt(0, 0, 0)), own(new oc.gp_Dir(...from)), own(new oc.gp_Dir(...right))),
    );
    const algorithm = own(new oc.HLRBRep_Algo());
    algorithm.Add(shape, 0);
    algorithm.Projector(own(new oc.HLRAlgo_Projector(frame)));
    algorithm.Update();
    algorithm.Hide();
    const lines = own(new oc.HLRBRep_HLRToShape(algorithm));
    const deflection = argument.deflection_mm ?? sizeOf(oc, shape) / 2000;
    const polylines = (compounds: (TopoDS_Shape | null)[]): number[][][] =>
      compounds.flatMap((compound) => (compound ? polylinesOf(oc, own, compound, deflection) : []));
    // Smooth seams (Rg1, RgN) are left out: they are edges of the model, but not of what one sees.
    return writeProjection(
      argument.format,
      {
        visible: polylines([given(own, lines.VCompound()), given(own, lines.OutLineVCompound())]),
        hidden: polylines([given(own, lines.HCompound()), given(own, lines.OutLineHCompound())]),
      },
      { title: argument.title },
    );
  });
}

/** A view without lines of some kind gives a null shape. */
function given(own: Own, shape: TopoDS_Shape): TopoDS_Shape | null {
  own(shape);
  return shape.IsNull() ? null : shape;
}

function sizeOf(oc: Occt, shape: TopoDS_Shape): number {
  return scoped((own) => {
    const box = own(new oc.Bnd_Box());
    oc.BRepBndLib.Add(shape, box, false);
    return box.IsVoid() ? 1 : Math.sqrt(box.SquareExtent());
  });
}

function polylinesOf(oc: Occt, own: Own, compound: TopoDS_Shape, deflection_mm: number): number[][][] {
  // What comes out of hidden-line removal has curves in the plane of the view only.
  oc.BRepLib.BuildCurves3d(compound);
  return mapShapes(oc, own, compound, 'EDGE').shapes.flatMap((edge) =>
    scoped((mine) => {
      const curve = mine(new oc.BRepAdaptor_Curve(mine(oc.TopoDS.Edge(edge))));
      const points = mine(new oc.GCPnts_TangentialDeflection(curve, 0.2, Math.max(deflection_mm, 1e-7), 2, 1e-9, 1e-7));
      const line: number[][] = [];
      for (let i = 1; i <= points.NbPoints(); i++) {
        const point = mine(points.Value(i));
        line.push([point.X(), point.Y()]);
      }
      return line.length >= 2 ? [line] : [];
    }),
  );
}
