/** How quantities of a study change when faces move or dimensions change: what is asked, and what is answered. */
import * as v from 'valibot';
import { Vector3Schema } from './geometry.ts';

const Finite = v.pipe(v.number(), v.finite());

/** A number of a study that can be followed while the part changes. */
export const FunctionalSchema = v.variant('quantity', [
  v.object({ quantity: v.literal('mass') }),
  /** Work of the loads, N mm: the smaller, the stiffer. */
  v.object({ quantity: v.literal('compliance') }),
  /**
   * Displacement of a point of the part along a direction, mm; its size where no direction is given. The point is carried
   * along with the part.
   */
  v.object({ quantity: v.literal('displacement'), at_mm: Vector3Schema, direction: v.optional(Vector3Schema) }),
  /**
   * p-norm of the von Mises stress at the integration points, MPa: never below their maximum. Elements at places where the
   * exact stress is infinite (sharp inner edges, rims of clamps, forces on points) are left out.
   */
  v.object({
    quantity: v.literal('stress'),
    exponent: v.optional(v.pipe(Finite, v.minValue(2), v.maxValue(200))),
  }),
  /**
   * Natural frequency of an elastic mode, Hz, counted from 1. Where several modes have practically the same frequency no
   * single one has a derivative: theirs is the root of their mean square, which has one, and the name says so.
   */
  v.object({
    quantity: v.literal('frequency'),
    mode: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500))),
  }),
  /** Positive factor of linear buckling, counted from 1; the mean of those that are practically equal. */
  v.object({
    quantity: v.literal('buckling'),
    mode: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500))),
  }),
  /**
   * Temperature of a point of the part, degC, which is carried along; where none is given a smooth bound of the highest at
   * any node, T_max + R / s ln(sum exp(s (T - T_max) / R)), with the range R of the temperatures and the sharpness s.
   */
  v.object({
    quantity: v.literal('temperature'),
    at_mm: v.optional(Vector3Schema),
    sharpness: v.optional(v.pipe(Finite, v.minValue(2), v.maxValue(2000))),
  }),
]);
export type Functional = v.InferOutput<typeof FunctionalSchema>;

export const DEFAULT_STRESS_EXPONENT = 16;
export const DEFAULT_TEMPERATURE_SHARPNESS = 200;

export const SensitivityFunctionalSchema = v.object({
  functional: FunctionalSchema,
  /** The load case or combination it is of, where a study has any: each is answered by itself, the mass once. */
  case: v.optional(v.object({ id: v.string(), name: v.string() })),
  /** As a person reads it: `stress (p-norm 16)`, after the name of the case. */
  name: v.string(),
  value: v.number(),
  unit: v.string(),
  /** Of the stress and the highest temperature: the largest at an integration point (node), which the value bounds. */
  maximum: v.optional(v.number()),
  /** By each face of each body, in order: change of the value when the face moves outward by 1 mm, per mm. */
  faces: v.array(v.object({ body: v.number(), face: v.number(), perMillimetre: v.number() })),
  /** Where on the surface a movement does most, strongest first, spread over the part. */
  places: v.array(
    v.object({
      at_mm: Vector3Schema,
      /** Outward, unit. */
      normal: Vector3Schema,
      body: v.number(),
      face: v.number(),
      /** Change per mm of outward movement and mm^2 of surface. */
      density: v.number(),
    }),
  ),
  /** By each variable that could be followed: per its unit (mm, rad, 1). */
  variables: v.array(v.object({ name: v.string(), perUnit: v.number() })),
});
export type SensitivityFunctional = v.InferOutput<typeof SensitivityFunctionalSchema>;

export const SensitivityVariableSchema = v.object({
  name: v.string(),
  /** `mm`, `rad` or `1`. */
  unit: v.string(),
  value: v.number(),
  /** Half the difference that was used for the movement of the surface, in the unit. */
  step: v.number(),
  /** The largest movement of a surface node per unit of the variable, mm. */
  largestMovement_mm: v.number(),
});

export const SensitivitySummarySchema = v.object({
  inputHash: v.string(),
  functionals: v.array(SensitivityFunctionalSchema),
  variables: v.array(SensitivityVariableSchema),
  /** Variables that cannot be followed, and why: a count, or a change that puts the part together differently. */
  leftOut: v.array(v.object({ name: v.string(), reason: v.string() })),
  warnings: v.array(v.object({ code: v.string(), message: v.string() })),
  mesh: v.object({ nodes: v.number(), elements: v.number(), size_mm: v.number() }),
  seconds: v.object({ mesh: v.number(), follow: v.number(), solve: v.number(), total: v.number() }),
});
export type SensitivitySummary = v.InferOutput<typeof SensitivitySummarySchema>;

/** What `studies.sensitivities` comes to. */
export const SensitivityAnswerSchema = v.object({
  studyId: v.string(),
  summary: SensitivitySummarySchema,
  fieldsHash: v.string(),
});
export type SensitivityAnswer = v.InferOutput<typeof SensitivityAnswerSchema>;

/**
 * The bundle of an answer. k surface nodes, t triangles (each 6-node facet is cut into 4), f functionals:
 *   nodes f32[3k] mm; surfaceTriangles u32[3t], outward; surfaceFace u32[t] and surfaceBody u32[t] face and body index;
 *   normals f32[3k] outward; sensitivity f32[f k]: of functional i at [i k .. (i + 1) k], change of the value when the surface
 *   near the node moves outward by 1 mm, per mm of movement and mm^2 of surface. Positive: moving outward raises the value.
 */
export interface SensitivityMeta {
  inputHash: string;
  nodes: number;
  functionals: { name: string; unit: string }[];
}
