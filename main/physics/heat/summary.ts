/** The numbers of a thermal result: extremes, balance of heat, probes, error estimates, warnings. */
import type { HeatInflow, HeatSolution, TransientHeatSolution } from '../../../native/index.d.ts';
import type { FieldQuantity, Probe, ResultSummary } from '../../../preload/contract/studies.ts';
import type { AnalysisInput, Warnings } from '../analyses/analysis.ts';
import { straightSidedMass_kg } from '../loads/mass-properties.ts';
import type { ModelBody } from '../model/build.ts';
import { probe } from '../results/probe.ts';
import { unitOf } from '../results/quantities.ts';
import { extremesOf, histogramOf } from '../results/summary.ts';
import type { SolveTask } from '../workers/tasks.ts';
import type { BuiltHeat } from './model.ts';
import { flux_W_m2, power_W } from './units.ts';

/** Fields of a thermal picture, in the units of results. */
export interface HeatFields {
  /** n, degC */
  temperature: Float64Array;
  /** 3n, W/m^2 */
  heatFlux: Float64Array;
}

export const fluxField = (flux: Float64Array): Float64Array => flux.map(flux_W_m2);

/** Volume and with it mass, kg. */
function massOf({ mesh, quality, task }: HeatSummaryInput['input'], elementBody: Int32Array): number {
  if (task.bodies.length === 1) return 1e-9 * quality.volume_mm3 * task.bodies[0]!.material.properties.density_kg_m3;
  return straightSidedMass_kg(
    mesh,
    elementBody,
    task.bodies.map(({ material }) => material.properties.density_kg_m3),
  );
}

/** W into the body by load and restraint. */
export function inflowOf(built: BuiltHeat, inflow: HeatInflow, fixedHeat: Float64Array) {
  return built.entries.map(({ id, name, surface, source, nodes }) => {
    let power = 0;
    if (surface !== undefined) power = inflow.surfaces[surface]!;
    else if (source !== undefined) power = inflow.sources[source]!;
    else for (const node of nodes ?? []) power += fixedHeat[node]!;
    return { id, name, power_W: power_W(power) };
  });
}

export function heatProbes(
  input: Pick<AnalysisInput, 'mesh'>,
  elementBody: Int32Array,
  fields: HeatFields,
  probes: readonly Probe[],
  warnings: Warnings,
): ResultSummary['probes'] {
  const answers = probe(
    { nodes: input.mesh.nodes, elements: input.mesh.elements, elementBody, ...fields, strengths: [] },
    probes.map((one) => one.at_mm),
  );
  return probes.map((one, index) => {
    const quantity: FieldQuantity = one.quantity ?? 'temperature';
    const answer = answers[index]!;
    if (
      answer.distance_mm > 0.5 * input.mesh.size_mm &&
      !warnings.some(({ message }) => message.includes(`"${one.name}"`))
    )
      warnings.push({
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

/** Half the spread among the elements at the node of the largest flux, percent of that flux. */
function peakFluxError({ heatFlux, fluxSpread }: HeatSolution | TransientHeatSolution): number {
  let peak = 0;
  let largest = 0;
  for (let node = 0; node < fluxSpread.length; node++) {
    const size = Math.hypot(heatFlux[3 * node]!, heatFlux[3 * node + 1]!, heatFlux[3 * node + 2]!);
    if (size > largest) {
      largest = size;
      peak = node;
    }
  }
  return largest > 0 ? (50 * fluxSpread[peak]!) / largest : 0;
}

export interface HeatSummaryInput {
  input: Pick<AnalysisInput, 'mesh' | 'quality' | 'warnings'> & {
    core: { version: string };
    task: Pick<SolveTask, 'inputHash' | 'warnings' | 'meshSeconds' | 'startedAt'> & {
      bodies: readonly Pick<ModelBody, 'material'>[];
      study: Pick<SolveTask['study'], 'probes'>;
    };
  };
  built: Pick<BuiltHeat, 'elementBody' | 'contacts' | 'warnings'>;
  solution: HeatSolution | TransientHeatSolution;
  type: 'thermal' | 'transient-thermal';
  /** Of the summary's own picture. */
  fields: HeatFields;
  relativeResidual: number;
  heat: NonNullable<ResultSummary['heat']>;
  warnings: Warnings;
}

export function summariseHeat(given: HeatSummaryInput): ResultSummary {
  const { input, built, solution, fields } = given;
  const { mesh, quality, task } = input;
  const warnings: Warnings = [...task.warnings, ...input.warnings, ...built.warnings, ...given.warnings];
  if (solution.beyondTables)
    warnings.push({
      code: 'heat.beyond-tables',
      message:
        'Temperatures lie outside the tables of a material: beyond their ends its properties were taken as constant.',
    });
  const energy_percent = 100 * solution.relativeEnergyError;
  if (energy_percent > 15)
    warnings.push({
      code: 'result.coarse-mesh',
      message: `The estimated discretisation error is ${energy_percent.toFixed(0)} % in energy: refine the mesh before trusting heat fluxes.`,
    });
  const probes = heatProbes(input, built.elementBody, fields, task.study.probes, warnings);
  const connections = connectionHeat(built, solution.temperature);
  return {
    type: given.type,
    inputHash: task.inputHash,
    solver: `Artificer ${input.core.version}`,
    createdAt: Date.now(),
    mesh: {
      nodes: mesh.nodes.length / 3,
      elements: mesh.elements.length / 10,
      order: 2,
      dof: solution.degreesOfFreedom,
      min_quality: quality.minimum,
      size_mm: mesh.size_mm,
      straightened: mesh.straightened,
      histogram: histogramOf(quality.scaledJacobian),
    },
    extremes: extremesOf(mesh.nodes, fields),
    heat: given.heat,
    ...(connections.length > 0 ? { connections } : {}),
    relativeResidual: given.relativeResidual,
    iterations: solution.newtonIterations,
    method: solution.method,
    discretisation_error: { energy_percent, peak_stress_percent: 0, peak_flux_percent: peakFluxError(solution) },
    minimumSafetyFactor: null,
    singularities: [],
    warnings,
    probes,
    mass_kg: massOf(input, built.elementBody),
    seconds: {
      mesh: task.meshSeconds,
      assemble: solution.seconds.assemble,
      solve: solution.seconds.factorise + solution.seconds.solve,
      recover: solution.seconds.recover,
      total: (Date.now() - task.startedAt) / 1000,
    },
  };
}

/** W that each bond passes from its first side to its second. */
function connectionHeat(
  built: Pick<BuiltHeat, 'contacts'>,
  temperature: Float64Array,
): NonNullable<ResultSummary['connections']> {
  const { contacts, byConnection } = built.contacts;
  return byConnection.map(({ id, name, first, last, area_mm2 }) => {
    let heat = 0;
    for (let sample = first; contacts && sample < last; sample++) {
      let difference = 0;
      for (let p = contacts.offsets[sample]!; p < contacts.offsets[sample + 1]!; p++)
        difference += contacts.weights[p]! * temperature[contacts.nodes[p]!]!;
      heat += contacts.conductance[sample]! * difference;
    }
    return { id, name, area_mm2, heat_W: power_W(heat) };
  });
}
