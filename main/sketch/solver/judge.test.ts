import { describe, expect, it } from 'vitest';
import { SketchView } from '../model/view.ts';
import { Drawing } from '../testing/draw.ts';
import type { Constraint, Entity } from '../types.ts';
import { judge } from './judge.ts';

/** One constraint of each kind, all of which hold as drawn. */
function holding(): Drawing {
  const d = new Drawing();
  const place = (id: string, x: number, y: number) => d.point(x, y, id);
  place('o', 0, 0);
  place('a', 10, 0);
  place('b', 10, 6);
  place('c', 0, 6);
  place('m', 5, 0);
  place('twin', 0, 0);
  d.line('o', 'a', 'ab');
  d.line('a', 'b', 'bc');
  d.line('c', 'b', 'cb');
  place('e', 20, 0);
  place('f', 30, 0);
  d.line('e', 'f', 'far');
  place('k', 5, 3);
  d.circle('k', 3, 'circle');
  place('k2', 11, 3);
  d.circle('k2', 3, 'other');
  place('k3', 5, 3);
  d.circle('k3', 1, 'inner');
  const all = [
    { kind: 'coincident', a: 'twin', b: 'o' },
    { kind: 'point-on', point: 'm', curve: 'ab' },
    { kind: 'midpoint', point: 'm', line: 'ab' },
    { kind: 'horizontal', a: 'ab' },
    { kind: 'vertical', a: 'a', b: 'b' },
    { kind: 'parallel', a: 'ab', b: 'cb' },
    { kind: 'perpendicular', a: 'ab', b: 'bc' },
    { kind: 'collinear', a: 'ab', b: 'far' },
    { kind: 'tangent', a: 'circle', b: 'ab' },
    { kind: 'tangent', a: 'circle', b: 'other' },
    { kind: 'concentric', a: 'circle', b: 'inner' },
    { kind: 'equal', a: 'ab', b: 'cb' },
    { kind: 'equal', a: 'circle', b: 'other' },
    { kind: 'symmetric', a: 'o', b: 'a', about: 'm' },
    { kind: 'symmetric', a: 'k', b: 'k2', about: 'middle' },
    { kind: 'fixed', point: 'c' },
    { kind: 'distance', a: 'ab', value: 10 },
    { kind: 'distance', a: 'k', b: 'ab', value: 3 },
    { kind: 'distance', a: 'ab', b: 'cb', value: 6 },
    { kind: 'horizontal-distance', a: 'o', b: 'e', value: 20 },
    { kind: 'vertical-distance', a: 'b', b: 'a', value: -6 },
    { kind: 'radius', curve: 'circle', value: 3 },
    { kind: 'diameter', curve: 'inner', value: 2 },
    { kind: 'angle', a: 'ab', b: 'bc', value: Math.PI / 2 },
  ];
  place('s', 8, -5);
  place('t', 8, 9);
  d.line('s', 't', 'middle');
  all.forEach((constraint, i) => {
    d.constraints.push({ ...constraint, id: `c${i}` } as Constraint);
  });
  return d;
}

describe('the judge of answers', () => {
  it('accepts what holds', () => {
    const d = holding();
    const verdict = judge(d.entities, new SketchView(d.entities), d.constraints);
    expect(verdict).toEqual({ residual_mm: expect.closeTo(0, 12), faults: [], good: true });
  });

  it.each(holding().constraints.map((constraint) => [constraint.kind, constraint] as const))(
    'sees that %s is off when anything it names is moved',
    (_kind, constraint) => {
      const d = holding();
      const view = new SketchView(d.entities);
      const moved = (id: string): Entity[] =>
        d.entities.map((entity) => {
          if (entity.id !== id) return entity;
          if (entity.kind === 'point') return { ...entity, x_mm: entity.x_mm + 0.013, y_mm: entity.y_mm + 0.017 };
          return entity.kind === 'circle' ? { ...entity, radius_mm: entity.radius_mm + 0.02 } : entity;
        });
      const worst = Math.max(...d.entities.map(({ id }) => judge(moved(id), view, [constraint]).residual_mm));
      expect(worst).toBeGreaterThan(1e-3);
      expect(worst).toBeLessThan(0.5);
    },
  );

  it('refuses shapes that cannot be, in words', () => {
    const d = new Drawing();
    const [a, b] = [d.point(0, 0), d.point(5, 0)];
    d.line(a, b);
    const circle = d.circle(a, 3);
    const [s, e] = [d.point(10, 0), d.point(10 * Math.cos(0.2), 10 * Math.sin(0.2))];
    d.arc(a, s, e);
    const before = new SketchView(d.entities);
    const change = (id: string, to: object) =>
      d.entities.map((entity) => (entity.id === id ? ({ ...entity, ...to } as Entity) : entity));
    const faults = (entities: Entity[]) => judge(entities, before, []).faults;
    expect(faults(change(b, { x_mm: 1e-8 }))).toEqual(['The ends of line 3 would fall together.']);
    expect(faults(change(circle, { radius_mm: -1 }))).toEqual(['Circle 4 would have no radius.']);
    expect(faults(change(e, { x_mm: 10 * Math.cos(0.2), y_mm: -10 * Math.sin(0.2) }))).toEqual([
      'Arc 7 would turn inside out.',
    ]);
  });

  it('does not take a residual that is no number for a small one', () => {
    const d = holding();
    const broken = d.entities.map((entity) =>
      entity.id === 'a' ? ({ ...entity, x_mm: Number.NaN } as Entity) : entity,
    );
    expect(judge(broken, new SketchView(d.entities), d.constraints).good).toBe(false);
  });
});
