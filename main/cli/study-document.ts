/** What `artificer solve` answers: one JSON document, or lines to read. */
import { type BodyMaxima, isSingularPlace, type ResultSummary } from '../../preload/contract/index.ts';

export interface Convergence {
  dof: number;
  value: number;
}

/** The JSON document that the command line's contract promises. */
export function studyDocument(
  summary: ResultSummary,
  convergence: Convergence[],
  settled: boolean,
): Record<string, unknown> {
  const at = (statistic: { value: number; at_mm: number[]; unit: string }) => ({
    value: statistic.value,
    at: statistic.at_mm,
    unit: statistic.unit,
  });
  const maximaOf = (maxima: BodyMaxima) =>
    Object.fromEntries(Object.entries(maxima).map(([quantity, maximum]) => [quantity, at(maximum)]));
  return {
    type: summary.type ?? 'static',
    mesh: {
      nodes: summary.mesh.nodes,
      elements: summary.mesh.elements,
      order: summary.mesh.order,
      dof: summary.mesh.dof,
      min_quality: summary.mesh.min_quality,
      size_mm: summary.mesh.size_mm,
    },
    extremes: Object.fromEntries(
      Object.entries(summary.extremes).map(([quantity, { min, max }]) => [quantity, { ...at(max), min: at(min) }]),
    ),
    probes: summary.probes.map((probe) => ({
      name: probe.name,
      value: probe.value,
      unit: probe.unit,
      quantity: probe.quantity,
      at: probe.at_mm,
    })),
    reactions_N: summary.reactions_N,
    applied_N: summary.applied_N,
    equilibrium_error: summary.equilibrium_error,
    frequencies_Hz: (summary.modes ?? []).map((mode) => mode.frequency_Hz),
    modes: summary.modes ?? [],
    buckling_factors: (summary.bucklingFactors ?? []).map(({ factor }) => factor),
    bodies: (summary.bodies ?? []).map(({ name, maxima }) => ({ name, maxima: maximaOf(maxima) })),
    frames: (summary.frames ?? []).map(({ extremes, bodies, ...frame }) => ({
      ...frame,
      ...(bodies ? { bodies: bodies.map(maximaOf) } : {}),
      extremes: Object.fromEntries(
        Object.entries(extremes).map(([quantity, { min, max }]) => [quantity, { ...at(max), min: at(min) }]),
      ),
    })),
    curves: summary.curves ?? [],
    heat: summary.heat ?? null,
    connections: summary.connections ?? [],
    inertia_relief: summary.inertiaRelief ?? null,
    convergence,
    converged: settled,
    discretisation_error: summary.discretisation_error,
    minimum_safety_factor: summary.minimumSafetyFactor && {
      ...summary.minimumSafetyFactor,
      singular: isSingularPlace(summary, summary.minimumSafetyFactor.at_mm),
    },
    singularities: summary.singularities,
    mass_kg: summary.mass_kg,
    solver: {
      name: summary.solver,
      method: summary.method,
      iterations: summary.iterations,
      relative_residual: summary.relativeResidual,
    },
    warnings: summary.warnings,
    seconds: summary.seconds,
  };
}

/** Said after a number that is no property of the part. */
const doubt = (summary: ResultSummary, at_mm: [number, number, number]): string =>
  isSingularPlace(summary, at_mm) ? ' (do not believe it: at a singular place, another on another mesh)' : '';

/** Stress without a limit has no error either. */
function peakError({ extremes, ...summary }: ResultSummary): string {
  const peak = extremes['von_mises']?.max;
  if (peak && isSingularPlace({ extremes, ...summary }, peak.at_mm)) return 'none to state';
  return `${summary.discretisation_error.peak_stress_percent.toPrecision(2)} %`;
}

export function textOf(name: string, summary: ResultSummary, settled: boolean): string {
  const lines = [
    `${name}: ${summary.mesh.elements} elements, ${summary.mesh.dof} degrees of freedom, ${summary.method}, residual ${summary.relativeResidual.toExponential(1)}`,
  ];
  for (const quantity of ['displacement.magnitude', 'von_mises', 'principal.1', 'principal.3']) {
    const extreme = summary.extremes[quantity];
    if (extreme)
      lines.push(
        `  ${quantity.padEnd(24)} ${extreme.min.value.toPrecision(4)} to ${extreme.max.value.toPrecision(4)} ${extreme.max.unit}${quantity.startsWith('displacement') ? '' : doubt(summary, extreme.max.at_mm)}`,
      );
  }
  for (const probe of summary.probes)
    lines.push(`  ${probe.name} (${probe.quantity})  ${probe.value.toPrecision(5)} ${probe.unit}`);
  if (summary.minimumSafetyFactor)
    lines.push(
      `  safety factor ${summary.minimumSafetyFactor.value.toPrecision(3)} on ${summary.minimumSafetyFactor.basis}${doubt(summary, summary.minimumSafetyFactor.at_mm)}`,
    );
  lines.push(
    `  estimated error ${summary.discretisation_error.energy_percent.toPrecision(2)} % (energy), ${peakError(summary)} (peak stress); equilibrium ${summary.equilibrium_error?.toExponential(1) ?? '-'}`,
    `  mesh ${summary.seconds.mesh.toFixed(1)} s, assemble ${summary.seconds.assemble.toFixed(1)} s, solve ${summary.seconds.solve.toFixed(1)} s, recover ${summary.seconds.recover.toFixed(1)} s`,
  );
  if (!settled) lines.push('  warning: the quantities of interest did not settle to the asked accuracy');
  for (const warning of summary.warnings) lines.push(`  warning: ${warning.message}`);
  return lines.join('\n');
}
