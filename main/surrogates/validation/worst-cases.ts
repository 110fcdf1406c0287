/** Pictures of the designs that a model predicts worst: as solved, as predicted, and the difference. */
import {
  type BundleArray,
  decodeBundle,
  encodeBundle,
  type FieldQuantity,
  type SurrogateField,
} from '../../../preload/contract/index.ts';
import { drawPicture } from '../../physics/index.ts';
import type { OpenModel } from '../library/open-model.ts';
import type { ReferenceMesh } from '../library/reference-mesh.ts';
import type { ModelData } from '../model/train-model.ts';
import { designOf, type JudgedDesign, type ValidationReport } from './validate-model.ts';

export interface WorstCase {
  design: JudgedDesign;
  field: SurrogateField;
  unit: string;
  relativeL2: number;
  /** PNG, each with the range of its colours. */
  pictures: { words: string; png: Uint8Array }[];
}

const SHOWN = 3;
const PICTURE = { width: 420, height: 315, deformation: 0 };
const QUANTITIES: Record<SurrogateField, { quantity: FieldQuantity; array: string }> = {
  displacement: { quantity: 'displacement.magnitude', array: 'displacement' },
  von_mises: { quantity: 'von_mises', array: 'vonMises' },
  temperature: { quantity: 'temperature', array: 'temperature' },
};

/** The worst few by the field that is hardest to predict. None for a model without fields. */
export async function worstCases(
  model: OpenModel,
  data: ModelData,
  { judged, fields }: ValidationReport,
  signal: AbortSignal,
): Promise<WorstCase[]> {
  const { mesh, card } = model;
  const [hardest] = [...fields].sort((a, b) => b.relativeL2 / b.bar - a.relativeL2 / a.bar);
  if (!mesh || !hardest) return [];
  const errorOf = (design: JudgedDesign): number => design.fields.find(({ name }) => name === hardest.name)!.relativeL2;
  const worst = [...judged].sort((a, b) => errorOf(b) - errorOf(a)).slice(0, SHOWN);
  const solved = new Map(data.solved('unseen').map((design) => [design.index, design]));
  const cases: WorstCase[] = [];
  for (const design of worst) {
    const answer = await model.predict([designOf(card, design.values)], { signal, fields: true });
    const [found] = answer.designs;
    if (!found || !('scalars' in found) || !found.fields) continue;
    const truth = decodeBundle(await data.fields(solved.get(design.index)!)).arrays;
    const predicted = found.fields.fields.find(({ name }) => name === hardest.name)!.values;
    const exact = Float32Array.from(truth[hardest.name] as ArrayLike<number>);
    const points = Float32Array.from(truth['points'] as ArrayLike<number>);
    cases.push({
      design,
      field: hardest.name,
      unit: hardest.unit,
      relativeL2: errorOf(design),
      pictures: [
        pictureOf('solved', mesh, points, hardest.name, exact),
        pictureOf('predicted', mesh, found.fields.points, hardest.name, predicted),
        pictureOf(
          'predicted minus solved',
          mesh,
          points,
          hardest.name,
          predicted.map((x, i) => x - exact[i]!),
        ),
      ],
    });
  }
  return cases;
}

/** @param points 3n, mm; @param values of the field */
export function pictureOf(
  words: string,
  { surfaceTriangles, meshEdges }: ReferenceMesh,
  points: Float32Array,
  field: SurrogateField,
  values: Float32Array,
): { words: string; png: Uint8Array } {
  const { quantity, array } = QUANTITIES[field];
  const arrays: Record<string, BundleArray> = { nodes: points, surfaceTriangles, meshEdges, [array]: values };
  const drawn = drawPicture({ fields: encodeBundle({ meta: {}, arrays }), quantity, ...PICTURE });
  const [low, high] = drawn.range.map((value) => Number(value.toPrecision(4)));
  return { words: `${words}: ${low} to ${high} ${drawn.unit}`, png: drawn.png };
}
