/** What a study asks for, as numbers that must settle: the probes, or where there are none what its kind is about. */
import type { FieldQuantity, ResultSummary } from '../../../preload/contract/studies.ts';
import type { Vec3 } from '../vector.ts';

export interface Interest {
  name: string;
  unit: string;
  value: number;
  /** Where elements should be small for it; none for what the whole part decides. */
  at_mm: Vec3 | null;
}

/** What a look at a result adds to its summary. */
export interface PlacesLeftOut {
  /** Largest von Mises stress away from singular places; null where there is no stress, or nothing away from them. */
  regularPeak: { value: number; at_mm: Vec3 } | null;
  /** Indices of the probes that ask for stress at a singular place. */
  singularProbes: readonly number[];
}

const DISPLACEMENT_OR_TEMPERATURE = /^(displacement|temperature)/;

/** Whether a quantity is infinite where the stress is. */
export const growsAtCorners = (quantity: FieldQuantity | undefined): boolean =>
  !DISPLACEMENT_OR_TEMPERATURE.test(quantity ?? 'von_mises');

/** Every load case has to settle, not only the one that is shown first. */
export const interestsOf = (summary: ResultSummary, left: PlacesLeftOut): Interest[] => [
  ...interestsOfFirst(summary, left),
  ...(summary.frames ?? [])
    .slice(1)
    .filter(({ kind }) => kind === 'case' || kind === 'combination')
    .flatMap(({ name, extremes, probes }): Interest[] => {
      const moved = extremes['displacement.magnitude']?.max;
      if (summary.probes.length === 0)
        return moved
          ? [{ name: `${name}: largest displacement`, unit: moved.unit, value: moved.value, at_mm: null }]
          : [];
      return summary.probes.flatMap((probe, index) => {
        const value = probes?.[index];
        if (value === undefined || left.singularProbes.includes(index)) return [];
        return [{ name: `${name}: ${probe.name} ${probe.quantity}`, unit: probe.unit, value, at_mm: null }];
      });
    }),
];

function interestsOfFirst(summary: ResultSummary, left: PlacesLeftOut): Interest[] {
  const probes = summary.probes.flatMap((probe, index): Interest[] =>
    left.singularProbes.includes(index)
      ? []
      : [
          {
            name: `${probe.name} ${probe.quantity}`,
            unit: probe.unit,
            value: probe.value,
            at_mm: growsAtCorners(probe.quantity as FieldQuantity) ? probe.at_mm : null,
          },
        ],
  );
  if (summary.probes.length > 0) return probes;
  const elastic = summary.modes?.filter(({ rigid }) => !rigid) ?? [];
  if (elastic.length > 0)
    return elastic.map((mode, index) => ({
      name: `frequency ${index + 1}`,
      unit: 'Hz',
      value: mode.frequency_Hz,
      at_mm: null,
    }));
  const [buckling] = summary.bucklingFactors ?? [];
  if (buckling) return [{ name: 'buckling factor 1', unit: '-', value: buckling.factor, at_mm: null }];
  const interests: Interest[] = [];
  const largest = (quantity: FieldQuantity, name: string, at_mm: (at: Vec3) => Vec3 | null): void => {
    const found = summary.extremes[quantity]?.max;
    if (found) interests.push({ name, unit: found.unit, value: found.value, at_mm: at_mm(found.at_mm) });
  };
  const nowhere = (): null => null;
  if (summary.extremes['temperature'] && !summary.extremes['von_mises']) {
    largest('temperature', 'highest temperature', nowhere);
    largest('heat_flux.magnitude', 'largest heat flux', (at) => at);
    return interests;
  }
  largest('displacement.magnitude', 'largest displacement', nowhere);
  if (left.regularPeak)
    interests.push({
      name: 'largest von Mises stress',
      unit: 'MPa',
      value: left.regularPeak.value,
      at_mm: left.regularPeak.at_mm,
    });
  return interests;
}

/** Largest change relative to the new value, percent. */
export function largestChange(before: readonly Interest[], after: readonly Interest[]): number {
  let largest = 0;
  for (const { name, value } of after) {
    const old = before.find((one) => one.name === name)?.value ?? 0;
    if (old === value) continue;
    largest = Math.max(largest, (100 * Math.abs(value - old)) / Math.max(Math.abs(value), Number.MIN_VALUE));
  }
  return largest;
}
