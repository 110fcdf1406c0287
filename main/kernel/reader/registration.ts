/**
 * The complete build registers 90,000 methods of 5,000 classes with JavaScript when it starts, of which the reader uses a few
 * hundred. Passing over the others, and the classes that no used one has as ancestor or in a signature, makes it start in a
 * tenth of the time.
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

/** Where the types of a signature stand among the arguments: how many there are, and the address of the first. */
const SIGNATURE: Record<string, [count: number, address: number]> = {
  __embind_register_class_function: [2, 3],
  __embind_register_class_class_function: [2, 3],
  __embind_register_class_constructor: [1, 2],
};
/** Where the types of a property that is read and written stand. */
const PROPERTY = { name: '__embind_register_class_property', read: 2, write: 6 };

type Register = (...args: number[]) => void;

/**
 * Wraps the registering functions among the imports. Their keys are shortened, but the functions have kept their names; where
 * they have not, nothing is wrapped and everything is registered. `memory` is asked for only while registering.
 */
export function registerOnlyUsed(imports: WebAssembly.Imports, memory: () => WebAssembly.Memory): void {
  const classes = new NeededClasses();
  const used = new Set<number>();
  const wrap = (module: WebAssembly.ModuleImports, key: string, register: Register): void => {
    const signature = SIGNATURE[register.name];
    if (register.name === '__embind_register_class') {
      module[key] = (...args: number[]): void => {
        // Type, pointer, constant pointer, type of the base (0: none); the eleventh is where its name stands.
        const [type, pointer, constantPointer, base] = args as [number, number, number, number];
        const isUsed = USED.has(textAt(memory().buffer, args[10]! >>> 0).replace(/_\d+$/, ''));
        if (isUsed) used.add(type);
        classes.offer([type, pointer, constantPointer], base, () => register(...args), isUsed);
      };
    } else if (signature) {
      module[key] = (...args: number[]): void => {
        if (!used.has(args[0]!)) return;
        const [count, address] = signature.map((place) => args[place]! >>> 0) as [number, number];
        for (const type of new Int32Array(memory().buffer, address, count)) classes.need(type);
        register(...args);
      };
    } else if (register.name === PROPERTY.name) {
      module[key] = (...args: number[]): void => {
        if (!used.has(args[0]!)) return;
        for (const place of [PROPERTY.read, PROPERTY.write]) classes.need(args[place]!);
        register(...args);
      };
    }
  };
  for (const module of Object.values(imports))
    for (const [key, value] of Object.entries(module))
      if (typeof value === 'function') wrap(module, key, value as Register);
}

/** Registers a class once something needs it, whichever of the two comes first; and its ancestors with it. */
class NeededClasses {
  readonly #needed = new Set<number>();
  readonly #held = new Map<number, () => void>();

  /** A class under its types as value, pointer and constant pointer. */
  offer(types: number[], base: number, register: () => void, isUsed: boolean): void {
    const begin = (): void => {
      for (const type of types) this.#held.delete(type);
      register();
      if (base !== 0) this.need(base);
    };
    if (isUsed || types.some((type) => this.#needed.has(type))) begin();
    else for (const type of types) this.#held.set(type, begin);
  }

  need(type: number): void {
    this.#needed.add(type);
    this.#held.get(type)?.();
  }
}

function textAt(heap: ArrayBufferLike, pointer: number): string {
  const bytes = new Uint8Array(heap, pointer);
  return String.fromCharCode(...bytes.subarray(0, bytes.indexOf(0)));
}
