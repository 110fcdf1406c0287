/** Placed bodies as an IGES file, which only the complete build can write. IGES knows names and colours, but no tree. */
import type { Colour, Transform } from '../../../preload/contract/geometry.ts';
import { scoped } from '../scope.ts';
import type { Bindings } from './bindings.ts';
import { newDocument, withFile } from './document.ts';
import { toLinear } from './text.ts';

export interface IgesBody {
  name: string;
  colour?: Colour;
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
    for (const { name, colour, brep, transform } of bodies) {
      const shape = own(new oc.TopoDS_Shape());
      withFile(oc, '/body.bin', brep, () => oc.BinTools.Read_2(shape, '/body.bin', progress));
      const trsf = own(new oc.gp_Trsf_1());
      trsf.SetValues(...transform);
      const label = own(shapes.NewShape());
      shapes.SetShape(label, own(shape.Moved(own(new oc.TopLoc_Location_2(trsf)), false)));
      own(oc.TDataStd_Name.Set_1(label, own(new oc.TCollection_ExtendedString_2(name, true))));
      if (colour) {
        const [r, g, b, alpha] = colour.map(toLinear);
        const rgba = own(new oc.Quantity_ColorRGBA_5(r!, g!, b!, colour.length > 3 ? alpha! : 1));
        colours.SetColor_3(label, rgba, oc.XCAFDoc_ColorType.XCAFDoc_ColorGen);
      }
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
