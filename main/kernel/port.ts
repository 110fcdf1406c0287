/**
 * The kernel port: coarse operations on geometry, plain data in and out. Behind it are WebAssembly workers that can be
 * killed and replaced; a native OpenCascade can join later without a caller noticing.
 *
 * Every operation rejects with an ArtificerError that says what was wrong with which input, never with a kernel's own
 * words alone, and leaves nothing behind.
 */
import type { ErrorData } from '../../preload/contract/errors.ts';
import type { Feature } from '../../preload/contract/features.ts';
import type { BodyInfo, Colour, Transform } from '../../preload/contract/geometry.ts';
import type { JobContext } from '../../preload/contract/jobs.ts';
import type { FeatureOutcome } from '../../preload/contract/parts.ts';
import type { Evaluated, Sketch } from '../../preload/contract/sketches.ts';

export const READABLE_FORMATS = ['step', 'iges', 'brep', 'stl', 'obj', 'ply', '3mf', 'gltf', 'glb'] as const;
export type ReadableFormat = (typeof READABLE_FORMATS)[number];
export const WRITABLE_FORMATS = [
  'step',
  'iges',
  'brep',
  'stl',
  'obj',
  'ply',
  '3mf',
  'gltf',
  'glb',
  'dxf',
  'svg',
] as const;
export type WritableFormat = (typeof WRITABLE_FORMATS)[number];

export interface Limits {
  /** Wall-clock bound of one operation, seconds. */
  seconds: number;
  /** Bound of the worker's memory, MiB. */
  memory_MiB: number;
  /** Largest file read, bytes. */
  fileBytes: number;
}

export interface Warning {
  code: string;
  message: string;
}

export interface ImportRequest {
  bytes: Uint8Array;
  fileName: string;
  /** Run ShapeFix on every body and report what it changed. */
  heal?: boolean;
  /** Linear deflection of the fine tessellation, mm; by default relative to each body's size. */
  deflection_mm?: number;
  /** Skip tessellation (an `inspect` needs none). */
  tessellate?: boolean;
  limits?: Partial<Limits>;
}

export interface ImportedBody {
  info: BodyInfo;
  /** `BinTools` bytes; absent for mesh bodies. */
  brep?: Uint8Array;
  /** Tessellation bundle as {@link TessellationMeta} describes. Absent when tessellation was not asked for. */
  tessellation?: Uint8Array;
}

export interface ImportedPart {
  /** Unique and stable within the file, so that a re-import of the same bytes gives the same keys. */
  key: string;
  name: string;
  colour?: Colour;
  layer?: string;
  bodies: ImportedBody[];
}

/** One node of the assembly tree: a placement of a part, or a sub-assembly (no part). */
export interface ImportedInstance {
  key: string;
  parentKey: string | null;
  partKey: string | null;
  name: string;
  /** Relative to the parent. */
  transform: Transform;
  colour?: Colour;
}

export interface ImportedModel {
  format: ReadableFormat;
  /** `AP203`, `AP214`, `AP242`, `IGES 5.3` ... or the schema's own name. */
  schema: string;
  originatingSystem: string;
  /** The file's own unit as written: `mm`, `inch`, `m` ... Coordinates here are always mm. */
  lengthUnit: string;
  parts: ImportedPart[];
  instances: ImportedInstance[];
  /** Deepest level of the tree: 0 for a single part without an assembly. */
  depth: number;
  pmi: { dimensions: number; tolerances: number; datums: number; texts: string[] };
  layers: string[];
  /** Distinct colours the file defines. */
  colours: number;
  /** Every name in the tree, root first, as a person would read it. */
  names: string[];
  warnings: Warning[];
  /** What healing changed, one sentence each, when it was asked for. */
  healing: string[];
  seconds: { read: number; transfer: number; tessellate: number };
}

export interface ImportObserver {
  /** The structure and coarse tessellations, before the fine ones are made: enough for a first picture. */
  firstPicture?(model: ImportedModel): void;
}

