/** Looks at a packed result of any kind: where the next mesh should be finer, and what of it can never settle. */
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import type { Probe } from '../../../preload/contract/studies.ts';
import { type SizeWish, sizesForCount } from '../mesher/adapt.ts';
import { buildModel } from '../model/build.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { Near } from '../results/near.ts';
import { reentrantEdges, type SingularPlace, singularPlaces } from '../results/singularities.ts';
import { at } from '../vector.ts';
import type { LookTask } from '../workers/tasks.ts';
import { growsAtCorners } from './interest.ts';
import type { Look } from './loop.ts';

const isOfHeat = (task: LookTask): boolean =>
  task.study.study === 'thermal' || task.study.study === 'transient-thermal';

export function lookAt(task: LookTask, mesh: VolumeMesh): Look {
  const { arrays } = decodeBundle(task.fields);
  const stress = arrays['vonMises'] as Float32Array | undefined;
  const elementError = arrays['elementError'] as Float32Array | undefined;
  const places = placesOf(task, mesh);
  const points = places.flatMap(({ nodes }) => nodes.map((node) => at(mesh.nodes, node)));
  const near = new Near(points, task.next.radius_mm);
  let peak = -1;
  if (stress)
    for (let node = 0; node < stress.length; node++) {
      if (peak >= 0 && stress[node]! <= stress[peak]!) continue;
      if (!near.includes(at(mesh.nodes, node))) peak = node;
    }
  const regularPeak = stress && peak >= 0 ? { value: stress[peak]!, at_mm: at(mesh.nodes, peak) } : null;
  const singularProbes = isOfHeat(task) ? [] : probesNear(task.study.probes, near);
  const interesting = [
    ...task.study.probes
      .filter((probe, index) => growsAtCorners(probe.quantity) && !singularProbes.includes(index))
      .map(({ at_mm }) => at_mm),
    ...(regularPeak && task.study.probes.length === 0 ? [regularPeak.at_mm] : []),
  ];
  const wishes: SizeWish[] = elementError
    ? sizesForCount(mesh, elementError, interesting, {
        largest_mm: task.next.size_mm,
        smallest_mm: task.next.size_mm / 5,
        elements: task.next.elements,
      })
    : [];
  return {
    wishes,
    regularPeak,
    singularProbes,
    singular: [...new Set(places.map(({ reason }) => reason))].slice(0, 5),
  };
}

/** Heat has its singular places at sharp inner edges only; what holds and loads a part has more. */
function placesOf(task: LookTask, mesh: VolumeMesh): SingularPlace[] {
  if (isOfHeat(task))
    return reentrantEdges(mesh).map(({ nodes, angle_deg }) => ({
      nodes,
      reason: `sharp inner edge (${Math.round(angle_deg)}° of material)`,
    }));
  const built = buildModel(mesh, task.bodies, task.restraints, task.loads, task.temperatureChange, task.connections);
  const { conditions, nodesOf } = built.restraints;
  const { concentrated } = built.loads;
  return singularPlaces(mesh, concentrated, task.restraints, conditions, nodesOf, built.connections?.bonds);
}

const probesNear = (probes: readonly Probe[], near: Near): number[] =>
  probes.flatMap((probe, index) => (growsAtCorners(probe.quantity) && near.includes(probe.at_mm) ? [index] : []));
