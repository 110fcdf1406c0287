/** A model that can be asked: read, checked, opened in a thread of its own, and silent where it is out of its depth. */
import {
  ArtificerError,
  cancelled,
  type InferenceProvider,
  type PredictedScalar,
  type SurrogateCard,
  type SurrogateField,
  type SurrogateVerdict,
} from '../../../preload/contract/index.ts';
import { imbalance } from '../../physics/index.ts';
import { refuseSurrogate } from '../errors.ts';
import type { InferenceStart } from '../inference/messages.ts';
import { type ModelOutputs, ModelSession } from '../inference/session.ts';
import { readModelFolder } from './read-model-folder.ts';
import type { ReferenceMesh } from './reference-mesh.ts';
import { type Asked, placeOf, reasonsAgainst, tooWide } from './verdict.ts';

/** Values of the parameters by name, in the units of the card. */
export type Design = Readonly<Record<string, number>>;

export interface PredictedField {
  name: SurrogateField;
  unit: string;
  /** Numbers a point. */
  components: number;
  /** points x components. */
  values: Float32Array;
  /** Half of the interval, of every value. */
  halfWidths: Float32Array;
}

/**
 * A predicted field further from balance than this is none of the part's; solved ones have 0, a field of another design 0.5 to
 * 0.8, noise more than 1.
 */
const MOST_IMBALANCE = 0.6;

export type DesignPrediction =
  | {
      verdict: Extract<SurrogateVerdict, { kind: 'valid' }>;
      scalars: PredictedScalar[];
      /** Where they were asked for and the model has them: the mesh's points in this design, 3n mm, and the fields at them. */
      fields?: { points: Float32Array; fields: PredictedField[] };
    }
  /** No number of a declined design ever leaves the model. */
  | { verdict: Extract<SurrogateVerdict, { kind: 'declined' }> };

export interface Predictions {
  /** Where it was computed. */
  provider: InferenceProvider;
  /** In the order of the designs. */
  designs: DesignPrediction[];
  seconds: number;
}

export interface PredictOptions extends Asked {
  signal: AbortSignal;
  /** Fields too; scalars alone are much faster. False where left out. */
  fields?: boolean;
  /**
   * Poisson's ratio of the one isotropic material that the part is made of, where the study is at hand: predicted fields are
   * then put into the balance of forces on the predicted mesh, and those that are far from it are declined. Some tens of
   * milliseconds a design.
   */
  poisson?: number;
}

export interface OpenModel {
  readonly folder: string;
  readonly card: SurrogateCard;
  /** What joins the points of fields; null for a model of scalars alone. */
  readonly mesh: ReferenceMesh | null;
  /** Opens the session beforehand, so that the first prediction is as fast as the others. */
  warm(): Promise<InferenceProvider>;
  /** @throws ArtificerError for parameters that the model does not have or that are missing, and when cancelled */
  predict(designs: readonly Design[], options: PredictOptions): Promise<Predictions>;
  dispose(): Promise<void>;
}

export interface OpenModelOptions {
  providers?: InferenceStart['providers'];
  threads?: number;
  /** A model that takes longer for a batch is given up. */
  patience_ms?: number;
}

/** @throws ArtificerError where the folder holds no model, or one that is damaged, too large or not to be trusted */
export async function openModel(
  folder: string,
  { patience_ms, ...session }: OpenModelOptions = {},
): Promise<OpenModel> {
  const { card, model, outline, mesh } = await readModelFolder(folder);
  const [input] = outline.inputs;
  const inference = new ModelSession(
    {
      model,
      input: {
        name: input!.name,
        type: input!.type === 'float' ? 'float' : 'double',
        width: card.parameters.length,
      },
      ...session,
    },
    patience_ms === undefined ? {} : { patience_ms },
  );
  return {
    folder,
    card,
    mesh,
    warm: () => inference.open(),
    predict: (designs, options) => predictDesigns({ card, mesh }, inference, designs, options),
    dispose: () => inference.dispose(),
  };
}

async function predictDesigns(
  { card, mesh }: Pick<OpenModel, 'card' | 'mesh'>,
  inference: ModelSession,
  designs: readonly Design[],
  { signal, fields = false, poisson, ...asked }: PredictOptions,
): Promise<Predictions> {
  const started = performance.now();
  const d = card.parameters.length;
  const values = designs.map((design) => valuesOf(card, design));
  const against = reasonsAgainst(card, asked);
  const places = values.map((each) => placeOf(card, each));
  const answers: DesignPrediction[] = places.map(({ reasons }) => declined([...against, ...reasons]));
  // Only designs that the model may be asked about ever reach it.
  const asking = places.flatMap(({ reasons }, i) => (against.length + reasons.length === 0 ? [i] : []));
  const rows = new Float64Array(asking.length * d);
  asking.forEach((design, row) => {
    rows.set(values[design]!, row * d);
  });
  const named = fields ? card.fields : [];
  const outputs = [
    ...(card.scalars.length > 0 ? ['scalars', 'scalars_low', 'scalars_high'] : []),
    ...(named.length > 0 ? ['points'] : []),
    ...named.flatMap(({ name }) => [name, `${name}_half_width`]),
  ];
  const provider = await inference.open();
  if (outputs.length > 0)
    await inference.run(
      rows,
      outputs,
      (first, count, found) => {
        checkSizes(card, found, count);
        for (let row = 0; row < count; row++) {
          const design = asking[first + row]!;
          const part = (name: string): Float64Array | Float32Array => {
            const width = found[name]!.length / count;
            return found[name]!.slice(row * width, (row + 1) * width);
          };
          answers[design] = answerOf(card, places[design]!.distance, named, part);
        }
      },
      signal,
    );
  if (mesh && poisson !== undefined)
    for (const [i, answer] of answers.entries()) {
      answers[i] = inBalance(mesh, answer, poisson);
      // One after the other, and the thread is free in between.
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) throw cancelled('The prediction');
    }
  return { provider, designs: answers, seconds: (performance.now() - started) / 1000 };
}

