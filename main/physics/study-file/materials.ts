/** Materials of a study file: library names, or properties with units; one for all bodies, others for some. */
import { isMap } from 'yaml';
import { ArtificerError } from '../../../preload/contract/errors.ts';
import type { Material, MaterialAxes, Orthotropic, TemperatureTables } from '../../../preload/contract/studies.ts';
import type { Dimension } from '../../document/index.ts';
import { materialByName } from '../materials.ts';
import { type Entry, refuse } from './entry.ts';

/** A body's own material, or the directions of the study's material in it. */
export interface NamedBodyMaterial {
  /** Index or name of the body. */
  body: string;
  material?: Material;
  axes?: MaterialAxes;
}

export function readMaterial(entry: Entry): Material {
  if (!entry.has('material'))
    throw entry.fail(null, 'the study has no material', 'Give material: NAME from the library, or its properties.');
  const node = entry.node('material');
  if (!isMap(node)) {
    try {
      return materialByName(entry.text('material'));
    } catch (error) {
      if (!(error instanceof ArtificerError)) throw error;
      throw refuse('material', entry.lineOf(node), error.message.replace(/\.$/, ''), error.data.hint);
    }
  }
  return readInline(entry.map('material'));
}

export const readBodyMaterials = (entry: Entry): NamedBodyMaterial[] =>
  entry.list('materials').map((one) => {
    one.only(['body', 'material', 'axes']);
    const axes = one.has('axes') ? one.map('axes') : null;
    axes?.only(['first', 'second']);
    return {
      body: one.text('body'),
      ...(one.has('material') ? { material: readMaterial(one) } : {}),
      ...(axes ? { axes: { first: axes.vector('first', 'number'), second: axes.vector('second', 'number') } } : {}),
    };
  });

const PROPERTIES: Record<string, [keyof Material['properties'], Dimension]> = {
  young: ['young_MPa', 'stress'],
  poisson: ['poisson', 'number'],
  density: ['density_kg_m3', 'density'],
  yield: ['yield_MPa', 'stress'],
  ultimate: ['ultimate_MPa', 'stress'],
  compressive: ['compressive_MPa', 'stress'],
  expansion: ['thermalExpansion_1_K', 'expansion'],
  conductivity: ['conductivity_W_mK', 'conductivity'],
  specific_heat: ['specificHeat_J_kgK', 'specificHeat'],
};
const ORTHOTROPIC = ['young', 'poisson', 'shear', 'expansion', 'conductivity'] as const;
const TABLES = ['young', 'poisson', 'expansion', 'conductivity', 'specific_heat', 'yield'] as const;

const firstOf = (table: readonly (readonly [number, number])[] | undefined): number | undefined => table?.[0]?.[1];

function readInline(inline: Entry): Material {
  inline.only(['name', 'orthotropic', 'tables', ...Object.keys(PROPERTIES)]);
  const properties: Record<string, unknown> = { density_kg_m3: 0 };
  for (const [key, [name, dimension]] of Object.entries(PROPERTIES))
    if (inline.has(key)) properties[name] = inline.quantity(key, dimension);
  const orthotropic = inline.has('orthotropic') ? readOrthotropic(inline.map('orthotropic')) : null;
  const tables = inline.has('tables') ? readTables(inline.map('tables')) : null;
  // What a table or the directions say need not be said again.
  const young = inline.has('young')
    ? inline.quantity('young', 'stress')
    : (firstOf(tables?.young_MPa) ?? orthotropic?.young_MPa[0] ?? inline.quantity('young', 'stress'));
  const poisson = inline.has('poisson')
    ? inline.quantity('poisson', 'number')
    : (firstOf(tables?.poisson) ?? (orthotropic ? 0 : inline.quantity('poisson', 'number')));
  if (!(young > 0)) throw inline.fail(inline.node('young'), '"young" must be positive');
  if (!(poisson > -1 && poisson < 0.5))
    throw inline.fail(inline.node('poisson'), '"poisson" must lie between -1 and 0.5');
  return {
    name: inline.has('name') ? inline.text('name') : 'Inline material',
    category: 'Inline',
    source: 'study file',
    properties: {
      ...(properties as unknown as Material['properties']),
      young_MPa: young,
      poisson,
      ...(orthotropic ? { orthotropic } : {}),
      ...(tables ? { tables } : {}),
    },
  };
}

function readOrthotropic(entry: Entry): Orthotropic {
  entry.only(ORTHOTROPIC);
  const positive = (key: string, dimension: Dimension): [number, number, number] => {
    const values = entry.vector(key, dimension);
    if (values.some((value) => !(value > 0))) throw entry.fail(entry.node(key), `"${key}" must be positive`);
    return values;
  };
  return {
    young_MPa: positive('young', 'stress'),
    poisson: entry.vector('poisson', 'number'),
    shear_MPa: positive('shear', 'stress'),
    ...(entry.has('expansion') ? { thermalExpansion_1_K: entry.vector('expansion', 'expansion') } : {}),
    ...(entry.has('conductivity') ? { conductivity_W_mK: positive('conductivity', 'conductivity') } : {}),
  };
}

function readTables(entry: Entry): TemperatureTables {
  entry.only(TABLES);
  const tables: Record<string, [number, number][]> = {};
  for (const key of TABLES) {
    if (!entry.has(key)) continue;
    const [name, dimension] = PROPERTIES[key]!;
    const rows = entry.table(key, 'temperature', dimension);
    const inRange = (value: number): boolean =>
      key === 'expansion' ? true : key === 'poisson' ? value > -1 && value < 0.5 : value > 0;
    if (!rows.every(([, value]) => inRange(value)))
      throw entry.fail(entry.node(key), `"${key}" has a value that no material has`);
    tables[name] = rows;
  }
  return tables as TemperatureTables;
}
