import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { decodeBundle } from '../../../../preload/contract/bundle.ts';
import { BodyInfoSchema, type TessellationMeta } from '../../../../preload/contract/geometry.ts';
import { boxBody, cylinderBody, refused, sphereBody } from '../testing.ts';
import type { MeshBody } from './model.ts';
import { transformBody } from './placement.ts';
import { tessellationOfMesh } from './tessellate.ts';

const merged = (...bodies: MeshBody[]): MeshBody => {
  let base = 0;
  const indices = bodies.flatMap((body) => {
    const shifted = Array.from(body.indices, (i) => i + base);
    base += body.positions_mm.length / 3;
    return shifted;
  });
  return {
    name: 'merged',
    positions_mm: Float64Array.from(bodies.flatMap((b) => [...b.positions_mm])),
    indices: Uint32Array.from(indices),
  };
};
const turned = (body: MeshBody): MeshBody => ({
  ...body,
  indices: Uint32Array.from({ length: body.indices.length }, (_, i) => body.indices[i - (i % 3) + [0, 2, 1][i % 3]!]!),
});

describe('known answers', () => {
  test('a box has six planes, twelve lines, eight vertices', () => {
    const { info, warnings } = tessellationOfMesh(boxBody('box', [2, 3, 4], [10, 20, 30]));
    expect(v.is(BodyInfoSchema, info)).toBe(true);
    expect(warnings).toEqual([]);
    expect(info).toMatchObject({
      closed: true,
      valid: true,
      triangles: 12,
      shells: 1,
      box: { min: [10, 20, 30], max: [12, 23, 34] },
    });
    expect(info.mass.volume_mm3).toBeCloseTo(24, 9);
    expect(info.mass.area_mm2).toBeCloseTo(52, 9);
    expect(info.mass.centroid_mm).toEqual([11, 21.5, 32]);
    const [xx, yy, zz, xy] = info.mass.inertia_mm5!;
    expect([xx, yy, zz]).toEqual([50, 40, 26].map((x) => expect.closeTo(x, 9)));
    expect(xy).toBeCloseTo(0, 9);
    expect(info.faces.map((f) => f.type)).toEqual(new Array(6).fill('plane'));
    expect(info.faces.map((f) => f.area_mm2).sort()).toEqual(
      [12, 12, 6, 6, 8, 8].sort().map((x) => expect.closeTo(x, 9)),
    );
    expect(info.faces.map((f) => f.normal!.map((x) => x + 0).join()).sort()).toEqual([
      '-1,0,0',
      '0,-1,0',
      '0,0,-1',
      '0,0,1',
      '0,1,0',
      '1,0,0',
    ]);
    expect(info.edges).toHaveLength(12);
    expect(info.edges.every((e) => e.type === 'line' && e.faces.length === 2 && e.vertices.length === 2)).toBe(true);
    expect(info.vertices_mm).toHaveLength(8);
    expect(info.faces.every((f) => f.edges.length === 4)).toBe(true);
  });

  test('a cylinder has two planes and a barrel, and two closed edges', () => {
    const { info } = tessellationOfMesh(cylinderBody('c', 5, 20, 48));
    expect(info.faces.map((f) => f.type).sort()).toEqual(['cylinder', 'plane', 'plane']);
    expect(info.edges.map((e) => e.type)).toEqual(['circle', 'circle']);
    expect(info.edges.every((e) => e.vertices.length === 1)).toBe(true);
    expect(info.edges[0]!.length_mm).toBeCloseTo(48 * 10 * Math.sin(Math.PI / 48), 9);
    expect(info.mass.volume_mm3).toBeCloseTo(0.5 * 48 * 25 * Math.sin((2 * Math.PI) / 48) * 20, 9);
  });

  test('a bore is a concave cylinder with its axis and radius, a boss is a convex one', () => {
    const tube = merged(cylinderBody('c', 8, 20, 48), turned(cylinderBody('c', 5, 20, 48)));
    const { info } = tessellationOfMesh(transformBody(tube, [0, 0, 1, 100, 1, 0, 0, 20, 0, 1, 0, 30]));
    const cylinders = info.faces.filter((f) => f.type === 'cylinder');
    expect(cylinders.map((f) => [f.concave, f.radius_mm])).toEqual([
      [false, expect.closeTo(8, 6)],
      [true, expect.closeTo(5, 6)],
    ]);
    for (const { axis } of cylinders) {
      expect(Math.abs(axis!.direction[0])).toBeCloseTo(1, 9);
      expect(axis!.origin_mm).toEqual([110, 20, 30].map((x) => expect.closeTo(x, 6)));
    }
    expect(info.edges.map((e) => [e.type, e.curveCentre_mm!.map((x) => Math.round(x * 1e6) / 1e6)])).toContainEqual([
      'circle',
      [120, 20, 30],
    ]);
  });

  test('a cone and an ellipse are neither', () => {
    const tapered = cylinderBody('c', 5, 20, 48);
    const cone = {
      ...tapered,
      positions_mm: tapered.positions_mm.map((x, i) =>
        i % 3 < 2 && tapered.positions_mm[i - (i % 3) + 2]! > 0 ? x / 2 : x,
      ),
    };
    expect(
      tessellationOfMesh(cone)
        .info.faces.map((f) => f.type)
        .sort(),
    ).toEqual(['other', 'plane', 'plane']);
    const ellipse = { ...tapered, positions_mm: tapered.positions_mm.map((x, i) => (i % 3 === 0 ? x * 1.1 : x)) };
    expect(
      tessellationOfMesh(ellipse)
        .info.faces.map((f) => f.type)
        .sort(),
    ).toEqual(['other', 'plane', 'plane']);
    expect(tessellationOfMesh(ellipse).info.edges.map((e) => e.type)).toEqual(['other', 'other']);
  });

  test('a sphere is one face without edges', () => {
    const { info } = tessellationOfMesh(sphereBody('s', 10, 64, 32));
    expect(info.faces).toHaveLength(1);
    expect(info.edges).toHaveLength(0);
    expect(info.mass.volume_mm3 / ((4 / 3) * Math.PI * 1000)).toBeCloseTo(1, 2);
  });

  test('planes that run tangentially into rounded edges stand alone', () => {
    // A square tube outline 40 x 40 with corners rounded to 5 mm in steps of 7.5 degrees, 30 high.
    const outline: number[][] = [];
    for (let corner = 0; corner < 4; corner++) {
      const [cx, cy] = [
        [15, 15],
        [-15, 15],
        [-15, -15],
        [15, -15],
      ][corner]!;
      for (let i = 0; i <= 12; i++) {
        const angle = (corner * Math.PI) / 2 + (i * Math.PI) / 24;
        outline.push([cx! + 5 * Math.cos(angle), cy! + 5 * Math.sin(angle)]);
      }
    }
    const n = outline.length;
    const positions = outline.flatMap(([x, y]) => [x!, y!, 0, x!, y!, 30]).concat([0, 0, 0, 0, 0, 30]);
    const indices = outline.flatMap((_, i) => {
      const a = 2 * i;
      const b = 2 * ((i + 1) % n);
      return [a, b, b + 1, a, b + 1, a + 1, 2 * n, b, a, 2 * n + 1, a + 1, b + 1];
    });
    const { info } = tessellationOfMesh({
      name: 'r',
      positions_mm: Float64Array.from(positions),
      indices: Uint32Array.from(indices),
    });
    expect(info.faces.filter((f) => f.type === 'plane')).toHaveLength(6);
    expect(info.faces.filter((f) => f.type === 'cylinder').map((f) => f.radius_mm)).toEqual(
      new Array(4).fill(expect.closeTo(5, 2)),
    );
    expect(info.faces).toHaveLength(10);
  });
});

