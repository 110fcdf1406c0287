/**
 * A surrogate as an ONNX graph. Input: `parameters` [batch, d] in the card's units. Outputs: `scalars`, `scalars_low` and
 * `scalars_high` [batch, number of scalars]; for every field, and for `points`, its name [batch, points, components] and
 * `<name>_half_width` of the same shape, half of the interval.
 *
 * Gaussian processes are computed in double precision: they are differences of large numbers. Fields follow in single.
 */
import type { SurrogateParameter } from '../../../preload/contract/index.ts';
import { COVARIANCES, type Covariance } from '../gaussian/covariance.ts';
import type { Process } from '../gaussian/process.ts';
import { TRENDS, type Trend, termCount, termsOf } from '../gaussian/trend.ts';
import type { FieldModel, ScalarModel, Surrogate } from '../model/surrogate.ts';
import { transposed } from '../numerics/dense.ts';
import { ELEMENT_TYPES, GraphBuilder, type Value } from './graph.ts';

export function writeSurrogate(surrogate: Surrogate, name: string, notes: Record<string, string>): Uint8Array {
  const graph = new GraphBuilder();
  const { parameters, scalars, fields } = surrogate;
  const d = parameters.length;
  const input = normalised(graph, graph.input('parameters', 'double', ['batch', d]), parameters);
  const processes = [
    ...scalars.map(({ process }) => process),
    ...fields.flatMap(({ size, coefficients }) => [...(size ? [size] : []), ...coefficients]),
  ];
  const { mean, deviation } = predictions(graph, input, processes, d);
  let first = 0;
  const take = (count: number): { mean: Value; deviation: Value } => {
    const places = graph.integers(Array.from({ length: count }, (_, i) => first + i));
    first += count;
    return {
      mean: graph.apply('Gather', [mean, places], { axis: 1 }),
      deviation: graph.apply('Gather', [deviation, places], { axis: 1 }),
    };
  };
  if (scalars.length > 0) writeScalars(graph, scalars, take(scalars.length));
  for (const field of fields) {
    const size = field.size ? take(1) : null;
    writeField(graph, field, size, field.coefficients.length > 0 ? take(field.coefficients.length) : null);
  }
  return graph.finish(name, notes);
}

/** From -1 to 1 over the range, by logarithms where the card says so. */
function normalised(graph: GraphBuilder, values: Value, parameters: readonly SurrogateParameter[]): Value {
  const d = parameters.length;
  const bounds = parameters.map(({ minimum, maximum, logarithmic }) =>
    logarithmic ? [Math.log(minimum), Math.log(maximum)] : [minimum, maximum],
  ) as [number, number][];
  const positive = graph.apply('Max', [values, graph.constant([1e-300], [1])]);
  const chosen = graph.apply('Where', [
    graph.flags(parameters.map(({ logarithmic }) => logarithmic)),
    graph.apply('Log', [positive]),
    values,
  ]);
  const from = graph.apply('Sub', [
    chosen,
    graph.constant(
      bounds.map(([low]) => low),
      [d],
    ),
  ]);
  const scaled = graph.apply('Mul', [
    from,
    graph.constant(
      bounds.map(([low, high]) => 2 / (high - low)),
      [d],
    ),
  ]);
  return graph.apply('Sub', [scaled, graph.constant([1], [1])]);
}

/** Means and deviations of all processes, [batch, count] in their order. */
function predictions(
  graph: GraphBuilder,
  input: Value,
  processes: readonly Process[],
  d: number,
): { mean: Value; deviation: Value } {
  const order: number[] = [];
  const means: Value[] = [];
  const deviations: Value[] = [];
  const squares = squaredDifferences(graph, input, processes[0]!, d);
  for (const covariance of COVARIANCES)
    for (const trend of TRENDS) {
      const members = processes.flatMap((process, index) =>
        process.covariance === covariance && process.trend === trend ? [index] : [],
      );
      if (members.length === 0) continue;
      order.push(...members);
      const group = members.map((index) => processes[index]!);
      const answer = predictGroup(graph, input, squares, group, covariance, trend, d);
      means.push(answer.mean);
      deviations.push(answer.deviation);
    }
  const back = graph.integers(processes.map((_, index) => order.indexOf(index)));
  const inOrder = (values: Value[]): Value =>
    graph.apply('Gather', [values.length === 1 ? values[0]! : graph.apply('Concat', values, { axis: 1 }), back], {
      axis: 1,
    });
  return { mean: inOrder(means), deviation: inOrder(deviations) };
}

