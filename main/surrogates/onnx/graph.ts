/**
 * ONNX graphs, built node by node and written as a ModelProto. Field numbers are those of onnx.proto (ONNX 1.12: IR version 8,
 * operator set 17), https://github.com/onnx/onnx/blob/v1.12.0/onnx/onnx.proto.
 */
import { ProtobufWriter } from './protobuf.ts';

export const IR_VERSION = 8;
export const OPSET = 17;

export const ELEMENT_TYPES = { float: 1, int64: 7, bool: 9, double: 11 } as const;
export type ElementType = keyof typeof ELEMENT_TYPES;

/** A size known beforehand, or the name of one that is not. */
export type Dimension = number | string;

/** A value within the graph. */
export type Value = string & { readonly onnxValue: unique symbol };

const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

export class GraphBuilder {
  readonly #nodes: ProtobufWriter[] = [];
  readonly #initialisers: ProtobufWriter[] = [];
  readonly #inputs: ProtobufWriter[] = [];
  readonly #outputs: ProtobufWriter[] = [];
  #names = 0;

  #name(what: string): Value {
    return `${what}_${this.#names++}` as Value;
  }

  input(name: string, type: ElementType, shape: readonly Dimension[]): Value {
    this.#inputs.push(valueInfo(name, type, shape));
    return name as Value;
  }

  output(name: string, value: Value, type: ElementType, shape: readonly Dimension[]): void {
    this.#node('Identity', [value], name as Value);
    this.#outputs.push(valueInfo(name, type, shape));
  }

  constant(values: Float64Array | Float32Array | readonly number[], shape: readonly number[]): Value {
    const name = this.#name('constant');
    const [type, data] =
      values instanceof Float32Array
        ? (['float', values] as const)
        : (['double', values instanceof Float64Array ? values : Float64Array.from(values)] as const);
    this.#initialisers.push(tensor(name, type, shape, data));
    return name;
  }

  integers(values: readonly number[]): Value {
    const name = this.#name('integers');
    this.#initialisers.push(tensor(name, 'int64', [values.length], BigInt64Array.from(values, BigInt)));
    return name;
  }

  flags(values: readonly boolean[]): Value {
    const name = this.#name('flags');
    this.#initialisers.push(tensor(name, 'bool', [values.length], Uint8Array.from(values, Number)));
    return name;
  }

  apply(
    operator: string,
    inputs: readonly Value[],
    attributes: Record<string, number | readonly number[]> = {},
  ): Value {
    const name = this.#name(operator.toLowerCase());
    this.#node(operator, inputs, name, attributes);
    return name;
  }

  #node(
    operator: string,
    inputs: readonly Value[],
    output: Value,
    attributes: Record<string, number | readonly number[]> = {},
  ): void {
    const node = new ProtobufWriter();
    for (const input of inputs) node.text(1, input);
    node.text(2, output).text(4, operator);
    for (const [name, value] of Object.entries(attributes)) {
      const attribute = new ProtobufWriter().text(1, name);
      if (typeof value === 'number') attribute.integer(3, value).integer(20, ATTRIBUTE_INT);
      else {
        for (const one of value) attribute.integer(8, one);
        attribute.integer(20, ATTRIBUTE_INTS);
      }
      node.message(5, attribute);
    }
    this.#nodes.push(node);
  }

  /** @param notes kept in the file, as names and texts */
  finish(name: string, notes: Record<string, string>): Uint8Array {
    const graph = new ProtobufWriter();
    for (const node of this.#nodes) graph.message(1, node);
    graph.text(2, name);
    for (const initialiser of this.#initialisers) graph.message(5, initialiser);
    for (const input of this.#inputs) graph.message(11, input);
    for (const output of this.#outputs) graph.message(12, output);
    const model = new ProtobufWriter().integer(1, IR_VERSION).text(2, 'Artificer').message(7, graph);
    model.message(8, new ProtobufWriter().text(1, '').integer(2, OPSET));
    for (const [key, value] of Object.entries(notes))
      model.message(14, new ProtobufWriter().text(1, key).text(2, value));
    return model.finish();
  }
}

function valueInfo(name: string, type: ElementType, shape: readonly Dimension[]): ProtobufWriter {
  const dimensions = new ProtobufWriter();
  for (const size of shape) {
    const dimension = new ProtobufWriter();
    if (typeof size === 'number') dimension.integer(1, size);
    else dimension.text(2, size);
    dimensions.message(1, dimension);
  }
  const tensorType = new ProtobufWriter().integer(1, ELEMENT_TYPES[type]).message(2, dimensions);
  return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensorType));
}

function tensor(
  name: string,
  type: ElementType,
  shape: readonly number[],
  data: Float64Array | Float32Array | BigInt64Array | Uint8Array,
): ProtobufWriter {
  const count = shape.reduce((product, size) => product * size, 1);
  if (count !== data.length) throw new RangeError(`${data.length} numbers do not fill ${shape.join(' x ')}`);
  const writer = new ProtobufWriter();
  for (const size of shape) writer.integer(1, size);
  return writer
    .integer(2, ELEMENT_TYPES[type])
    .text(8, name)
    .bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}
