/** What the rules take a material for: they know classes, not alloys. */
import type { Material } from '../../preload/contract/index.ts';

export const MATERIAL_CLASSES = [
  'aluminium',
  'magnesium',
  'copper',
  'zinc',
  'steel',
  'stainless',
  'tool-steel',
  'cast-iron',
  'titanium',
  'nickel',
  'plastic',
  'other',
] as const;
export type MaterialClass = (typeof MATERIAL_CLASSES)[number];
export type MaterialGroup = 'metal' | 'plastic';

/** By the categories of `resources/materials`. */
const BY_CATEGORY: [RegExp, MaterialClass][] = [
  [/aluminium/i, 'aluminium'],
  [/magnesium/i, 'magnesium'],
  [/copper/i, 'copper'],
  [/zinc/i, 'zinc'],
  [/cast iron/i, 'cast-iron'],
  [/stainless/i, 'stainless'],
  [/tool steel/i, 'tool-steel'],
  [/steel/i, 'steel'],
  [/titanium/i, 'titanium'],
  [/nickel|cobalt|refractory/i, 'nickel'],
  [/polymer|composite|wood/i, 'plastic'],
];

export const groupOf = (materialClass: MaterialClass): MaterialGroup =>
  materialClass === 'plastic' ? 'plastic' : 'metal';

/** By its category, or by how dense and stiff it is where it has none. */
export function classOf(material: Pick<Material, 'category' | 'properties'>): MaterialClass {
  const named = BY_CATEGORY.find(([pattern]) => pattern.test(material.category ?? ''))?.[1];
  if (named) return named;
  const { density_kg_m3, young_MPa } = material.properties;
  if (young_MPa < 20_000) return 'plastic';
  if (density_kg_m3 < 2200) return 'magnesium';
  if (density_kg_m3 < 3500) return 'aluminium';
  if (density_kg_m3 < 5500) return 'titanium';
  if (density_kg_m3 < 8100) return 'steel';
  return 'other';
}
