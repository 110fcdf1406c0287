/** The numbers of a result: extremes, reactions, balances, error estimates, warnings. */
import type { StaticSolution } from '../../../native/index.d.ts';
import { FIELD_QUANTITIES, type Probe, type ResultSummary } from '../../../preload/contract/studies.ts';
import type { MeshSolution } from '../connections/extend-model.ts';
import { appliedForce, connectionReactions, reportConnections } from '../connections/report.ts';
import type { BuiltModel, ModelBody } from '../model/build.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import type { ResolvedRestraint } from '../restraints/apply.ts';
import { multiplyBlocks } from '../restraints/elastic-support.ts';
import { add, at, norm, scale, type Vec3, words } from '../vector.ts';
import { peakStressError } from './error-estimate.ts';
import { probe } from './probe.ts';
import { type NodalFields, reader, type Strength, safetyFactorOf, strengthOf, unitOf } from './quantities.ts';
import { findSingularities, singularPlaces } from './singularities.ts';

export interface QualityReport {
  scaledJacobian: ArrayLike<number>;
  minimum: number;
}

type Warnings = ResultSummary['warnings'];

/** Nodal safety factors, the least among the bodies at a node; null where no material has a strength. */
export function safetyFactors(
  mesh: VolumeMesh,
  elementBody: Int32Array,
  strengths: readonly (Strength | null)[],
  solution: StaticSolution,
): Float32Array | null {
  if (strengths.every((strength) => strength === null)) return null;
  const factors = new Float32Array(mesh.nodes.length / 3).fill(Number.NaN);
  const { vonMises, principal } = solution;
  for (let element = 0; element < elementBody.length; element++) {
    const strength = strengths[elementBody[element]!]!;
    for (let k = 0; strength && k < 10; k++) {
      const node = mesh.elements[10 * element + k]!;
      const factor = safetyFactorOf(strength, vonMises[node]!, principal[3 * node]!, principal[3 * node + 2]!);
      if (!(factors[node]! <= factor)) factors[node] = factor;
    }
  }
  return factors;
}

/** Largest and smallest of every quantity, with where they are. */
export function extremesOf(nodes: Float64Array, fields: NodalFields): ResultSummary['extremes'] {
  const extremes: ResultSummary['extremes'] = {};
  for (const quantity of FIELD_QUANTITIES) {
    const read = reader(fields, quantity);
    if (!read) continue;
    let low = -1;
    let high = -1;
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    for (let node = 0; node < nodes.length / 3; node++) {
      const value = read(node);
      if (value < lowest) {
        lowest = value;
        low = node;
      }
      if (value > highest) {
        highest = value;
        high = node;
      }
    }
    if (low < 0 || high < 0) continue;
    const unit = unitOf(quantity);
    extremes[quantity] = {
      min: { value: lowest, at_mm: at(nodes, low), unit },
      max: { value: highest, at_mm: at(nodes, high), unit },
    };
  }
  return extremes;
}

/** Reaction of each restraint: a node's reaction goes to the restraints by the directions that they hold there. */
export function reactionsOf(
  built: BuiltModel,
  restraints: readonly ResolvedRestraint[],
  solution: MeshSolution,
): NonNullable<ResultSummary['reactions_N']> {
  const forces: Vec3[] = restraints.map(() => [0, 0, 0]);
  for (const { node, direction, restraint } of built.restraints.conditions) {
    const r = solution.reactions;
    const along = r[3 * node]! * direction[0] + r[3 * node + 1]! * direction[1] + r[3 * node + 2]! * direction[2];
    for (let axis = 0; axis < 3; axis++) forces[restraint]![axis]! += along * direction[axis]!;
  }
  for (const { restraint, force } of connectionReactions(built.connections, built.finder.mesh, solution))
    forces[restraint] = add(forces[restraint]!, force);
  for (const support of built.restraints.supports) {
    const force = new Float64Array(solution.displacement.length);
    multiplyBlocks(support, solution.displacement, force);
    for (let i = 0; i < force.length; i++) forces[support.restraint]![i % 3]! -= force[i]!;
  }
  const active = restraints.map((one, index) => ({ ...one.restraint, force_N: forces[index]! }));
  return {
    total: forces.reduce<Vec3>((sum, force) => add(sum, force), [0, 0, 0]),
    byRestraint: active.filter((one) => !one.suppressed).map(({ id, name, force_N }) => ({ id, name, force_N })),
  };
}