export interface ExportBody {
  name: string;
  colour?: Colour;
  faceColours?: (Colour | null)[];
  brep?: Uint8Array;
  /** Tessellation bundle, needed for mesh bodies and used for mesh formats. */
  tessellation?: Uint8Array;
}
export interface ExportPart {
  key: string;
  name: string;
  bodies: ExportBody[];
}
export interface ExportRequest {
  format: WritableFormat;
  /** STEP only. */
  schema?: 'AP203' | 'AP214' | 'AP242';
  parts: ExportPart[];
  instances: ImportedInstance[];
  /** Linear deflection of mesh formats, mm. */
  deflection_mm?: number;
  /** View direction of DXF and SVG. */
  view?: 'iso' | 'front' | 'back' | 'left' | 'right' | 'top' | 'bottom';
}

/** A body put where an occurrence of its part stands. */
export interface PlaceRequest {
  brep: Uint8Array;
  transform: Transform;
  /** Tessellate finely as well. */
  tessellate: boolean;
}
export interface PlacedBody {
  /** `BinTools` bytes of the moved geometry. */
  brep: Uint8Array;
  /** Without what only a file or a history knows: names, colours, layers. */
  info: BodyInfo;
  tessellation?: Uint8Array;
}

/** A topological item of one body, for measuring. */
export interface MeasureItem {
  brep: Uint8Array;
  transform: Transform;
  kind: 'face' | 'edge' | 'vertex' | 'body';
  index: number;
}
export interface MeasureAnswer {
  /** Shortest distance between two items, and where it is. */
  distance_mm?: number;
  points_mm?: [[number, number, number], [number, number, number]];
  /** Between planes, lines or axes. */
  angle_rad?: number;
  radius_mm?: number;
  length_mm?: number;
  area_mm2?: number;
  volume_mm3?: number;
}

export interface Recognition {
  /** `step`, `iges` ..., or the name of a format that cannot be read: `parasolid`, `acis`, `solidworks` ... */
  format: string;
  readable: boolean;
  /** What a person calls it: `Parasolid text (X_T)`. */
  label: string;
  /** For unreadable ones: which export to ask for from which system. */
  advice?: string;
}

export interface KernelStatus {
  workers: {
    role: 'reader' | 'modeller';
    state: 'starting' | 'idle' | 'busy' | 'ended';
    memory_MiB: number;
    operation?: string;
  }[];
}

/** One step of a history with every expression evaluated: lengths in mm, angles in rad. */
export interface FeatureStep {
  id: string;
  name: string;
  suppressed: boolean;
  feature: Evaluated<Feature>;
  /** Known beforehand to fail, such as an expression without a value (NaN in `feature`): it fails with this, untried. */
  error?: ErrorData;
}

export interface EvaluateRequest {
  /** Evaluations of the same part go to the same modeller, which remembers what it made. */
  partKey: string;
  /** In order, without what is rolled back. */
  steps: FeatureStep[];
  /**
   * Bodies of import features: `BinTools` bytes with their hash, by the feature's id. Bytes may be left out where the
   * modeller is likely to know the hash: a request that needs them is answered with `missing`, and made again with them.
   */
  imports: Record<string, { hash: string; brep?: Uint8Array; name: string; colour?: Colour }[]>;
  want: {
    /** `BinTools` bytes of the bodies. */
    brep?: boolean;
    tessellation?: 'coarse' | 'fine' | 'none';
    /** `describe` is everything about the body; `none` for a rebuild that is only checked. */
    info?: 'describe' | 'none';
  };
}

export interface EvaluatedBody {
  /** The persistent name: the feature that made it. */
  name: string;
  /** With `persistentNames` of every face. Absent when not asked for. */
  info?: BodyInfo;
  brep?: Uint8Array;
  tessellation?: Uint8Array;
  volume_mm3: number;
  valid: boolean;
}