describe('closedness and orientation', () => {
  test('a missing triangle leaves three open edges', () => {
    const box = boxBody('box', [1, 1, 1]);
    const { info, warnings } = tessellationOfMesh({ ...box, indices: box.indices.slice(3) });
    expect(info).toMatchObject({ closed: false, valid: true });
    expect(warnings).toEqual([
      { code: 'mesh.open', message: '"box" is not closed (3 open edges), so its volume means nothing.' },
    ]);
  });

  test('an inside-out body is turned round', () => {
    const { info, tessellation, warnings } = tessellationOfMesh(turned(boxBody('box', [2, 3, 4])));
    expect(info.mass.volume_mm3).toBeCloseTo(24, 9);
    expect(info.closed).toBe(true);
    expect(info.edges).toHaveLength(12);
    expect(warnings.map((w) => w.code)).toEqual(['mesh.inside-out']);
    const { positions, indices } = decodeBundle(tessellation).arrays as {
      positions: Float32Array;
      indices: Uint32Array;
    };
    let six = 0;
    for (let i = 0; i < indices.length; i += 3) {
      const [a, b, c] = [0, 1, 2].map((k) =>
        positions.subarray(3 * indices[i + k]!, 3 * indices[i + k]! + 3),
      ) as Float32Array[];
      six +=
        a![0]! * (b![1]! * c![2]! - b![2]! * c![1]!) -
        a![1]! * (b![0]! * c![2]! - b![2]! * c![0]!) +
        a![2]! * (b![0]! * c![1]! - b![1]! * c![0]!);
    }
    expect(six / 6).toBeCloseTo(24, 5);
  });

  test('a cavity is subtracted', () => {
    const hollow = merged(boxBody('a', [4, 4, 4]), turned(boxBody('b', [2, 2, 2], [1, 1, 1])));
    const { info } = tessellationOfMesh(hollow);
    expect(info).toMatchObject({ closed: true, shells: 2 });
    expect(info.mass.volume_mm3).toBeCloseTo(56, 9);
  });

  test('two boxes that share an edge are closed, but no manifold', () => {
    const a = boxBody('a', [1, 1, 1]);
    const b = boxBody('b', [1, 1, 1], [1, 1, 0]);
    const both = merged(a, b);
    // Vertices 3 and 7 of the first are 0 and 4 of the second.
    const indices = both.indices.map((i) => (i === 8 ? 3 : i === 12 ? 7 : i));
    const { info } = tessellationOfMesh({ ...both, indices });
    expect(info).toMatchObject({ closed: true, valid: false });
    expect(info.mass.volume_mm3).toBeCloseTo(2, 9);
  });

  test('a triangle that faces the wrong way is told', () => {
    const box = boxBody('box', [1, 1, 1]);
    const indices = box.indices.slice();
    [indices[1], indices[2]] = [indices[2]!, indices[1]!];
    const { info, warnings } = tessellationOfMesh({ ...box, indices });
    expect(info).toMatchObject({ closed: false, valid: false });
    expect(warnings[0]!.message).toMatch(/3 edges between triangles that face opposite ways/);
  });

  test('no triangles are refused', () => {
    expect(
      refused(() => tessellationOfMesh({ name: 'x', positions_mm: new Float64Array(0), indices: new Uint32Array(0) }))
        .code,
    ).toBe('import.no-geometry');
  });
});

