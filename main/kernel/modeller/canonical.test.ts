import { describe, expect, it } from 'vitest';
import type { Vector3 } from '../../../preload/contract/geometry.ts';
import { canonicalOf, type SurfaceSample } from './canonical.ts';
import { add, cross, scale, unit } from './vectors.ts';

const AXIS = unit([0.3, -0.5, 0.81])!;
const X = unit(cross(AXIS, [1, 0, 0]))!;
const Y = cross(AXIS, X);
const ORIGIN: Vector3 = [120, -35, 8];

/** Points and outward normals in the frame of the axis: radius, angle, height, and the slope of the normal. */
function sampled(
  at: (s: number, t: number) => { r: number; angle: number; z: number; nr: number; nz: number },
): SurfaceSample[] {
  const steps = [0.05, 0.2, 0.4, 0.6, 0.8, 0.95];
  return steps.flatMap((s) =>
    steps.map((t) => {
      const { r, angle, z, nr, nz } = at(s, t);
      const radial = add(scale(X, Math.cos(angle)), scale(Y, Math.sin(angle)));
      return {
        point: add(ORIGIN, add(scale(radial, r), scale(AXIS, z))),
        normal: add(scale(radial, nr), scale(AXIS, nz)),
      };
    }),
  );
}
const near = (a: Vector3, b: Vector3): void => expect(a).toEqual(b.map((value) => expect.closeTo(value, 7)));

describe('a surface that was written as a free one', () => {
  it('is a cylinder, also where only a sixth of it is there', () => {
    const found = canonicalOf(sampled((s, t) => ({ r: 7, angle: 1 + s, z: 20 * t, nr: -1, nz: 0 })))!;
    expect(found.surface.type).toBe('cylinder');
    expect(found.concave).toBe(true);
    // Noise of doubles, made larger by the small part of the turn.
    expect(found.surface.radius_mm).toBeCloseTo(7, 8);
    near(cross(found.surface.axis!.direction, AXIS), [0, 0, 0]);
  });

  it('is a plane', () => {
    expect(canonicalOf(sampled((s, t) => ({ r: 5 * s + 1, angle: t, z: 3, nr: 0, nz: 1 })))).toEqual({
      surface: { type: 'plane' },
    });
  });

  it('is a sphere with its centre', () => {
    const found = canonicalOf(
      sampled((s, t) => ({ r: 4 * Math.cos(s), angle: 2 * t, z: 4 * Math.sin(s), nr: Math.cos(s), nz: Math.sin(s) })),
    )!;
    expect(found).toMatchObject({ surface: { type: 'sphere' }, concave: false });
    expect(found.surface.radius_mm).toBeCloseTo(4, 8);
    near(found.surface.centre_mm!, ORIGIN);
  });

  it('is a cone that opens along its axis', () => {
    const half = Math.PI / 6;
    const found = canonicalOf(
      sampled((s, t) => ({
        r: (2 + 6 * t) * Math.tan(half),
        angle: 4 * s,
        z: 2 + 6 * t,
        nr: -Math.cos(half),
        nz: Math.sin(half),
      })),
    )!;
    expect(found).toMatchObject({ surface: { type: 'cone' }, concave: true });
    expect(found.surface.semiAngle_rad).toBeCloseTo(half, 8);
    near(found.surface.axis!.direction, AXIS);
  });

  it('is a torus: the rounding at the foot of a post', () => {
    const found = canonicalOf(
      sampled((s, t) => {
        const tube = Math.PI + (s * Math.PI) / 2;
        return {
          r: 20 + 3 * Math.cos(tube),
          angle: 3 * t,
          z: 3 * Math.sin(tube),
          nr: -Math.cos(tube),
          nz: -Math.sin(tube),
        };
      }),
    )!;
    expect(found).toMatchObject({ surface: { type: 'torus' }, concave: true });
    expect(found.surface.radius_mm).toBeCloseTo(20, 6);
    expect(found.surface.minorRadius_mm).toBeCloseTo(3, 6);
    near(found.surface.axis!.origin_mm, ORIGIN);
  });

  it('is nothing simple: an elliptic cylinder, and a cylinder that is a thousandth off', () => {
    const ellipse = sampled((s, t) => {
      const [a, b] = [8, 5];
      const u = 2 * s;
      const n = unit([Math.cos(u) / a, Math.sin(u) / b, 0])!;
      const angle = Math.atan2(b * Math.sin(u), a * Math.cos(u));
      const normalAngle = Math.atan2(n[1], n[0]);
      return {
        r: Math.hypot(a * Math.cos(u), b * Math.sin(u)),
        angle,
        z: 10 * t,
        nr: Math.cos(normalAngle - angle),
        nz: 0,
      };
    });
    expect(canonicalOf(ellipse)).toBeUndefined();
    expect(
      canonicalOf(sampled((s, t) => ({ r: 7 + 7e-3 * Math.sin(5 * s), angle: 2 * s, z: 9 * t, nr: 1, nz: 0 }))),
    ).toBeUndefined();
  });
});
