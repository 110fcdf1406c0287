/**
 * Looks at an ONNX file before any runtime does: its size, its structure, and that it asks for nothing but arithmetic on what
 * it carries itself. A file from elsewhere may be anything.
 */
import { refuseSurrogate } from '../errors.ts';
import { type ProtobufField, readFields } from './protobuf.ts';

export const LARGEST_MODEL = 128 * 2 ** 20;
const MOST_NODES = 4000;
const MOST_INITIALISERS = 4000;
/** Operators that answer with as much as they are given, or less; no loops, no branches, no shapes from data. */
const OPERATORS = new Set(
  'Abs Add AveragePool BatchNormalization Cast Clip Concat Constant Conv Cos Div Erf Exp Flatten Gather Gelu Gemm GlobalAveragePool HardSigmoid Identity LayerNormalization LeakyRelu Log LogSoftmax MatMul Max MaxPool Mean Min Mul Neg Pow Reciprocal ReduceMax ReduceMean ReduceMin ReduceSum Relu Reshape Sigmoid Sin Slice Softmax Softplus Split Sqrt Squeeze Sub Sum Tanh Transpose Unsqueeze Where'.split(
    ' ',
  ),
);
const ELEMENT_BYTES: Record<number, number> = { 1: 4, 2: 1, 3: 1, 6: 4, 7: 8, 9: 1, 10: 2, 11: 8 };
const TYPE_NAMES: Record<number, string> = { 1: 'float', 7: 'int64', 9: 'bool', 11: 'double' };
const OPSETS = { oldest: 13, newest: 24 };

export interface ModelTensor {
  name: string;
  type: string;
  /** Sizes, or names of those that are free. */
  shape: (number | string)[];
}
export interface ModelOutline {
  inputs: ModelTensor[];
  outputs: ModelTensor[];
  opset: number;
}

/** @throws ArtificerError `surrogate.too-large-model`, `surrogate.bad-model`, `surrogate.unsafe-model` */
export function checkModel(bytes: Uint8Array): ModelOutline {
  if (bytes.length > LARGEST_MODEL)
    throw refuseSurrogate(
      'too-large-model',
      `The model has ${Math.round(bytes.length / 2 ** 20)} MiB.`,
      `At most ${LARGEST_MODEL / 2 ** 20} MiB are read.`,
    );
  try {
    return outlineOf(bytes);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw refuseSurrogate('bad-model', 'The file is no whole ONNX model.', 'Copy it again, or train it anew.', {
      cause: thrown.message,
    });
  }
}

const unsafe = (what: string) =>
  refuseSurrogate(
    'unsafe-model',
    `The model asks for ${what}.`,
    'Only models that compute with what they carry are run.',
  );

const texts = new TextDecoder();

function outlineOf(bytes: Uint8Array): ModelOutline {
  let graph: Uint8Array | null = null;
  let opset = 0;
  for (const field of readFields(bytes)) {
    if (field.field === 7) graph = bytesOf(field);
    else if (field.field === 8) {
      let domain = '';
      let version = 0;
      for (const one of readFields(bytesOf(field))) {
        if (one.field === 1) domain = texts.decode(bytesOf(one));
        else if (one.field === 2) version = integerOf(one);
      }
      if (domain !== '' && domain !== 'ai.onnx') throw unsafe(`operators of "${domain.slice(0, 60)}"`);
      opset = version;
    } else if (field.field === 20 || field.field === 25) throw unsafe('functions of its own');
  }
  if (!graph) throw new RangeError('it has no graph');
  if (opset < OPSETS.oldest || opset > OPSETS.newest)
    throw refuseSurrogate(
      'bad-model',
      `The model is of operator set ${opset}.`,
      `Export it with ${OPSETS.oldest} to ${OPSETS.newest}.`,
    );
  const inputs: ModelTensor[] = [];
  const outputs: ModelTensor[] = [];
  const carried = new Set<string>();
  let nodes = 0;
  for (const field of readFields(graph)) {
    if (field.field === 1) {
      checkNode(bytesOf(field));
      if (++nodes > MOST_NODES) throw unsafe(`more than ${MOST_NODES} operations`);
    } else if (field.field === 5) {
      carried.add(checkTensor(bytesOf(field)));
      if (carried.size > MOST_INITIALISERS) throw unsafe(`more than ${MOST_INITIALISERS} constants`);
    } else if (field.field === 11) inputs.push(readTensorType(bytesOf(field)));
    else if (field.field === 12) outputs.push(readTensorType(bytesOf(field)));
    else if (field.field === 15) throw unsafe('sparse constants');
  }
  return { inputs: inputs.filter(({ name }) => !carried.has(name)), outputs, opset };
}

