/**
 * The language of requirements: `max(von_mises) <= yield / 1.5 in "hard landing"`, `first_frequency >= 120 Hz`,
 * `mass <= 0.4 kg`. A quantity of the design, a bound with units checked, and the load case that it is asked in.
 */
import { FIELD_QUANTITIES, type FieldQuantity, toErrorData } from '../../../preload/contract/index.ts';
import { type Dimension, evaluate, parseQuantity, type Variables } from '../../document/index.ts';
import { refuseDesign } from '../errors.ts';

export type DesignQuantity =
  | { kind: 'mass' | 'volume' | 'cost' | 'buckling_factor' }
  | { kind: 'size'; axis: 'x' | 'y' | 'z' }
  | { kind: 'frequency'; mode: number }
  | { kind: 'extreme'; of: 'max' | 'min'; field: FieldQuantity; on?: string }
  | { kind: 'probe'; name: string };

export type Comparison = '<=' | '>=';

export interface Requirement {
  /** As it was written, tidied. */
  text: string;
  quantity: DesignQuantity;
  dimension: Dimension;
  comparison: Comparison;
  /** The bound as it was written: an expression of numbers with units and properties of the material. */
  bound: string;
  /** The load case; all that have the quantity where left out. */
  case?: string;
}

/** Properties of a material that bounds may be written with. */
export const MATERIAL_WORDS = ['yield', 'ultimate', 'young'] as const;

const LONGEST = 300;
const FIELD_WORDS: Record<string, FieldQuantity> = {
  displacement: 'displacement.magnitude',
  deflection: 'displacement.magnitude',
  stress: 'von_mises',
  heat_flux: 'heat_flux.magnitude',
};

const refuse = (text: string, why: string, hint?: string) =>
  refuseDesign('requirement', `The requirement "${text}" cannot be read: ${why}`, hint);

const LANGUAGE =
  'For example: max(von_mises) <= yield / 1.5 in "hard landing"; first_frequency >= 120 Hz; mass <= 0.4 kg.';

/** @throws ArtificerError `design.requirement` */
export function parseRequirement(written: string): Requirement {
  const text = written.trim().replace(/\s+/g, ' ');
  if (text.length === 0 || text.length > LONGEST) throw refuse(text.slice(0, 60), `it has ${text.length} characters.`);
  const [, body = '', caseName] = /^(.*?)(?:\s+in\s+"([^"]+)")?$/.exec(text)!;
  const parts = body.split(/(<=|>=|=<|=>|≤|≥|==|<|>|=)/);
  if (parts.length !== 3) throw refuse(text, 'it needs one "<=" or ">=" between a quantity and its bound.', LANGUAGE);
  const [left, sign, right] = parts.map((part) => part.trim()) as [string, string, string];
  const comparison = { '<=': '<=', '=<': '<=', '≤': '<=', '<': '<=', '>=': '>=', '=>': '>=', '≥': '>=', '>': '>=' }[
    sign
  ] as Comparison | undefined;
  if (!comparison) throw refuse(text, 'no design meets an equality exactly.', 'Give a bound: "<=" or ">=".');
  const quantity = parseDesignQuantity(left);
  const flipped = quantity ? null : parseDesignQuantity(right);
  if (!quantity && !flipped)
    throw refuse(text, `"${left}" is no quantity of a design.`, `It may be ${QUANTITY_WORDS}.`);
  const requirement: Requirement = {
    text,
    quantity: (quantity ?? flipped)!,
    dimension: dimensionOf((quantity ?? flipped)!),
    comparison: quantity ? comparison : comparison === '<=' ? '>=' : '<=',
    bound: quantity ? right : left,
    ...(caseName === undefined ? {} : { case: caseName }),
  };
  checkBound(requirement);
  return requirement;
}

const QUANTITY_WORDS =
  'mass, volume, cost, size(x), first_frequency, frequency(2), buckling_factor, safety_factor, probe(NAME), or max(...) or min(...) of von_mises, displacement, displacement.z, temperature and other fields, with "on FACES" where only some count';

