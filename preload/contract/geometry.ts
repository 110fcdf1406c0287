/**
 * What the window and the engine say to each other about shapes. All lengths in mm, areas in mm^2, volumes in mm^3.
 * Face, edge and vertex indices are 0-based, in the order of OpenCascade's `TopExp::MapShapes` over the body.
 */
import * as v from 'valibot';

export const Vector3Schema = v.strictTuple([v.number(), v.number(), v.number()]);
export type Vector3 = v.InferOutput<typeof Vector3Schema>;

/** 3 rows x 4 columns, row-major: [r00 r01 r02 tx, r10 r11 r12 ty, r20 r21 r22 tz], translation in mm. */
export const TransformSchema = v.pipe(v.array(v.pipe(v.number(), v.finite())), v.length(12));
export type Transform = v.InferOutput<typeof TransformSchema>;
export const IDENTITY_TRANSFORM: Transform = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];

/** sRGB, 0..1 each, with opacity as an optional fourth. */
export const ColourSchema = v.pipe(
  v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  v.minLength(3),
  v.maxLength(4),
);
export type Colour = v.InferOutput<typeof ColourSchema>;

export const BoundingBoxSchema = v.strictObject({ min: Vector3Schema, max: Vector3Schema });
export type BoundingBox = v.InferOutput<typeof BoundingBoxSchema>;

export const SURFACE_TYPES = [
  'plane',
  'cylinder',
  'cone',
  'sphere',
  'torus',
  'bezier',
  'bspline',
  'revolution',
  'extrusion',
  'offset',
  'other',
] as const;
export const CURVE_TYPES = [
  'line',
  'circle',
  'ellipse',
  'hyperbola',
  'parabola',
  'bezier',
  'bspline',
  'offset',
  'other',
] as const;

const AxisSchema = v.object({ origin_mm: Vector3Schema, direction: Vector3Schema });

/** The simple surface that a face written as a free one (B-spline, revolution ...) really is, found by fitting. */
export const CanonicalSurfaceSchema = v.object({
  type: v.picklist(['plane', 'cylinder', 'cone', 'sphere', 'torus']),
  axis: v.optional(AxisSchema),
  centre_mm: v.optional(Vector3Schema),
  radius_mm: v.optional(v.number()),
  minorRadius_mm: v.optional(v.number()),
  semiAngle_rad: v.optional(v.number()),
});
export type CanonicalSurface = v.InferOutput<typeof CanonicalSurfaceSchema>;

export const FaceInfoSchema = v.object({
  type: v.picklist(SURFACE_TYPES),
  area_mm2: v.number(),
  centroid_mm: Vector3Schema,
  /** Outward unit normal at the point of the face nearest its centroid. */
  normal: v.optional(Vector3Schema),
  /** Unit axis and a point on it: cylinders, cones, tori, surfaces of revolution. */
  axis: v.optional(AxisSchema),
  /** Of a sphere. */
  centre_mm: v.optional(Vector3Schema),
  radius_mm: v.optional(v.number()),
  minorRadius_mm: v.optional(v.number()),
  semiAngle_rad: v.optional(v.number()),
  canonical: v.optional(CanonicalSurfaceSchema),
  /**
   * How far the face goes round its axis (that of `canonical` where there is one): from the unit direction `start` by
   * `angle_rad`, right-handed about the axis; and from where to where along it, from the axis' origin.
   */
  sweep: v.optional(
    v.object({ start: Vector3Schema, angle_rad: v.number(), along_mm: v.strictTuple([v.number(), v.number()]) }),
  ),
  /** True where the material lies outside the cylinder, cone, sphere or tube of the torus (a hole, an inner rounding). */
  concave: v.optional(v.boolean()),
  box: BoundingBoxSchema,
  colour: v.optional(ColourSchema),
  name: v.optional(v.string()),
  layer: v.optional(v.string()),
  /**
   * Names that survive redesign, made of the feature that made the face and its role there: several where faces were
   * merged, shared where one was split. Absent on bodies that no feature made.
   */
  persistentNames: v.optional(v.array(v.string())),
  /** Indices of the body's edges that bound this face. */
  edges: v.array(v.number()),
});
export type FaceInfo = v.InferOutput<typeof FaceInfoSchema>;

export const EdgeInfoSchema = v.object({
  type: v.picklist(CURVE_TYPES),
  length_mm: v.number(),
  centre_mm: Vector3Schema,
  direction: v.optional(Vector3Schema),
  radius_mm: v.optional(v.number()),
  /** Centre of the circle or ellipse. */
  curveCentre_mm: v.optional(Vector3Schema),
  vertices: v.array(v.number()),
  faces: v.array(v.number()),
  /**
   * Between the outward normals of its two faces, in the middle of the edge: positive where the edge is convex (the corner of
   * a block), negative where it is concave, near 0 where the faces are tangent.
   */
  angle_rad: v.optional(v.number()),
});
export type EdgeInfo = v.InferOutput<typeof EdgeInfoSchema>;

