/**
 * Stress from temperatures: of a thermal study (the same mesh, or another), of one uniform temperature, or solved here first
 * from the study's own thermal conditions, on the same mesh in one go.
 */
import { decodeBundle, encodeBundle } from '../../../../preload/contract/bundle.ts';
import {
  DEFAULT_REFERENCE_TEMPERATURE_degC,
  type ResultSummary,
  THERMAL_LOADS,
} from '../../../../preload/contract/studies.ts';
import { refuseStudy } from '../../errors.ts';
import { mapTemperatures } from '../../heat/map-temperatures.ts';
import type { ModelBody } from '../../model/build.ts';
import { probe } from '../../results/probe.ts';
import { unitOf } from '../../results/quantities.ts';
import type { Answers, SolveTask } from '../../workers/tasks.ts';
import type { Analysis, AnalysisInput } from '../analysis.ts';
import { staticAnalysis } from '../static/static.ts';
import { thermalAnalysis } from '../thermal/thermal.ts';

/** Share of the work that the temperatures take: a third of the unknowns, and a ninth of the matrix. */
const HEAT_SHARE = 0.3;

interface Temperatures {
  /** n, degC. */
  temperature: Float64Array;
  /** Of the thermal solution, where there is one: W/m^2 and its summary. */
  heat?: { heatFlux: Float32Array; summary: ResultSummary };
  warnings: { code: string; message: string }[];
}

const isThermalLoad = (task: SolveTask['loads'][number]): boolean =>
  THERMAL_LOADS.includes(task.load.kind) || task.load.kind === 'body-temperature';
const isThermalRestraint = ({ restraint }: SolveTask['restraints'][number]): boolean =>
  restraint.kind === 'temperature';

/** Whether a task asks for stress from temperatures that come from elsewhere. */
export const hasTemperatures = ({ temperatures, study, loads }: SolveTask): boolean =>
  temperatures !== null ||
  study.temperatures !== undefined ||
  loads.some(({ load }) => load.kind === 'body-temperature');

export const thermalStressAnalysis: Analysis = async (input) => {
  const { task } = input;
  // The temperatures that come from elsewhere are there in every load case: one that only some have cannot be beside them.
  if ((task.study.cases ?? []).length > 0 && task.loads.some(({ load }) => load.kind === 'body-temperature'))
    throw refuseStudy(
      'two-temperatures',
      'The load cases have a temperature of their own beside that of the study.',
      'Keep one: a static study with body temperatures in its load cases, or one temperature for all of them.',
    );
  const found = await temperaturesOf(input);
  const reference = task.study.referenceTemperature_degC ?? DEFAULT_REFERENCE_TEMPERATURE_degC;
  const { temperatures: _taken, ...study } = task.study;
  const answer = await staticAnalysis({
    ...input,
    progress: (stage, fraction, detail) => input.progress(stage, HEAT_SHARE + (1 - HEAT_SHARE) * fraction, detail),
    task: {
      ...task,
      study: { ...study, study: 'static' },
      bodies: task.bodies.map(mechanically),
      restraints: task.restraints.filter((one) => !isThermalRestraint(one)),
      loads: task.loads.filter((one) => !isThermalLoad(one)),
      temperatures: null,
      temperatureChange: found.temperature.map((value) => value - reference),
    },
  });
  return withTemperatures(input, answer, found);
};

/** Tables of heat alone are no concern of the stress. */
function mechanically(body: ModelBody): ModelBody {
  const { tables, ...properties } = body.material.properties;
  if (!tables) return body;
  const { conductivity_W_mK: _conducts, specificHeat_J_kgK: _stores, ...mechanical } = tables;
  const kept = Object.keys(mechanical).length > 0 ? { tables: mechanical } : {};
  return { ...body, material: { ...body.material, properties: { ...properties, ...kept } } };
}

