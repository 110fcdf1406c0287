/** Words that engineers use for the same thing. */

/** The same word for singular and plural, adjective and noun: `ribs`, `thick`, `diameters`. */
const ROOTS: Record<string, string> = {
  thick: 'thickness',
  thicker: 'thickness',
  thinner: 'thickness',
  thin: 'thickness',
  thicknesses: 'thickness',
  wide: 'width',
  wider: 'width',
  narrower: 'width',
  breadth: 'width',
  broad: 'width',
  tall: 'height',
  taller: 'height',
  high: 'height',
  higher: 'height',
  long: 'length',
  longer: 'length',
  shorter: 'length',
  deep: 'depth',
  deeper: 'depth',
  dia: 'diameter',
  diam: 'diameter',
  bore: 'hole',
  bores: 'hole',
  holes: 'hole',
  diameters: 'diameter',
  radii: 'radius',
  radiuses: 'radius',
  rad: 'radius',
  stiffener: 'rib',
  stiffeners: 'rib',
  gusset: 'rib',
  gussets: 'rib',
  web: 'rib',
  webs: 'rib',
  ribs: 'rib',
  corners: 'corner',
  fillets: 'fillet',
  rounding: 'fillet',
  roundings: 'fillet',
  chamfers: 'chamfer',
  pockets: 'pocket',
  legs: 'leg',
  fins: 'fin',
  walls: 'wall',
  edges: 'edge',
  faces: 'face',
  number: 'count',
  amount: 'count',
};
export const rootOf = (word: string): string => {
  const plain = word.replace(/'s?$/, '');
  return ROOTS[plain] ?? plain;
};

/** What makes a size grow or shrink, and which size it is of. */
export const COMPARATIVES: Record<string, { root: string; sign: 1 | -1 }> = {
  thicker: { root: 'thickness', sign: 1 },
  thinner: { root: 'thickness', sign: -1 },
  wider: { root: 'width', sign: 1 },
  narrower: { root: 'width', sign: -1 },
  taller: { root: 'height', sign: 1 },
  higher: { root: 'height', sign: 1 },
  longer: { root: 'length', sign: 1 },
  shorter: { root: 'length', sign: -1 },
  deeper: { root: 'depth', sign: 1 },
};

/** Families that people name without a grade, and the grade that is meant unless they say otherwise. */
export const FAMILIES: { pattern: RegExp; name: string; grade: string }[] = [
  { pattern: /\b(titanium|titan|ti)\b/, name: 'titanium', grade: 'Ti-6Al-4V' },
  { pattern: /\b(stainless steel|stainless|inox)\b/, name: 'stainless steel', grade: 'Stainless 1.4301 (304)' },
  { pattern: /\b(cast iron|grey iron|gray iron)\b/, name: 'cast iron', grade: 'Cast iron EN-GJL-250' },
  { pattern: /\b(tool steel)\b/, name: 'tool steel', grade: 'Tool steel 1.2344 (H13) 45 HRC' },
  { pattern: /\b(mild steel|structural steel|construction steel|steel)\b/, name: 'steel', grade: 'Steel S235JR' },
  { pattern: /\b(aluminium|aluminum|alu|alloy 6061)\b/, name: 'aluminium', grade: 'Al 6061-T6' },
  { pattern: /\b(magnesium)\b/, name: 'magnesium', grade: 'Mg AZ31B-H24' },
  { pattern: /\b(copper)\b/, name: 'copper', grade: 'Copper Cu-ETP R240' },
  { pattern: /\b(brass)\b/, name: 'brass', grade: 'Brass CuZn39Pb3 R430' },
  { pattern: /\b(bronze)\b/, name: 'bronze', grade: 'Bronze CuSn8 R450' },
  { pattern: /\b(nylon|polyamide)\b/, name: 'nylon', grade: 'PA66 dry' },
  { pattern: /\b(inconel)\b/, name: 'Inconel', grade: 'Inconel 718 aged' },
];

/** Kinds of study by the words for them. */
export const STUDY_WORDS: { pattern: RegExp; types: string[] }[] = [
  {
    pattern: /\b(modal|vibrations?|natural frequenc(y|ies)|eigen\w*|frequenc(y|ies)|resonances?|modes?)\b/,
    types: ['modal'],
  },
  { pattern: /\b(thermal|heat|temperatures?)\b/, types: ['thermal', 'transient-thermal', 'thermal-stress'] },
  { pattern: /\b(buckling|buckles?)\b/, types: ['buckling'] },
  { pattern: /\b(static|strength|stress)\b/, types: ['static', 'thermal-stress'] },
];