export interface SummaryInput {
  inputHash: string;
  mesh: VolumeMesh;
  order: 1 | 2;
  bodies: readonly ModelBody[];
  built: BuiltModel;
  restraints: readonly ResolvedRestraint[];
  solution: MeshSolution;
  quality: QualityReport;
  strengths: readonly (Strength | null)[];
  safetyFactor: Float32Array | null;
  probes: readonly Probe[];
  /** Warnings of earlier steps: meshing, orientation. */
  warnings: Warnings;
  solver: string;
  meshSeconds: number;
  totalSeconds: number;
}

export function summarise(input: SummaryInput): ResultSummary {
  const { mesh, built, solution, bodies } = input;
  const fields: NodalFields = { ...solution, ...(input.safetyFactor ? { safetyFactor: input.safetyFactor } : {}) };
  const extremes = extremesOf(mesh.nodes, fields);
  const reactions = reactionsOf(built, input.restraints, solution);
  const applied = appliedForce(built.model.forces, mesh.nodes.length / 3, built.connections);
  const singularities = findSingularities(
    mesh,
    solution.vonMises,
    solution.stressSpread,
    singularPlaces(
      mesh,
      built.loads.concentrated,
      input.restraints,
      built.restraints.conditions,
      built.restraints.nodesOf,
      built.connections?.bonds,
    ),
  );
  // Probes first: one that lies off the part adds a warning.
  const probes = probesOf(input);
  const peak = extremes['von_mises']?.max;
  const factor = extremes['safety_factor']?.min;
  const warnings: Warnings = [
    ...input.warnings,
    ...residualWarnings(solution.relativeResidual),
    ...displacementWarnings(extremes, bodies),
    ...strengthWarnings(input, factor?.value),
    ...singularityWarnings(singularities, peak?.at_mm, mesh.size_mm),
  ];
  const energy_percent = 100 * solution.relativeEnergyError;
  if (energy_percent > 15)
    warnings.push({
      code: 'result.coarse-mesh',
      message: `The estimated discretisation error is ${energy_percent.toFixed(0)} % in energy: refine the mesh before trusting stresses.`,
    });
  return {
    type: 'static',
    inputHash: input.inputHash,
    solver: input.solver,
    createdAt: Date.now(),
    mesh: {
      nodes: mesh.nodes.length / 3,
      elements: mesh.elements.length / 10,
      order: 2,
      dof: solution.degreesOfFreedom,
      min_quality: input.quality.minimum,
      size_mm: mesh.size_mm,
      straightened: mesh.straightened,
      histogram: histogramOf(input.quality.scaledJacobian),
    },
    extremes,
    reactions_N: reactions,
    applied_N: applied,
    ...(built.connections
      ? { connections: reportConnections(built.connections, mesh, input.restraints, solution) }
      : {}),
    equilibrium_error: equilibriumError(applied, reactions.total, built.model.forces, solution.reactions),
    relativeResidual: solution.relativeResidual,
    iterations: solution.iterations,
    method: solution.method,
    discretisation_error: { energy_percent, peak_stress_percent: peakStressError(mesh, solution) },
    minimumSafetyFactor: factor
      ? {
          value: factor.value,
          at_mm: factor.at_mm,
          basis: input.strengths.find((strength) => strength !== null)?.basis ?? '',
        }
      : null,
    singularities,
    warnings,
    probes,
    mass_kg: 1000 * built.mass.mass_t,
    strainEnergy_N_mm: solution.strainEnergy_N_mm,
    seconds: {
      mesh: input.meshSeconds,
      assemble: solution.seconds.assemble,
      solve: solution.seconds.factorise + solution.seconds.solve,
      recover: solution.seconds.recover,
      total: input.totalSeconds,
    },
  };
}

/** Counts in ten bins of scaled Jacobian. */
export function histogramOf(quality: ArrayLike<number>): number[] {
  const bins = new Array<number>(10).fill(0);
  for (let i = 0; i < quality.length; i++) bins[Math.min(9, Math.max(0, Math.floor(10 * quality[i]!)))]!++;
  return bins;
}

/**
 * |applied + reactions| over |applied|. Loads that cancel (a moment, a prescribed displacement) leave nothing to compare with:
 * the sum of all nodal forces' sizes takes the place of the total.
 */
function equilibriumError(applied: Vec3, reactions: Vec3, forces: Float64Array, nodal: Float64Array): number {
  let gross = 0;
  for (let i = 0; i < forces.length; i += 3) gross += Math.hypot(forces[i]!, forces[i + 1]!, forces[i + 2]!);
  for (let i = 0; i < nodal.length; i += 3) gross += Math.hypot(nodal[i]!, nodal[i + 1]!, nodal[i + 2]!);
  const size = norm(applied) > 1e-6 * gross ? norm(applied) : gross;
  return size > 0 ? norm(add(applied, reactions)) / size : 0;
}

