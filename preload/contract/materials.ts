/** What a part is made of. Figures at room temperature unless a table says how they change. */
import * as v from 'valibot';
import { Vector3Schema } from './geometry.ts';

const Finite = v.pipe(v.number(), v.finite());
const Positive = v.pipe(Finite, v.gtValue(0));
const Three = <T extends v.GenericSchema<number, number>>(each: T) => v.tuple([each, each, each]);

/** [temperature degC, value] with temperatures ascending: straight lines between, constant beyond the ends. */
const tableOf = (value: v.GenericSchema<number, number>) =>
  v.pipe(
    v.array(v.tuple([Finite, value])),
    v.minLength(2),
    v.maxLength(200),
    v.check((rows) => rows.every((row, i) => i === 0 || row[0] > rows[i - 1]![0]), 'temperatures that ascend'),
  );
export type PropertyTable = [temperature_degC: number, value: number][];

/**
 * Orthotropic constants in the material's own axes 1, 2, 3, in the order of engineering constants: Poisson's ratios and shear
 * moduli are of 12, 23, 31, where nu_12 is the contraction along 2 under stress along 1.
 */
export const OrthotropicSchema = v.object({
  young_MPa: Three(Positive),
  poisson: Three(Finite),
  shear_MPa: Three(Positive),
  thermalExpansion_1_K: v.optional(Three(Finite)),
  conductivity_W_mK: v.optional(Three(Positive)),
});
export type Orthotropic = v.InferOutput<typeof OrthotropicSchema>;

export const TemperatureTablesSchema = v.object({
  young_MPa: v.optional(tableOf(Positive)),
  poisson: v.optional(tableOf(v.pipe(Finite, v.gtValue(-1), v.ltValue(0.5)))),
  /** Secant coefficient from the study's reference temperature. */
  thermalExpansion_1_K: v.optional(tableOf(Finite)),
  conductivity_W_mK: v.optional(tableOf(Positive)),
  specificHeat_J_kgK: v.optional(tableOf(Positive)),
  yield_MPa: v.optional(tableOf(Positive)),
});
export type TemperatureTables = v.InferOutput<typeof TemperatureTablesSchema>;

export const MaterialPropertiesSchema = v.object({
  young_MPa: Positive,
  poisson: v.pipe(Finite, v.gtValue(-1), v.ltValue(0.5)),
  density_kg_m3: v.pipe(Finite, v.minValue(0)),
  /** Tensile yield (0.2 % proof) strength; absent for brittle materials. */
  yield_MPa: v.optional(Positive),
  ultimate_MPa: v.optional(Positive),
  compressive_MPa: v.optional(Positive),
  thermalExpansion_1_K: v.optional(Finite),
  conductivity_W_mK: v.optional(Positive),
  specificHeat_J_kgK: v.optional(Positive),
  temperatureRange_degC: v.optional(v.tuple([Finite, Finite])),
  /** Takes the place of the isotropic constants of the same name. */
  orthotropic: v.optional(OrthotropicSchema),
  /** Takes the place of the isotropic constants of the same name. */
  tables: v.optional(TemperatureTablesSchema),
});
export type MaterialProperties = v.InferOutput<typeof MaterialPropertiesSchema>;

export const MaterialSchema = v.object({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
  category: v.string(),
  /** Where the figures come from: standard, data sheet, handbook. */
  source: v.string(),
  note: v.optional(v.string()),
  properties: MaterialPropertiesSchema,
});
export type Material = v.InferOutput<typeof MaterialSchema>;

/** Directions of a material's axes 1 and 2 in the part: 3 is across both. They need not be of length one. */
export const MaterialAxesSchema = v.object({ first: Vector3Schema, second: Vector3Schema });
export type MaterialAxes = v.InferOutput<typeof MaterialAxesSchema>;
