/** Of several bodies solved together: which of them bears what. Read from the fields, so that every kind of study has it. */
import { type BundleArray, decodeBundle } from '../../../preload/contract/bundle.ts';
import type { BodyMaxima, ResultSummary } from '../../../preload/contract/studies.ts';
import { frameArrays } from './fields.ts';

/** The quantities that are told of each body: a number at each node, and its unit. */
const QUANTITIES: Record<string, { unit: string; at: (arrays: Record<string, BundleArray>) => NodeValue | undefined }> =
  {
    von_mises: { unit: 'MPa', at: ({ vonMises }) => vonMises && ((node) => vonMises[node]!) },
    'displacement.magnitude': {
      unit: 'mm',
      at: ({ displacement: u }) => u && ((node) => Math.hypot(u[3 * node]!, u[3 * node + 1]!, u[3 * node + 2]!)),
    },
    temperature: { unit: 'degC', at: ({ temperature }) => temperature && ((node) => temperature[node]!) },
  };
type NodeValue = (node: number) => number;

/**
 * The result with the largest value of each quantity in each body, in every frame; as it was where there is one body only.
 * @param names of the bodies, in the order of the request
 */
export function withBodyMaxima<Answer extends { summary: ResultSummary; fields: Uint8Array }>(
  answer: Answer,
  names: readonly string[],
): Answer {
  if (names.length < 2) return answer;
  const { arrays } = decodeBundle(answer.fields);
  const nodesOf = bodyNodes(arrays['elements']!, arrays['elementBody']!, names.length);
  const maximaOf = (frame: number): BodyMaxima[] => {
    const shown = frameArrays(arrays, frame);
    return nodesOf.map((nodes) => largest(nodes, shown, arrays['nodes']!));
  };
  const first = maximaOf(0);
  return {
    ...answer,
    summary: {
      ...answer.summary,
      bodies: names.map((name, index) => ({ name, maxima: first[index]! })),
      ...(answer.summary.frames
        ? {
            frames: answer.summary.frames.map((frame, index) => ({
              ...frame,
              bodies: index === 0 ? first : maximaOf(index),
            })),
          }
        : {}),
    },
  };
}

/** The nodes of each body, ascending. */
function bodyNodes(elements: BundleArray, elementBody: BundleArray, bodies: number): number[][] {
  const found = Array.from({ length: bodies }, () => new Set<number>());
  for (let element = 0; element < elementBody.length; element++) {
    const own = found[elementBody[element]!];
    if (own) for (let k = 0; k < 10; k++) own.add(elements[10 * element + k]!);
  }
  return found.map((own) => [...own].sort((a, b) => a - b));
}

function largest(nodes: readonly number[], arrays: Record<string, BundleArray>, places: BundleArray): BodyMaxima {
  const maxima: BodyMaxima = {};
  for (const [quantity, { unit, at }] of Object.entries(QUANTITIES)) {
    const value = at(arrays);
    if (!value) continue;
    let best = -1;
    for (const node of nodes) if (best < 0 || value(node) > value(best)) best = node;
    if (best < 0 || !Number.isFinite(value(best))) continue;
    maxima[quantity] = {
      value: value(best),
      at_mm: [places[3 * best]!, places[3 * best + 1]!, places[3 * best + 2]!],
      unit,
    };
  }
  return maxima;
}
