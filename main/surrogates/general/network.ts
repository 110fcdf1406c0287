/** A small network of fully connected layers with hyperbolic tangents between them, and how it learns (Adam). */
import { randomStream, shuffled } from '../numerics/random.ts';

export interface Layer {
  inputs: number;
  outputs: number;
  /** inputs x outputs, row by row. */
  weights: Float64Array;
  biases: Float64Array;
}

export interface Network {
  /** Inputs are shifted and scaled first. */
  shift: Float64Array;
  scale: Float64Array;
  layers: Layer[];
}

export interface Examples {
  /** n rows. */
  inputs: Float64Array;
  targets: Float64Array;
  weights: Float64Array;
}

/** One number for each row of inputs. */
export function evaluate({ shift, scale, layers }: Network, inputs: Float64Array): Float64Array {
  const width = shift.length;
  const count = inputs.length / width;
  const values = layers.map((layer) => new Float64Array(layer.outputs));
  const first = new Float64Array(width);
  const out = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < width; i++) first[i] = (inputs[row * width + i]! - shift[i]!) * scale[i]!;
    forward(layers, first, values);
    out[row] = values.at(-1)![0]!;
  }
  return out;
}

function forward(layers: readonly Layer[], first: Float64Array, values: readonly Float64Array[]): void {
  let from = first;
  for (let l = 0; l < layers.length; l++) {
    const { inputs, outputs, weights, biases } = layers[l]!;
    const to = values[l]!;
    to.set(biases);
    for (let i = 0; i < inputs; i++) {
      const value = from[i]!;
      const at = i * outputs;
      for (let j = 0; j < outputs; j++) to[j]! += value * weights[at + j]!;
    }
    if (l + 1 < layers.length) for (let j = 0; j < outputs; j++) to[j] = Math.tanh(to[j]!);
    from = to;
  }
}

export interface TrainingOptions {
  hidden: readonly number[];
  seed: number;
  epochs: number;
  batch: number;
  rate: number;
  /** Of the squared weights, decoupled (I. Loshchilov and F. Hutter, Decoupled weight decay regularization, 2019). */
  decay: number;
  /** Errors beyond this count by their size, not by its square (P. J. Huber, 1964). */
  huber: number;
}

const BETA1 = 0.9;
const BETA2 = 0.999;

/**
 * D. P. Kingma and J. Ba, Adam: a method for stochastic optimization (2015); the rate falls along half a cosine. The same
 * examples, options and seed give the same network.
 */
export function trainNetwork(examples: Examples, width: number, options: TrainingOptions): Network {
  const random = randomStream(options.seed);
  const { shift, scale } = standardised(examples, width);
  const sizes = [width, ...options.hidden, 1];
  const layers = sizes.slice(1).map((outputs, l): Layer => {
    const inputs = sizes[l]!;
    const last = l + 2 === sizes.length;
    // X. Glorot and Y. Bengio, 2010; the last layer begins small, so that the first answer is no correction.
    const range = (last ? 0.01 : 1) * Math.sqrt(6 / (inputs + outputs));
    const weights = Float64Array.from({ length: inputs * outputs }, () => (2 * random() - 1) * range);
    return { inputs, outputs, weights, biases: new Float64Array(outputs) };
  });
  const count = examples.targets.length;
  const x = new Float64Array(examples.inputs.length);
  for (let i = 0; i < x.length; i++) x[i] = (examples.inputs[i]! - shift[i % width]!) * scale[i % width]!;

  const parameters = layers.flatMap(({ weights, biases }) => [weights, biases]);
  const [gradients, first, second] = [0, 1, 2].map(() => parameters.map((one) => new Float64Array(one.length)));
  const values = layers.map(({ outputs }) => new Float64Array(outputs));
  const back = layers.map(({ outputs }) => new Float64Array(outputs));
  const steps = Math.ceil(count / options.batch);
  let step = 0;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const order = shuffled(count, random);
    for (let start = 0; start < count; start += options.batch) {
      for (const gradient of gradients!) gradient.fill(0);
      let total = 0;
      for (const row of order.slice(start, start + options.batch)) {
        const input = x.subarray(row * width, (row + 1) * width);
        forward(layers, input, values);
        const error = values.at(-1)![0]! - examples.targets[row]!;
        const weight = examples.weights[row]!;
        total += weight;
        back.at(-1)![0] = weight * Math.min(options.huber, Math.max(-options.huber, error));
        backward(layers, input, values, back, gradients!);
      }
      step++;
      const rate = options.rate * 0.5 * (1 + Math.cos((Math.PI * step) / (steps * options.epochs)));
      for (let p = 0; p < parameters.length; p++)
        adam(parameters[p]!, gradients![p]!, first![p]!, second![p]!, {
          total,
          step,
          rate,
          decay: p % 2 === 0 ? options.decay : 0,
        });
    }
  }
  return { shift, scale, layers };
}

function backward(
  layers: readonly Layer[],
  input: Float64Array,
  values: readonly Float64Array[],
  back: readonly Float64Array[],
  gradients: readonly Float64Array[],
): void {
  for (let l = layers.length - 1; l >= 0; l--) {
    const { inputs, outputs, weights } = layers[l]!;
    const from = l > 0 ? values[l - 1]! : input;
    const own = back[l]!;
    const [byWeights, byBiases] = [gradients[2 * l]!, gradients[2 * l + 1]!];
    for (let j = 0; j < outputs; j++) byBiases[j]! += own[j]!;
    for (let i = 0; i < inputs; i++) {
      let sum = 0;
      const at = i * outputs;
      const value = from[i]!;
      for (let j = 0; j < outputs; j++) {
        byWeights[at + j]! += value * own[j]!;
        sum += weights[at + j]! * own[j]!;
      }
      if (l > 0) back[l - 1]![i] = sum * (1 - value * value);
    }
  }
}

function adam(
  parameters: Float64Array,
  gradient: Float64Array,
  first: Float64Array,
  second: Float64Array,
  { total, step, rate, decay }: { total: number; step: number; rate: number; decay: number },
): void {
  const [unbias1, unbias2] = [1 - BETA1 ** step, 1 - BETA2 ** step];
  for (let i = 0; i < parameters.length; i++) {
    const g = gradient[i]! / total;
    first[i] = BETA1 * first[i]! + (1 - BETA1) * g;
    second[i] = BETA2 * second[i]! + (1 - BETA2) * g * g;
    parameters[i]! -= rate * (first[i]! / unbias1 / (Math.sqrt(second[i]! / unbias2) + 1e-8) + decay * parameters[i]!);
  }
}

/** Inputs by their mean and deviation over the examples. */
function standardised({ inputs }: Examples, width: number): Pick<Network, 'shift' | 'scale'> {
  const count = inputs.length / width;
  const shift = new Float64Array(width);
  const scale = new Float64Array(width);
  for (let i = 0; i < inputs.length; i++) shift[i % width]! += inputs[i]! / count;
  for (let i = 0; i < inputs.length; i++) scale[i % width]! += (inputs[i]! - shift[i % width]!) ** 2 / count;
  for (let i = 0; i < width; i++) scale[i] = 1 / Math.max(Math.sqrt(scale[i]!), 1e-6);
  return { shift, scale };
}
