import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../document/index.ts';
import { Drawing } from '../testing/draw.ts';
import { type Curve, curvesOf, evaluate, nearest } from './curve.ts';
import { bsplineOf, nearestOnCurve, pointOnCurve, sampleCurve } from './index.ts';
import { meetings } from './intersect.ts';
import { interpolate, splineAt } from './spline.ts';

/** de Boor's algorithm, written out: the reference for the poles. */
function deBoor(form: ReturnType<typeof bsplineOf>, t: number): [number, number] {
  const knots = form.knots.flatMap((knot, i) => Array<number>(form.multiplicities[i]!).fill(knot));
  let k = 3;
  while (k < form.poles.length - 1 && knots[k + 1]! <= t) k++;
  const d = Array.from({ length: 4 }, (_, j) => [...form.poles[k - 3 + j]!] as [number, number]);
  for (let r = 1; r <= 3; r++)
    for (let j = 3; j >= r; j--) {
      const i = k - 3 + j;
      const share = (t - knots[i]!) / (knots[i + 4 - r]! - knots[i]!);
      d[j] = [0, 1].map((c) => (1 - share) * d[j - 1]![c]! + share * d[j]![c]!) as [number, number];
    }
  return d[3]!;
}

describe('splines', () => {
  const random = seededRandom(9);
  const points = Array.from({ length: 9 }, (_, i): [number, number] => [10 * i + 6 * random(), 30 * random()]);
  it.each([false, true])('pass through their points with continuous curvature (closed: %s)', (closed) => {
    const spline = interpolate(points, closed);
    const last = spline.knots.length - 1;
    for (let i = 0; i <= last; i++) {
      const t = spline.knots[i]!;
      expect(
        Math.hypot(splineAt(spline, t)[0] - points[i % 9]![0], splineAt(spline, t)[1] - points[i % 9]![1]),
      ).toBeLessThan(1e-9);
      if (!closed && (i === 0 || i === last)) {
        expect(Math.hypot(...splineAt(spline, t, 2))).toBeLessThan(1e-6);
        continue;
      }
      const step = 1e-7;
      const [before, after] = [i === 0 ? 1 - step : t - step, i === last ? step : t + step];
      for (const order of [1, 2] as const) {
        const [a, b] = [splineAt(spline, before, order), splineAt(spline, after, order)];
        const size = Math.hypot(...a);
        expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeLessThan(1e-3 * Math.max(size, 1));
      }
    }
  });
  it.each([false, true])('are the B-spline that a kernel is given (closed: %s)', (closed) => {
    const d = new Drawing();
    const id = d.spline(
      points.map(([x, y]) => d.point(x, y)),
      closed,
    );
    const form = bsplineOf(d.entities, id);
    expect(form.poles).toHaveLength(form.multiplicities.reduce((a, b) => a + b) - 4);
    for (let i = 0; i <= 200; i++) {
      const [p, q] = [pointOnCurve(d.entities, id, i / 200.0001), deBoor(form, i / 200.0001)];
      expect(Math.hypot(p[0] - q[0], p[1] - q[1])).toBeLessThan(1e-9);
    }
  });
  it('of two points are straight', () => {
    const spline = interpolate([
      [1, 2],
      [5, 8],
    ]);
    expect(splineAt(spline, 0.25)).toEqual([2, 3.5]);
  });
});

function someCurves(): Curve[] {
  const d = new Drawing();
  d.segment(-20, -3, 25, 12);
  d.circle(d.point(2, 1), 9);
  d.arc(d.point(-3, 4), d.point(9, 4), d.point(-3, -8));
  d.ellipse(d.point(3, 2), d.point(17, 9), 6);
  d.spline([d.point(-15, 8), d.point(-4, -6), d.point(6, 11), d.point(18, -7)]);
  return curvesOf(d.entities);
}

describe('curves', () => {
  it('know their nearest point: no sample is nearer', () => {
    const random = seededRandom(4);
    for (const curve of someCurves())
      for (let round = 0; round < 30; round++) {
        const to: [number, number] = [50 * random() - 25, 50 * random() - 25];
        const { distance_mm } = nearest(curve, to);
        for (let i = 0; i <= 1000; i++) {
          const [x, y] = evaluate(curve, curve.from + ((curve.to - curve.from) * i) / 1000);
          expect(Math.hypot(x - to[0], y - to[1])).toBeGreaterThan(distance_mm - 1e-9);
        }
      }
  });
  it('meet where a fine search finds them crossing, and nowhere else', () => {
    const curves = someCurves();
    for (let i = 0; i < curves.length; i++)
      for (let j = i + 1; j < curves.length; j++) {
        const [a, b] = [curves[i]!, curves[j]!];
        const found = meetings(a, b, 1e-6);
        for (const { t, u, at } of found) {
          for (const [curve, parameter] of [
            [a, t],
            [b, u],
          ] as const) {
            const [x, y] = evaluate(curve, parameter);
            expect(Math.hypot(x - at[0], y - at[1])).toBeLessThan(1e-6);
          }
        }
        expect(found).toHaveLength(crossings(a, b));
      }
  });
  it('are sampled within the tolerance', () => {
    const d = new Drawing();
    const arc = d.arc(d.point(0, 0), d.point(50, 0), d.point(0, -50));
    const spline = d.spline([d.point(0, 0), d.point(40, 30), d.point(70, -20), d.point(100, 5)]);
    for (const id of [arc, spline]) {
      const sampled = sampleCurve(d.entities, id, 0.05);
      for (let i = 1; i < sampled.length; i++) {
        const [a, b] = [sampled[i - 1]!, sampled[i]!];
        const half: [number, number] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
        expect(nearestOnCurve(d.entities, id, half).distance_mm).toBeLessThan(0.05);
      }
    }
  });
});

/** Counted on polylines of 1,500 pieces. */
function crossings(a: Curve, b: Curve): number {
  const lines = [a, b].map((curve) =>
    Array.from({ length: 1501 }, (_, i) => evaluate(curve, curve.from + ((curve.to - curve.from) * i) / 1500)),
  );
  let count = 0;
  for (let i = 1; i <= 1500; i++)
    for (let j = 1; j <= 1500; j++) {
      const [p, q, r, s] = [lines[0]![i - 1]!, lines[0]![i]!, lines[1]![j - 1]!, lines[1]![j]!];
      if (Math.max(p[0], q[0]) < Math.min(r[0], s[0]) || Math.max(r[0], s[0]) < Math.min(p[0], q[0])) continue;
      const side = (u: number[], v: number[], w: number[]) =>
        (v[0]! - u[0]!) * (w[1]! - u[1]!) - (v[1]! - u[1]!) * (w[0]! - u[0]!) > 0;
      if (side(p, q, r) !== side(p, q, s) && side(r, s, p) !== side(r, s, q)) count++;
    }
  return count;
}
