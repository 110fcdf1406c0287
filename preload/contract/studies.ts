/**
 * Physics asked of geometry, and its answers. Inside everything is mm, N, MPa, tonne, s, degC; records that people edit keep
 * these base values in keys that carry the unit.
 */
import * as v from 'valibot';
import { ReferenceSchema, TOPOLOGY_KINDS, Vector3Schema } from './geometry.ts';

const Finite = v.pipe(v.number(), v.finite());
const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(300));
const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const Axis = v.picklist(['x', 'y', 'z']);

export const MaterialPropertiesSchema = v.object({
  young_MPa: v.pipe(Finite, v.gtValue(0)),
  poisson: v.pipe(Finite, v.gtValue(-1), v.ltValue(0.5)),
  density_kg_m3: v.pipe(Finite, v.minValue(0)),
  /** Tensile yield (0.2 % proof) strength; absent for brittle materials. */
  yield_MPa: v.optional(v.pipe(Finite, v.gtValue(0))),
  ultimate_MPa: v.optional(v.pipe(Finite, v.gtValue(0))),
  compressive_MPa: v.optional(v.pipe(Finite, v.gtValue(0))),
  thermalExpansion_1_K: v.optional(Finite),
  conductivity_W_mK: v.optional(v.pipe(Finite, v.gtValue(0))),
  specificHeat_J_kgK: v.optional(v.pipe(Finite, v.gtValue(0))),
  temperatureRange_degC: v.optional(v.tuple([Finite, Finite])),
});
export type MaterialProperties = v.InferOutput<typeof MaterialPropertiesSchema>;

export const MaterialSchema = v.object({
  name: Name,
  category: v.string(),
  /** Where the figures come from: standard, data sheet, handbook. */
  source: v.string(),
  note: v.optional(v.string()),
  properties: MaterialPropertiesSchema,
});
export type Material = v.InferOutput<typeof MaterialSchema>;

const On = v.pipe(v.array(ReferenceSchema), v.maxLength(1000));

export const RestraintSchema = v.variant('kind', [
  v.object({ id: Id, name: Name, on: On, suppressed: v.optional(v.boolean()), kind: v.literal('fixed') }),
  v.object({
    id: Id,
    name: Name,
    on: On,
    suppressed: v.optional(v.boolean()),
    kind: v.literal('displacement'),
    /** Prescribed displacement along each restrained global axis; an axis left out is free. */
    x_mm: v.optional(Finite),
    y_mm: v.optional(Finite),
    z_mm: v.optional(Finite),
  }),
  /** No motion along the face's normal (a plane of symmetry, a frictionless guide, a bore on a shaft). */
  v.object({ id: Id, name: Name, on: On, suppressed: v.optional(v.boolean()), kind: v.literal('symmetry') }),
  /** Springs spread over the face: stiffness per area. */
  v.object({
    id: Id,
    name: Name,
    on: On,
    suppressed: v.optional(v.boolean()),
    kind: v.literal('elastic-support'),
    normal_N_mm3: v.pipe(Finite, v.minValue(0)),
    tangential_N_mm3: v.pipe(Finite, v.minValue(0)),
  }),
]);
export type Restraint = v.InferOutput<typeof RestraintSchema>;

const loadBase = { id: Id, name: Name, suppressed: v.optional(v.boolean()) };
export const LoadSchema = v.variant('kind', [
  /** A total force, spread evenly over the faces' area (or edges' length, or put on vertices). */
  v.object({ ...loadBase, on: On, kind: v.literal('force'), force_N: Vector3Schema }),
  /** Positive pushes into the face. */
  v.object({ ...loadBase, on: On, kind: v.literal('pressure'), pressure_MPa: Finite }),
  v.object({ ...loadBase, on: On, kind: v.literal('traction'), traction_MPa: Vector3Schema }),
  /** A total moment about the centroid of the faces, spread as forces that are linear in the distance. */
  v.object({ ...loadBase, on: On, kind: v.literal('moment'), moment_N_mm: Vector3Schema }),
  /** A total radial force on a cylindrical face: a cosine distribution over the pressed half. */
  v.object({ ...loadBase, on: On, kind: v.literal('bearing'), force_N: Vector3Schema }),
  /** A force at a point in space, carried to the faces without stiffening them (distributing coupling). */
  v.object({
    ...loadBase,
    on: On,
    kind: v.literal('remote-force'),
    force_N: Vector3Schema,
    point_mm: Vector3Schema,
    moment_N_mm: v.optional(Vector3Schema),
  }),
  /** Acts on everything as a body force of density times this vector. */
  v.object({ ...loadBase, kind: v.literal('gravity'), acceleration_mm_s2: Vector3Schema }),
  /** The part accelerates by this much: the inertia force is opposite. */
  v.object({ ...loadBase, kind: v.literal('acceleration'), acceleration_mm_s2: Vector3Schema }),
]);
export type Load = v.InferOutput<typeof LoadSchema>;

