/** What a surrogate of a study could be made of: variables with ranges round their present values, quantities, fields. */
import type { StudyRecord, SurrogateSuggestion, VariableValue } from '../../../preload/contract/index.ts';
import { isIndependent } from '../sensitivities/changed-part.ts';

type Parameter = SurrogateSuggestion['parameters'][number];

/** Half the width of a range, of the present value. */
const SHARE = 0.2;
/** Variables that are chosen at first: each more asks for more designs. */
const CHOSEN = 6;
const DEGREES = 180 / Math.PI;
const UNITS = { length: 'mm', angle: 'deg', number: '1' } as const;

/** To three digits, so that ranges read well. */
const round = (value: number): number => Number(value.toPrecision(3));

function parameterOf(variable: VariableValue): Omit<Parameter, 'chosen'> | null {
  const { name, dimension, value, minimum, maximum, note } = variable;
  if (value === undefined || !Number.isFinite(value)) return null;
  const factor = dimension === 'angle' ? DEGREES : 1;
  const now = value * factor;
  const [least, most] = [minimum, maximum].map((limit) => (limit === undefined ? undefined : limit * factor));
  const reach = Math.abs(now) * SHARE || 1;
  const low = Math.max(least ?? Number.NEGATIVE_INFINITY, round(now - reach));
  const high = Math.min(most ?? Number.POSITIVE_INFINITY, round(now + reach));
  // Rounding may not leave the present value outside.
  const [from, to] = [Math.min(low, now), Math.max(high, now)];
  if (!(to > from)) return null;
  return {
    name,
    unit: UNITS[dimension],
    minimum: from,
    maximum: to,
    logarithmic: from > 0,
    value: now,
    ...(least === undefined ? {} : { least }),
    ...(most === undefined ? {} : { most }),
    ...(note ? { note } : {}),
  };
}

/** Whole numbers are counts as a rule: another one is another topology, which no mesh can be carried to. */
const isCount = ({ dimension, value }: VariableValue): boolean => dimension === 'number' && Number.isInteger(value);

export function suggestParameters(variables: readonly VariableValue[]): Parameter[] {
  let chosen = 0;
  return variables.flatMap((variable): Parameter[] => {
    // Those of the project change other parts too.
    if (variable.scope === 'project' || !isIndependent(variable, variables)) return [];
    const parameter = parameterOf(variable);
    if (!parameter) return [];
    const count = isCount(variable);
    const take = !count && chosen < CHOSEN;
    if (take) chosen++;
    return [
      {
        ...parameter,
        chosen: take,
        ...(count
          ? { note: 'A count: other values make another shape, which cannot be followed point by point.' }
          : {}),
      },
    ];
  });
}

export function suggestQuantities(study: StudyRecord): SurrogateSuggestion['quantities'] {
  const of = (name: string, unit: string, chosen = true) => ({ name, unit, chosen });
  const probes = study.probes.flatMap(({ name, quantity = 'displacement.magnitude' }) => {
    const unit = quantity === 'von_mises' ? 'MPa' : quantity === 'temperature' ? 'degC' : 'mm';
    const followed = quantity === 'von_mises' || quantity === 'temperature' || quantity.startsWith('displacement');
    return followed ? [of(`probe ${name}`, unit)] : [];
  });
  switch (study.study) {
    case 'thermal':
      return [of('mass', 'kg'), of('max temperature', 'degC'), of('min temperature', 'degC', false), ...probes];
    case 'modal':
      return [of('mass', 'kg'), ...[1, 2, 3].map((mode) => of(`frequency ${mode}`, 'Hz', mode === 1))];
    case 'buckling':
      return [of('mass', 'kg'), of('buckling 1', '1')];
    default:
      return [of('mass', 'kg'), of('max displacement.magnitude', 'mm'), of('max von_mises', 'MPa'), ...probes];
  }
}

export function suggestFields(study: StudyRecord): SurrogateSuggestion['fields'] {
  if (study.study === 'static') return ['displacement', 'von_mises'];
  return study.study === 'thermal' ? ['temperature'] : [];
}
