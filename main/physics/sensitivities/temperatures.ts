/**
 * Temperatures of a steady thermal study with their exact gradients by the nodes' coordinates. The core gives what comes
 * through the equations of heat; what is left is that a flow of so many watts spreads over the area its faces have.
 */
import type { HeatModel, HeatSensitivity, HeatSolution } from '../../../native/index.d.ts';
import { DEFAULT_TEMPERATURE_SHARPNESS, type Functional } from '../../../preload/contract/sensitivities.ts';
import { type BuiltHeat, buildHeatModel } from '../heat/model.ts';
import { power_mW } from '../heat/units.ts';
import { buildModel } from '../model/build.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import type { NumericCore } from '../native-core.ts';
import { type Vec3, words } from '../vector.ts';
import type { SolveTask } from '../workers/tasks.ts';
import { type FunctionalState, massState, refuseQuantity } from './adjoint.ts';
import { addPatchGradient, emptySampleGradient } from './patch-gradient.ts';
import { anchorProbes, type ProbeAnchor } from './probe-anchor.ts';

export type HeatCase = Pick<SolveTask, 'bodies' | 'restraints' | 'loads' | 'connections'> & { mesh: VolumeMesh };

/** What stays as it is when the mesh moves. */
export interface HeatAnchors {
  probes: (ProbeAnchor | null)[];
  /** Range of the temperatures, K, which sets the sharpness of the smooth maximum. */
  range: number;
}

export interface HeatSettings {
  gradients: boolean;
  solve(built: BuiltHeat): Promise<HeatSolution>;
  differentiate(model: HeatModel, temperature: Float64Array, byTemperature: Float64Array[]): Promise<HeatSensitivity[]>;
}

/** @param known anchors of the part before it changed */
export async function analyseTemperatures(
  core: NumericCore,
  study: HeatCase,
  functionals: readonly Functional[],
  known: HeatAnchors | null,
  settings: HeatSettings,
): Promise<{ states: FunctionalState[]; anchors: HeatAnchors }> {
  const { mesh } = study;
  for (const functional of functionals)
    if (functional.quantity !== 'mass' && functional.quantity !== 'temperature')
      throw refuseQuantity(functional, 'thermal studies');
  const probes =
    known?.probes ??
    anchorProbes(
      mesh,
      functionals.map((functional) => (functional.quantity === 'temperature' ? (functional.at_mm ?? null) : null)),
    );
  const built = buildHeatModel(mesh, study, false);
  const { temperature } = await settings.solve(built);
  const anchors = known ?? { probes, range: rangeOf(temperature) };

  const states: FunctionalState[] = [];
  const byTemperature: Float64Array[] = [];
  const heated: FunctionalState[] = [];
  for (const [index, functional] of functionals.entries()) {
    if (functional.quantity === 'mass') {
      const { model } = buildModel(mesh, study.bodies, [], [], null, [], { mayMove: true });
      const { byNodes, ...state } = massState(new core.ShapeDerivatives(model), mesh.nodes.length);
      states.push({ ...state, ...(settings.gradients ? { byNodes } : {}) });
      continue;
    }
    const { at_mm, sharpness = DEFAULT_TEMPERATURE_SHARPNESS } = functional as { at_mm?: Vec3; sharpness?: number };
    const { state, slope } = at_mm
      ? atProbe(temperature, probes[index]!, at_mm)
      : highest(temperature, sharpness / anchors.range);
    states.push(state);
    heated.push(state);
    byTemperature.push(slope);
  }
  if (settings.gradients && heated.length > 0) {
    const answers = await settings.differentiate(built.model, temperature, byTemperature);
    for (const [index, { byNodes, surfaces }] of answers.entries()) {
      addSpreadOfFlows(built, study, surfaces, byNodes);
      heated[index]!.byNodes = byNodes;
    }
  }
  return { states, anchors };
}

function rangeOf(temperature: Float64Array): number {
  const [lowest, highest] = extremes(temperature);
  // Where all is of one temperature anything serves.
  return highest - lowest > 1e-9 * (1 + Math.abs(highest)) ? highest - lowest : 1;
}

function extremes(temperature: Float64Array): [number, number] {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of temperature) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  return [lowest, highest];
}

interface Slope {
  state: FunctionalState;
  /** n: the value's derivative by the temperatures. */
  slope: Float64Array;
}

function atProbe(temperature: Float64Array, { nodes, shape }: ProbeAnchor, at_mm: Vec3): Slope {
  const slope = new Float64Array(temperature.length);
  let value = 0;
  nodes.forEach((node, k) => {
    slope[node]! += shape[k]!;
    value += shape[k]! * temperature[node]!;
  });
  return { state: { name: `temperature at ${words(at_mm)}`, unit: 'degC', value }, slope };
}

/** G. Kreisselmeier and R. Steinhauser 1979: never below the maximum, and above it by no more than ln(n) / sharpness_1_K. */
function highest(temperature: Float64Array, sharpness_1_K: number): Slope {
  const maximum = extremes(temperature)[1];
  const slope = temperature.map((value) => Math.exp(sharpness_1_K * (value - maximum)));
  const sum = slope.reduce((total, value) => total + value, 0);
  const state: FunctionalState = {
    name: 'highest temperature, smoothed',
    unit: 'degC',
    value: maximum + Math.log(sum) / sharpness_1_K,
    maximum,
  };
  return { state, slope: slope.map((value) => value / sum) };
}

/** A flow P through the area A is the flux P / A: where A grows it falls. `surfaces`: the adjoint's integrals. */
function addSpreadOfFlows(built: BuiltHeat, study: HeatCase, surfaces: Float64Array, out: Float64Array): void {
  // Entries are those of the restraints, then of the loads, both without the suppressed.
  const loads = study.loads.filter(({ load }) => !load.suppressed);
  const entries = built.entries.slice(built.entries.length - loads.length);
  for (const [index, { load, target }] of loads.entries()) {
    if (load.kind !== 'heat-flow' || !target) continue;
    const patch = built.finder.patch(target, `Load "${load.name}"`);
    const gradient = emptySampleGradient(patch);
    gradient.byWeight.fill((-power_mW(load.power_W) / patch.total ** 2) * surfaces[entries[index]!.surface!]!);
    addPatchGradient(patch, gradient, built.finder.mesh.nodes, out);
  }
}
