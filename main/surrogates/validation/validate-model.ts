/** A model asked about every design that was kept apart, and about some that it has to be silent about. */
import {
  type BundleArray,
  decodeBundle,
  type JobContext,
  type SurrogateCard,
  type SurrogateField,
} from '../../../preload/contract/index.ts';
import { refuseSurrogate } from '../errors.ts';
import type { Design, DesignPrediction, OpenModel } from '../library/open-model.ts';
import { halfWidthOf } from '../library/verdict.ts';
import { compareFields } from '../model/measure.ts';
import type { ModelData } from '../model/train-model.ts';
import { explained, rootMeanSquare } from '../model/train-scalar.ts';
import { BARS, coverageBand } from './bars.ts';
import { type OutOfValidity, outOfValidity } from './out-of-validity.ts';

/** Inputs of each kind that it has to decline. */
const TRIED = 50;

export interface JudgedScalar {
  name: string;
  unit: string;
  r2: number;
  rms: number;
  /** Share of intervals that hold the solved value. */
  coverage: number;
  /** Of intervals of other levels. */
  curve: { level: number; coverage: number }[];
  holds: boolean;
}

export interface JudgedField {
  name: SurrogateField;
  unit: string;
  relativeL2: number;
  worstRelativeL2: number;
  /** Over all designs and points. */
  coverage: number;
  bar: number;
  holds: boolean;
}

export interface JudgedDesign {
  index: number;
  values: number[];
  /** In the order of the scalars. */
  scalars: { solved: number; value: number; low: number; high: number }[];
  fields: { name: SurrogateField; relativeL2: number; coverage: number }[];
  /** To the next training design, over the farthest that is answered. */
  distance: number;
  solve_s: number;
}

export interface ValidationReport {
  name: string;
  part: string;
  modelSha256: string;
  dataHash: string;
  trainedOn: string;
  seed: number;
  designs: { training: number; unseen: number; answered: number };
  declined: { index: number; values: number[]; reasons: string[] }[];
  scalars: JudgedScalar[];
  fields: JudgedField[];
  interval: {
    level: number;
    /** Answers that the shares are of: designs x scalars, and designs. */
    answers: number;
    n: number;
    /** Over all scalars, and over all of them and the fields with one voice each. */
    scalars: number;
    pooled: number;
    band: { low: number; high: number };
    holds: boolean;
  };
  outOfValidity: { kind: OutOfValidity['kind']; tried: number; declined: number }[];
  outOfValidityHolds: boolean;
  answered: { share: number; bar: number; holds: boolean };
  seconds: { prediction: number; solve: number; timesFaster: number };
  judged: JudgedDesign[];
  passed: boolean;
}

/** A model that declines everything is right about nothing. */
const LEAST_ANSWERED = 0.9;

/** @throws ArtificerError `surrogate.no-unseen-designs`, `surrogate.other-data`, and when cancelled */
export async function validateModel(model: OpenModel, data: ModelData, context: JobContext): Promise<ValidationReport> {
  const { card } = model;
  const unseen = data.solved('unseen');
  if (unseen.length === 0)
    throw refuseSurrogate(
      'no-unseen-designs',
      'The data have no designs that were kept apart to judge a model by.',
      'Give the specification unseen: 50 and make the data again.',
    );
  refuseOtherData(card, data);
  const judged: JudgedDesign[] = [];
  const declined: ValidationReport['declined'] = [];
  const counted = new Map<string, { inside: number; counted: number }>();
  await model.warm();
  let seconds = 0;
  for (const [i, design] of unseen.entries()) {
    context.signal.throwIfAborted();
    context.progress('Asking about designs that were kept apart', i / unseen.length);
    const asked = designOf(card, design.values);
    const options = { signal: context.signal, fields: true, studyHash: card.studyHash, partHash: card.partHash };
    const answer = await model.predict([asked], options);
    if (i > 0 || unseen.length === 1) seconds += answer.seconds;
    const [found] = answer.designs as [DesignPrediction];
    if (!('scalars' in found)) {
      declined.push({ index: design.index, values: design.values, reasons: found.verdict.reasons });
      continue;
    }
    const arrays: Record<string, BundleArray> =
      card.fields.length > 0 ? decodeBundle(await data.fields(design)).arrays : {};
    judged.push({
      index: design.index,
      values: design.values,
      distance: found.verdict.distance,
      solve_s: design.seconds['solve'] ?? 0,
      scalars: found.scalars.map(({ value, low, high }, q) => ({ solved: design.scalars[q]!, value, low, high })),
      fields: (found.fields?.fields ?? []).map(({ name, values, halfWidths }) => {
        const compared = compareFields(Float32Array.from(arrays[name] as ArrayLike<number>), values, halfWidths);
        const sum = counted.get(name) ?? { inside: 0, counted: 0 };
        counted.set(name, { inside: sum.inside + compared.inside, counted: sum.counted + compared.counted });
        return { name, relativeL2: compared.relativeL2, coverage: share(compared.inside, compared.counted) };
      }),
    });
  }
  const scalars = card.scalars.map((scalar, q) =>
    judgeScalar(
      scalar,
      judged.map((each) => each.scalars[q]!),
    ),
  );
  const fields = card.fields.map((field) => judgeField(field, judged, counted.get(field.name)));
  const silent = await tryOutOfValidity(model, context);
  return finish(card, data, {
    judged,
    declined,
    scalars,
    fields,
    silent,
    prediction: seconds / Math.max(1, unseen.length - 1),
  });
}

const share = (some: number, all: number): number => (all > 0 ? some / all : 1);

