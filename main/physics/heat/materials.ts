/** What conducts and stores heat in each body. What is missing is named. */
import type { HeatMaterial } from '../../../native/index.d.ts';
import type { PropertyTable } from '../../../preload/contract/studies.ts';
import { refuseStudy } from '../errors.ts';
import type { ModelBody } from '../model/build.ts';
import { cross, dot, scale, subtract, unit, type Vec3 } from '../vector.ts';
import { conductivity_mW_mmK, density_t_mm3, specificHeat_mJ_tK } from './units.ts';

type ConductingBody = Pick<ModelBody, 'material' | 'axes'>;

/** @throws ArtificerError `study.no-conductivity`, `study.no-specific-heat`, `study.no-density` */
export const heatMaterials = (bodies: readonly ConductingBody[], transient: boolean): HeatMaterial[] =>
  bodies.map((body) => ({ ...conduction(body), ...(transient ? capacity(body) : {}) }));

/** An argument for constants, which have one row at no temperature in particular. */
const ANY_degC = 20;

function conduction({ material, axes }: ConductingBody): Pick<HeatMaterial, 'conductivity' | 'axes'> {
  const { orthotropic, tables, conductivity_W_mK } = material.properties;
  const directions = orthotropic?.conductivity_W_mK;
  if (directions)
    return {
      conductivity: {
        temperatures: Float64Array.of(ANY_degC),
        values: Float64Array.from(directions, conductivity_mW_mmK),
      },
      axes: axes ? rowsOf(axes.first, axes.second) : Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
    };
  const rows: PropertyTable | undefined =
    tables?.conductivity_W_mK ?? (conductivity_W_mK === undefined ? undefined : [[ANY_degC, conductivity_W_mK]]);
  if (!rows) throw missing(material.name, 'conductivity', 'no-conductivity');
  return {
    conductivity: {
      temperatures: Float64Array.from(rows, ([temperature]) => temperature),
      values: Float64Array.from(rows.flatMap(([, value]) => new Array<number>(3).fill(conductivity_mW_mmK(value)))),
    },
  };
}

function capacity({ material }: ConductingBody): Pick<HeatMaterial, 'specificHeat' | 'density'> {
  const { tables, specificHeat_J_kgK, density_kg_m3 } = material.properties;
  const rows: PropertyTable | undefined =
    tables?.specificHeat_J_kgK ?? (specificHeat_J_kgK === undefined ? undefined : [[ANY_degC, specificHeat_J_kgK]]);
  if (!rows) throw missing(material.name, 'specific heat', 'no-specific-heat');
  if (!(density_kg_m3 > 0)) throw missing(material.name, 'density', 'no-density');
  return {
    specificHeat: {
      temperatures: Float64Array.from(rows, ([temperature]) => temperature),
      values: Float64Array.from(rows, ([, value]) => specificHeat_mJ_tK(value)),
    },
    density: density_t_mm3(density_kg_m3),
  };
}

const missing = (name: string, what: string, code: string): Error =>
  refuseStudy(
    code,
    `Material "${name}" has no ${what}.`,
    'Give it one, or choose a material from the library that has it.',
  );

/** Orthonormal rows from directions of axes 1 and 2, which need not be at right angles. */
function rowsOf(first: Readonly<Vec3>, second: Readonly<Vec3>): Float64Array {
  const one = unit(first);
  const two = unit(subtract(second, scale(one, dot(one, second))));
  const three = cross(one, two);
  if (dot(three, three) < 0.5)
    throw refuseStudy(
      'bad-axes',
      'The directions of a material are parallel, or of no length.',
      'Choose two directions that differ.',
    );
  return Float64Array.from([...one, ...two, ...three]);
}