/** @returns null for what is no quantity */
export function parseDesignQuantity(text: string): DesignQuantity | null {
  if (/^(mass|volume|cost|buckling_factor)$/.test(text)) return { kind: text as 'mass' };
  if (text === 'first_frequency') return { kind: 'frequency', mode: 1 };
  if (text === 'safety_factor') return { kind: 'extreme', of: 'min', field: 'safety_factor' };
  const [, word, inner = ''] = /^(\w+)\s*\(\s*(.+?)\s*\)$/s.exec(text) ?? [];
  if (word === 'frequency' && /^[1-9]\d?$/.test(inner)) return { kind: 'frequency', mode: Number(inner) };
  if (word === 'size' && /^[xyz]$/.test(inner)) return { kind: 'size', axis: inner as 'x' };
  if (word === 'probe') return { kind: 'probe', name: inner };
  if (word !== 'max' && word !== 'min') return null;
  const [, fieldWord = '', on] = /^(\S+)(?:\s+on\s+(.+))?$/s.exec(inner) ?? [];
  const field = Object.hasOwn(FIELD_WORDS, fieldWord)
    ? FIELD_WORDS[fieldWord]!
    : FIELD_QUANTITIES.find((each) => each === fieldWord);
  return field ? { kind: 'extreme', of: word, field, ...(on === undefined ? {} : { on }) } : null;
}

export function dimensionOf(quantity: DesignQuantity): Dimension {
  switch (quantity.kind) {
    case 'mass':
    case 'volume':
      return quantity.kind;
    case 'size':
      return 'length';
    case 'frequency':
      return 'frequency';
    case 'extreme':
      return dimensionOfField(quantity.field);
    case 'probe':
      return 'number';
    case 'cost':
    case 'buckling_factor':
      return 'number';
  }
}

export function dimensionOfField(field: FieldQuantity): Dimension {
  if (field.startsWith('displacement')) return 'length';
  if (field.startsWith('strain') || field === 'safety_factor') return 'number';
  if (field === 'temperature') return 'temperature';
  return field.startsWith('heat_flux') ? 'heatFlux' : 'stress';
}

/** With plausible properties in place of the material's: a bound of another kind is found before anything is computed. */
function checkBound(requirement: Requirement): void {
  const stress = evaluate('1 MPa');
  try {
    limitOf(requirement, { yield: stress, ultimate: stress, young: stress });
  } catch (thrown) {
    const { message, hint } = toErrorData(thrown);
    throw refuse(requirement.text, message, hint);
  }
}

/**
 * The bound in the base unit of its kind.
 * @throws ArtificerError where the material lacks what the bound is written with, or the units are of another kind
 */
export function limitOf({ bound, dimension, quantity }: Requirement, material: Variables): number {
  // What a probe shows is known to the study alone; its bound is checked there, against the unit of its quantity.
  if (quantity.kind === 'probe') return evaluateLoosely(bound, material);
  const needed = MATERIAL_WORDS.find((word) => new RegExp(`\\b${word}\\b`).test(bound) && material[word] === undefined);
  if (needed)
    throw refuseDesign(
      'no-strength',
      `The bound "${bound}" needs the material's ${needed === 'young' ? 'modulus' : `${needed} strength`}, which is not known.`,
      'Choose a material that has it, or give the bound as a number.',
    );
  return parseQuantity(bound, dimension, { variables: material });
}

/** MPa, mm, degC for what has such a unit, a plain number otherwise. */
function evaluateLoosely(bound: string, material: Variables): number {
  for (const dimension of ['stress', 'length', 'temperature', 'heatFlux', 'number'] as const) {
    try {
      return parseQuantity(bound, dimension, { variables: material });
    } catch {
      // Of another kind: the next may be it.
    }
  }
  return parseQuantity(bound, 'number', { variables: material });
}

/** Whether a quantity comes from solving a load case, or from the body alone. */
export const isOfCase = ({ kind }: DesignQuantity): boolean => !['mass', 'volume', 'cost', 'size'].includes(kind);

/** The type of study that has it: none for what the body alone says. */
export function studiesWith(quantity: DesignQuantity): readonly string[] {
  switch (quantity.kind) {
    case 'frequency':
      return ['modal'];
    case 'buckling_factor':
      return ['buckling'];
    case 'probe':
      return ['static', 'thermal', 'thermal-stress', 'transient-thermal'];
    case 'extreme':
      if (quantity.field === 'temperature') return ['thermal', 'transient-thermal', 'thermal-stress'];
      if (quantity.field.startsWith('heat_flux')) return ['thermal', 'transient-thermal'];
      return ['static', 'thermal-stress'];
    default:
      return [];
  }
}

/**
 * What is left to the limit, over the limit: positive where the requirement is met. Temperatures count from 20 degC, so that
 * the scale's nought has no say.
 */
export function marginOf(
  requirement: Pick<Requirement, 'comparison' | 'dimension'>,
  value: number,
  limit: number,
): number {
  const slack = requirement.comparison === '<=' ? limit - value : value - limit;
  const size = requirement.dimension === 'temperature' ? Math.max(1, Math.abs(limit - 20)) : Math.abs(limit);
  return slack / (size > 0 ? size : 1);
}
