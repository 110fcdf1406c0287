/** What `artificer solve` answers with `--json`. */
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
