/** What holds, loads, heats and joins the bodies of a study. Base units in every key. */
import * as v from 'valibot';
import { ReferenceSchema, Vector3Schema } from './geometry.ts';

const Finite = v.pipe(v.number(), v.finite());
const NotNegative = v.pipe(Finite, v.minValue(0));
const Positive = v.pipe(Finite, v.gtValue(0));
/** Nothing is colder than absolute zero. */
const Temperature = v.pipe(Finite, v.minValue(-273.15));
const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(300));
const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
export const OnSchema = v.pipe(v.array(ReferenceSchema), v.maxLength(1000));
const On = OnSchema;
export const AxisInSpaceSchema = v.object({ origin_mm: Vector3Schema, direction: Vector3Schema });
export type AxisInSpace = v.InferOutput<typeof AxisInSpaceSchema>;

const base = { id: Id, name: Name, suppressed: v.optional(v.boolean()) };
const held = { ...base, on: On };
/** Displacements (mm) and rotations (rad) along and about the global axes; one that is left out is free. */
const Motion = {
  x_mm: v.optional(Finite),
  y_mm: v.optional(Finite),
  z_mm: v.optional(Finite),
};
const Rotation = { rx_rad: v.optional(Finite), ry_rad: v.optional(Finite), rz_rad: v.optional(Finite) };
/** How faces follow a point: as one rigid piece, or by the average of their motion, without being stiffened. */
export const CouplingSchema = v.picklist(['rigid', 'distributing']);
export type Coupling = v.InferOutput<typeof CouplingSchema>;

/** Factor by time in transient studies: [s, factor], straight lines between, constant beyond the ends. */
const CurveSchema = v.pipe(v.array(v.tuple([Finite, Finite])), v.minLength(2), v.maxLength(10_000));

export const RestraintSchema = v.variant('kind', [
  v.object({ ...held, kind: v.literal('fixed') }),
  /** Prescribed displacement along each restrained global axis; an axis left out is free. */
  v.object({ ...held, kind: v.literal('displacement'), ...Motion }),
  /** No motion along the face's normal (a plane of symmetry, a frictionless guide, a bore on a shaft). */
  v.object({ ...held, kind: v.literal('symmetry') }),
  /** Springs spread over the face: stiffness per area. */
  v.object({
    ...held,
    kind: v.literal('elastic-support'),
    normal_N_mm3: NotNegative,
    tangential_N_mm3: NotNegative,
  }),
  /** Prescribed motion of a point in space that the faces follow. */
  v.object({
    ...held,
    kind: v.literal('remote-displacement'),
    point_mm: Vector3Schema,
    coupling: CouplingSchema,
    ...Motion,
    ...Rotation,
  }),
  /** The body is one of `sectors` equal sectors about an axis: `on` and `opposite` are the two cut sides. */
  v.object({
    ...held,
    kind: v.literal('cyclic-symmetry'),
    opposite: On,
    axis: AxisInSpaceSchema,
    sectors: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(10_000)),
  }),
  /** Thermal studies: what is on it has this temperature, in transient ones times the curve's factor (of degC). */
  v.object({ ...held, kind: v.literal('temperature'), temperature_degC: Temperature, curve: v.optional(CurveSchema) }),
]);
export type Restraint = v.InferOutput<typeof RestraintSchema>;

const loading = { ...base, curve: v.optional(CurveSchema) };

