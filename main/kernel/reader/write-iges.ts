/** Placed bodies as an IGES file, which only the complete build can write. IGES knows names and colours, but no tree. */
import type { Colour, Transform } from '../../../preload/contract/geometry.ts';
import { scoped } from '../scope.ts';
import type { Bindings, Label } from './bindings.ts';
import { newDocument, withFile } from './document.ts';
import { toLinear } from './text.ts';

export interface IgesBody {
  name: string;
  colour?: Colour;
  /** By face index; null where a face has the colour of the body. */
  faceColours?: (Colour | null)[];
  brep: Uint8Array;
  transform: Transform;
}
export interface IgesExportArgument {
  bodies: IgesBody[];
}

const FILE = '/model.igs';

export function exportIges(oc: Bindings, { bodies }: IgesExportArgument): Uint8Array {
  return scoped((own) => {
    const { document, handle } = newDocument(oc, own);
    const main = own(document.Main());
    const shapes = own(oc.XCAFDoc_DocumentTool.ShapeTool(main)).get();
    const colours = own(oc.XCAFDoc_DocumentTool.ColorTool(main)).get();
    const progress = own(new oc.Message_ProgressRange_1());
    for (const { name, colour, faceColours, brep, transform } of bodies) {
      const read = own(new oc.TopoDS_Shape());
      withFile(oc, '/body.bin', brep, () => oc.BinTools.Read_2(read, '/body.bin', progress));
      const trsf = own(new oc.gp_Trsf_1());
      trsf.SetValues(...transform);
      const shape = own(read.Moved(own(new oc.TopLoc_Location_2(trsf)), false));
      const label = own(shapes.NewShape());
      shapes.SetShape(label, shape);
      own(oc.TDataStd_Name.Set_1(label, own(new oc.TCollection_ExtendedString_2(name, true))));
      const paint = (target: Label, [r, g, b, alpha]: Colour): void => {
        const rgba = own(new oc.Quantity_ColorRGBA_5(toLinear(r!), toLinear(g!), toLinear(b!), alpha ?? 1));
        colours.SetColor_3(target, rgba, oc.XCAFDoc_ColorType.XCAFDoc_ColorGen);
      };
      if (colour) paint(label, colour);
      if (!faceColours?.some((face) => face)) continue;
      const faces = own(new oc.TopTools_IndexedMapOfShape_1());
      oc.TopExp.MapShapes_1(shape, oc.TopAbs_ShapeEnum.TopAbs_FACE, faces);
      faceColours.forEach((face, index) => {
        if (face && index < faces.Extent())
          paint(own(shapes.AddSubShape_1(label, own(faces.FindKey(index + 1)))), face);
      });
    }
    // The parameters exist after the first writer, and count for the next one.
    own(new oc.IGESCAFControl_Writer_1());
    // Solids as solids (entity 186), not as heaps of trimmed surfaces.
    oc.Interface_Static.SetIVal('write.iges.brep.mode', 1);
    oc.Interface_Static.SetCVal('write.iges.unit', 'MM');
    const writer = own(new oc.IGESCAFControl_Writer_1());
    writer.SetColorMode(true);
    writer.SetNameMode(true);
    if (!writer.Transfer_1(handle, progress)) throw new Error('the document was not transferred');
    if (!writer.Write_2(FILE, false)) throw new Error('the file was not written');
    try {
      return oc.FS.readFile(FILE).slice();
    } finally {
      oc.FS.unlink(FILE);
    }
  });
}
