/**
 * Physics asked of geometry, and its answers. Inside everything is mm, N, MPa, tonne, s, degC; records that people edit keep
 * these base values in keys that carry the unit.
 */
import * as v from 'valibot';
import { analysisEntries, StudyTypeSchema } from './analyses.ts';
import { ConnectionSchema, LoadSchema, OnSchema, RestraintSchema } from './conditions.ts';
import { TOPOLOGY_KINDS, Vector3Schema } from './geometry.ts';

export * from './analyses.ts';
export * from './conditions.ts';
export * from './materials.ts';
export * from './study-kinds.ts';

const Finite = v.pipe(v.number(), v.finite());
const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(300));
const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const Axis = v.picklist(['x', 'y', 'z']);

export const MeshControlSchema = v.object({
  /** Largest element edge. Absent: chosen from the body's size and curvature for the accuracy setting. */
  size_mm: v.optional(v.pipe(Finite, v.gtValue(0))),
  order: v.picklist([1, 2]),
  /** Preset that picks the size where none is given. */
  accuracy: v.picklist(['draft', 'default', 'fine']),
  refinements: v.array(v.object({ id: Id, on: OnSchema, size_mm: v.pipe(Finite, v.gtValue(0)) })),
  /** Refine until the quantities of interest change by less than this, percent. */
  goal_percent: v.optional(v.pipe(Finite, v.gtValue(0), v.maxValue(100))),
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
  'temperature',
  'heat_flux.magnitude',
  'heat_flux.x',
  'heat_flux.y',
  'heat_flux.z',
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
  /** Index of the frame that is shown. */
  frame: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** Whether an automatic range spans the frame that is shown, as where left out, or all. */
  rangeOver: v.optional(v.picklist(['frame', 'all'])),
  /** Surfaces of constant value, in the unit of the quantity. */
  levels: v.optional(v.pipe(v.array(Finite), v.maxLength(50))),
  /** Parallel cuts: so many, and where between their neighbours they lie, 0..1. */
  slices: v.optional(
    v.object({
      axis: Axis,
      count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
      at: v.pipe(Finite, v.minValue(0), v.maxValue(1)),
    }),
  ),
  /** Arrows: how many along the diagonal, factor of their length, and whether the length follows the value. */
  arrows: v.optional(
    v.object({
      kind: v.picklist(['displacement', 'heat_flux', 'principal']),
      density: v.pipe(Finite, v.gtValue(0), v.maxValue(1000)),
      size: v.pipe(Finite, v.gtValue(0), v.maxValue(1000)),
      byValue: v.boolean(),
      /** The part in one quiet colour, for the arrows to be seen on. */
      plain: v.optional(v.boolean()),
    }),
  ),
});

/** The physics of a study: what a study record holds beside its name and its part. */
export const studyEntries = {
  restraints: v.array(RestraintSchema),
  loads: v.array(LoadSchema),
  connections: v.optional(v.pipe(v.array(ConnectionSchema), v.maxLength(1000))),
  mesh: MeshControlSchema,
  probes: v.array(ProbeSchema),
  ...analysisEntries,
};
const StudyDefinitionSchema = v.object({ study: StudyTypeSchema, ...studyEntries });
export type StudyDefinition = v.InferOutput<typeof StudyDefinitionSchema>;

const Statistic = v.object({ value: Finite, at_mm: Vector3Schema, unit: v.string() });

const ExtremesSchema = v.record(v.string(), v.object({ min: Statistic, max: Statistic }));
/** The largest value of each quantity in one body. */
const BodyMaximaSchema = v.record(v.string(), Statistic);
export type BodyMaxima = v.InferOutput<typeof BodyMaximaSchema>;
const SafetyFactorSchema = v.nullable(v.object({ value: v.number(), at_mm: Vector3Schema, basis: v.string() }));
const ReactionsSchema = v.object({
  total: Vector3Schema,
  byRestraint: v.array(v.object({ id: v.string(), name: v.string(), force_N: Vector3Schema })),
});