async function temperaturesOf(input: AnalysisInput): Promise<Temperatures> {
  const { task, mesh } = input;
  const uniform = uniformTemperature(task);
  const conditions =
    task.restraints.some(isThermalRestraint) || task.loads.some(({ load }) => THERMAL_LOADS.includes(load.kind));
  const sources = [uniform !== null, task.temperatures !== null, conditions].filter(Boolean).length;
  if (sources > 1)
    throw refuseStudy(
      'two-temperatures',
      'The study has temperatures from more than one source.',
      'Keep one: a thermal study, a uniform temperature, or thermal conditions of its own.',
    );
  if (uniform !== null) return { temperature: new Float64Array(mesh.nodes.length / 3).fill(uniform), warnings: [] };
  if (task.temperatures) {
    input.progress('Mapping temperatures', 0.02);
    const { temperature } = mapTemperatures(task.temperatures.fields, task.temperatures.frame, mesh);
    return { temperature, warnings: [] };
  }
  if (!conditions)
    throw refuseStudy(
      'no-temperatures',
      'The study has no temperatures.',
      'Name a thermal study, give a uniform temperature, or add thermal conditions: temperatures, convection, heat.',
    );
  const solved = await thermalAnalysis({
    ...input,
    warnings: [],
    progress: (stage, fraction, detail) => input.progress(heatStage(stage), HEAT_SHARE * fraction, detail),
    task: {
      ...task,
      study: { ...task.study, probes: [] },
      restraints: task.restraints.filter(isThermalRestraint),
      loads: task.loads.filter(({ load }) => THERMAL_LOADS.includes(load.kind)),
      warnings: [],
    },
  });
  const { arrays } = decodeBundle(solved.fields);
  return {
    temperature: Float64Array.from(arrays['temperature']!),
    heat: { heatFlux: arrays['heatFlux'] as Float32Array, summary: solved.summary },
    warnings: solved.summary.warnings,
  };
}

const heatStage = (stage: string): string => (stage === 'Solving' ? 'Solving temperatures' : stage);

/** Of the study's source of temperatures, or of a load that says the same; null where there is none. */
function uniformTemperature({ study, loads }: SolveTask): number | null {
  const said = loads.flatMap(({ load }) => (load.kind === 'body-temperature' ? [load.temperature_degC] : []));
  if (study.temperatures?.from === 'uniform') said.push(study.temperatures.temperature_degC);
  if (said.length > 1)
    throw refuseStudy('two-temperatures', 'The study has more than one uniform temperature.', 'Keep one.');
  return said[0] ?? null;
}

/** Adds temperatures to a static result: fields, extremes, probes, the balance of heat. */
function withTemperatures(input: AnalysisInput, answer: Answers['solve'], found: Temperatures): Answers['solve'] {
  const { mesh, task } = input;
  const { meta, arrays } = decodeBundle(answer.fields);
  const { temperature, heat } = found;
  const hottest = extreme(temperature, (a, b) => a > b);
  const coldest = extreme(temperature, (a, b) => a < b);
  const placeOf = (node: number) => ({
    value: temperature[node]!,
    at_mm: [...mesh.nodes.subarray(3 * node, 3 * node + 3)] as [number, number, number],
    unit: 'degC',
  });
  const { summary } = answer;
  const thermal = task.study.probes.map(
    ({ quantity }) => quantity === 'temperature' || quantity?.startsWith('heat_flux'),
  );
  const probed = thermal.some(Boolean)
    ? probe(
        {
          nodes: mesh.nodes,
          elements: mesh.elements,
          elementBody: arrays['elementBody']!,
          temperature,
          ...(heat ? { heatFlux: heat.heatFlux } : {}),
          strengths: [],
        },
        task.study.probes.map(({ at_mm }) => at_mm),
      )
    : [];
  return {
    deck: answer.deck,
    summary: {
      ...summary,
      type: task.study.study ?? 'thermal-stress',
      extremes: {
        ...summary.extremes,
        ...(heat ? heat.summary.extremes : {}),
        temperature: { min: placeOf(coldest), max: placeOf(hottest) },
      },
      probes: summary.probes.map((one, index) => {
        const quantity = task.study.probes[index]?.quantity;
        if (!quantity || !thermal[index]) return one;
        return { ...one, quantity, unit: unitOf(quantity), value: probed[index]!.values[quantity] ?? 0 };
      }),
      ...(heat?.summary.heat ? { heat: heat.summary.heat } : {}),
      discretisation_error: {
        ...summary.discretisation_error,
        ...(heat?.summary.discretisation_error.peak_flux_percent === undefined
          ? {}
          : { peak_flux_percent: heat.summary.discretisation_error.peak_flux_percent }),
      },
      warnings: [...found.warnings, ...summary.warnings],
    },
    fields: encodeBundle({
      meta,
      arrays: {
        ...arrays,
        temperature: Float32Array.from(temperature),
        ...(heat ? { heatFlux: heat.heatFlux } : {}),
      },
    }),
  };
}

function extreme(values: Float64Array, better: (a: number, b: number) => boolean): number {
  let found = 0;
  for (let i = 1; i < values.length; i++) if (better(values[i]!, values[found]!)) found = i;
  return found;
}
