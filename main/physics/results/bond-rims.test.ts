import { describe, expect, it } from 'vitest';
import { orientSurface } from '../model/surface.ts';
import { boxMesh, joinMeshes } from '../testing/box-mesh.ts';
import { at, type Vec3 } from '../vector.ts';
import { sharpBondRims } from './bond-rims.ts';

/** A post on a plate of 20 x 20 x 4 mm, the meshes not matching; faces of the plate are 0-5, of the post 6-11. */
function rimOf(min: Vec3, max: Vec3, divisions: Vec3 = [3, 3, 2]) {
  const mesh = joinMeshes([boxMesh({ max: [20, 20, 4], divisions: [4, 4, 1] }), boxMesh({ min, max, divisions })]);
  orientSurface(mesh);
  const on = (face: number): number[] => [...mesh.facetFace.keys()].filter((facet) => mesh.facetFace[facet] === face);
  const rims = sharpBondRims(mesh, [{ slaveFacets: on(10), masterFacets: on(5) }]);
  return rims.map(({ nodes, angle_deg }) => ({ angle_deg, places: nodes.map((node) => at(mesh.nodes, node)) }));
}
const isOnOutline = ([x, y, z]: Vec3, [x0, y0]: Vec3, [x1, y1]: Vec3): boolean =>
  Math.abs(z - 4) < 1e-9 &&
  (Math.min(Math.abs(x - x0), Math.abs(x - x1)) < 1e-9 || Math.min(Math.abs(y - y0), Math.abs(y - y1)) < 1e-9);

describe('where a bond ends', () => {
  it('a post that stands on a plate has a sharp inner edge all round', () => {
    const [min, max]: [Vec3, Vec3] = [
      [6, 7, 4],
      [13, 15, 10],
    ];
    const [rim, ...others] = rimOf(min, max);
    expect(others).toEqual([]);
    expect(rim!.angle_deg).toBeCloseTo(270, 9);
    for (const place of rim!.places) expect(isOnOutline(place, min, max)).toBe(true);
    // Three edges along each side, with their ends and middles.
    expect(new Set(rim!.places.map((place) => place.join())).size).toBe(24);
  });

  it('bodies that end flush have none', () => {
    expect(rimOf([0, 0, 4], [20, 20, 10])).toEqual([]);
  });

  it('a post at the edge of a plate has one on its other sides alone', () => {
    const [rim] = rimOf([0, 6, 4], [8, 14, 10]);
    for (const [x] of rim!.places) expect(x).toBeGreaterThanOrEqual(0);
    const isFlush = ([x, y]: Vec3): boolean => x < 1e-9 && y > 6 + 1e-9 && y < 14 - 1e-9;
    expect(rim!.places.some(isFlush)).toBe(false);
    expect(rim!.places.some(([x]) => Math.abs(x - 8) < 1e-9)).toBe(true);
  });

  it('a post that reaches beyond the plate has one where the plate ends', () => {
    // The overhanging part of the post's end touches nothing; the plate's own edge is the rim there.
    const [rim] = rimOf([12, 6, 4], [28, 14, 10], [8, 4, 2]);
    expect(rim!.places.some(([x, y]) => Math.abs(x - 20) < 1e-9 && y > 7 && y < 13)).toBe(true);
    for (const [x] of rim!.places) expect(x).toBeLessThanOrEqual(20 + 1e-9);
  });
});
