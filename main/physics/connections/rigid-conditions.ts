/** What constraint equations say of rigid motions of solids and reference points, for the check that nothing can move freely. */
import type { VolumeMesh } from '../model/mesh.ts';
import { add, at, cross, scale, type Vec3 } from '../vector.ts';
import type { EquationSystem } from './equations.ts';

/** force . t + moment . omega summed over bodies is zero, for bodies that move by t + omega x x (x from the origin). */
export type RigidCondition = { body: number; force: Vec3; moment: Vec3 }[];

export interface RigidConnections {
  /** Bodies beyond the mesh's solids: reference points. Their index goes on from the number of solids. */
  references: number;
  conditions: RigidCondition[];
  /** The body that an extra node stands for, and where it is; undefined for those that are not places. */
  bodyOfNode: Map<number, { body: number; point: Vec3; turns: number | null }>;
}

/** Enough equations of one connection to span whatever it holds. */
const MOST_EQUATIONS = 600;

export function rigidConnections(system: EquationSystem, mesh: VolumeMesh, solidCount: number): RigidConnections {
  const solidOfNode = new Int32Array(mesh.nodes.length / 3).fill(-1);
  for (let element = 0; element < mesh.elementSolid.length; element++)
    for (let k = 0; k < 10; k++) solidOfNode[mesh.elements[10 * element + k]!] = mesh.elementSolid[element]!;

  const bodyOfNode: RigidConnections['bodyOfNode'] = new Map();
  const conditions: RigidCondition[] = [];
  let references = 0;
  system.extra.forEach((extra, index) => {
    if (extra.kind !== 'point') return;
    const body = solidCount + references++;
    bodyOfNode.set(system.meshNodeCount + index, { body, point: extra.point, turns: null });
    if (extra.rotation !== null) {
      const turning = system.extra[extra.rotation - system.meshNodeCount]!;
      const turns = turning.kind === 'rotation' ? turning.length_mm : 1;
      bodyOfNode.set(extra.rotation, { body, point: extra.point, turns });
    } else {
      for (let axis = 0; axis < 3; axis++)
        conditions.push([{ body, force: [0, 0, 0], moment: [0, 1, 2].map((k) => (k === axis ? 1 : 0)) as Vec3 }]);
    }
  });

  for (const group of system.groups) {
    if (group.measuresOnly) continue;
    const count = group.last - group.first;
    let stride = Math.max(1, Math.ceil(count / MOST_EQUATIONS));
    if (stride > 1 && stride % 3 === 0) stride++; // equations come in threes, one an axis
    for (let equation = group.first; equation < group.last; equation += stride) {
      const sums = new Map<number, { force: Vec3; moment: Vec3 }>();
      const put = (body: number, force: Vec3, moment: Vec3): void => {
        const sum = sums.get(body);
        sums.set(body, sum ? { force: add(sum.force, force), moment: add(sum.moment, moment) } : { force, moment });
      };
      const putAt = (node: number, coefficient: Vec3): void => {
        if (node < system.meshNodeCount) {
          put(solidOfNode[node]!, coefficient, cross(at(mesh.nodes, node), coefficient));
          return;
        }
        const extra = system.extra[node - system.meshNodeCount]!;
        const place = bodyOfNode.get(node);
        if (extra.kind === 'bulge') {
          putAt(extra.middle, coefficient);
          putAt(extra.a, scale(coefficient, -0.5));
          putAt(extra.b, scale(coefficient, -0.5));
        } else if (place) {
          // u_rotation = omega * length
          if (place.turns !== null) put(place.body, [0, 0, 0], scale(coefficient, place.turns));
          else put(place.body, coefficient, cross(place.point, coefficient));
        }
        // What is measured is prescribed or resisted: it counts as none.
      };
      system.eachTerm(equation, (node, x, y, z) => putAt(node, [x, y, z]));
      conditions.push([...sums].map(([body, sum]) => ({ body, ...sum })));
    }
  }
  return { references, conditions, bodyOfNode };
}
