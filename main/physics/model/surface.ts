/**
 * Checks and straightens out the boundary of a mesh: every facet gets its owning element, and is turned outward by it rather
 * than by trust in the mesher. A load integrates n dA, so one facet the wrong way round would be a silent error.
 */
import { TETRAHEDRON_FACES } from '../elements/tetrahedron10.ts';
import { physicsFault } from '../errors.ts';
import { facetCount, type VolumeMesh } from './mesh.ts';

export interface BoundarySurface {
  /** t: the element behind each facet. */
  facetElement: Int32Array;
  /** Facets that were turned outward. */
  turned: number;
  /** Element sides on the boundary that no facet covers: they can carry no load. */
  uncovered: number;
}

/** Corner triples, sorted, as one number: exact for up to 2^17 nodes a digit, so it falls back to a string beyond. */
function tripleKey(a: number, b: number, c: number): bigint | string | number {
  let low = a;
  let middle = b;
  let high = c;
  if (low > middle) [low, middle] = [middle, low];
  if (middle > high) [middle, high] = [high, middle];
  if (low > middle) [low, middle] = [middle, low];
  return high < 131_072 ? (low * 131_072 + middle) * 131_072 + high : `${low},${middle},${high}`;
}

/** Turns the facets of `mesh` outward in place. */
export function orientSurface(mesh: VolumeMesh): BoundarySurface {
  const { elements, facets } = mesh;
  const count = facetCount(mesh);
  const onBoundary = new Uint8Array(mesh.nodes.length / 3);
  for (let facet = 0; facet < count; facet++) for (let k = 0; k < 3; k++) onBoundary[facets[6 * facet + k]!] = 1;

  // Only element sides with all corners on the boundary can carry a facet: a tenth of all sides in a large mesh.
  const sides = new Map<bigint | string | number, number[]>();
  for (let element = 0; element < elements.length / 10; element++) {
    for (let side = 0; side < 4; side++) {
      const [i, j, k] = TETRAHEDRON_FACES[side]!;
      const a = elements[10 * element + i]!;
      const b = elements[10 * element + j]!;
      const c = elements[10 * element + k]!;
      if (!onBoundary[a] || !onBoundary[b] || !onBoundary[c]) continue;
      const key = tripleKey(a, b, c);
      const owners = sides.get(key);
      if (owners) owners.push(4 * element + side);
      else sides.set(key, [4 * element + side]);
    }
  }

  const facetElement = new Int32Array(count).fill(-1);
  let turned = 0;
  const covered = new Set<bigint | string | number>();
  for (let facet = 0; facet < count; facet++) {
    const key = tripleKey(facets[6 * facet]!, facets[6 * facet + 1]!, facets[6 * facet + 2]!);
    const owners = sides.get(key);
    if (!owners)
      throw physicsFault(
        'mesh-mismatch',
        'The mesher gave a surface facet that no element touches.',
        'Try another element size; if it happens again, report it.',
        `facet ${facet} of face ${mesh.facetFace[facet]}`,
      );
    covered.add(key);
    const owner = owners[0]!;
    const element = owner >> 2;
    facetElement[facet] = element;
    const local = TETRAHEDRON_FACES[owner & 3]!;
    const first = facets[6 * facet]!;
    let start = 0;
    while (start < 3 && elements[10 * element + local[start]!] !== first) start++;
    const next = elements[10 * element + local[(start + 1) % 3]!]!;
    if (facets[6 * facet + 1] !== next) turned++;
    // The element's own side is taken whole, so that facet and element share midside nodes whatever order the mesher used.
    for (let k = 0; k < 3; k++) {
      facets[6 * facet + k] = elements[10 * element + local[(start + k) % 3]!]!;
      facets[6 * facet + 3 + k] = elements[10 * element + local[3 + ((start + k) % 3)]!]!;
    }
  }
  let uncovered = 0;
  for (const [key, owners] of sides) if (owners.length === 1 && !covered.has(key)) uncovered++;
  return { facetElement, turned, uncovered };
}
