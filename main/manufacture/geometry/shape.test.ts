/** Measures against closed forms: walls, gaps, balls, reach, and the tree of boxes against every triangle in turn. */
import { afterAll, expect, it } from 'vitest';
import { silentContext, type Vector3 } from '../../../preload/contract/index.ts';
import { createKernel, recogniseFeatures } from '../../kernel/index.ts';
import type { PrimitiveShape } from '../../kernel/port.ts';
import { checkManufacturing, type ManufacturingRequest } from '../check.ts';
import { candidateDirections, fewestDirections, reachOf } from './reach.ts';
import { Shape } from './shape.ts';
import { dot, unit } from './vectors.ts';

const kernel = createKernel();
afterAll(() => kernel.dispose());

async function bodyOf(shape: PrimitiveShape): Promise<ManufacturingRequest['bodies'][number]> {
  const model = await kernel.primitives([{ name: 'body', shape }], silentContext());
  const { info, tessellation } = model.parts[0]!.bodies[0]!;
  return { info, tessellation: tessellation!, features: recogniseFeatures(info, 0).features };
}
const shapeOf = async (shape: PrimitiveShape): Promise<Shape> => {
  const { info, tessellation, features } = await bodyOf(shape);
  return new Shape(0, info, tessellation, features);
};
const box = (max: Vector3, min: Vector3 = [0, 0, 0]): PrimitiveShape => ({ box: { min_mm: min, max_mm: max } });
const cylinder = (radius_mm: number, height_mm: number, z = 0): PrimitiveShape => ({
  cylinder: { origin_mm: [0, 0, z], axis: [0, 0, 1], radius_mm, height_mm },
});
/** A tube of 20 mm radius with a wall of 3 mm. */
const TUBE: PrimitiveShape = { difference: [cylinder(20, 30), cylinder(17, 32, -1)] };

it('a tube is as thick as its radii say, whatever its triangles are', async () => {
  const shape = await shapeOf(TUBE);
  const round = shape.samples.flatMap(({ face }, i) =>
    shape.surfaces[face]!.type === 'cylinder' ? [shape.walls[i]] : [],
  );
  expect(round.length).toBeGreaterThan(100);
  for (const wall of round) expect(wall?.distance_mm).toBeCloseTo(3, 4);
  // Across the bore: twice its radius.
  const inner = shape.samples.findIndex(({ face }) => shape.surfaces[face]!.concave);
  expect(shape.gaps[inner]?.distance_mm).toBeCloseTo(34, 1);
});

it('the largest ball in a plate is as wide as the plate is thick', async () => {
  const shape = await shapeOf(box([40, 30, 8]));
  // A fan of twenty rays finds it a little too wide, never too narrow.
  expect(Math.max(...shape.balls)).toBeGreaterThan(8 - 1e-6);
  expect(Math.max(...shape.balls)).toBeLessThan(8 * 1.05);
  expect([shape.contains([20, 15, 4]), shape.contains([20, 15, 9]), shape.contains([-1, 15, 4])]).toEqual([
    true,
    false,
    false,
  ]);
});

it('what a ray meets first is what it meets of all triangles', async () => {
  const { tree, triangles } = await shapeOf({
    union: [{ sphere: { centre_mm: [0, 0, 0], radius_mm: 10 } }, box([30, 4, 4])],
  });
  let seed = 1;
  const random = (): number => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647 - 0.5;
  };
  let met = 0;
  for (let ray = 0; ray < 400; ray++) {
    const start: Vector3 = [30 * random(), 30 * random(), 30 * random()];
    const direction = unit([random(), random(), random()]);
    const first = tree.first(start, direction)?.distance_mm ?? Infinity;
    let nearest = Infinity;
    for (let t = 0; t < triangles.count; t++)
      nearest = Math.min(nearest, throughTriangle(triangles.corners.subarray(9 * t, 9 * t + 9), start, direction));
    expect(tree.blocked(start, direction)).toBe(nearest < Infinity);
    if (nearest < Infinity) {
      met++;
      expect(first).toBeCloseTo(nearest, 6);
    } else expect(first).toBe(Infinity);
  }
  expect(met).toBeGreaterThan(30);
});

/** By the plane of the triangle and the signs of three areas. */
function throughTriangle(c: Float64Array, start: Vector3, direction: Vector3): number {
  const corner = (i: number): Vector3 => [c[3 * i]!, c[3 * i + 1]!, c[3 * i + 2]!];
  const minus = (a: Vector3, b: Vector3): Vector3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
  const times = (a: Vector3, b: Vector3): Vector3 => [
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  ];
  const [p, q, r] = [corner(0), corner(1), corner(2)];
  const normal = times(minus(q, p), minus(r, p));
  const distance = dot(minus(p, start), normal) / dot(direction, normal);
  if (!(distance > 0)) return Infinity;
  const at: Vector3 = [
    start[0] + distance * direction[0],
    start[1] + distance * direction[1],
    start[2] + distance * direction[2],
  ];
  const sides = [
    [p, q],
    [q, r],
    [r, p],
  ] as const;
  return sides.every(([a, b]) => dot(times(minus(b, a), minus(at, a)), normal) >= 0) ? distance : Infinity;
}

it('a plate is reached from two sides, one with a room inside from nowhere', async () => {
  const plate = await shapeOf({ difference: [box([40, 30, 8]), box([30, 20, 9], [10, 10, 4])] });
  const reach = reachOf(plate, candidateDirections(plate));
  const chosen = fewestDirections(reach, plate).map((bit) => reach.directions[bit]!);
  expect(chosen.toSorted((a, b) => a[2] - b[2]).map((side) => side.map((value) => Math.round(value) + 0))).toEqual([
    [0, 0, -1],
    [0, 0, 1],
  ]);
  const hollow = await shapeOf({ difference: [box([40, 30, 20]), box([30, 20, 15], [10, 10, 5])] });
  const masks = reachOf(hollow, candidateDirections(hollow)).masks;
  const inside = hollow.samples.flatMap(({ point }, i) =>
    point[0] > 1 && point[0] < 39 && point[1] > 1 && point[1] < 29 && point[2] > 1 && point[2] < 19 ? [masks[i]!] : [],
  );
  expect(inside.length).toBeGreaterThan(50);
  expect(inside.every((mask) => mask === 0)).toBe(true);
});

it('what is spent once is shared by the lot, and the items are the price', async () => {
  const body = await bodyOf(TUBE);
  const plan = (quantity: number) => checkManufacturing({ bodies: [body], process: 'turning', quantity }).plan;
  const [one, hundred] = [plan(1), plan(100)];
  for (const { cost } of [one, hundred])
    expect(cost.items.reduce((sum, { perPiece }) => sum + perPiece, 0)).toBeCloseTo(cost.perPiece, 9);
  // Bar of the next size above 42 mm, and the volume of what is sawn off.
  expect(one.stock.size_mm).toEqual([35, 45]);
  expect(one.stock.used).toBeCloseTo((Math.PI * (400 - 289) * 30) / ((Math.PI / 4) * 45 ** 2 * 35), 6);
  const once = one.cost.items
    .filter(({ what }) => what === 'Programming' || what === 'Set-ups')
    .reduce((sum, { perPiece }) => sum + perPiece, 0);
  // All of it but a hundredth is saved on each piece, with the fifth that is added on top.
  expect(one.cost.perPiece - hundred.cost.perPiece).toBeCloseTo(1.2 * once * 0.99, 6);
  expect(hundred.time.lotHours).toBeCloseTo((hundred.time.onceMinutes + 100 * hundred.time.minutesPerPiece) / 60, 9);
});
