/**
 * The few dozen of the complete build's 5,000 classes that the reader uses. Its own declarations are 9 MB, which would slow
 * every type check, and lack half of the static methods used here. Overloads are told apart by a suffix.
 */
import type { Handle } from '../scope.ts';

export type Enum = { readonly value: number };

export interface Shape extends Handle {
  IsNull(): boolean;
  ShapeType(): Enum;
  IsSame(other: Shape): boolean;
  Moved(location: Location, raiseOnScale: boolean): Shape;
}
export interface Text extends Handle {
  Length(): number;
}
export interface AsciiText extends Handle {
  ToCString(): string;
}
export interface Attribute extends Handle {
  Get(): Text;
}
export interface AttributeHandle extends Handle {
  IsNull(): boolean;
  get(): Attribute;
}
export interface Label extends Handle {
  FindAttribute_1(id: Handle, attribute: AttributeHandle): boolean;
  NbChildren(): number;
}
export interface Labels extends Handle {
  Length(): number;
  Value(index: number): Label;
}
export interface Transformation extends Handle {
  Value(row: number, column: number): number;
  ScaleFactor(): number;
}
export interface Location extends Handle {
  Transformation(): Transformation;
  IsIdentity(): boolean;
}
export interface Explorer extends Handle {
  More(): boolean;
  Next(): void;
  Current(): Shape;
}
export interface ShapeMap extends Handle {
  FindIndex(shape: Shape): number;
  FindKey(index: number): Shape;
  Extent(): number;
  Add(shape: Shape): number;
}
export interface Rgba extends Handle {
  GetRGB(): Handle & { Red(): number; Green(): number; Blue(): number };
  Alpha(): number;
}
export interface Document extends Handle {
  Main(): Label;
}
/** A counted reference. What `get` gives belongs to it: deleting that as well would free it twice. */
interface Tool<T> extends Handle {
  get(): T;
}
export interface ShapeTool extends Handle {
  GetFreeShapes(labels: Labels): void;
  NewShape(): Label;
  SetShape(label: Label, shape: Shape): void;
  AddShape(shape: Shape, makeAssembly: boolean, prepare: boolean): Label;
  AddComponent_1(assembly: Label, component: Label, location: Location): Label;
  AddSubShape_1(label: Label, part: Shape): Label;
  UpdateAssemblies(): void;
}
export interface ColourTool extends Handle {
  GetColor_5(label: Label, kind: Enum, colour: Rgba): boolean;
  GetColors(labels: Labels): void;
  SetColor_3(label: Label, colour: Rgba, kind: Enum): void;
}
export interface LayerTool extends Handle {
  GetLayers_2(label: Label, layers: Labels): boolean;
}
export interface Reader extends Handle {
  ReadFile(path: string): Enum;
  NbRootsForTransfer(): number;
  SetColorMode(on: boolean): void;
  SetNameMode(on: boolean): void;
  SetLayerMode(on: boolean): void;
}
export interface StepReader extends Reader {
  SetPropsMode(on: boolean): void;
  SetGDTMode(on: boolean): void;
  SetMatMode(on: boolean): void;
  SetViewMode(on: boolean): void;
  SetSHUOMode(on: boolean): void;
  Transfer_1(document: Handle, progress: Handle): boolean;
}
export interface IgesReader extends Reader {
  Transfer(document: Handle, progress: Handle): boolean;
}
export interface ShapeFix extends Handle {
  Perform(progress: Handle): boolean;
  Shape(): Shape;
  Status(status: Enum): boolean;
  Context(): Tool<Handle & { Value(shape: Shape): Shape }>;
}
export interface ShapeList extends Handle {
  Size(): number;
  First_1(): Shape;
  RemoveFirst(): void;
}
export interface Defeaturing extends Handle {
  SetShape(shape: Shape): void;
  AddFaceToRemove(face: Shape): void;
  SetToFillHistory(on: boolean): void;
  Build(progress: Handle): void;
  IsDone(): boolean;
  HasErrors(): boolean;
  Shape(): Shape;
  Modified(shape: Shape): ShapeList;
  IsDeleted(shape: Shape): boolean;
}
type Make<T, A extends unknown[] = []> = new (...args: A) => T;

export interface Bindings {
  FS: {
    writeFile(path: string, bytes: Uint8Array): void;
    readFile(path: string): Uint8Array;
    unlink(path: string): void;
  };
  HEAPU8: Uint8Array;
  OCJS: { getStandard_FailureData(pointer: number): Handle & { GetMessageString(): string } };