export const FRAME_KINDS = ['case', 'combination', 'envelope', 'mode', 'time', 'load-step', 'frequency'] as const;
/** One of the pictures that a result holds: a load case, a mode, a moment. */
export const FrameSchema = v.object({
  name: v.string(),
  kind: v.picklist(FRAME_KINDS),
  /** Id of the load case or combination. */
  id: v.optional(v.string()),
  /** Frequency, buckling factor, time or load factor. */
  value: v.optional(v.number()),
  /** `Hz`, `s`, or `-` for factors. */
  unit: v.optional(v.string()),
  extremes: ExtremesSchema,
  reactions_N: v.optional(ReactionsSchema),
  applied_N: v.optional(Vector3Schema),
  equilibrium_error: v.optional(v.number()),
  minimumSafetyFactor: v.optional(SafetyFactorSchema),
  strainEnergy_N_mm: v.optional(v.number()),
  probes: v.optional(v.array(v.number())),
  /** Of several bodies, in the order of the summary's. */
  bodies: v.optional(v.array(BodyMaximaSchema)),
});
export type ResultFrame = v.InferOutput<typeof FrameSchema>;

const Series = v.object({ name: v.string(), unit: v.string(), values: v.array(v.number()) });
/** A curve to draw: probe by time, response by frequency, quantity by degrees of freedom. */
export const CurveOfResultSchema = v.object({
  id: v.string(),
  name: v.string(),
  kind: v.picklist(['time', 'frequency', 'load-step', 'convergence', 'residual']),
  x: Series,
  y: v.array(Series),
  logarithmicX: v.optional(v.boolean()),
  logarithmicY: v.optional(v.boolean()),
});
export type ResultCurve = v.InferOutput<typeof CurveOfResultSchema>;

/** A natural frequency, and how much of the mass moves along and about each global axis in it. */
export const ModeSchema = v.object({
  frequency_Hz: v.number(),
  /** Effective mass along x, y, z (kg) and effective inertia about them through the centre of mass (kg mm^2). */
  effectiveMass_kg: Vector3Schema,
  effectiveInertia_kg_mm2: v.optional(Vector3Schema),
  /** Share of the mass along each axis that this mode and those before it move together. */
  cumulativeMass_percent: v.optional(Vector3Schema),
  /** Of the mass-normalised shape: translations (sqrt t), turns about the centre of mass (sqrt t mm). */
  participation: v.optional(v.array(v.number())),
  /** Modal mass of the shape whose largest displacement is 1; divided by its root (in t) the shape is mass-normalised. */
  modalMass_kg: v.optional(v.number()),
  /** True for a motion without strain. */
  rigid: v.boolean(),
  residual: v.number(),
  /** Estimated discretisation error, percent. */
  error_percent: v.optional(v.number()),
});

