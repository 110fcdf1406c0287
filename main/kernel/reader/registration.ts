/**
 * The complete build registers 90,000 methods of 5,000 classes with JavaScript when it starts, of which the reader uses a few
 * hundred. Passing the others over makes it start in a quarter of the time, with half the memory. Classes themselves are all
 * registered, because those that are used have them as arguments and ancestors.
 */

/** Classes whose methods are used, and their ancestors whose methods are used. Overloads have a number after the name. */
const USED = new Set(
  `OCJS Standard_Failure Message_ProgressRange Interface_Static
  TCollection_AsciiString TCollection_ExtendedString
  NCollection_BaseMap NCollection_BaseSequence TopTools_IndexedMapOfShape
  TDF_Label TDF_LabelSequence TDF_Tool TDF_Attribute Handle_TDF_Attribute TDataStd_GenericExtString TDataStd_Name
  CDM_Document TDocStd_Document Handle_TDocStd_Document
  XCAFDoc_DocumentTool XCAFDoc_ShapeTool XCAFDoc_ColorTool XCAFDoc_LayerTool
  Handle_XCAFDoc_ShapeTool Handle_XCAFDoc_ColorTool Handle_XCAFDoc_LayerTool
  XSControl_Reader STEPControl_Reader STEPCAFControl_Reader IGESControl_Reader IGESCAFControl_Reader
  IGESControl_Writer IGESCAFControl_Writer
  TopoDS_Shape TopoDS_Compound TopoDS_Builder BRep_Builder TopExp TopExp_Explorer TopLoc_Location gp_Trsf
  BinTools BRepTools Quantity_Color Quantity_ColorRGBA
  BRepBuilderAPI_Command BRepBuilderAPI_MakeShape BOPAlgo_Options BRepAlgoAPI_Algo BRepAlgoAPI_Defeaturing
  NCollection_BaseList TopTools_ListOfShape
  ShapeFix_Root ShapeFix_Shape Handle_ShapeBuild_ReShape BRepTools_ReShape ShapeBuild_ReShape`.split(/\s+/),
);
const METHOD = /^__embind_register_class_(function|class_function|property|constructor)$/;

type Register = (...args: number[]) => void;

/**
 * Wraps the registering functions among the imports. Their keys are shortened, but the functions have kept their names; where
 * they have not, nothing is wrapped and everything is registered. `memory` is asked for only while registering.
 */
export function registerOnlyUsed(imports: WebAssembly.Imports, memory: () => WebAssembly.Memory): void {
  const used = new Set<number>();
  const wrap = (module: WebAssembly.ModuleImports, key: string, register: Register): void => {
    if (register.name === '__embind_register_class') {
      module[key] = (...args: number[]): void => {
        // The first is the type, the eleventh where its name stands.
        const name = textAt(memory().buffer, args[10]! >>> 0).replace(/_\d+$/, '');
        if (USED.has(name)) used.add(args[0]! >>> 0);
        register(...args);
      };
    } else if (METHOD.test(register.name)) {
      module[key] = (...args: number[]): void => {
        if (used.has(args[0]! >>> 0)) register(...args);
      };
    }
  };
  for (const module of Object.values(imports))
    for (const [key, value] of Object.entries(module))
      if (typeof value === 'function') wrap(module, key, value as Register);
}

function textAt(heap: ArrayBufferLike, pointer: number): string {
  const bytes = new Uint8Array(heap, pointer);
  return String.fromCharCode(...bytes.subarray(0, bytes.indexOf(0)));
}