export interface EvaluatedPart {
  bodies: EvaluatedBody[];
  outcomes: FeatureOutcome[];
  /** Hashes of imported bodies whose bytes are needed; nothing was evaluated then. */
  missing: string[];
  seconds: { features: number; describe: number; tessellate: number };
}

/** The outline of a planar face or a sketch, in its plane. */
export interface OutlineRequest {
  brep?: Uint8Array;
  face?: number;
  sketch?: Evaluated<Sketch>;
}

export interface Kernel {
  /** By content first, ending second; never throws on strange bytes. */
  recognise(bytes: Uint8Array, fileName: string): Recognition;
  import(request: ImportRequest, context: JobContext, observer?: ImportObserver): Promise<ImportedModel>;
  /** Fine or custom tessellation of one body. */
  tessellate(
    brep: Uint8Array,
    options: { linearDeflection_mm: number; angularDeflection_rad: number },
    context: JobContext,
  ): Promise<Uint8Array>;
  /** The body as an ASCII BREP that native OpenCascade 7.6 reads, with the same face, edge and vertex order. For the mesher. */
  brepText(breps: Uint8Array[], context: JobContext): Promise<Uint8Array>;
  /** Bodies moved and described where they then are, in the order of the requests. Refuses scaled and mirrored placements. */
  place(requests: readonly PlaceRequest[], context: JobContext): Promise<PlacedBody[]>;
  measure(items: MeasureItem[], context: JobContext): Promise<MeasureAnswer>;
  export(request: ExportRequest, context: JobContext): Promise<{ bytes: Uint8Array; warnings: Warning[] }>;
  /** Evaluates a part's history. Incremental: a step whose inputs are as they were is not made again. */
  evaluate(request: EvaluateRequest, context: JobContext): Promise<EvaluatedPart>;
  /** DXF of an outline, 1:1 in mm. */
  outline(request: OutlineRequest, context: JobContext): Promise<Uint8Array>;
  /** Simple solids by dimensions, for tests, samples and verification cases: evaluated by the modeller. */
  primitives(specification: PrimitiveSpecification[], context: JobContext): Promise<ImportedModel>;
  status(): KernelStatus;
  /** Starts the reader in the background, so that the first import does not wait for it. */
  warm(): void;
  dispose(): Promise<void>;
}

/** A small constructive language: enough for the sample project and the verification bodies until features arrive. */
export type PrimitiveSpecification = { name: string; colour?: Colour; shape: PrimitiveShape };
export type PrimitiveShape =
  | { box: { min_mm: [number, number, number]; max_mm: [number, number, number] } }
  | {
      cylinder: {
        origin_mm: [number, number, number];
        axis: [number, number, number];
        radius_mm: number;
        height_mm: number;
      };
    }
  | { sphere: { centre_mm: [number, number, number]; radius_mm: number } }
  /** A closed profile of straight and elliptic-arc segments in a plane, extruded along a vector or revolved about an axis. */
  | { extrude: { profile: ProfileSegment[]; vector_mm: [number, number, number] } }
  | {
      revolve: {
        profile: ProfileSegment[];
        origin_mm: [number, number, number];
        axis: [number, number, number];
        angle_rad: number;
      };
    }
  | { union: PrimitiveShape[] }
  | { difference: [PrimitiveShape, ...PrimitiveShape[]] }
  | { intersection: PrimitiveShape[] }
  | { fillet: { shape: PrimitiveShape; edges: string; radius_mm: number } };
export type ProfileSegment =
  | { line: { from_mm: [number, number, number]; to_mm: [number, number, number] } }
  | {
      ellipseArc: {
        centre_mm: [number, number, number];
        /** Semi-axis vectors: point(t) = centre + cos(t) major + sin(t) minor, t from startAngle to endAngle (may decrease). */
        major_mm: [number, number, number];
        minor_mm: [number, number, number];
        startAngle_rad: number;
        endAngle_rad: number;
      };
    };
