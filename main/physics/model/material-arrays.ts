/** The bodies' materials as the numeric core reads them: constants, and tables where they have directions or follow the temperature. */
import type { StaticModel } from '../../../native/index.d.ts';
import type { Material, MaterialAxes, PropertyTable } from '../../../preload/contract/studies.ts';
import { refuseStudy } from '../errors.ts';
import { cross, norm, scale, subtract, type Vec3 } from '../vector.ts';

/** tonne/mm^3 in a kg/m^3. */
export const TONNE_PER_MM3 = 1e-12;

export interface BodyOfMaterial {
  material: Material;
  axes?: MaterialAxes | undefined;
}

export type MaterialArrays = Pick<StaticModel, 'materials'> &
  Partial<
    Pick<
      StaticModel,
      'tableMaterial' | 'tableTemperature_degC' | 'tableConstants' | 'materialAxes' | 'referenceTemperature_degC'
    >
  >;

/**
 * One material a body, in order.
 * @param heated whether temperatures expand the bodies: then each needs a thermal expansion
 * @throws ArtificerError `study.no-expansion`, `study.material-axes`, `study.impossible-material`
 */
export function materialArrays(
  bodies: readonly BodyOfMaterial[],
  heated: boolean,
  referenceTemperature_degC: number,
): MaterialArrays {
  const materials = new Float64Array(4 * bodies.length);
  const materialAxes = new Float64Array(9 * bodies.length);
  const rows: { material: number; temperature: number; constants: number[] }[] = [];
  bodies.forEach((body, index) => {
    const { properties, name } = body.material;
    const { orthotropic, tables } = properties;
    const expands =
      properties.thermalExpansion_1_K !== undefined ||
      orthotropic?.thermalExpansion_1_K !== undefined ||
      tables?.thermalExpansion_1_K !== undefined;
    if (heated && !expands)
      throw refuseStudy(
        'no-expansion',
        `Material "${name}" has no thermal expansion.`,
        'Give it one, or leave the temperature out.',
      );
    const young = Math.max(properties.young_MPa, ...(orthotropic?.young_MPa ?? []));
    materials.set(
      [young, properties.poisson, properties.density_kg_m3 * TONNE_PER_MM3, properties.thermalExpansion_1_K ?? 0],
      4 * index,
    );
    materialAxes.set(axesOf(body, name).flat(), 9 * index);
    if (!orthotropic && !tables?.young_MPa && !tables?.poisson && !tables?.thermalExpansion_1_K) return;
    if (orthotropic) refuseImpossible(name, orthotropic.young_MPa, orthotropic.poisson);
    for (const temperature of temperaturesOf(body.material, referenceTemperature_degC))
      rows.push({ material: index, temperature, constants: constantsAt(body.material, temperature) });
  });
  if (rows.length === 0) return { materials };
  return {
    materials,
    tableMaterial: Int32Array.from(rows, (row) => row.material),
    tableTemperature_degC: Float64Array.from(rows, (row) => row.temperature),
    tableConstants: Float64Array.from(rows.flatMap((row) => row.constants)),
    materialAxes,
    referenceTemperature_degC,
  };
}

/** Rows of unit axes 1, 2, 3. The second direction is made square to the first. */
function axesOf({ axes }: BodyOfMaterial, name: string): Vec3[] {
  if (!axes)
    return [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
  const length = norm(axes.first);
  const first = scale(axes.first, 1 / length);
  const along = first[0] * axes.second[0] + first[1] * axes.second[1] + first[2] * axes.second[2];
  const across = subtract(axes.second, scale(first, along));
  if (!(length > 0) || !(norm(across) > 1e-6 * norm(axes.second)))
    throw refuseStudy(
      'material-axes',
      `The directions of material "${name}" lie on one line.`,
      'Give two directions that differ: axis 3 is across both.',
    );
  const second = scale(across, 1 / norm(across));
  return [first, second, cross(first, second)];
}

/** Temperatures at which any of the mechanical tables has a row; one where there is none. */
function temperaturesOf({ properties: { tables } }: Material, reference: number): number[] {
  const all = [tables?.young_MPa, tables?.poisson, tables?.thermalExpansion_1_K].flatMap((table) =>
    (table ?? []).map(([temperature]) => temperature),
  );
  return all.length === 0 ? [reference] : [...new Set(all)].sort((a, b) => a - b);
}

/** Linear between rows, constant beyond the ends. */
export function valueAt(table: Readonly<PropertyTable>, temperature: number): number {
  const above = table.findIndex((row) => row[0] >= temperature);
  if (above === 0) return table[0]![1];
  if (above < 0) return table.at(-1)![1];
  const [low, high] = [table[above - 1]!, table[above]!];
  return low[1] + ((high[1] - low[1]) * (temperature - low[0])) / (high[0] - low[0]);
}

/** The twelve constants at a temperature: E, nu, G of 12, 23, 31 and the expansions along 1, 2, 3. */
function constantsAt({ properties }: Material, temperature: number): number[] {
  const { orthotropic, tables } = properties;
  const at = (table: PropertyTable | undefined, otherwise: number): number =>
    table ? valueAt(table, temperature) : otherwise;
  const expansion = at(tables?.thermalExpansion_1_K, properties.thermalExpansion_1_K ?? 0);
  const alphas = orthotropic?.thermalExpansion_1_K ?? [expansion, expansion, expansion];
  // A table says how the isotropic figure changes: directions keep their ratios to it.
  const young = at(tables?.young_MPa, properties.young_MPa);
  const poisson = at(tables?.poisson, properties.poisson);
  if (orthotropic) {
    const change = tables?.young_MPa ? young / properties.young_MPa : 1;
    return [
      ...orthotropic.young_MPa.map((value) => value * change),
      ...orthotropic.poisson,
      ...orthotropic.shear_MPa.map((value) => value * change),
      ...alphas,
    ];
  }
  const shear = young / (2 * (1 + poisson));
  return [young, young, young, poisson, poisson, poisson, shear, shear, shear, ...alphas];
}

/** Refuses constants with which some strain would give energy back: the compliance must be positive definite. */
function refuseImpossible(name: string, young: Readonly<Vec3>, poisson: Readonly<Vec3>): void {
  const [e1, e2, e3] = young;
  const [n12, n23, n31] = poisson;
  // nu_ij nu_ji < 1 for each pair, and the determinant of the scaled compliance: Jones (1999), section 2.4.
  const pairs = [(n12 * n12 * e2) / e1, (n23 * n23 * e3) / e2, (n31 * n31 * e1) / e3];
  const [a, b, c] = [n12 * Math.sqrt(e2 / e1), n23 * Math.sqrt(e3 / e2), n31 * Math.sqrt(e1 / e3)];
  const determinant = 1 - a * a - b * b - c * c - 2 * a * b * c;
  if (pairs.every((value) => value < 1) && determinant > 0) return;
  throw refuseStudy(
    'impossible-material',
    `Poisson's ratios and Young's moduli of "${name}" do not fit together: some strain would give energy back.`,
    'Check which way round the ratios are: nu_31 is the contraction along 1 under stress along 3.',
  );
}

/** A copy of the model whose materials do not expand: temperatures there only say which properties hold. */
export function withoutExpansion(model: StaticModel): StaticModel {
  const materials = model.materials.map((value, index) => (index % 4 === 3 ? 0 : value));
  if (!model.tableConstants) return { ...model, materials };
  // Twelve a row, the last three of which are expansions.
  return { ...model, materials, tableConstants: model.tableConstants.map((value, i) => (i % 12 >= 9 ? 0 : value)) };
}
