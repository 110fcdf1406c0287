/**
 * Surrogates of the four sample parts that ship, from nothing: solved, learnt and judged by designs that they never saw. Designs
 * are kept in the system's temporary folder under a hash of what decides them, so that a second run only learns and judges.
 */
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MeshControl } from '../../../preload/contract/index.ts';
import { createKernel } from '../../kernel/index.ts';
import { createPhysics } from '../../physics/index.ts';
import { disposePartScripts } from '../../scripting/index.ts';
import {
  DataStore,
  designOf,
  makeData,
  type OpenModel,
  openModel,
  readSpecification,
  type SurrogateSpecification,
  scriptedSource,
  shippedSpecifications,
  trainModel,
  type ValidationReport,
  validateModel,
} from '../../surrogates/index.ts';
import { type CommandIo, terminalContext } from '../output.ts';
import type { Benchmark, BenchmarkLine } from './types.ts';

/** Predictions, one after the other, that a rate is measured with. */
const ASKED = 60;
const LEAST_FASTER = 200;
const LEAST_RATE_Hz = 20;
const MOST_SECONDS = 20 * 60;

export const surrogates: Benchmark = {
  name: 'surrogates',
  summary: 'models of four sample parts from nothing: errors, intervals, validity, speed',
  cases: async () => (await shippedSpecifications()).map(({ key }) => key),
  async run(io, only) {
    const lines: BenchmarkLine[] = [];
    try {
      for (const { key, path } of await shippedSpecifications())
        if (!only || only.includes(key)) lines.push(...(await ofPart(key, await readSpecification(path), io)));
    } finally {
      disposePartScripts();
    }
    return { name: 'surrogates', lines };
  },
};

async function ofPart(key: string, specification: SurrogateSpecification, io: CommandIo): Promise<BenchmarkLine[]> {
  const place = join(tmpdir(), 'artificer-bench-surrogates');
  const hash = `${specification.partHash.slice(0, 8)}${specification.studyHash.slice(0, 8)}`;
  const data = join(place, `${key}-${hash}-${specification.seed}`);
  const folder = join(place, `${key}-model`);
  const context = terminalContext(io);
  const made = await makeData(specification, data, context);
  const started = performance.now();
  const card = await trainModel(data, folder, context);
  const learnt = (performance.now() - started) / 1000;
  const again = await trainModel(data, `${folder}-again`, context);
  await rm(`${folder}-again`, { recursive: true });
  const store = await DataStore.open(data);
  const model = await openModel(folder);
  try {
    const judging = performance.now();
    const report = await validateModel(model, store, context);
    const judged = (performance.now() - judging) / 1000;
    const speed = await speedOf(model, specification, io);
    const whole = made.added === made.solved.training + made.solved.unseen + made.failed.length;
    return [
      ...errorsOf(key, report),
      { what: `${key}: one prediction with fields`, value: 1000 * speed.prediction, unit: 'ms' },
      {
        what: `${key}: a solution at the default mesh over it`,
        value: speed.solve / speed.prediction,
        unit: 'times',
        bar: `at least ${LEAST_FASTER}`,
        holds: speed.solve >= LEAST_FASTER * speed.prediction,
      },
      {
        what: `${key}: updates in live mode`,
        value: 1 / speed.prediction,
        unit: 'Hz',
        bar: `at least ${LEAST_RATE_Hz}`,
        holds: speed.prediction <= 1 / LEAST_RATE_Hz,
      },
      { what: `${key}: provider`, value: speed.provider },
      whole
        ? {
            what: `${key}: data, training and validation`,
            value: made.seconds + learnt + judged,
            unit: 's',
            bar: 'under 20 minutes',
            holds: made.seconds + learnt + judged < MOST_SECONDS,
          }
        : { what: `${key}: training and validation (the data were there)`, value: learnt + judged, unit: 's' },
      {
        what: `${key}: the same seed gives the same model`,
        value: again.files.model.sha256 === card.files.model.sha256 ? 'yes' : 'no',
        bar: 'to the last bit',
        holds: again.files.model.sha256 === card.files.model.sha256,
      },
    ];
  } finally {
    await model.dispose();
  }
}

function errorsOf(key: string, report: ValidationReport): BenchmarkLine[] {
  const { interval } = report;
  const tried = report.outOfValidity.reduce((sum, each) => sum + each.tried, 0);
  const declined = report.outOfValidity.reduce((sum, each) => sum + each.declined, 0);
  return [
    ...report.scalars.map(({ name, r2, holds }) => ({
      what: `${key}: R² of ${name}`,
      value: r2,
      bar: 'at least 0.99',
      holds,
    })),
    ...report.fields.map(({ name, relativeL2, bar, holds }) => ({
      what: `${key}: relative L2 of ${name}`,
      value: 100 * relativeL2,
      unit: '%',
      bar: `at most ${100 * bar} %`,
      holds,
    })),
    {
      what: `${key}: intervals of the 90 % level that hold (${interval.n} designs)`,
      value: 100 * interval.pooled,
      unit: '%',
      bar: '86 % to 94 %',
      holds: interval.holds,
    },
    ...[...report.scalars, ...report.fields].map(({ name, coverage }) => ({
      what: `${key}: of ${name}`,
      value: 100 * coverage,
      unit: '%',
    })),
    {
      what: `${key}: unseen designs that are answered`,
      value: 100 * report.answered.share,
      unit: '%',
      bar: 'at least 90 %',
      holds: report.answered.holds,
    },
    {
      what: `${key}: declined of ${tried} inputs out of validity`,
      value: (100 * declined) / tried,
      unit: '%',
      bar: 'at least 95 % of each kind',
      holds: report.outOfValidityHolds,
    },
  ];
}

/** The study on a mesh of its own at the default accuracy, with all cores, against a prediction of the same design. */
async function speedOf(
  model: OpenModel,
  specification: SurrogateSpecification,
  io: CommandIo,
): Promise<{ prediction: number; solve: number; provider: string }> {
  const context = terminalContext(io);
  const design = designOf(model.card, specification.reference);
  const provider = await model.warm();
  const asked = { signal: io.signal, fields: true };
  await model.predict([design], asked);
  const started = performance.now();
  for (let i = 0; i < ASKED; i++) await model.predict([design], asked);
  const prediction = (performance.now() - started) / 1000 / ASKED;
  const kernel = createKernel();
  const physics = createPhysics();
  try {
    const source = scriptedSource(kernel, specification);
    const made = await source.make(specification.reference, 0, context);
    const mesh: MeshControl = { ...source.study.mesh, accuracy: 'default' };
    delete mesh.size_mm;
    const solving = performance.now();
    await physics.solve(
      {
        bodies: source.bodies(made.infos),
        brep: made.brep,
        inputHash: source.studyHash,
        study: { ...source.inNamesOf(made), mesh },
      },
      context,
    );
    return { prediction, solve: (performance.now() - solving) / 1000, provider };
  } finally {
    await physics.dispose();
    await kernel.dispose();
  }
}