export const MeshControlSchema = v.object({
  /** Largest element edge. Absent: chosen from the body's size and curvature for the accuracy setting. */
  size_mm: v.optional(v.pipe(Finite, v.gtValue(0))),
  order: v.picklist([1, 2]),
  /** Preset that picks the size where none is given. */
  accuracy: v.picklist(['draft', 'default', 'fine']),
  refinements: v.array(v.object({ id: Id, on: On, size_mm: v.pipe(Finite, v.gtValue(0)) })),
});
export type MeshControl = v.InferOutput<typeof MeshControlSchema>;

export const FIELD_QUANTITIES = [
  'displacement.magnitude',
  'displacement.x',
  'displacement.y',
  'displacement.z',
  'von_mises',
  'principal.1',
  'principal.2',
  'principal.3',
  'tresca',
  'stress.xx',
  'stress.yy',
  'stress.zz',
  'stress.xy',
  'stress.yz',
  'stress.zx',
  'strain.xx',
  'strain.yy',
  'strain.zz',
  'strain.xy',
  'strain.yz',
  'strain.zx',
  'safety_factor',
  'stress_error',
] as const;
export const FieldQuantitySchema = v.picklist(FIELD_QUANTITIES);
export type FieldQuantity = v.InferOutput<typeof FieldQuantitySchema>;

export const ProbeSchema = v.object({
  id: Id,
  name: Name,
  at_mm: Vector3Schema,
  quantity: v.optional(FieldQuantitySchema),
});
export type Probe = v.InferOutput<typeof ProbeSchema>;

/** How the window shows a result; kept so that tomorrow looks like today. */
export const ResultViewSchema = v.object({
  quantity: FieldQuantitySchema,
  deformationScale: v.optional(v.pipe(Finite, v.minValue(0))),
  range: v.optional(v.tuple([Finite, Finite])),
  bands: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(64))),
});

const Statistic = v.object({ value: Finite, at_mm: Vector3Schema, unit: v.string() });

/** The numbers of a result; its fields are a bundle fetched by hash. */
export const ResultSummarySchema = v.object({
  /** Hash of everything the result depends on. */
  inputHash: v.string(),
  solver: v.string(),
  createdAt: v.number(),
  mesh: v.object({
    nodes: v.number(),
    elements: v.number(),
    order: v.number(),
    dof: v.number(),
    min_quality: v.number(),
    size_mm: v.number(),
    straightened: v.number(),
    /** Counts in ten bins of scaled Jacobian, 0-0.1 ... 0.9-1. */
    histogram: v.array(v.number()),
  }),
  /** Largest and smallest of each quantity. */
  extremes: v.record(v.string(), v.object({ min: Statistic, max: Statistic })),
  reactions_N: v.object({
    total: Vector3Schema,
    byRestraint: v.array(v.object({ id: v.string(), name: v.string(), force_N: Vector3Schema })),
  }),
  applied_N: Vector3Schema,
  /** |applied + reactions| over |applied|. */
  equilibrium_error: v.number(),
  relativeResidual: v.number(),
  iterations: v.number(),
  method: v.string(),
  /** Estimated relative error in the energy norm, percent, and of the peak von Mises stress, percent. */
  discretisation_error: v.object({ energy_percent: v.number(), peak_stress_percent: v.number() }),
  minimumSafetyFactor: v.nullable(v.object({ value: v.number(), at_mm: Vector3Schema, basis: v.string() })),
  singularities: v.array(v.object({ at_mm: Vector3Schema, reason: v.string(), quantity: v.string() })),
  warnings: v.array(v.object({ code: v.string(), message: v.string() })),
  probes: v.array(
    v.object({ name: v.string(), value: v.number(), unit: v.string(), quantity: v.string(), at_mm: Vector3Schema }),
  ),
  mass_kg: v.number(),
  strainEnergy_N_mm: v.number(),
  seconds: v.object({
    mesh: v.number(),
    assemble: v.number(),
    solve: v.number(),
    recover: v.number(),
    total: v.number(),
  }),
});
export type ResultSummary = v.InferOutput<typeof ResultSummarySchema>;

/**
 * The fields of a result as a bundle. n nodes, t surface triangles (each 6-node facet is cut into 4), m elements:
 *   nodes f32[3n] mm; displacement f32[3n] mm; stress f32[6n] MPa; strain f32[6n]; vonMises f32[n]; principal f32[3n];
 *   stressSpread f32[n] MPa; elements i32[10m]; elementBody i32[m]; elementQuality f32[m]; elementError f32[m];
 *   surfaceTriangles u32[3t] node indices, outward; surfaceFace u32[t] face index; surfaceBody u32[t] body index;
 *   meshEdges u32[2e] node pairs of the element edges on the surface (each halved at its midside node).
 */
export interface FieldsMeta {
  inputHash: string;
  nodes: number;
  elements: number;
}

export const StudyTypeSchema = v.picklist(['static']);
export const TopologyKindSchema = v.picklist(TOPOLOGY_KINDS);
export { Axis as AxisSchema };
