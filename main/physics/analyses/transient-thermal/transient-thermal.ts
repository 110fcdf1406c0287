/** Temperatures over time: kept pictures, probes and heat flows as curves. */
import type { TransientHeatOptions, TransientHeatSolution } from '../../../../native/index.d.ts';
import type { Probe, ResultCurve, ResultFrame, ResultSummary } from '../../../../preload/contract/studies.ts';
import { refuseStudy } from '../../errors.ts';
import { packHeatDeck } from '../../export/heat-deck.ts';
import { type BuiltHeat, buildHeatModel } from '../../heat/model.ts';
import { solveOverTime } from '../../heat/run.ts';
import { fluxField, type HeatFields, heatProbes, summariseHeat } from '../../heat/summary.ts';
import { power_W } from '../../heat/units.ts';
import type { VolumeMesh } from '../../model/mesh.ts';
import { packFrames } from '../../results/fields.ts';
import { Locator } from '../../results/locate.ts';
import { extremesOf } from '../../results/summary.ts';
import { type Analysis, type AnalysisInput, deckMetaOf, packedMeshOf, type Warnings } from '../analysis.ts';

const SOLVE_FROM = 0.05;
const SOLVE_TO = 0.92;
/** Pictures that are kept where the study does not say. */
const DEFAULT_FRAMES = 50;
/** Overshoot beyond this share of the span of temperatures is told. */
const OVERSHOOT_TOLD = 0.02;

export const transientThermalAnalysis: Analysis = async (input) => {
  const { task, mesh, progress } = input;
  const settings = task.study.transient;
  if (!settings)
    throw refuseStudy(
      'no-times',
      'The study does not say how long it lasts.',
      'Give an end time and an initial temperature.',
    );
  const built = buildHeatModel(mesh, task, true);
  built.model.initialTemperature = new Float64Array(mesh.nodes.length / 3).fill(settings.initial_degC);
  const count = settings.frames ?? DEFAULT_FRAMES;
  const probes = temperatureProbes(task.study.probes);
  const solution = await solveOverTime(
    input,
    built,
    {
      end: settings.end_s,
      ...(settings.step_s === undefined ? {} : { step: settings.step_s }),
      outputTimes: Float64Array.from({ length: count + 1 }, (_, i) => (settings.end_s * i) / count),
      probes: probeWeights(mesh, probes),
    },
    SOLVE_FROM,
    SOLVE_TO,
  );
  progress('Collecting results', SOLVE_TO);
  const pictures = picturesOf(solution, mesh);
  const last = pictures.at(-1)!;
  const warnings: Warnings = overshootWarnings(solution);
  const frames = pictures.map(({ time_s, fields }) =>
    frameOf(input, built, time_s, fields, task.study.probes, warnings),
  );
  const heat = heatAtEnd(built, solution);
  const summary: ResultSummary = {
    ...summariseHeat({
      input,
      built,
      solution,
      type: 'transient-thermal',
      fields: last.fields,
      relativeResidual: solution.balanceError,
      heat,
      warnings,
    }),
    frames,
    curves: curvesOf(built, solution, probes),
  };
  progress('Packing', 0.97);
  return {
    summary,
    fields: packFrames(
      { ...packedMeshOf(input, built.elementBody), elementError: solution.elementError },
      pictures.map(({ fields }) => ({
        temperature: Float32Array.from(fields.temperature),
        heatFlux: Float32Array.from(fields.heatFlux),
      })),
      task.inputHash,
    ),
    deck: packHeatDeck(built.model, deckMetaOf(task), {
      end: settings.end_s,
      initial: settings.initial_degC,
      ...(settings.step_s === undefined ? {} : { step: settings.step_s }),
    }),
  };
};

const temperatureProbes = (probes: readonly Probe[]): Probe[] =>
  probes.filter(({ quantity }) => (quantity ?? 'temperature') === 'temperature');

function probeWeights(mesh: VolumeMesh, probes: readonly Probe[]): NonNullable<TransientHeatOptions['probes']> {
  const locator = probes.length > 0 ? new Locator(mesh.nodes, mesh.elements) : null;
  const places = probes.map(({ at_mm }) => locator!.locate(at_mm));
  return {
    offsets: Int32Array.from({ length: probes.length + 1 }, (_, i) => 10 * i),
    nodes: Int32Array.from(
      places.flatMap(({ element }) => [...mesh.elements.subarray(10 * element, 10 * element + 10)]),
    ),
    weights: Float64Array.from(places.flatMap(({ shape }) => shape)),
  };
}

interface Picture {
  time_s: number;
  fields: HeatFields;
}