function checkNode(bytes: Uint8Array): void {
  let operator = '';
  for (const field of readFields(bytes)) {
    if (field.field === 4) operator = texts.decode(bytesOf(field));
    else if (field.field === 7) {
      const domain = texts.decode(bytesOf(field));
      if (domain !== '' && domain !== 'ai.onnx') throw unsafe(`operators of "${domain.slice(0, 60)}"`);
    } else if (field.field === 5)
      for (const one of readFields(bytesOf(field))) {
        if (one.field === 6 || one.field === 11) throw unsafe('graphs within graphs');
        if (one.field === 5 || one.field === 10) checkTensor(bytesOf(one));
      }
  }
  if (!OPERATORS.has(operator)) throw unsafe(`the operator "${operator.slice(0, 60)}"`);
}

/** @returns its name */
function checkTensor(bytes: Uint8Array): string {
  let name = '';
  let count = 1;
  let type = 0;
  let raw: number | null = null;
  for (const field of readFields(bytes)) {
    if (field.field === 1) {
      // Packed or one by one.
      if (field.wire === 0) count *= field.value;
      else for (const size of packed(bytesOf(field))) count *= size;
    } else if (field.field === 2) type = integerOf(field);
    else if (field.field === 8) name = texts.decode(bytesOf(field));
    else if (field.field === 9) raw = bytesOf(field).length;
    else if (field.field === 13 || (field.field === 14 && integerOf(field) !== 0)) throw unsafe('data in other files');
    if (!(count <= LARGEST_MODEL)) throw new RangeError('a constant is larger than the file can hold');
  }
  const size = ELEMENT_BYTES[type];
  if (size === undefined) throw unsafe(`constants of type ${type}`);
  if (raw !== null && raw !== count * size) throw new RangeError(`the constant "${name.slice(0, 60)}" is not whole`);
  return name;
}

function readTensorType(bytes: Uint8Array): ModelTensor {
  const tensor: ModelTensor = { name: '', type: '', shape: [] };
  for (const field of readFields(bytes)) {
    if (field.field === 1) tensor.name = texts.decode(bytesOf(field));
    if (field.field !== 2) continue;
    for (const type of readFields(bytesOf(field))) {
      if (type.field !== 1) throw unsafe('inputs or outputs that are no tensors');
      for (const one of readFields(bytesOf(type))) {
        if (one.field === 1) tensor.type = TYPE_NAMES[integerOf(one)] ?? `type ${integerOf(one)}`;
        if (one.field !== 2) continue;
        for (const dimension of readFields(bytesOf(one))) {
          let size: number | string = '?';
          for (const part of readFields(bytesOf(dimension)))
            size = part.wire === 0 ? part.value : texts.decode(bytesOf(part));
          tensor.shape.push(size);
        }
      }
    }
  }
  return tensor;
}

function packed(bytes: Uint8Array): number[] {
  const values: number[] = [];
  let value = 0;
  let shift = 0;
  for (const byte of bytes) {
    value += (byte & 0x7f) * 2 ** shift;
    shift += 7;
    if (byte < 0x80) {
      values.push(value);
      value = 0;
      shift = 0;
    }
  }
  return values;
}

function bytesOf(field: ProtobufField): Uint8Array {
  if (field.wire !== 2) throw new RangeError('a field is of another type than expected');
  return field.bytes;
}
function integerOf(field: ProtobufField): number {
  if (field.wire !== 0) throw new RangeError('a field is of another type than expected');
  return field.value;
}