/** The numbers of a result; its fields are a bundle fetched by hash. */
export const ResultSummarySchema = v.object({
  /** What was asked; results from before there was anything else are static. */
  type: v.optional(StudyTypeSchema),
  /** A result of another program: whose file it is from, and how far it is from ours where it is a second opinion. */
  imported: v.optional(
    v.object({
      fileName: v.string(),
      /** Input hash of the result of ours that it was compared with. */
      of: v.optional(v.string()),
      comparison: v.optional(
        v.array(
          v.object({
            quantity: v.string(),
            /** The load case or combination, where there are several. */
            frame: v.optional(v.string()),
            unit: v.string(),
            ours: v.number(),
            theirs: v.number(),
            difference_percent: v.number(),
          }),
        ),
      ),
      /** Largest difference anywhere on the part in any load case, of the largest value; where both have the same nodes. */
      field_difference_percent: v.optional(v.number()),
    }),
  ),
  /** Hash of everything the result depends on. */
  inputHash: v.string(),
  /** Values of the part's variables, where it was solved with others than it had: `mm`, `deg` or `1`. */
  variables: v.optional(v.array(v.object({ name: v.string(), unit: v.string(), value: Finite }))),
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
  extremes: ExtremesSchema,
  /** Where several bodies were solved together: each in the order of `surfaceBody`, and in a group of parts which it is. */
  bodies: v.optional(
    v.array(
      v.object({
        name: v.string(),
        instanceId: v.optional(v.string()),
        /** Index in its part. */
        body: v.optional(v.number()),
        maxima: BodyMaximaSchema,
      }),
    ),
  ),
  /** Where there is more than one picture; the first one's numbers are those of the summary itself. */
  frames: v.optional(v.array(FrameSchema)),
  curves: v.optional(v.array(CurveOfResultSchema)),
  modes: v.optional(v.array(ModeSchema)),
  /** Smallest positive first; negative ones are of loads the other way round. */
  bucklingFactors: v.optional(
    v.array(v.object({ factor: v.number(), residual: v.number(), error_percent: v.optional(v.number()) })),
  ),
  /** W: what flows in through each load and fixed temperature, what is stored, and what is left over. */
  heat: v.optional(
    v.object({
      inflow_W: v.array(v.object({ id: v.string(), name: v.string(), power_W: v.number() })),
      stored_W: v.number(),
      balance_error: v.number(),
    }),
  ),
  /** What each connection carries. */
  connections: v.optional(
    v.array(
      v.object({
        id: v.string(),
        name: v.string(),
        force_N: v.optional(Vector3Schema),
        moment_N_mm: v.optional(Vector3Schema),
        area_mm2: v.optional(v.number()),
        boltForce_N: v.optional(v.number()),
        heat_W: v.optional(v.number()),
      }),
    ),
  ),
  /** Accelerations that balance a free body. */
  inertiaRelief: v.optional(v.object({ linear_mm_s2: Vector3Schema, angular_rad_s2: Vector3Schema })),
  convergence: v.optional(
    v.array(
      v.object({
        dof: v.number(),
        size_mm: v.number(),
        values: v.record(v.string(), v.number()),
        change_percent: v.nullable(v.number()),
      }),
    ),
  ),
  reactions_N: v.optional(ReactionsSchema),
  applied_N: v.optional(Vector3Schema),
  /** |applied + reactions| over |applied|. */
  equilibrium_error: v.optional(v.number()),
  relativeResidual: v.number(),
  iterations: v.number(),
  method: v.string(),
  /** Estimated relative error in the energy norm, percent, and of the peak von Mises stress, percent. */
  discretisation_error: v.object({
    energy_percent: v.number(),
    peak_stress_percent: v.number(),
    /** Of the largest heat flux, where heat was solved. */
    peak_flux_percent: v.optional(v.number()),
  }),
  minimumSafetyFactor: SafetyFactorSchema,
  singularities: v.array(v.object({ at_mm: Vector3Schema, reason: v.string(), quantity: v.string() })),
  warnings: v.array(v.object({ code: v.string(), message: v.string() })),
  probes: v.array(
    v.object({ name: v.string(), value: v.number(), unit: v.string(), quantity: v.string(), at_mm: Vector3Schema }),
  ),
  mass_kg: v.number(),
  strainEnergy_N_mm: v.optional(v.number()),
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
 * Thermal results have temperature f32[n] degC and heatFlux f32[3n] W/m^2 in place of displacement and stress; an array that
 * a kind of study does not have is left out. An envelope of load cases has governingFrame f32[n]: the index of the frame whose
 * stress it shows at each node. singularNodes u32[s] lie where the exact stress is infinite (sharp inner edges, rims of clamps,
 * loaded points), whatever the mesh shows there. Where the summary lists frames, these arrays are of frame 0 and those of frame i
 * are called `i/displacement`, `i/stress` and so on.
 */
export interface FieldsMeta {
  inputHash: string;
  nodes: number;
  elements: number;
}

export const TopologyKindSchema = v.picklist(TOPOLOGY_KINDS);
export { Axis as AxisSchema };
