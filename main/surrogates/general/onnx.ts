/**
 * A correction as an ONNX graph, and back. Inputs: `nodes` [n, features] and `part` [1, features], double. Outputs:
 * `stress_factor` [n, 1] and `displacement_factor` [1, 1]. Any runtime gives the same numbers; here they are worked out without
 * one, since starting it takes longer than a preview.
 */
import { refuseSurrogate } from '../errors.ts';
import { checkModel } from '../onnx/check-model.ts';
import { GraphBuilder, type Value } from '../onnx/graph.ts';
import { type ProtobufField, readFields } from '../onnx/protobuf.ts';
import { type Correction, LARGEST_DISPLACEMENT_CORRECTION, LARGEST_STRESS_CORRECTION } from './correction.ts';
import type { Layer, Network } from './network.ts';

export function writeCorrection({ stress, displacement }: Correction, notes: Record<string, string>): Uint8Array {
  const graph = new GraphBuilder();
  const write = (network: Network, input: string, rows: string | number, output: string, most: number): void => {
    const inputs = graph.input(input, 'double', [rows, network.shift.length]);
    const value = writeNetwork(graph, network, inputs);
    const bounded = graph.apply('Max', [graph.apply('Min', [value, bound(graph, most)]), bound(graph, -most)]);
    graph.output(output, graph.apply('Exp', [bounded]), 'double', [rows, 1]);
  };
  write(stress, 'nodes', 'nodes', 'stress_factor', LARGEST_STRESS_CORRECTION);
  write(displacement, 'part', 1, 'displacement_factor', LARGEST_DISPLACEMENT_CORRECTION);
  return graph.finish('correction', notes);
}

const bound = (graph: GraphBuilder, value: number): Value => graph.constant([value], [1]);

function writeNetwork(graph: GraphBuilder, { shift, scale, layers }: Network, inputs: Value): Value {
  let value = graph.apply('Sub', [inputs, graph.constant(shift, [1, shift.length])]);
  value = graph.apply('Mul', [value, graph.constant(scale, [1, scale.length])]);
  layers.forEach((layer, index) => {
    value = graph.apply('MatMul', [value, graph.constant(layer.weights, [layer.inputs, layer.outputs])]);
    value = graph.apply('Add', [value, graph.constant(layer.biases, [1, layer.outputs])]);
    if (index + 1 < layers.length) value = graph.apply('Tanh', [value]);
  });
  return value;
}

interface Constant {
  shape: number[];
  values: Float64Array;
}

/**
 * Reads what {@link writeCorrection} wrote, by the order of its constants.
 * @throws ArtificerError `surrogate.bad-model` for any other file, and what `checkModel` throws
 */
export function readCorrection(bytes: Uint8Array): Correction {
  checkModel(bytes);
  const constants = constantsOf(bytes);
  try {
    const correction = { stress: takeNetwork(constants), displacement: takeNetwork(constants) };
    if (constants.length > 0) throw new RangeError('it has constants too many');
    return correction;
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw refuseSurrogate('bad-model', 'The file is no correction of previews.', undefined, { cause: thrown.message });
  }
}

/** A shift, a scale, pairs of weights and biases down to one output, and the two bounds of it. */
function takeNetwork(constants: Constant[]): Network {
  const take = (): Constant => {
    const next = constants.shift();
    if (!next?.values.every(Number.isFinite)) throw new RangeError('a constant is missing or not finite');
    return next;
  };
  const [shift, scale] = [take(), take()];
  const layers: Layer[] = [];
  let width = shift.values.length;
  if (scale.values.length !== width) throw new RangeError('the scale is of other inputs than the shift');
  do {
    const [weights, biases] = [take(), take()];
    const [inputs, outputs] = weights.shape;
    if (inputs !== width || outputs === undefined || biases.values.length !== outputs || outputs < 1)
      throw new RangeError('a layer does not fit the one before');
    layers.push({ inputs, outputs, weights: weights.values, biases: biases.values });
    width = outputs;
  } while (width > 1);
  take();
  take();
  return { shift: shift.values, scale: scale.values, layers };
}

function constantsOf(bytes: Uint8Array): Constant[] {
  const constants: Constant[] = [];
  for (const field of readFields(bytes)) {
    if (field.field !== 7) continue;
    for (const one of readFields(bytesOf(field))) {
      if (one.field !== 5) continue;
      const constant: Constant = { shape: [], values: new Float64Array() };
      for (const part of readFields(bytesOf(one))) {
        if (part.field === 1 && part.wire === 0) constant.shape.push(part.value);
        // As the file has it, which need not lie at a multiple of eight.
        if (part.field === 9) constant.values = new Float64Array(bytesOf(part).slice().buffer);
      }
      constants.push(constant);
    }
  }
  return constants;
}

function bytesOf(field: ProtobufField): Uint8Array {
  if (field.wire !== 2) throw new RangeError('a field is of another type than expected');
  return field.bytes;
}
