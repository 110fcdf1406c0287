import { describe, expect, it } from 'vitest';
import type { Vector3 } from '../../preload/contract/index.ts';
import type { CameraState } from './api.ts';
import {
  depthRange,
  eyeOf,
  fitBoxes,
  interpolate,
  millimetresPerPixel,
  multiply,
  orbit,
  orthonormal,
  pan,
  pointOnFacingPlane,
  projectionMatrix,
  projector,
  rayThrough,
  retarget,
  STANDARD_VIEWS,
  viewMatrix,
  zoomAbout,
} from './camera-maths.ts';
import { addScaled, boxCorners, distance, dot, length, subtract } from './vector.ts';

const size = { width: 800, height: 600 };
const base = (orthographic: boolean): CameraState =>
  orthonormal({
    target_mm: [10, -20, 30],
    direction: [-0.5, 0.7, -0.4],
    up: [0, 0, 1],
    height_mm: 150,
    orthographic,
  });
const clip = (m: Float64Array, p: Vector3): [number, number, number] => {
  const at = (r: number): number => m[r]! * p[0] + m[4 + r]! * p[1] + m[8 + r]! * p[2] + m[12 + r]!;
  return [at(0) / at(3), at(1) / at(3), at(2) / at(3)];
};

describe.each([false, true])('the camera, orthographic %s', (orthographic) => {
  const camera = base(orthographic);
  it('projects a point where the matrices put it', () => {
    const p: Vector3 = [22, -5, 41];
    const { near, far } = depthRange(camera, camera.target_mm, 100);
    const m = multiply(projectionMatrix(camera, size.width / size.height, near, far), viewMatrix(camera));
    const [x, y, z] = clip(m, p);
    const at = projector(camera, size)(p);
    expect(at.x).toBeCloseTo(((x + 1) / 2) * size.width, 6);
    expect(at.y).toBeCloseTo(((1 - y) / 2) * size.height, 6);
    expect(Math.abs(z)).toBeLessThan(1);
  });
  it('casts a ray through the point it projects', () => {
    const p: Vector3 = [22, -5, 41];
    const at = projector(camera, size)(p);
    const ray = rayThrough(camera, size, at.x, at.y);
    const t = dot(subtract(p, ray.origin), ray.direction);
    expect(distance(addScaled(ray.origin, ray.direction, t), p)).toBeLessThan(1e-9);
  });
  it('keeps the point under the cursor when it zooms, pans and changes its target', () => {
    const p: Vector3 = [22, -5, 41];
    const before = projector(camera, size)(p);
    for (const moved of [zoomAbout(camera, p, 0.5), retarget(camera, p), zoomAbout(retarget(camera, p), p, 3)]) {
      const after = projector(moved, size)(p);
      expect(after.x).toBeCloseTo(before.x, 6);
      expect(after.y).toBeCloseTo(before.y, 6);
    }
    const from = pointOnFacingPlane(camera, size, before.x, before.y, p);
    const to = pointOnFacingPlane(camera, size, before.x + 40, before.y - 25, p);
    const panned = projector(pan(camera, from, to), size)(p);
    expect(panned.x).toBeCloseTo(before.x + 40, 6);
    expect(panned.y).toBeCloseTo(before.y - 25, 6);
  });
  it('keeps the pivot where it is while it orbits', () => {
    const pivot: Vector3 = [0, 12, 25];
    const before = projector(camera, size)(pivot);
    const after = projector(orbit(camera, pivot, 0.7, 0.2), size)(pivot);
    expect(after.x).toBeCloseTo(before.x, 6);
    expect(after.y).toBeCloseTo(before.y, 6);
    expect(after.depth).toBeCloseTo(before.depth, 6);
  });
  it('fits every corner of a box, and fills most of the picture', () => {
    for (const [, view] of Object.entries(STANDARD_VIEWS)) {
      const box = { min: [-3, -40, 5] as Vector3, max: [90, 10, 12] as Vector3 };
      const fitted = fitBoxes({ ...camera, ...view }, [box], size.width / size.height);
      const points = boxCorners(box).map(projector(fitted, size));
      for (const p of points) {
        expect(p.x).toBeGreaterThan(0);
        expect(p.x).toBeLessThan(size.width);
        expect(p.y).toBeGreaterThan(0);
        expect(p.y).toBeLessThan(size.height);
        expect(p.depth).toBeGreaterThan(0);
      }
      const w = Math.max(...points.map((p) => p.x)) - Math.min(...points.map((p) => p.x));
      const h = Math.max(...points.map((p) => p.y)) - Math.min(...points.map((p) => p.y));
      expect(Math.max(w / size.width, h / size.height)).toBeGreaterThan(0.5);
    }
  });
});

it('shows the same height at the target in both projections', () => {
  for (const orthographic of [false, true])
    expect(millimetresPerPixel(base(orthographic), size, base(orthographic).target_mm)).toBeCloseTo(150 / 600, 9);
});
it('stops tilting at the poles and keeps its up', () => {
  let camera = base(false);
  for (let i = 0; i < 50; i++) camera = orbit(camera, [0, 0, 0], 0.1, -0.2);
  expect(camera.up[2]).toBeGreaterThanOrEqual(-1e-6);
  expect(camera.direction[2]).toBeCloseTo(-1, 6);
  expect(length(camera.up)).toBeCloseTo(1, 9);
});
it('turns between views without losing unit axes, and ends exactly', () => {
  const a = base(false);
  const b = { ...a, ...STANDARD_VIEWS.back, height_mm: 10 };
  for (let t = 0; t < 1; t += 0.1) {
    const c = interpolate(a, b, t);
    expect(length(c.direction)).toBeCloseTo(1, 9);
    expect(dot(c.direction, c.up)).toBeCloseTo(0, 9);
  }
  expect(interpolate(a, b, 0).direction[0]).toBeCloseTo(a.direction[0], 9);
  expect(interpolate(a, b, 1)).toEqual(b);
});
it('holds a 4 µm bead and a 117 m blade between near and far', () => {
  for (const radius of [0.002, 58_500]) {
    for (const orthographic of [false, true]) {
      const camera = fitBoxes(
        { ...base(orthographic), ...STANDARD_VIEWS.front },
        [{ min: [-radius, -radius, -radius], max: [radius, radius, radius] }],
        1.5,
      );
      const { near, far } = depthRange(camera, [0, 0, 0], radius * Math.sqrt(3));
      const depth = distance(eyeOf(camera), [0, 0, 0]);
      expect(near).toBeLessThan(depth - radius);
      expect(far).toBeGreaterThan(depth + radius);
      if (!orthographic) expect(far / near).toBeLessThan(1000);
    }
  }
});