/** [batch, n, d] */
function squaredDifferences(graph: GraphBuilder, input: Value, { inputs }: Process, d: number): Value {
  const designs = graph.constant(inputs, [1, inputs.length / d, d]);
  const difference = graph.apply('Sub', [graph.apply('Unsqueeze', [input, graph.integers([1])]), designs]);
  return graph.apply('Mul', [difference, difference]);
}

function predictGroup(
  graph: GraphBuilder,
  input: Value,
  squares: Value,
  group: readonly Process[],
  covariance: Covariance,
  trend: Trend,
  d: number,
): { mean: Value; deviation: Value } {
  const m = group.length;
  const size = group[0]!.weights.length;
  const inverseLengths = new Float64Array(d * m);
  group.forEach(({ lengths }, j) => {
    for (let k = 0; k < d; k++) inverseLengths[k * m + j] = 1 / lengths[k]! ** 2;
  });
  const distances = graph.apply('MatMul', [squares, graph.constant(inverseLengths, [d, m])]);
  const correlations = correlation(graph, covariance, distances);
  const ones = graph.constant(new Float64Array(m).fill(1), [1, 1, m]);
  const terms = graph.apply('Mul', [
    graph.apply('Unsqueeze', [trendTerms(graph, input, trend, d), graph.integers([2])]),
    ones,
  ]);
  const last = graph.integers([2]);
  // [batch, n + p, m] to [m, batch, n + p]
  const e = graph.apply('Transpose', [graph.apply('Concat', [correlations, terms], { axis: 1 })], { perm: [2, 0, 1] });
  const whitening = graph.constant(joined(group.map((process) => transposed(process.whitening, size, size))), [
    m,
    size,
    size,
  ]);
  const weights = graph.constant(joined(group.map((process) => process.weights)), [m, size, 1]);
  const whitened = graph.apply('MatMul', [e, whitening]);
  const designs = size - termCount(trend, d);
  const signs = graph.constant(
    Float64Array.from({ length: size }, (_, i) => (i < designs ? 1 : -1)),
    [size, 1],
  );
  const squared = graph.apply('MatMul', [graph.apply('Mul', [whitened, whitened]), signs]);
  const explained = graph.apply('Squeeze', [squared, last]);
  const sum = graph.apply('Squeeze', [graph.apply('MatMul', [e, weights]), last]);
  const by = (value: Value): Value => graph.apply('Transpose', [value], { perm: [1, 0] });
  const row = (values: (process: Process) => number): Value => graph.constant(group.map(values), [1, m]);
  const unexplained = graph.apply('Max', [
    graph.apply('Sub', [row(({ noise }) => 1 + noise), by(explained)]),
    row(({ noise }) => noise),
  ]);
  const root = graph.apply('Sqrt', [graph.apply('Mul', [unexplained, row(({ variance }) => variance)])]);
  return {
    mean: graph.apply('Add', [graph.apply('Mul', [by(sum), row(({ scale }) => scale)]), row(({ shift }) => shift)]),
    deviation: graph.apply('Mul', [root, row(({ scale }) => scale)]),
  };
}

function correlation(graph: GraphBuilder, covariance: Covariance, squared: Value): Value {
  const number = (value: number): Value => graph.constant([value], [1]);
  if (covariance === 'squared-exponential') return graph.apply('Exp', [graph.apply('Mul', [squared, number(-0.5)])]);
  const r = graph.apply('Mul', [graph.apply('Sqrt', [squared]), number(Math.sqrt(5))]);
  const polynomial = graph.apply('Add', [
    graph.apply('Add', [r, number(1)]),
    graph.apply('Mul', [squared, number(5 / 3)]),
  ]);
  return graph.apply('Mul', [polynomial, graph.apply('Exp', [graph.apply('Neg', [r])])]);
}