/** The solver is asked for 1e-8; this much more is a matter of rounding, beyond it a person has to know. */
const LARGEST_QUIET_RESIDUAL = 1e-6;

/**
 * In very slender parts no small residual can be reached in double precision, and the core accepts what rounding leaves. Then
 * forces are out of balance by about the residual, which must never look like a good solution.
 */
export function residualWarnings(relativeResidual: number): Warnings {
  if (relativeResidual <= LARGEST_QUIET_RESIDUAL) return [];
  return [
    {
      code: 'result.residual',
      message: `The equations hold only to ${relativeResidual.toExponential(0)} of the loads: the part is too slender for its elements. Do not use this result as evidence; use smaller elements.`,
    },
  ];
}

function displacementWarnings(extremes: ResultSummary['extremes'], bodies: readonly ModelBody[]): Warnings {
  const largest = extremes['displacement.magnitude']?.max;
  if (!largest) return [];
  let size = 0;
  let thickness = Number.POSITIVE_INFINITY;
  for (const body of bodies) {
    size = Math.max(size, body.size_mm);
    thickness = Math.min(thickness, body.thickness_mm);
  }
  if (largest.value > 0.05 * size)
    return [
      {
        code: 'result.large-displacement',
        message: `The part moves ${largest.value.toPrecision(3)} mm, over 5 % of its size: small-displacement theory no longer holds. Switch on large displacements.`,
      },
    ];
  if (largest.value > 0.1 * thickness)
    return [
      {
        code: 'result.large-displacement',
        message:
          `The part moves ${largest.value.toPrecision(3)} mm, over a tenth of its mean thickness ` +
          `(${thickness.toPrecision(3)} mm): thin walls in bending may be stiffer than a linear study says. Switch on large displacements to see.`,
      },
    ];
  return [];
}

function strengthWarnings(input: SummaryInput, leastFactor: number | undefined): Warnings {
  const warnings: Warnings = [];
  const unknown = input.bodies.filter((_, index) => !input.strengths[index]).map((body) => body.material.name);
  if (unknown.length > 0)
    warnings.push({
      code: 'result.no-strength',
      message: `${[...new Set(unknown)].join(', ')} has no yield or ultimate strength: there is no safety factor for it.`,
    });
  if (leastFactor !== undefined && leastFactor < 1) {
    let over = 0;
    for (const factor of input.safetyFactor!) if (factor < 1) over++;
    const share = (100 * over) / input.safetyFactor!.length;
    const brittle = input.strengths.some((strength) => strength?.kind === 'ultimate');
    warnings.push({
      code: 'result.above-yield',
      message:
        `The stress exceeds the ${brittle ? 'strength' : 'yield strength'} at ${over} nodes (${share.toPrecision(2)} %): ` +
        'beyond it the linear result overstates stress and understates strain.',
    });
  }
  return warnings;
}

function singularityWarnings(
  singularities: ResultSummary['singularities'],
  peak: Vec3 | undefined,
  size_mm: number,
): Warnings {
  if (singularities.length === 0) return [];
  // The node that happens to show the most may lie beside the singular one: within an element it is the same peak.
  const atPeak = peak && singularities.find((one) => norm(add(one.at_mm, scale(peak, -1))) <= size_mm);
  return [
    atPeak
      ? {
          code: 'result.singular-peak',
          message: `The largest stress, at ${words(atPeak.at_mm)} mm, is no property of the part: ${atPeak.reason}.`,
        }
      : {
          code: 'result.singular',
          message: `Some high stresses depend on the mesh: ${singularities.map((one) => one.reason).join('; ')}.`,
        },
  ];
}

function probesOf(input: SummaryInput): ResultSummary['probes'] {
  const { mesh, solution, probes, built, strengths } = input;
  const answers = probe(
    {
      nodes: mesh.nodes,
      elements: mesh.elements,
      elementBody: built.elementBody,
      ...solution,
      strengths: [...strengths],
    },
    probes.map((one) => one.at_mm),
  );
  return probes.map((one, index) => {
    const quantity = one.quantity ?? 'von_mises';
    const answer = answers[index]!;
    if (answer.distance_mm > 0.5 * mesh.size_mm)
      input.warnings.push({
        code: 'result.probe-outside',
        message: `Probe "${one.name}" is ${answer.distance_mm.toPrecision(3)} mm off the part: it shows the nearest point's value.`,
      });
    return {
      name: one.name,
      value: answer.values[quantity] ?? 0,
      unit: unitOf(quantity),
      quantity,
      at_mm: one.at_mm,
    };
  });
}

/** Strength of each body, in order. */
export const strengthsOf = (bodies: readonly ModelBody[]): (Strength | null)[] =>
  bodies.map((body) => strengthOf(body.material.name, body.material.properties));
