/** What a feature's operation is given and what it answers. One file per kind of feature implements it. */
import type { TopoDS_Edge, TopoDS_Face, TopoDS_Shape } from 'replicad-opencascadejs';
import type {
  AxisLine,
  Evaluated,
  Feature,
  FeatureKind,
  Path,
  Plane,
  Profile,
  Reference,
  Vector3,
} from '../../../preload/contract/index.ts';
import type { Occt } from '../modeller/occt.ts';
import type { Warning } from '../port.ts';
import type { Own } from '../scope.ts';
import type { SketchResult } from './sketches/result.ts';

/** Names of the faces of a shape by the index of `topologyOf(shape).faces`: several where faces were merged. */
export type FaceNames = readonly (readonly string[])[];

/** A body between two features. The shape belongs to whoever made the state; an operation never deletes or changes it. */
export interface BodyState {
  /** The feature that made it, with `#2`, `#3` ... for further ones. */
  name: string;
  shape: TopoDS_Shape;
  faceNames: FaceNames;
}

/** A plane with a frame: x and y span it, z is its normal. */
export interface Frame {
  origin_mm: Vector3;
  x: Vector3;
  y: Vector3;
  z: Vector3;
}

/** A planar face made of a profile, with the sketch curve behind each of its edges. */
export interface ProfileFace {
  face: TopoDS_Face;
  /** The frame of the sketch or of the body's face: the face lies in it, but may look the other way. */
  frame: Frame;
  /** The first of the names around it: tells the regions of one profile apart. */
  key: string;
  /** The only region of its profile. */
  alone: boolean;
  /** Names of all edges, each once. */
  curves: readonly string[];
  /** `line3`; for a profile that is a face of a body, the name of the face at the other side of the edge. */
  nameOfEdge(edge: TopoDS_Shape): string;
}

export interface ChainOfEdges {
  /** In order, each beginning where the one before ends. */
  edges: TopoDS_Edge[];
  closed: boolean;
  nameOfEdge(edge: TopoDS_Shape): string;
}

/** What patterns repeat of a feature: its own volume, and how it met the bodies. */
export interface Tool {
  kind: 'new' | 'add' | 'cut' | 'intersect';
  shape: TopoDS_Shape;
  faceNames: FaceNames;
}

/** What patterns repeat of a fillet or chamfer: the step itself, on the edges of the same names of the copies. */
export interface Dress {
  feature: Evaluated<Extract<Feature, { kind: 'fillet' | 'chamfer' }>>;
  /** The edges as they were found, before the step: main names of the two faces beside each. */
  edges: string[][];
}
/** What an earlier step left behind to be repeated, in order. */
export interface Repeatable {
  tools: readonly Tool[];
  dresses: readonly Dress[];
}

export type FoundItem = { body: BodyState; bodyIndex: number; index: number; shape: TopoDS_Shape };

/** An operation's view of the part so far. Everything it gives is owned by the scope of the operation. */
export interface OperationScope {
  oc: Occt;
  own: Own;
  /** The feature's id, which begins the names of what it makes. */
  id: string;
  bodies: readonly BodyState[];
  /** @throws ArtificerError `reference.lost`, `reference.ambiguous` ... naming the field */
  faces(references: readonly Evaluated<Reference>[], field: string): FoundItem[];
  edges(references: readonly Evaluated<Reference>[], field: string): FoundItem[];
  vertices(references: readonly Evaluated<Reference>[], field: string): FoundItem[];
  /** The bodies of these names, or all. @throws ArtificerError `feature.no-such-body` */
  bodiesNamed(names: readonly string[] | undefined, field: string): BodyState[];
  plane(plane: Evaluated<Plane>, field: string): Frame;
  axis(axis: Evaluated<AxisLine>, field: string): { origin_mm: Vector3; direction: Vector3 };
  /** Closed regions as faces. @throws ArtificerError `profile.open`, `profile.empty` ... */
  profile(profile: Evaluated<Profile>, field: string): ProfileFace[];
  path(path: Evaluated<Path>, field: string): ChainOfEdges;
  /** A solved sketch before this step. @throws ArtificerError `feature.no-sketch` */
  sketch(id: string, field: string): SketchResult;
  /** For features that add or remove a volume of their own (`combine` in `combine.ts` does it); copies what it is given. */
  rememberTool(tool: Tool): void;
  rememberDress(dress: Dress): void;
  /** What an earlier step left behind to be repeated. @throws ArtificerError `pattern.no-such-feature` */
  repeatable(id: string, field: string): Repeatable;
  /** The same view of bodies that this step has made on its way; what is made of them is called by another id. */
  on(bodies: readonly BodyState[], id: string): OperationScope;
  /**
   * The body without these faces, the gaps closed by their extended neighbours. Only the complete kernel can do it: the
   * operation ends here and is run again once there is an answer, so ask before anything else that takes long.
   *
   * @throws ArtificerError `direct.not-removable`
   */
  defeature(
    body: { shape: TopoDS_Shape; faceNames: FaceNames },
    faces: readonly number[],
  ): { shape: TopoDS_Shape; faceNames: FaceNames };
  /** An earlier step that made or changed bodies, as it was evaluated. */
  earlierFeature(id: string): Evaluated<Feature> | undefined;
  /** Bytes of the bodies of an import step, in order. */
  imported(id: string): Uint8Array[];
  warn(warning: Warning): void;
  /** Whether a solid is closed, the right way out and without faults; quick where its faces are known. */
  isSound(shape: TopoDS_Shape): boolean;
}

/** The bodies after the feature: unchanged ones are the same objects. Shapes of changed ones are handed over, not scoped. */
export type Operation<Kind extends FeatureKind> = (
  feature: Evaluated<Extract<Feature, { kind: Kind }>>,
  scope: OperationScope,
) => BodyState[];

/** Operations of a few kinds; the registry puts them together. */
export type Operations = { [Kind in FeatureKind]?: Operation<Kind> };
