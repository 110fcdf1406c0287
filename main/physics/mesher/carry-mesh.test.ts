import { expect, test } from 'vitest';
import { decodeBundle, encodeBundle } from '../../../preload/contract/bundle.ts';
import { TETRAHEDRON_EDGES } from '../elements/tetrahedron10.ts';
import { requireCore } from '../native-core.ts';
import { carryMesh } from './carry-mesh.ts';

const core = requireCore();
const CORNERS = [
  [0, 0, 0],
  [10, 0, 0],
  [0, 10, 0],
  [0, 0, 10],
];
const FACES = [
  [0, 2, 1],
  [0, 1, 3],
  [1, 2, 3],
  [0, 3, 2],
];

/** One tetrahedron with straight sides, all of it surface. */
function tetrahedron(): { nodes: Float64Array; mesh: Uint8Array } {
  const sides = TETRAHEDRON_EDGES.map(([a, b]) => CORNERS[a]!.map((x, axis) => (x + CORNERS[b]![axis]!) / 2));
  const nodes = Float64Array.from([...CORNERS, ...sides].flat());
  const middle = (a: number, b: number): number =>
    4 + TETRAHEDRON_EDGES.findIndex(([c, d]) => (c === a && d === b) || (c === b && d === a));
  const facets = Int32Array.from(
    FACES.flatMap(([a, b, c]) => [a!, b!, c!, middle(a!, b!), middle(b!, c!), middle(c!, a!)]),
  );
  const elements = Int32Array.from({ length: 10 }, (_, i) => i);
  return { nodes, mesh: encodeBundle({ meta: {}, arrays: { nodes, elements, facets } }) };
}

/** The side between the first corners pushed into the element, mm. */
function carriedWith(push: number): { push: number; quality: number; straightened: number } {
  const { nodes, mesh } = tetrahedron();
  const moved = nodes.slice();
  moved[3 * 4 + 1]! += push;
  moved[3 * 4 + 2]! += push;
  const carried = carryMesh(core, { kind: 'carry', mesh, moved });
  const found = decodeBundle(carried.mesh).arrays['nodes']!;
  return {
    push: found[3 * 4 + 1]!,
    quality: carried.minimumScaledJacobian,
    straightened: carried.straightened,
  };
}

test('a mesh is carried node by node: surface nodes land where they are sent, elements stay the same ones', () => {
  const { nodes, mesh } = tetrahedron();
  const moved = nodes.map((x, i) => x * [2, 1, 1.5][i % 3]!);
  const carried = carryMesh(core, { kind: 'carry', mesh, moved });
  const { arrays } = decodeBundle(carried.mesh);
  expect(arrays['nodes']).toEqual(moved);
  expect(arrays['elements']).toEqual(decodeBundle(mesh).arrays['elements']);
  expect(carried.straightened).toBe(0);
});

test('sides that would spoil an element are straightened just as far as it takes', () => {
  const gentle = carriedWith(0.5);
  expect(gentle).toMatchObject({ push: 0.5, straightened: 0 });
  const hard = carriedWith(4);
  expect(hard.straightened).toBe(1);
  // Accepted from 0.1 on, found to 2^-12 of the way.
  expect(hard.quality).toBeGreaterThanOrEqual(0.1);
  expect(hard.quality).toBeLessThan(0.11);
});

test('parts that differ by little are carried to meshes that differ by little, across the limit too', () => {
  const step = 0.01;
  const pushes = Array.from({ length: 300 }, (_, i) => carriedWith(1 + step * i));
  expect(pushes[0]!.straightened).toBe(0);
  expect(pushes.at(-1)!.straightened).toBe(1);
  const jumps = pushes.slice(1).map(({ push }, i) => Math.abs(push - pushes[i]!.push));
  // No node moves farther than the surface did, but for the fineness of the search.
  expect(Math.max(...jumps)).toBeLessThan(1.5 * step);
});