function picturesOf(solution: TransientHeatSolution, mesh: VolumeMesh): Picture[] {
  const n = mesh.nodes.length / 3;
  return [...solution.frameTimes].map((time_s, i) => ({
    time_s,
    fields: {
      temperature: solution.frameTemperatures.subarray(n * i, n * (i + 1)),
      heatFlux: fluxField(solution.frameFluxes.subarray(3 * n * i, 3 * n * (i + 1))),
    },
  }));
}

function frameOf(
  input: AnalysisInput,
  built: BuiltHeat,
  time_s: number,
  fields: HeatFields,
  probes: readonly Probe[],
  warnings: Warnings,
): ResultFrame {
  return {
    name: `${Number(time_s.toPrecision(6))} s`,
    kind: 'time',
    value: time_s,
    unit: 's',
    extremes: extremesOf(input.mesh.nodes, fields),
    probes: heatProbes(input, built.elementBody, fields, probes, warnings).map(({ value }) => value),
  };
}

/** Names of the columns of `inflowRate`, in order, with the index of each; fixed temperatures are one. */
function flowColumns(built: BuiltHeat): { name: string; id: string; column: number }[] {
  const surfaces = built.model.surfaces?.length ?? 0;
  const columns = built.entries.flatMap(({ id, name, surface, source }) => {
    if (surface !== undefined) return [{ id, name, column: 1 + surface }];
    if (source !== undefined) return [{ id, name, column: 1 + surfaces + source }];
    return [];
  });
  return built.model.fixedNodes.length > 0
    ? [...columns, { id: 'fixed', name: 'fixed temperatures', column: 0 }]
    : columns;
}

const widthOf = ({ model }: BuiltHeat): number => 2 + (model.surfaces?.length ?? 0) + (model.sources?.length ?? 0);

/** What flows in and is stored at the end, W; the balance is that of the whole time. */
function heatAtEnd(built: BuiltHeat, solution: TransientHeatSolution): NonNullable<ResultSummary['heat']> {
  const row = solution.inflowRate.subarray(solution.inflowRate.length - widthOf(built));
  const inflow_W = built.entries.map(({ id, name, surface, source, nodes }) => {
    const surfaces = built.model.surfaces?.length ?? 0;
    let power = 0;
    if (surface !== undefined) power = row[1 + surface]!;
    else if (source !== undefined) power = row[1 + surfaces + source]!;
    else for (const node of nodes ?? []) power += solution.fixedHeat[node]!;
    return { id, name, power_W: power_W(power) };
  });
  return {
    inflow_W,
    stored_W: power_W(row.reduce((sum, value) => sum + value, 0)),
    balance_error: solution.balanceError,
  };
}

function curvesOf(built: BuiltHeat, solution: TransientHeatSolution, probes: readonly Probe[]): ResultCurve[] {
  const x = { name: 'time', unit: 's', values: [...solution.times] };
  const width = widthOf(built);
  const column = (values: Float64Array, stride: number, index: number, factor = 1): number[] =>
    x.values.map((_, row) => factor * values[stride * row + index]!);
  const curves: ResultCurve[] = [
    {
      id: 'temperature-range',
      name: 'Coldest and hottest',
      kind: 'time',
      x,
      y: [
        { name: 'lowest temperature', unit: 'degC', values: [...solution.lowest] },
        { name: 'highest temperature', unit: 'degC', values: [...solution.highest] },
      ],
    },
    {
      id: 'heat-flow',
      name: 'Heat into the part',
      kind: 'time',
      // At the start nothing has flowed yet: the rates are those at the ends of steps.
      x: { ...x, values: x.values.slice(1) },
      y: flowColumns(built).map(({ name, column: index }) => ({
        name,
        unit: 'W',
        values: column(solution.inflowRate, width, index, 1e-3).slice(1),
      })),
    },
    {
      id: 'stored-heat',
      name: 'Stored heat',
      kind: 'time',
      x,
      y: [{ name: 'stored heat', unit: 'J', values: [...solution.storedHeat].map((value) => value / 1000) }],
    },
  ];
  if (probes.length > 0)
    curves.unshift({
      id: 'probes',
      name: 'Probes',
      kind: 'time',
      x,
      y: probes.map(({ name }, index) => ({
        name,
        unit: 'degC',
        values: column(solution.probes, probes.length, index),
      })),
    });
  return curves;
}

function overshootWarnings({ overshoot, lowest, highest }: TransientHeatSolution): Warnings {
  const span = Math.max(...highest) - Math.min(...lowest);
  if (!(overshoot > OVERSHOOT_TOLD * span)) return [];
  return [
    {
      code: 'heat.overshoot',
      message: `Temperatures go ${overshoot.toPrecision(2)} K beyond what is physical, early on where heat enters suddenly: the mesh is too coarse for so steep a front. Refine it there, or look at later times only.`,
    },
  ];
}