export const MassPropertiesSchema = v.object({
  volume_mm3: v.number(),
  area_mm2: v.number(),
  centroid_mm: Vector3Schema,
  /** About the centroid, for unit density: xx, yy, zz, xy, yz, zx; mm^5. */
  inertia_mm5: v.optional(v.pipe(v.array(v.number()), v.length(6))),
});
export type MassProperties = v.InferOutput<typeof MassPropertiesSchema>;

export const BODY_KINDS = ['solid', 'shell', 'wire', 'mesh'] as const;

/** Everything about one body but its bulk data, which is fetched by hash. Kept as derived data beside the part. */
export const BodyInfoSchema = v.object({
  name: v.string(),
  kind: v.picklist(BODY_KINDS),
  colour: v.optional(ColourSchema),
  layer: v.optional(v.string()),
  valid: v.boolean(),
  box: BoundingBoxSchema,
  mass: MassPropertiesSchema,
  faces: v.array(FaceInfoSchema),
  edges: v.array(EdgeInfoSchema),
  vertices_mm: v.array(Vector3Schema),
  /** Solids and shells inside this body (a body may be a compound of several). */
  solids: v.number(),
  shells: v.number(),
  /** The feature that made it, with `#2`, `#3` ... for further bodies of the same one. */
  persistentName: v.optional(v.string()),
  /** Mesh bodies only. */
  triangles: v.optional(v.number()),
  closed: v.optional(v.boolean()),
});
export type BodyInfo = v.InferOutput<typeof BodyInfoSchema>;

/**
 * A tessellation bundle of one body holds these arrays:
 *   positions f32[3p], normals f32[3p], indices u32[3t]   triangles, counter-clockwise seen from outside
 *   faceOfTriangle u32[t]                                 face index of each triangle (triangles of one face are contiguous)
 *   edgePoints f32[3q], edgeOffsets u32[edges + 1]        one polyline per edge (empty for degenerate edges)
 *   vertexPoints f32[3w]
 * and this meta.
 */
export interface TessellationMeta {
  linearDeflection_mm: number;
  angularDeflection_rad: number;
  /** `coarse` is the first picture, `fine` replaces it. */
  quality: 'coarse' | 'fine';
}

/** A body as the window draws it: where its bulk data is, and what it is made of. Hashes are lower-case SHA-256. */
export const BodyViewSchema = v.object({
  index: v.number(),
  info: BodyInfoSchema,
  tessellation: v.object({ hash: v.string(), quality: v.picklist(['coarse', 'fine']) }),
});
export type BodyView = v.InferOutput<typeof BodyViewSchema>;

export const TOPOLOGY_KINDS = ['face', 'edge', 'vertex', 'body'] as const;
export type TopologyKind = (typeof TOPOLOGY_KINDS)[number];

/** Enough geometry to find an imported face again, and to notice when it is no longer the same one. */
export const FingerprintSchema = v.object({
  type: v.string(),
  /** Area, length, or 0 for a vertex. */
  size: v.number(),
  centre_mm: Vector3Schema,
  direction: v.optional(Vector3Schema),
  radius_mm: v.optional(v.number()),
});
export type Fingerprint = v.InferOutput<typeof FingerprintSchema>;

const Picked = v.object({
  by: v.literal('pick'),
  body: v.pipe(v.number(), v.integer(), v.minValue(0)),
  kind: v.picklist(TOPOLOGY_KINDS),
  index: v.pipe(v.number(), v.integer(), v.minValue(0)),
  fingerprint: FingerprintSchema,
});
/**
 * A name that survives redesign. A face: `feature_ab12cd/side(line3)`. An edge: the names of its faces, sorted, joined by
 * `|`. A vertex: the same of all its faces. A body: its persistent name. `beside` tells pieces of the same name apart: the
 * names of the neighbouring faces of a face, or of the faces at the ends of an edge, when it was picked. The fingerprint
 * serves only to rank candidates in messages, and pieces that nothing else tells apart when nothing there has moved.
 */
const Named = v.object({
  by: v.literal('name'),
  kind: v.picklist(TOPOLOGY_KINDS),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(8000)),
  beside: v.optional(v.array(v.pipe(v.string(), v.maxLength(8000)))),
  fingerprint: v.optional(FingerprintSchema),
});
/** CadQuery's selector syntax with a leading `faces`, `edges` or `vertices`: `faces >Z`, `faces near (1, 2, 3)`. */
const Selected = v.object({
  by: v.literal('selector'),
  selector: v.pipe(v.string(), v.minLength(1), v.maxLength(2000)),
});

/** A persistent name of a part's own topology: picked (index with a fingerprint to check it by) or selected by a rule. */
export const PartReferenceSchema = v.variant('by', [Picked, Named, Selected]);

/**
 * On which of the parts that are studied together it is: an instance. Everything else about the reference is in that part's own
 * terms (its bodies, its names, its coordinates), so that it survives what happens to the others.
 */
const member = { instanceId: v.optional(v.pipe(v.string(), v.maxLength(60))) };

/** A reference to a part's topology, or to that of one of several parts that are studied together. */
export const ReferenceSchema = v.variant('by', [
  v.object({ ...Picked.entries, ...member }),
  v.object({ ...Named.entries, ...member }),
  Selected,
]);
export type Reference = v.InferOutput<typeof ReferenceSchema>;