/** [batch, p] */
function trendTerms(graph: GraphBuilder, input: Value, trend: Trend, d: number): Value {
  const first = graph.apply('Gather', [input, graph.integers([0])], { axis: 1 });
  const ones = graph.apply('Add', [graph.apply('Mul', [first, graph.constant([0], [1])]), graph.constant([1], [1])]);
  const parts = [ones];
  if (trend !== 'constant') parts.push(input);
  if (trend === 'quadratic') {
    const pairs = termsOf('quadratic', d).slice(termCount('linear', d));
    const side = (which: 0 | 1): Value =>
      graph.apply('Gather', [input, graph.integers(pairs.map((pair) => pair[which]!))], { axis: 1 });
    parts.push(graph.apply('Mul', [side(0), side(1)]));
  }
  return parts.length === 1 ? ones : graph.apply('Concat', parts, { axis: 1 });
}

function writeScalars(
  graph: GraphBuilder,
  scalars: readonly ScalarModel[],
  { mean, deviation }: { mean: Value; deviation: Value },
): void {
  const logarithmic = graph.flags(scalars.map((scalar) => scalar.logarithmic));
  const width = graph.apply('Mul', [
    deviation,
    graph.constant(
      scalars.map(({ factor }) => factor),
      [1, scalars.length],
    ),
  ]);
  const write = (name: string, value: Value): void =>
    graph.output(name, graph.apply('Where', [logarithmic, graph.apply('Exp', [value]), value]), 'double', [
      'batch',
      scalars.length,
    ]);
  write('scalars', mean);
  write('scalars_low', graph.apply('Sub', [mean, width]));
  write('scalars_high', graph.apply('Add', [mean, width]));
}

function writeField(
  graph: GraphBuilder,
  field: FieldModel,
  size: { mean: Value; deviation: Value } | null,
  coefficients: { mean: Value; deviation: Value } | null,
): void {
  const { name, components, mean, modes, leftOut, factor, fixedSize } = field;
  const length = mean.length;
  const count = field.coefficients.length;
  const single = (value: Value): Value => graph.apply('Cast', [value], { to: ELEMENT_TYPES.float });
  const scale = size ? single(graph.apply('Exp', [size.mean])) : graph.constant(Float32Array.of(fixedSize), [1, 1]);
  let values = graph.constant(mean, [1, length]);
  let variances = graph.constant(
    leftOut.map((left) => left * left),
    [1, length],
  );
  if (coefficients) {
    const shapes = graph.constant(modes, [count, length]);
    values = graph.apply('Add', [graph.apply('MatMul', [single(coefficients.mean), shapes]), values]);
    const squares = graph.apply('Mul', [coefficients.deviation, coefficients.deviation]);
    variances = graph.apply('Add', [
      graph.apply('MatMul', [single(squares), graph.apply('Mul', [shapes, shapes])]),
      variances,
    ]);
  }
  if (size) {
    const relative = single(graph.apply('Mul', [size.deviation, size.deviation]));
    variances = graph.apply('Add', [variances, graph.apply('Mul', [graph.apply('Mul', [values, values]), relative])]);
  }
  const width = graph.apply('Mul', [
    graph.apply('Sqrt', [variances]),
    graph.apply('Mul', [scale, graph.constant(Float32Array.of(factor), [1, 1])]),
  ]);
  const shape = graph.integers([-1, length / components, components]);
  const write = (output: string, value: Value): void =>
    graph.output(output, graph.apply('Reshape', [value, shape]), 'float', ['batch', length / components, components]);
  if (!size && count === 0) {
    // Nothing depends on the input: the batch's size still does.
    const none = graph.apply('Mul', [
      single(graph.apply('Gather', ['parameters' as Value, graph.integers([0])], { axis: 1 })),
      graph.constant(Float32Array.of(0), [1, 1]),
    ]);
    values = graph.apply('Add', [values, none]);
  }
  write(name, graph.apply('Mul', [values, scale]));
  write(`${name}_half_width`, width);
}

function joined(arrays: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(arrays.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of arrays) {
    out.set(one, at);
    at += one.length;
  }
  return out;
}