  TopAbs_ShapeEnum: Record<
    `TopAbs_${'COMPOUND' | 'COMPSOLID' | 'SOLID' | 'SHELL' | 'FACE' | 'WIRE' | 'EDGE' | 'VERTEX' | 'SHAPE'}`,
    Enum
  >;
  IFSelect_ReturnStatus: Record<
    'IFSelect_RetDone' | 'IFSelect_RetVoid' | 'IFSelect_RetError' | 'IFSelect_RetFail',
    Enum
  >;
  XCAFDoc_ColorType: Record<'XCAFDoc_ColorGen' | 'XCAFDoc_ColorSurf' | 'XCAFDoc_ColorCurv', Enum>;
  BinTools_FormatVersion: Record<'BinTools_FormatVersion_VERSION_4', Enum>;
  ShapeExtend_Status: Record<`ShapeExtend_${'DONE' | 'FAIL'}${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`, Enum>;

  Message_ProgressRange_1: Make<Handle>;
  TCollection_ExtendedString_1: Make<Text>;
  TCollection_ExtendedString_2: Make<Text, [string, boolean]>;
  TCollection_AsciiString_1: Make<AsciiText>;
  TCollection_AsciiString_13: Make<AsciiText, [Text, number]>;
  TDocStd_Document: Make<Document, [Text]>;
  Handle_TDocStd_Document_2: Make<Handle, [Document]>;
  TDF_Label: Make<Label>;
  TDF_LabelSequence_1: Make<Labels>;
  TDF_Tool: { Entry(label: Label, entry: AsciiText): void };
  Handle_TDF_Attribute_1: Make<AttributeHandle>;
  TDataStd_Name: { GetID(): Handle; Set_1(label: Label, text: Text): Handle };
  TopoDS_Shape: Make<Shape>;
  TopoDS_Compound: Make<Shape>;
  BRep_Builder: Make<Handle & { MakeCompound(compound: Shape): void; Add(to: Shape, part: Shape): void }>;
  TopExp_Explorer_2: Make<Explorer, [Shape, Enum, Enum]>;
  TopTools_IndexedMapOfShape_1: Make<ShapeMap>;
  TopExp: { MapShapes_1(shape: Shape, kind: Enum, map: ShapeMap): void };
  TopLoc_Location_2: Make<Location, [Transformation]>;
  gp_Trsf_1: Make<Transformation & { SetValues(...values: number[]): void }>;
  Quantity_ColorRGBA_1: Make<Rgba>;
  Quantity_ColorRGBA_5: Make<Rgba, [number, number, number, number]>;

  XCAFDoc_DocumentTool: {
    ShapeTool(main: Label): Tool<ShapeTool>;
    ColorTool(main: Label): Tool<ColourTool>;
    LayerTool(main: Label): Tool<LayerTool>;
  };
  XCAFDoc_ShapeTool: {
    IsAssembly(label: Label): boolean;
    IsReference(label: Label): boolean;
    IsSimpleShape(label: Label): boolean;
    GetShape_2(label: Label): Shape;
    GetComponents(label: Label, components: Labels, deep: boolean): boolean;
    GetReferredShape(label: Label, referred: Label): boolean;
    GetLocation(label: Label): Location;
    GetSubShapes(label: Label, parts: Labels): boolean;
  };
  BinTools: {
    Write_4(shape: Shape, path: string, triangles: boolean, normals: boolean, version: Enum, progress: Handle): boolean;
    Read_2(shape: Shape, path: string, progress: Handle): boolean;
  };
  BRepTools: { Read_2(shape: Shape, path: string, builder: Handle, progress: Handle): boolean };
  STEPCAFControl_Reader_1: Make<StepReader>;
  IGESCAFControl_Reader_1: Make<IgesReader>;
  Interface_Static: { SetIVal(name: string, value: number): boolean; SetCVal(name: string, value: string): boolean };
  ShapeFix_Shape_2: Make<ShapeFix, [Shape]>;
  BRepAlgoAPI_Defeaturing: Make<Defeaturing>;
  IGESCAFControl_Writer_1: Make<
    Handle & {
      SetColorMode(on: boolean): void;
      SetNameMode(on: boolean): void;
      Transfer_1(document: Handle, progress: Handle): boolean;
      Write_2(path: string, new_: boolean): boolean;
    }
  >;
}