export const LoadSchema = v.variant('kind', [
  /** A total force, spread evenly over the faces' area (or edges' length, or put on vertices). */
  v.object({ ...loading, on: On, kind: v.literal('force'), force_N: Vector3Schema }),
  /** Positive pushes into the face. */
  v.object({ ...loading, on: On, kind: v.literal('pressure'), pressure_MPa: Finite }),
  v.object({ ...loading, on: On, kind: v.literal('traction'), traction_MPa: Vector3Schema }),
  /** A total moment about the centroid of the faces, spread as forces that are linear in the distance. */
  v.object({ ...loading, on: On, kind: v.literal('moment'), moment_N_mm: Vector3Schema }),
  /** A total radial force on a cylindrical face: a cosine distribution over the pressed half. */
  v.object({ ...loading, on: On, kind: v.literal('bearing'), force_N: Vector3Schema }),
  /** A force at a point in space, carried to the faces: by default without stiffening them (distributing coupling). */
  v.object({
    ...loading,
    on: On,
    kind: v.literal('remote-force'),
    force_N: Vector3Schema,
    point_mm: Vector3Schema,
    moment_N_mm: v.optional(Vector3Schema),
    coupling: v.optional(CouplingSchema),
  }),
  /** Acts on everything as a body force of density times this vector. */
  v.object({ ...loading, kind: v.literal('gravity'), acceleration_mm_s2: Vector3Schema }),
  /** The part accelerates by this much: the inertia force is opposite. */
  v.object({ ...loading, kind: v.literal('acceleration'), acceleration_mm_s2: Vector3Schema }),
  /** The part turns steadily about an axis. */
  v.object({ ...loading, kind: v.literal('centrifugal'), axis: AxisInSpaceSchema, speed_rad_s: Finite }),
  /** Everything has this temperature: it expands from the study's reference temperature. */
  v.object({ ...loading, kind: v.literal('body-temperature'), temperature_degC: Temperature }),
  // Thermal studies.
  v.object({
    ...loading,
    on: On,
    kind: v.literal('convection'),
    film_W_m2K: Positive,
    ambient_degC: Temperature,
  }),
  v.object({
    ...loading,
    on: On,
    kind: v.literal('radiation'),
    emissivity: v.pipe(Finite, v.gtValue(0), v.maxValue(1)),
    ambient_degC: Temperature,
  }),
  /** Heat per area; positive flows in. */
  v.object({ ...loading, on: On, kind: v.literal('heat-flux'), flux_W_m2: Finite }),
  /** A total, spread evenly; positive flows in. */
  v.object({ ...loading, on: On, kind: v.literal('heat-flow'), power_W: Finite }),
  /** Heat per volume in the bodies that are picked; in all where `on` is empty. */
  v.object({ ...loading, on: On, kind: v.literal('heat-generation'), generation_W_m3: Finite }),
]);
export type Load = v.InferOutput<typeof LoadSchema>;

/** What an 'on' may be left empty for: these act on everything. */
export const ACTS_ON_EVERYTHING: readonly Load['kind'][] = [
  'gravity',
  'acceleration',
  'centrifugal',
  'body-temperature',
  'heat-generation',
];
export const THERMAL_LOADS: readonly Load['kind'][] = [
  'convection',
  'radiation',
  'heat-flux',
  'heat-flow',
  'heat-generation',
];

export const ConnectionSchema = v.variant('kind', [
  /** Faces of two bodies that move as if glued, meshes matching or not. With a conductance, heat passes with a jump. */
  v.object({
    ...base,
    kind: v.literal('bonded'),
    on: On,
    to: On,
    /** Faces up to this far apart are joined; by default a part of the element size. */
    tolerance_mm: v.optional(NotNegative),
    conductance_W_m2K: v.optional(Positive),
  }),
  /** All faces of different bodies that touch, found by themselves. */
  v.object({
    ...base,
    kind: v.literal('bonded-touching'),
    tolerance_mm: v.optional(NotNegative),
    conductance_W_m2K: v.optional(Positive),
  }),
  /** What it is on moves as one rigid piece. */
  v.object({ ...base, kind: v.literal('rigid'), on: On }),
  /** Every point of what it is on has the same displacement along these axes. */
  v.object({
    ...base,
    kind: v.literal('coupled'),
    on: On,
    axes: v.pipe(v.array(v.picklist(['x', 'y', 'z'])), v.minLength(1), v.maxLength(3)),
  }),
  /** A bolt between the faces under its head and the faces its thread (or nut) holds, tightened to a preload. */
  v.object({
    ...base,
    kind: v.literal('bolt'),
    on: On,
    to: On,
    diameter_mm: Positive,
    young_MPa: Positive,
    preload_N: Finite,
  }),
  /** A spring between two sets of faces (each by the average of its motion). */
  v.object({ ...base, kind: v.literal('spring'), on: On, to: On, stiffness_N_mm: Vector3Schema }),
]);
export type Connection = v.InferOutput<typeof ConnectionSchema>;
