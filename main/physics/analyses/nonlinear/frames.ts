/** The states on the way as frames and curves: the last one first, since its numbers are those of the whole result. */
import type { LoadFrame, NonlinearSolution } from '../../../../native/index.d.ts';
import type {
  FieldQuantity,
  Probe,
  ResultCurve,
  ResultFrame,
  ResultSummary,
} from '../../../../preload/contract/studies.ts';
import type { VolumeMesh } from '../../model/mesh.ts';
import type { FrameFields } from '../../results/fields.ts';
import { probe } from '../../results/probe.ts';
import { unitOf } from '../../results/quantities.ts';
import { extremesOf } from '../../results/summary.ts';

export const packedFrame = (frame: LoadFrame): FrameFields => ({
  displacement: Float32Array.from(frame.displacement),
  vonMises: Float32Array.from(frame.vonMises),
});

const nameOf = (factor: number): string => `${Number((100 * factor).toPrecision(4))} % of the load`;

function probedAt(
  mesh: VolumeMesh,
  elementBody: Int32Array,
  frame: LoadFrame,
  probes: readonly Probe[],
): Partial<Record<FieldQuantity, number>>[] {
  return probe(
    { nodes: mesh.nodes, elements: mesh.elements, elementBody, displacement: frame.displacement, strengths: [] },
    probes.map((one) => one.at_mm),
  ).map(({ values }) => values);
}

/** @param frames the last one first */
export function framesOf(
  mesh: VolumeMesh,
  elementBody: Int32Array,
  frames: readonly LoadFrame[],
  last: ResultSummary,
  probes: readonly Probe[],
): ResultFrame[] {
  const displacements = probes.every((one) => (one.quantity ?? 'von_mises').startsWith('displacement'));
  return frames.map((frame, index): ResultFrame => {
    const common = { name: nameOf(frame.loadFactor), kind: 'load-step' as const, value: frame.loadFactor, unit: '-' };
    if (index === 0)
      return {
        ...common,
        extremes: last.extremes,
        ...(last.reactions_N ? { reactions_N: last.reactions_N } : {}),
        ...(last.applied_N ? { applied_N: last.applied_N } : {}),
        ...(last.equilibrium_error === undefined ? {} : { equilibrium_error: last.equilibrium_error }),
        minimumSafetyFactor: last.minimumSafetyFactor,
        ...(last.strainEnergy_N_mm === undefined ? {} : { strainEnergy_N_mm: last.strainEnergy_N_mm }),
        probes: last.probes.map(({ value }) => value),
      };
    return {
      ...common,
      extremes: extremesOf(mesh.nodes, frame),
      ...(displacements && probes.length > 0
        ? {
            probes: probedAt(mesh, elementBody, frame, probes).map((values, i) => values[probes[i]!.quantity!] ?? 0),
          }
        : {}),
    };
  });
}

export function curvesOf(
  mesh: VolumeMesh,
  elementBody: Int32Array,
  solution: NonlinearSolution,
  probes: readonly Probe[],
): ResultCurve[] {
  const { curve, frames, attempts } = solution;
  const series = (name: string, unit: string, values: ArrayLike<number>) => ({
    name,
    unit,
    values: Array.from(values),
  });
  const curves: ResultCurve[] = [
    {
      id: 'load-displacement',
      name: 'Load and displacement',
      kind: 'load-step',
      x: series('load factor', '-', curve.loadFactor),
      y: [series('largest displacement', 'mm', curve.largestDisplacement_mm)],
    },
    {
      id: 'load-energy',
      name: 'Load and strain energy',
      kind: 'load-step',
      x: series('load factor', '-', curve.loadFactor),
      y: [series('strain energy', 'N mm', curve.strainEnergy_N_mm)],
    },
  ];
  const moved = probes.filter((one) => one.quantity?.startsWith('displacement'));
  if (moved.length > 0) {
    const values = frames.map((frame) => probedAt(mesh, elementBody, frame, moved));
    curves.push({
      id: 'load-probes',
      name: 'Load and probes',
      kind: 'load-step',
      x: series(
        'load factor',
        '-',
        frames.map((frame) => frame.loadFactor),
      ),
      y: moved.map((one, i) =>
        series(
          one.name,
          unitOf(one.quantity!),
          values.map((frame) => frame[i]![one.quantity!] ?? 0),
        ),
      ),
    });
  }
  const residual = attempts
    .flatMap((attempt) => [...attempt.residual])
    .filter((value) => value > 0 && Number.isFinite(value));
  curves.push({
    id: 'residual',
    name: "Out-of-balance forces in Newton's iterations",
    kind: 'residual',
    x: series(
      'iteration',
      '-',
      residual.map((_, i) => i),
    ),
    y: [series('relative residual', '-', residual)],
    logarithmicY: true,
  });
  return curves;
}
