import { describe, expect, it } from 'vitest';
import type { EdgeInfo, Reference, SketchEntity, Vector3 } from '../../../preload/contract/index.ts';
import { Draft, idSource } from '../tools/draft.ts';
import { principalFrame } from '../view/frame.ts';
import { projectInto } from './project-edge.ts';

const FROM: Reference = { by: 'name', kind: 'edge', name: 'feature_box001/side(line1)|feature_box001/end' };
const FRAME = principalFrame('xy', 10);
/** The part stands 100 mm along X. */
const place = ([x, y, z]: Vector3): Vector3 => [x + 100, y, z];

function project(edge: Partial<EdgeInfo>, vertices: Vector3[]): SketchEntity[] {
  const draft = new Draft(
    { kind: 'sketch', plane: { by: 'principal', plane: 'xy' }, entities: [], constraints: [] },
    idSource([]),
  );
  const whole = {
    type: 'line',
    length_mm: 1,
    centre_mm: [0, 0, 0],
    vertices: vertices.map((_, i) => i),
    faces: [],
    ...edge,
  };
  projectInto(draft, whole as EdgeInfo, vertices, FRAME, place, FROM);
  return draft.entities;
}
const places = (entities: SketchEntity[]) =>
  Object.fromEntries(entities.flatMap((one) => (one.kind === 'point' ? [[one.id, [one.x_mm, one.y_mm]]] : [])));

describe('projecting an edge onto a sketch', () => {
  it('makes a line where the part stands, held by the edge’s name', () => {
    const entities = project({ type: 'line' }, [
      [0, 0, 0],
      [20, 5, 3],
    ]);
    expect(places(entities)).toEqual({ point1: [100, 0], point2: [120, 5] });
    expect(entities.at(-1)).toEqual({ kind: 'line', id: 'line1', start: 'point1', end: 'point2', from: FROM });
  });
  it('refuses an edge that stands upright on it, and a circle that is tilted', () => {
    expect(() =>
      project({ type: 'line' }, [
        [0, 0, 0],
        [0, 0, 30],
      ]),
    ).toThrow('its projection is a point');
    const tilted = {
      type: 'circle',
      curveCentre_mm: [0, 0, 0],
      radius_mm: 5,
      direction: [0, 0.6, 0.8],
      vertices: [0, 0],
    } as const;
    expect(() => project(tilted as unknown as EdgeInfo, [[5, 0, 0]])).toThrow('tilted');
    expect(() =>
      project({ type: 'bspline' }, [
        [0, 0, 0],
        [1, 1, 0],
      ]),
    ).toThrow('straight and circular');
  });
  it('keeps a whole circle', () => {
    const edge = { type: 'circle', curveCentre_mm: [1, 2, 0], radius_mm: 5, direction: [0, 0, -1], vertices: [0, 0] };
    const entities = project(edge as unknown as EdgeInfo, [[6, 2, 0]]);
    expect(places(entities)).toEqual({ point1: [101, 2] });
    expect(entities.at(-1)).toEqual({ kind: 'circle', id: 'circle1', centre: 'point1', radius_mm: 5, from: FROM });
  });
  // Centroids of arcs lie at radius sin(half angle) / half angle from the centre.
  it.each([
    ['a quarter', Math.PI / 2, Math.PI / 4, [10, 0, 0], [0, 10, 0], [110, 0], [100, 10]],
    ['three quarters', (3 * Math.PI) / 2, -(3 * Math.PI) / 4, [10, 0, 0], [0, 10, 0], [100, 10], [110, 0]],
    ['the lower half', Math.PI, -Math.PI / 2, [10, 0, 0], [-10, 0, 0], [90, 0], [110, 0]],
    ['the upper half', Math.PI, Math.PI / 2, [10, 0, 0], [-10, 0, 0], [110, 0], [90, 0]],
  ] as const)('keeps the side of an arc: %s', (_words, sweep, towards, a, b, start, end) => {
    const reach = (10 * Math.sin(sweep / 2)) / (sweep / 2);
    const entities = project(
      {
        type: 'circle',
        curveCentre_mm: [0, 0, 0],
        radius_mm: 10,
        direction: [0, 0, 1],
        length_mm: 10 * sweep,
        centre_mm: [reach * Math.cos(towards), reach * Math.sin(towards), 0],
      },
      [a as unknown as Vector3, b as unknown as Vector3],
    );
    const arc = entities.at(-1)!;
    if (arc.kind !== 'arc') throw new Error('no arc was made');
    const at = places(entities);
    expect([at[arc.start], at[arc.end]]).toEqual([start, end]);
  });
});
