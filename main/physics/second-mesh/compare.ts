/**
 * Our answer beside that of another mesher and another solver, each with its own error estimate. Ours is what a result states;
 * theirs is what their answer changed by from a coarser mesh of the same mesher to a finer one.
 */
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import { outerSurface } from '../exchange/foreign-mesh.ts';
import { frameArrays } from '../results/fields.ts';
import { Locator } from '../results/locate.ts';
import { probe } from '../results/probe.ts';
import { reentrantEdges } from '../results/singularities.ts';
import type { StudyOutcome } from '../types.ts';
import { at, norm, subtract, type Vec3, words } from '../vector.ts';
import type { Plane, SecondSolution } from './plane-study.ts';

export interface ComparedQuantity {
  quantity: string;
  unit: string;
  ours: number;
  theirs: number;
  /** Absolute, in the unit of the quantity. */
  ourEstimate: number;
  theirEstimate: number;
  difference: number;
  /** Whether the difference is within the sum of both estimates. */
  agrees: boolean;
}

/** Shares of the eligible points that carry less stress than the three that are compared. */
const RANKS = [0.95, 0.8, 0.6];
/**
 * Points keep this many element sizes away from planes that are held or loaded and from sharp inner edges: of the largest size,
 * or where all of the part is nearer than that, of the element's own.
 */
const AWAY = 2.5;

/** @param planes the held and the loaded plane, from which points of comparison keep away */
export function compareWithSecond(
  ours: StudyOutcome,
  coarse: SecondSolution,
  fine: SecondSolution,
  planes: readonly Plane[],
): ComparedQuantity[] {
  const { summary } = ours;
  const energyError = summary.discretisation_error.energy_percent / 100;
  const displacement = summary.extremes['displacement.magnitude']!.max.value;
  const energy = summary.strainEnergy_N_mm ?? 0;
  const row = (
    quantity: string,
    unit: string,
    [own, ourEstimate]: [number, number],
    [rough, theirs]: [number, number],
  ): ComparedQuantity => {
    const theirEstimate = Math.abs(theirs - rough);
    const difference = Math.abs(own - theirs);
    return {
      quantity,
      unit,
      ours: own,
      theirs,
      ourEstimate,
      theirEstimate,
      difference,
      agrees: difference <= ourEstimate + theirEstimate,
    };
  };
  const points = pointsOfComparison(ours, planes);
  const theirStress = [coarse, fine].map((solution) => stressAt(solution, points));
  return [
    row(
      'largest displacement',
      'mm',
      [displacement, energyError * displacement],
      [coarse.largestDisplacement_mm, fine.largestDisplacement_mm],
    ),
    // The error's energy is what the strain energy lacks: its norm is relative to the solution's, so it counts squared.
    row(
      'strain energy',
      'N mm',
      [energy, energyError ** 2 * energy],
      [coarse.strainEnergy_N_mm, fine.strainEnergy_N_mm],
    ),
    ...points.map(({ at_mm, vonMises_MPa, estimate_MPa }, i) =>
      row(
        `von Mises at ${words(at_mm)} mm`,
        'MPa',
        [vonMises_MPa, estimate_MPa],
        [theirStress[0]![i]!, theirStress[1]![i]!],
      ),
    ),
  ];
}

interface ComparisonPoint {
  at_mm: Vec3;
  vonMises_MPa: number;
  estimate_MPa: number;
}

/** Middles of elements of our mesh that are no place of infinite stress, ranked by stress: three of them, high to middling. */
function pointsOfComparison({ fields, summary }: StudyOutcome, planes: readonly Plane[]): ComparisonPoint[] {
  const { arrays } = decodeBundle(fields);
  const nodes = Float64Array.from(arrays['nodes']!);
  const elements = Int32Array.from(arrays['elements']!);
  const { facets } = outerSurface(elements);
  // Each facet as a face of its own: what turns inward sharply between two of them is an edge, wherever faces begin and end.
  const facetFace = Int32Array.from({ length: facets.length / 6 }, (_, facet) => facet);
  const sharp = reentrantEdges({ nodes, facets, facetFace }).flatMap((edge) =>
    edge.nodes.map((node) => at(nodes, node)),
  );
  const { vonMises, stressSpread } = frameArrays(arrays, 0) as { vonMises: Float32Array; stressSpread: Float32Array };
  const all: { at_mm: Vec3; room: number; size: number; stress: number }[] = [];
  for (let element = 0; element < elements.length / 10; element++) {
    const corners = [0, 1, 2, 3].map((k) => elements[10 * element + k]!);
    const middle = [0, 1, 2].map((axis) => corners.reduce((sum, node) => sum + nodes[3 * node + axis]! / 4, 0)) as Vec3;
    let room = Number.POSITIVE_INFINITY;
    for (const plane of planes) room = Math.min(room, Math.abs(middle[plane.axis] - plane.at_mm));
    for (const place of sharp) room = Math.min(room, norm(subtract(place, middle)));
    all.push({
      at_mm: middle.map((x) => Number(x.toPrecision(5))) as Vec3,
      room,
      // The middle lies in the element: its farthest corner is at least half of its longest edge away.
      size: 2 * Math.max(...corners.map((node) => norm(subtract(at(nodes, node), middle)))),
      stress: corners.reduce((sum, node) => sum + vonMises[node]! / 4, 0),
    });
  }
  const far = all.filter(({ room }) => room >= AWAY * summary.mesh.size_mm);
  const eligible = far.length > 0 ? far : all.filter(({ room, size }) => room >= AWAY * size);
  eligible.sort((a, b) => a.stress - b.stress);
  const places = RANKS.map((rank) => eligible[Math.floor(rank * (eligible.length - 1))]).filter(
    (place) => place !== undefined,
  );
  const locator = new Locator(nodes, elements);
  const answers = probe(
    { nodes, elements, elementBody: arrays['elementBody']!, ...frameArrays(arrays, 0), strengths: [] },
    places.map((place) => place.at_mm),
  );
  return places.map(({ at_mm }, i) => {
    const { element } = locator.locate(at_mm);
    let spread = 0;
    for (const node of elements.subarray(10 * element, 10 * element + 10))
      spread = Math.max(spread, stressSpread[node]!);
    // The field that a result keeps of its stress error: half the spread among the elements around, each side of their mean.
    return { at_mm, vonMises_MPa: answers[i]!.values['von_mises']!, estimate_MPa: spread / 2 };
  });
}

const stressAt = ({ mesh, stress }: SecondSolution, points: readonly ComparisonPoint[]): number[] =>
  probe(
    { nodes: mesh.nodes, elements: mesh.elements, elementBody: mesh.elementSolid, stress, strengths: [] },
    points.map((point) => point.at_mm),
  ).map((answer) => answer.values['von_mises'] ?? Number.NaN);