function refuseOtherData(card: SurrogateCard, { head }: ModelData): void {
  const names = (list: readonly { name: string; unit?: string }[]): string =>
    JSON.stringify(list.map(({ name, unit }) => [name, unit]));
  const differs = [
    ['part', head.partHash === card.partHash],
    ['study', head.studyHash === card.studyHash],
    ['parameters', names(head.parameters) === names(card.parameters)],
    ['quantities', names(head.quantities) === names(card.scalars)],
    ['fields', JSON.stringify(head.fields) === JSON.stringify(card.fields.map(({ name }) => name))],
  ].flatMap(([what, same]) => (same ? [] : [what]));
  if (differs.length > 0)
    throw refuseSurrogate(
      'other-data',
      `The data are not of what the model predicts: ${differs.join(', ')} differ.`,
      'Validate with the data that the model was trained on, or others of the same specification.',
    );
}

export const designOf = ({ parameters }: SurrogateCard, values: readonly number[]): Design =>
  Object.fromEntries(parameters.map(({ name }, k) => [name, values[k]!]));

function judgeScalar(
  { name, unit, logarithmic, curve }: SurrogateCard['scalars'][number],
  answers: JudgedDesign['scalars'],
): JudgedScalar {
  const solved = Float64Array.from(answers, (each) => each.solved);
  const values = answers.map(({ value }) => value);
  const r2 = answers.length > 0 ? Math.max(-1e9, explained(solved, values)) : 0;
  /** |error| over half of the interval. */
  const scores = answers.map(({ value, low, high, solved: truth }) => {
    const off = logarithmic ? Math.abs(Math.log(truth / value)) : Math.abs(truth - value);
    const half = halfWidthOf(logarithmic, low, high);
    return half > 0 ? off / half : off > 0 ? Number.POSITIVE_INFINITY : 0;
  });
  const covered = (width: number): number => share(scores.filter((score) => score <= width).length, scores.length);
  return {
    name,
    unit,
    r2,
    rms: answers.length > 0 ? rootMeanSquare(solved, values) : 0,
    coverage: covered(1),
    curve: curve.map(({ level, width }) => ({ level, coverage: covered(width) })),
    holds: r2 >= BARS.r2,
  };
}

function judgeField(
  { name, unit }: SurrogateCard['fields'][number],
  judged: readonly JudgedDesign[],
  counted: { inside: number; counted: number } | undefined,
): JudgedField {
  const errors = judged.map(({ fields }) => fields.find((field) => field.name === name)!.relativeL2);
  const relativeL2 = Math.sqrt(
    share(
      errors.reduce((sum, error) => sum + error * error, 0),
      errors.length,
    ),
  );
  const bar = BARS.relativeL2[name];
  return {
    name,
    unit,
    relativeL2,
    worstRelativeL2: Math.max(0, ...errors),
    coverage: share(counted?.inside ?? 0, counted?.counted ?? 0),
    bar,
    holds: errors.length > 0 && relativeL2 <= bar,
  };
}

async function tryOutOfValidity(model: OpenModel, context: JobContext): Promise<ValidationReport['outOfValidity']> {
  const tried = outOfValidity(model.card, TRIED, model.card.seed);
  const found = new Map<OutOfValidity['kind'], { tried: number; declined: number }>();
  for (const [i, { kind, values, asked }] of tried.entries()) {
    context.progress('Asking about what it cannot know', i / tried.length);
    const options = { signal: context.signal, fields: false, ...asked };
    const [answer] = (await model.predict([designOf(model.card, values)], options)).designs as [DesignPrediction];
    const sum = found.get(kind) ?? { tried: 0, declined: 0 };
    found.set(kind, {
      tried: sum.tried + 1,
      declined: sum.declined + (answer.verdict.kind === 'declined' && Object.keys(answer).length === 1 ? 1 : 0),
    });
  }
  return [...found].map(([kind, counts]) => ({ kind, ...counts }));
}

function finish(
  card: SurrogateCard,
  data: ModelData,
  parts: Pick<ValidationReport, 'judged' | 'declined' | 'scalars' | 'fields'> & {
    silent: ValidationReport['outOfValidity'];
    prediction: number;
  },
): ValidationReport {
  const { judged, declined, scalars, fields, silent, prediction } = parts;
  const unseen = judged.length + declined.length;
  const voices = [...scalars, ...fields].map(({ coverage }) => coverage);
  const mean = (values: number[]): number =>
    share(
      values.reduce((sum, value) => sum + value, 0),
      values.length,
    );
  const pooled = mean(voices);
  const band = coverageBand(judged.length, card.interval.level);
  const holds = pooled >= band.low && pooled <= band.high;
  const answered = share(judged.length, unseen);
  const outOfValidityHolds = silent.every((each) => each.declined >= BARS.declined * each.tried);
  const solve = mean(judged.map(({ solve_s }) => solve_s));
  return {
    name: card.name,
    part: card.part,
    modelSha256: card.files.model.sha256,
    dataHash: data.hash(),
    trainedOn: card.dataHash,
    seed: card.seed,
    designs: { training: card.designs, unseen, answered: judged.length },
    declined,
    scalars,
    fields,
    interval: {
      level: card.interval.level,
      answers: judged.length * scalars.length,
      n: judged.length,
      scalars: mean(scalars.map(({ coverage }) => coverage)),
      pooled,
      band,
      holds,
    },
    outOfValidity: silent,
    outOfValidityHolds,
    answered: { share: answered, bar: LEAST_ANSWERED, holds: answered >= LEAST_ANSWERED },
    seconds: { prediction, solve, timesFaster: prediction > 0 ? solve / prediction : 0 },
    judged,
    passed:
      holds && outOfValidityHolds && answered >= LEAST_ANSWERED && [...scalars, ...fields].every((each) => each.holds),
  };
}
