/**
 * Heat across bonded faces: at every integration point of the interface, conductance times area times the difference of the
 * two sides' temperatures. Faces bonded without a conductance get one so large that their temperatures are practically equal.
 */
import type { HeatModel } from '../../../native/index.d.ts';
import { defaultTolerance, meanEdge, nothingBonded } from '../connections/bond.ts';
import { type InterfaceSamples, interfaceSamples } from '../connections/interface-samples.ts';
import type { ResolvedConnection } from '../connections/resolve.ts';
import { triangleShape } from '../elements/triangle6.ts';
import { refuseStudy } from '../errors.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import type { TargetFinder } from '../model/target.ts';
import { film_mW_mm2K } from './units.ts';

/** A bond without a conductance lets through this many times what an element of the interface does. */
const PERFECT = 1e4;

export interface HeatContacts {
  contacts?: NonNullable<HeatModel['contacts']>;
  /** Samples of each connection: `first[i] .. first[i + 1]`, and their area, mm^2. */
  byConnection: { id: string; name: string; first: number; last: number; area_mm2: number }[];
}

/** @param conductivity mW/(mm K), the largest of all bodies: the measure of a perfect bond. */
export function heatContacts(
  finder: TargetFinder,
  connections: readonly ResolvedConnection[],
  elementBody: Int32Array,
  conductivity: number,
): HeatContacts {
  const list = new ContactList(finder.mesh);
  const byConnection: HeatContacts['byConnection'] = [];
  for (const resolved of connections) {
    const { connection } = resolved;
    if (connection.kind !== 'bonded' && connection.kind !== 'bonded-touching') continue;
    const who = `Connection "${connection.name}"`;
    const conductance = connection.conductance_W_m2K === undefined ? null : film_mW_mm2K(connection.conductance_W_m2K);
    const first = list.count;
    let area_mm2 = 0;
    let tolerance = 0;
    for (const [a, b] of sidesOf(finder, resolved, elementBody)) {
      tolerance = Math.max(tolerance, connection.tolerance_mm ?? defaultTolerance(finder.mesh, a, b));
      const samples = interfaceSamples(
        finder.mesh,
        a,
        b,
        connection.tolerance_mm ?? defaultTolerance(finder.mesh, a, b),
      );
      area_mm2 += list.add(
        samples,
        conductance ?? (PERFECT * conductivity) / Math.max(meanEdge(finder.mesh, a), 1e-9),
        who,
      );
    }
    const sharesNodes = shared(finder, resolved);
    // Nodes that two bodies share have one temperature, where a conductance would need two.
    if (conductance !== null && sharesNodes) throw sharedFace(who);
    if (list.count === first && !sharesNodes) throw nothingBonded(who, tolerance);
    byConnection.push({ id: connection.id, name: connection.name, first, last: list.count, area_mm2 });
  }
  return list.count > 0 ? { contacts: list.arrays(), byConnection } : { byConnection };
}

/** Facets of the two sides; of bodies that touch, of every pair of bodies. */
function sidesOf(
  finder: TargetFinder,
  { target, to }: ResolvedConnection,
  elementBody: Int32Array,
): [number[], number[]][] {
  const facetsOf = (faces: readonly number[]): number[] => faces.flatMap((face) => finder.facets(face));
  if (target && to) return [[facetsOf(target.items), facetsOf(to.items)]];
  const byBody = new Map<number, number[]>();
  const bodyOfNode = new Int32Array(finder.mesh.nodes.length / 3).fill(-1);
  for (let element = 0; element < elementBody.length; element++)
    for (let k = 0; k < 10; k++) bodyOfNode[finder.mesh.elements[10 * element + k]!] = elementBody[element]!;
  for (let facet = 0; facet < finder.mesh.facetFace.length; facet++) {
    const body = bodyOfNode[finder.mesh.facets[6 * facet + 3]!]!;
    const list = byBody.get(body);
    if (list) list.push(facet);
    else byBody.set(body, [facet]);
  }
  const bodies = [...byBody.keys()].sort((a, b) => a - b);
  return bodies.flatMap((a, i) =>
    bodies.slice(i + 1).map((b): [number[], number[]] => [byBody.get(a)!, byBody.get(b)!]),
  );
}

/** Whether bodies share the nodes of their common faces already, so that there is nothing to join. */
function shared(finder: TargetFinder, { target, to, connection }: ResolvedConnection): boolean {
  const nodes = (faces: readonly number[]): Set<number> =>
    new Set(
      faces.flatMap((face) => finder.facets(face).flatMap((f) => [...finder.mesh.facets.subarray(6 * f, 6 * f + 6)])),
    );
  if (!target || !to) return connection.kind === 'bonded-touching' && solidsShareNodes(finder.mesh);
  const one = nodes(target.items);
  return [...nodes(to.items)].filter((node) => one.has(node)).length > 5;
}

function solidsShareNodes({ elements, elementSolid, nodes }: VolumeMesh): boolean {
  const solidOf = new Int32Array(nodes.length / 3).fill(-1);
  for (let element = 0; element < elementSolid.length; element++)
    for (let k = 0; k < 10; k++) {
      const node = elements[10 * element + k]!;
      if (solidOf[node]! >= 0 && solidOf[node] !== elementSolid[element]) return true;
      solidOf[node] = elementSolid[element]!;
    }
  return false;
}

const sharedFace = (who: string): Error =>
  refuseStudy(
    'shared-face',
    `${who} has a conductance between bodies that share one face of the mesh.`,
    'Bodies with a common face conduct perfectly: keep them as separate solids that only touch.',
  );

class ContactList {
  readonly #mesh: VolumeMesh;
  readonly #offsets = [0];
  readonly #nodes: number[] = [];
  readonly #weights: number[] = [];
  readonly #conductance: number[] = [];

  constructor(mesh: VolumeMesh) {
    this.#mesh = mesh;
  }

  get count(): number {
    return this.#conductance.length;
  }

  /** @returns area, mm^2 */
  add(samples: InterfaceSamples, conductance_mW_mm2K: number, who: string): number {
    let area = 0;
    for (let i = 0; i < samples.count; i++) {
      // Cutting facets leaves pieces of no area, which round-off may turn round.
      if (!(samples.area[i]! > 0)) continue;
      area += samples.area[i]!;
      const weights = new Map<number, number>();
      for (const [facets, places, sign] of [
        [samples.slaveFacet, samples.slaveAt, 1],
        [samples.masterFacet, samples.masterAt, -1],
      ] as const)
        triangleShape(places[2 * i]!, places[2 * i + 1]!).forEach((value, k) => {
          const node = this.#mesh.facets[6 * facets[i]! + k]!;
          weights.set(node, (weights.get(node) ?? 0) + sign * value);
        });
      if ([...weights.values()].every((value) => Math.abs(value) < 1e-9)) throw sharedFace(who);
      for (const [node, value] of weights) {
        this.#nodes.push(node);
        this.#weights.push(value);
      }
      this.#offsets.push(this.#nodes.length);
      this.#conductance.push(conductance_mW_mm2K * samples.area[i]!);
    }
    return area;
  }

  arrays(): NonNullable<HeatModel['contacts']> {
    return {
      offsets: Int32Array.from(this.#offsets),
      nodes: Int32Array.from(this.#nodes),
      weights: Float64Array.from(this.#weights),
      conductance: Float64Array.from(this.#conductance),
    };
  }
}
