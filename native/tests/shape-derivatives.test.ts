import { describe, expect, it } from 'vitest';
import { MeshMotion, ShapeDerivatives } from '../index.mjs';
import { boxMesh, modelOf } from './box-mesh.ts';

const noise = (count: number, seed: number): Float64Array => {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return (2 * state) / 2_147_483_647 - 1;
  });
};
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, index) => sum + value * b[index]!, 0);
const moved = (nodes: Float64Array, movement: Float64Array, step: number): Float64Array =>
  nodes.map((value, index) => value + step * movement[index]!);

/** A small box with every node pushed about: curved elements of many shapes. */
const mesh = boxMesh([2, 1, 1], [3, 2, 2]);
const base = moved(mesh.nodes, noise(mesh.nodes.length, 17), 0.04);
const at = (nodes: Float64Array) => new ShapeDerivatives({ ...modelOf(mesh), nodes });
const movement = noise(base.length, 11);
const u = noise(base.length, 3).map((value) => 0.01 * value);
const phi = noise(base.length, 5);

describe('derivatives by the nodes equal central differences', () => {
  const step = 1e-6;
  it('of the work of inertia', () => {
    const value = (sign: number) => at(moved(base, movement, sign * step)).massWork(u, phi).value;
    const exact = dot(at(base).massWork(u, phi).byNodes, movement);
    expect(exact / ((value(1) - value(-1)) / (2 * step)) - 1).toBeCloseTo(0, 6);
  });

  it('of the work of stress in the geometric stiffness, by nodes and by displacement', () => {
    const there = (sign: number) => at(moved(base, movement, sign * step)).geometricWork(u, phi).value;
    const own = at(base).geometricWork(u, phi);
    expect(dot(own.byNodes, movement) / ((there(1) - there(-1)) / (2 * step)) - 1).toBeCloseTo(0, 6);
    // It is linear in the displacement without temperatures: Euler's theorem, to rounding.
    expect(dot(own.byDisplacement, u) / own.value).toBeCloseTo(1, 12);
  });

  it('of the stress aggregate, by nodes and by displacement', () => {
    const there = (sign: number) => at(moved(base, movement, sign * step)).stressAggregate(u, 10, null).value;
    const pushed = (sign: number) => at(base).stressAggregate(moved(u, phi, sign * step), 10, null).value;
    const own = at(base).stressAggregate(u, 10, null);
    expect(own.value).toBeGreaterThanOrEqual(own.maximum_MPa);
    expect(dot(own.byNodes, movement) / ((there(1) - there(-1)) / (2 * step)) - 1).toBeCloseTo(0, 6);
    expect(dot(own.byDisplacement, phi) / ((pushed(1) - pushed(-1)) / (2 * step)) - 1).toBeCloseTo(0, 6);
  });
});

it('an aggregate leaves out the elements that it is told to, and refuses to leave out all', () => {
  const own = at(base);
  const all = own.stressAggregate(u, 10, null);
  const mask = new Int32Array(mesh.elements.length / 10);
  mask[all.element] = 1;
  const rest = own.stressAggregate(u, 10, mask);
  expect(rest.element).not.toBe(all.element);
  expect(rest.maximum_MPa).toBeLessThanOrEqual(all.maximum_MPa);
  expect(() => own.stressAggregate(u, 10, mask.fill(1))).toThrow(/left out/);
});

describe('the inside of a mesh follows its surface', () => {
  const large = boxMesh([1, 1, 1], [4, 4, 4]);
  const onSurface = Int32Array.from({ length: large.nodes.length / 3 }, (_, node) =>
    [0, 1, 2].some((axis) => [0, 1].includes(large.nodes[3 * node + axis]!)) ? 1 : 0,
  );
  const motion = new MeshMotion(large.nodes, large.elements, onSurface);

  it('keeps the surface, and moves as one when the surface does', () => {
    const shift = Float64Array.from(large.nodes, (_, index) =>
      onSurface[Math.floor(index / 3)] ? [1, -2, 3][index % 3]! : 0,
    );
    const all = motion.extend(shift);
    for (let i = 0; i < all.length; i++) expect(all[i]).toBeCloseTo([1, -2, 3][i % 3]!, 10);
  });

  it('gathers by the transpose of how it extends', () => {
    const given = noise(large.nodes.length, 3).map((value, index) => (onSurface[Math.floor(index / 3)] ? value : 0));
    const gradient = noise(large.nodes.length, 5);
    const gathered = motion.gather(gradient);
    expect(dot(motion.extend(given), gradient)).toBeCloseTo(dot(given, gathered), 9);
    gathered.forEach((value, index) => {
      if (!onSurface[Math.floor(index / 3)]) expect(value).toBe(0);
    });
  });
});