/** Shapes in a file are claims. @throws ArtificerError `surrogate.bad-model` */
function checkSizes(card: SurrogateCard, outputs: ModelOutputs, count: number): void {
  const fields = new Map([
    ['points', 3 * card.points],
    ...card.fields.flatMap(({ name, components }) =>
      [name, `${name}_half_width`].map((output): [string, number] => [output, components * card.points]),
    ),
  ]);
  for (const [name, values] of Object.entries(outputs))
    if (values.length !== count * (fields.get(name) ?? card.scalars.length))
      throw refuseSurrogate('bad-model', `The model answers "${name}" in another size than its card says.`);
}

const declined = (reasons: string[]): DesignPrediction => ({ verdict: { kind: 'declined', reasons } });

function answerOf(
  card: SurrogateCard,
  distance: number,
  named: SurrogateCard['fields'],
  part: (name: string) => Float64Array | Float32Array,
): DesignPrediction {
  const scalars = card.scalars.map(
    ({ name, unit }, q): PredictedScalar => ({
      name,
      unit,
      value: part('scalars')[q]!,
      low: part('scalars_low')[q]!,
      high: part('scalars_high')[q]!,
    }),
  );
  const senseless = scalars.find(({ value, low, high }) => !(low <= value && value <= high) || !isSpan(low, high));
  if (senseless) return declined([`The model has no answer for ${senseless.name}.`]);
  const wide = tooWide(card, scalars);
  if (wide.length > 0) return declined(wide);
  if (named.length === 0) return { verdict: { kind: 'valid', distance }, scalars };
  const points = single(part('points'));
  const fields = named.map(
    ({ name, unit, components }): PredictedField => ({
      name,
      unit,
      components,
      values: single(part(name)),
      halfWidths: single(part(`${name}_half_width`)),
    }),
  );
  const broken = [points, ...fields.flatMap(({ values, halfWidths }) => [values, halfWidths])].some(
    (array) => !array.every(Number.isFinite),
  );
  if (broken) return declined(['The model has no answer at some points.']);
  return { verdict: { kind: 'valid', distance }, scalars, fields: { points, fields } };
}

/** The answer, or its refusal where a field that has a balance is far from it. */
function inBalance(mesh: ReferenceMesh, answer: DesignPrediction, poisson: number): DesignPrediction {
  if (!('scalars' in answer) || !answer.fields) return answer;
  const { points, fields } = answer.fields;
  const isFree = mesh.faceOfNode.map((face) => (face < 0 ? 1 : 0));
  for (const { name, values } of fields) {
    if (name === 'von_mises') continue;
    const field = name === 'displacement' ? { kind: name, values, poisson } : { kind: name, values };
    const found = imbalance({ nodes: points, elements: mesh.elements, isFree, field });
    if (!(found <= MOST_IMBALANCE))
      return declined([
        `The predicted ${name} is out of balance inside the part: forces are ${(100 * found).toFixed(0)} % of themselves off.`,
      ]);
  }
  return answer;
}

const isSpan = (low: number, high: number): boolean => Number.isFinite(low) && Number.isFinite(high);
const single = (values: Float64Array | Float32Array): Float32Array =>
  values instanceof Float32Array ? values : Float32Array.from(values);

/** In the card's order. @throws ArtificerError `surrogate.parameters` */
function valuesOf({ parameters }: SurrogateCard, design: Design): number[] {
  const names = parameters.map(({ name }) => name);
  const unknown = Object.keys(design).filter((name) => !names.includes(name));
  const missing = names.filter((name) => !Object.hasOwn(design, name));
  if (unknown.length + missing.length === 0) return names.map((name) => design[name]!);
  throw new ArtificerError({
    code: 'surrogate.parameters',
    category: 'usage',
    message:
      unknown.length > 0
        ? `The model has no parameter ${unknown.map((name) => `"${name}"`).join(', ')}.`
        : `The design does not say ${missing.join(', ')}.`,
    hint: `The model takes ${parameters.map(({ name, unit }) => (unit === '1' ? name : `${name} [${unit}]`)).join(', ')}.`,
  });
}
