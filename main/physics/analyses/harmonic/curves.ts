/** Response curves at probes: amplitude and phase by frequency. */
import type { ModalSolution, StaticSolution } from '../../../../native/index.d.ts';
import type { Probe, ResultCurve } from '../../../../preload/contract/studies.ts';
import type { VolumeMesh } from '../../model/mesh.ts';
import { Locator } from '../../results/locate.ts';
import { unitOf } from '../../results/quantities.ts';
import { principalOf, vonMisesOf } from '../../results/tensor.ts';
import {
  type Complex,
  type LinearQuantity,
  type ModalBasis,
  modalAmplitudes,
  peakOverCycle,
  responseOf,
  staticRemainder,
} from './response.ts';

type Tensor = [number, number, number, number, number, number];
const AXES = ['x', 'y', 'z'];
const COMPONENTS = ['xx', 'yy', 'zz', 'xy', 'yz', 'zx'];

/** Which components a quantity is made of, and how; null for what is linear in a single component. */
interface Recipe {
  field: 'displacement' | 'stress';
  components: number[];
  evaluate: ((values: number[]) => number) | null;
}

/** How a probe's quantity follows from the response; null for those that have no meaning for a vibration. */
export function recipeOf(quantity: string): Recipe | null {
  const [group, part] = quantity.split('.') as [string, string | undefined];
  const tensor = [0, 1, 2, 3, 4, 5];
  if (group === 'displacement')
    return part === 'magnitude'
      ? { field: 'displacement', components: [0, 1, 2], evaluate: (values) => Math.hypot(...values) }
      : { field: 'displacement', components: [AXES.indexOf(part!)], evaluate: null };
  if (group === 'stress') return { field: 'stress', components: [COMPONENTS.indexOf(part!)], evaluate: null };
  if (group === 'von_mises')
    return { field: 'stress', components: tensor, evaluate: (values) => vonMisesOf(...(values as Tensor)) };
  if (group === 'principal')
    return {
      field: 'stress',
      components: tensor,
      evaluate: (values) => principalOf(...(values as Tensor))[Number(part) - 1]!,
    };
  if (group === 'tresca')
    return {
      field: 'stress',
      components: tensor,
      evaluate: (values) => {
        const principal = principalOf(...(values as Tensor));
        return principal[0]! - principal[2]!;
      },
    };
  return null;
}

export interface CurveInput {
  mesh: VolumeMesh;
  modes: ModalSolution;
  basis: ModalBasis;
  static: StaticSolution | null;
  frequencies_Hz: readonly number[];
  probes: readonly Probe[];
}

export function responseCurves(input: CurveInput): ResultCurve[] {
  const { mesh, modes, basis, probes, frequencies_Hz } = input;
  const locator = new Locator(mesh.nodes, mesh.elements);
  const nodes = mesh.nodes.length / 3;
  const amplitudes = frequencies_Hz.map((frequency) => modalAmplitudes(basis, frequency));
  return probes.flatMap((one): ResultCurve[] => {
    const quantity = one.quantity ?? 'displacement.magnitude';
    const recipe = recipeOf(quantity);
    if (!recipe) return [];
    const { element, shape } = locator.locate(one.at_mm);
    const width = recipe.field === 'displacement' ? 3 : 6;
    const at = (values: Float64Array, offset: number, component: number): number => {
      let sum = 0;
      for (let k = 0; k < 10; k++)
        sum += shape[k]! * values[offset + width * mesh.elements[10 * element + k]! + component]!;
      return sum;
    };
    const shapes = recipe.field === 'displacement' ? modes.shapes : modes.stress;
    const quantities = recipe.components.map(
      (component): LinearQuantity => ({
        modes: Array.from(modes.eigenvalues, (_, mode) => at(shapes, width * nodes * mode, component)),
        static: input.static && at(input.static[recipe.field], 0, component),
      }),
    );
    const remainders = quantities.map((each) => staticRemainder(basis, each));
    const responses = amplitudes.map((each): Complex[] =>
      quantities.map((component, index) => responseOf(each, component, remainders[index]!)),
    );
    const { evaluate } = recipe;
    const y: ResultCurve['y'] = [
      {
        name: 'Amplitude',
        unit: unitOf(quantity),
        values: responses.map((parts) =>
          evaluate ? peakOverCycle(parts, evaluate) : Math.hypot(parts[0]!.re, parts[0]!.im),
        ),
      },
    ];
    if (!evaluate)
      y.push({
        name: 'Phase',
        unit: 'deg',
        values: responses.map(([part]) => (180 / Math.PI) * Math.atan2(part!.im, part!.re)),
      });
    return [
      {
        id: `response-${one.id}`,
        name: `${one.name}: ${quantity}`,
        kind: 'frequency',
        x: { name: 'Frequency', unit: 'Hz', values: [...frequencies_Hz] },
        y,
        logarithmicY: true,
      },
    ];
  });
}