describe('the bundle', () => {
  const { info, tessellation } = tessellationOfMesh(cylinderBody('c', 5, 20, 48));
  const { meta, arrays } = decodeBundle<TessellationMeta>(tessellation);
  const { positions, normals, indices, faceOfTriangle, edgePoints, edgeOffsets, vertexPoints } = arrays as Record<
    string,
    Float32Array
  >;

  test('has the arrays of the contract', () => {
    expect(meta.quality).toBe('fine');
    expect(indices!.length).toBe(3 * info.triangles!);
    expect(normals!.length).toBe(positions!.length);
    expect(Math.max(...indices!)).toBe(positions!.length / 3 - 1);
    expect(edgeOffsets!.length).toBe(info.edges.length + 1);
    expect(edgePoints!.length).toBe(3 * edgeOffsets!.at(-1)!);
    expect(vertexPoints!.length).toBe(3 * info.vertices_mm.length);
  });

  test('keeps the triangles of a face together', () => {
    expect([...new Set(faceOfTriangle!)]).toEqual([0, 1, 2]);
    for (let t = 1; t < faceOfTriangle!.length; t++)
      expect(faceOfTriangle![t]!).toBeGreaterThanOrEqual(faceOfTriangle![t - 1]!);
  });

  test('normals are smooth along the barrel and sharp at its rims', () => {
    const barrel = info.faces.findIndex((f) => f.type === 'cylinder');
    faceOfTriangle!.forEach((f, t) => {
      for (let k = 0; k < 3; k++) {
        const i = 3 * indices![3 * t + k]!;
        const [x, y, nx, ny, nz] = [
          positions![i]!,
          positions![i + 1]!,
          normals![i]!,
          normals![i + 1]!,
          normals![i + 2]!,
        ];
        if (f === barrel) expect((x * nx + y * ny) / 5).toBeGreaterThan(0.999);
        else expect(Math.abs(nz)).toBeCloseTo(1, 6);
      }
    });
  });
});

describe('colours', () => {
  test('triangles of another colour are another face', () => {
    const box = boxBody('box', [1, 1, 1]);
    const ofTriangle = new Int32Array(12).fill(-1);
    ofTriangle[0] = 0;
    const { info } = tessellationOfMesh({ ...box, triangleColours: { palette: [[1, 0, 0]], ofTriangle } });
    expect(info.faces).toHaveLength(7);
    expect(info.faces.filter((f) => f.colour).map((f) => [f.colour, f.area_mm2])).toEqual([
      [[1, 0, 0], expect.closeTo(0.5, 9)],
    ]);
  });
});

describe('size', () => {
  test('a million triangles', () => {
    const body = sphereBody('s', 50, 1000, 501);
    const start = performance.now();
    const { info } = tessellationOfMesh(body);
    expect(performance.now() - start).toBeLessThan(6000);
    expect(info).toMatchObject({ triangles: 1_000_000, closed: true });
  });

  test('a soup of loose triangles becomes few faces, not a hundred thousand', () => {
    const count = 30_000;
    const positions_mm = Float64Array.from({ length: count * 9 }, (_, i) => Math.sin(i * 12.9898) * 100);
    const { info, warnings } = tessellationOfMesh({
      name: 'soup',
      positions_mm,
      indices: Uint32Array.from({ length: count * 3 }, (_, i) => i),
    });
    expect(info.faces).toHaveLength(1);
    expect(info.edges).toHaveLength(0);
    expect(warnings.map((w) => w.code)).toEqual(['mesh.rough', 'mesh.edges-dropped', 'mesh.open']);
  });

  test('a hub of a hundred thousand triangles', () => {
    const { info } = tessellationOfMesh(cylinderBody('fan', 5, 1, 50_000));
    expect(info.closed).toBe(true);
  });

  test('far from the origin the volume keeps its digits', () => {
    const far = transformBody(boxBody('box', [1, 1, 1]), [1, 0, 0, 1e6, 0, 1, 0, 1e6, 0, 0, 1, 1e6]);
    expect(tessellationOfMesh(far).info.mass.volume_mm3).toBeCloseTo(1, 9);
  });
});
