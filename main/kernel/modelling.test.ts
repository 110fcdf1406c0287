/** What the modellers do, on solids whose every number is known. */
import { afterAll, describe, expect, it } from 'vitest';
import { decodeBundle } from '../../preload/contract/bundle.ts';
import { IDENTITY_TRANSFORM, type TessellationMeta, type Transform } from '../../preload/contract/geometry.ts';
import { silentContext } from '../../preload/contract/jobs.ts';
import { BLOCK_WITH_HOLE, BOX, errorOf } from './fixtures.ts';
import { createKernel, type MeasureItem, type PrimitiveShape } from './index.ts';

const kernel = createKernel({ modellers: 1 });
afterAll(() => kernel.dispose());
const context = silentContext();

const make = async (shape: PrimitiveShape) => {
  const model = await kernel.primitives([{ name: 'it', shape }], context);
  return model.parts[0]!.bodies[0]!;
};
const block = await make(BLOCK_WITH_HOLE.shape);
const box = await make(BOX.shape);

describe('the description of a body', () => {
  it('counts what a block with a hole has', () => {
    const { info } = block;
    expect({ solids: info.solids, shells: info.shells, faces: info.faces.length, edges: info.edges.length }).toEqual({
      solids: 1,
      shells: 1,
      faces: 7,
      edges: 15,
    });
    expect(info.valid).toBe(true);
    expect(info.vertices_mm).toHaveLength(10);
  });
  it('gives volume, area, centroid and box in mm', () => {
    const hole = Math.PI * 25;
    const { mass, box } = block.info;
    expect(mass.volume_mm3).toBeCloseTo((40 * 30 - hole) * 20, 6);
    expect(mass.area_mm2).toBeCloseTo(2 * (40 * 30 - hole) + 2 * 20 * 70 + 2 * Math.PI * 5 * 20, 6);
    mass.centroid_mm.forEach((x, axis) => {
      expect(x).toBeCloseTo([20, 15, 10][axis]!, 9);
    });
    [...box.min, ...box.max].forEach((x, i) => {
      expect(x).toBeCloseTo([0, 0, 0, 40, 30, 20][i]!, 6);
    });
  });
  it('gives the inertia tensor about the centroid, with products of the right sign', async () => {
    const [xx, yy, zz, xy, yz, zx] = box.info.mass.inertia_mm5!;
    expect(xx).toBeCloseTo((6000 * (400 + 900)) / 12, 3);
    expect(yy).toBeCloseTo((6000 * (100 + 900)) / 12, 3);
    expect(zz).toBeCloseTo((6000 * (100 + 400)) / 12, 3);
    for (const product of [xy, yz, zx]) expect(product).toBeCloseTo(0, 3);
    // Two cubes along the diagonal of the xy plane: the product is minus the integral of x y.
    const diagonal = await make({
      union: [{ box: { min_mm: [0, 0, 0], max_mm: [1, 1, 1] } }, { box: { min_mm: [3, 3, 0], max_mm: [4, 4, 1] } }],
    });
    expect(diagonal.info.mass.inertia_mm5![3]).toBeCloseTo(-2 * 1.5 * 1.5, 6);
  });
  it('knows the hole as a concave cylinder with its axis and radius', () => {
    const hole = block.info.faces.find((face) => face.type === 'cylinder')!;
    expect(hole.concave).toBe(true);
    expect(hole.radius_mm).toBeCloseTo(5, 9);
    expect(Math.abs(hole.axis!.direction[2])).toBeCloseTo(1, 9);
    expect(hole.axis!.origin_mm[0]).toBeCloseTo(20, 9);
    expect(hole.axis!.origin_mm[1]).toBeCloseTo(15, 9);
    expect(hole.area_mm2).toBeCloseTo(2 * Math.PI * 5 * 20, 6);
  });
  it('gives normals that point out of the material', () => {
    for (const face of box.info.faces) {
      const out = face.centroid_mm.map((x, axis) => x - [5, 10, 15][axis]!);
      expect(face.normal!.reduce((sum, n, axis) => sum + n * out[axis]!, 0)).toBeGreaterThan(0);
      expect(face.type).toBe('plane');
    }
  });
  it('ties faces, edges and vertices together', () => {
    const { faces, edges, vertices_mm } = box.info;
    for (const face of faces) expect(face.edges).toHaveLength(4);
    for (const [index, edge] of edges.entries()) {
      expect(edge.faces).toHaveLength(2);
      for (const face of edge.faces) expect(faces[face]!.edges).toContain(index);
      const [a, b] = edge.vertices.map((vertex) => vertices_mm[vertex]!);
      expect(Math.hypot(...a!.map((x, axis) => x - b![axis]!))).toBeCloseTo(edge.length_mm, 9);
    }
  });
  it('gives the particulars of cones and tori, which the build does not bind', async () => {
    const line = (from_mm: [number, number, number], to_mm: [number, number, number]) => ({ line: { from_mm, to_mm } });
    const cone = await make({
      revolve: {
        profile: [
          line([0, 0, 0], [6, 0, 0]),
          line([6, 0, 0], [2, 0, 4]),
          line([2, 0, 4], [0, 0, 4]),
          line([0, 0, 4], [0, 0, 0]),
        ],
        origin_mm: [0, 0, 0],
        axis: [0, 0, 1],
        angle_rad: 2 * Math.PI,
      },
    });
    const face = cone.info.faces.find((f) => f.type === 'cone')!;
    expect(face.semiAngle_rad).toBeCloseTo(Math.PI / 4, 9);
    expect(Math.abs(face.axis!.direction[2])).toBeCloseTo(1, 9);
    expect(face.concave).toBe(false);
    const torus = await make({
      revolve: {
        profile: [
          {
            ellipseArc: {
              centre_mm: [10, 0, 0],
              major_mm: [3, 0, 0],
              minor_mm: [0, 0, 3],
              startAngle_rad: 0,
              endAngle_rad: 2 * Math.PI,
            },
          },
        ],
        origin_mm: [0, 0, 0],
        axis: [0, 0, 1],
        angle_rad: 2 * Math.PI,
      },
    });
    const ring = torus.info.faces.find((f) => f.type === 'torus')!;
    expect(ring.radius_mm).toBeCloseTo(10, 9);
    expect(ring.minorRadius_mm).toBeCloseTo(3, 9);
    expect(torus.info.mass.volume_mm3).toBeCloseTo(2 * Math.PI ** 2 * 10 * 9, 4);
  });
});

describe('tessellation', () => {
  const options = { linearDeflection_mm: 0.01, angularDeflection_rad: 0.2 };
  it('covers every face, numbered as in the description, with triangles that look outwards', async () => {
    const { meta, arrays } = decodeBundle<TessellationMeta>(await kernel.tessellate(block.brep!, options, context));
    expect(meta).toEqual({ ...options, quality: 'fine' });
    const { positions, indices, faceOfTriangle, edgeOffsets, edgePoints, vertexPoints } = arrays as Record<
      string,
      Float32Array
    >;
    const areas = new Array<number>(block.info.faces.length).fill(0);
    let volume = 0;
    for (let t = 0; t < faceOfTriangle!.length; t++) {
      const [a, b, c] = [0, 1, 2].map((k) =>
        Array.from(positions!.subarray(3 * indices![3 * t + k]!, 3 * indices![3 * t + k]! + 3)),
      );
      const u = b!.map((x, i) => x - a![i]!);
      const v = c!.map((x, i) => x - a![i]!);
      const n = [u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!];
      areas[faceOfTriangle![t]!]! += Math.hypot(...n) / 2;
      volume += a!.reduce((sum, x, i) => sum + x * n[i]!, 0) / 6;
    }
    areas.forEach((area, face) => {
      expect(Math.abs(area / block.info.faces[face]!.area_mm2 - 1)).toBeLessThan(5e-3);
    });
    expect(Math.abs(volume / block.info.mass.volume_mm3 - 1)).toBeLessThan(1e-3);
    expect(edgeOffsets).toHaveLength(block.info.edges.length + 1);
    expect(vertexPoints).toHaveLength(block.info.vertices_mm.length * 3);
    block.info.edges.forEach((edge, index) => {
      let sum = 0;
      for (let p = edgeOffsets![index]! + 1; p < edgeOffsets![index + 1]!; p++)
        sum += Math.hypot(...[0, 1, 2].map((k) => edgePoints![3 * p + k]! - edgePoints![3 * p - 3 + k]!));
      expect(Math.abs(sum / edge.length_mm - 1)).toBeLessThan(5e-3);
    });
  });
  it('is finer where a smaller deflection is asked for', async () => {
    const triangles = async (linearDeflection_mm: number, angularDeflection_rad: number) =>
      decodeBundle(await kernel.tessellate(block.brep!, { linearDeflection_mm, angularDeflection_rad }, context))
        .arrays['faceOfTriangle']!.length;
    expect(await triangles(0.001, 0.05)).toBeGreaterThan(4 * (await triangles(1, 1)));
  });
});

describe('the text for the mesher', () => {
  it('is an ASCII BREP in a version that OpenCascade 7.6 reads', async () => {
    const text = new TextDecoder().decode(await kernel.brepText([block.brep!], context));
    expect(text.split('\n')[0]).toBe('CASCADE Topology V3, (c) Open Cascade');
    expect(text).not.toMatch(/Triangulations [1-9]/);
  });
  it('keeps the order of the faces, and puts bodies one after the other', async () => {
    const bytes = await kernel.brepText([block.brep!, box.brep!], context);
    const model = await kernel.import({ bytes, fileName: 'both.brep', tessellate: false }, context);
    const faces = model.parts[0]!.bodies.flatMap((body) => body.info.faces);
    const expected = [...block.info.faces, ...box.info.faces];
    expect(faces).toHaveLength(expected.length);
    faces.forEach((face, index) => {
      face.centroid_mm.forEach((x, axis) => {
        expect(x).toBeCloseTo(expected[index]!.centroid_mm[axis]!, 6);
      });
    });
  });
});

describe('measuring', () => {
  const item = (
    kind: MeasureItem['kind'],
    index: number,
    body = box,
    transform: Transform = IDENTITY_TRANSFORM,
  ): MeasureItem => ({
    brep: body.brep!,
    transform,
    kind,
    index,
  });
  const faceTowards = (x: number, y: number, z: number) =>
    box.info.faces.findIndex(({ normal }) => normal![0] * x + normal![1] * y + normal![2] * z > 0.99);
  const moved = (x: number, y: number, z: number): Transform => [1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z];

  it('gives volume and area of a body, area and radius of a face, length of an edge', async () => {
    expect(await kernel.measure([item('body', 0)], context)).toEqual({
      volume_mm3: expect.closeTo(6000, 6),
      area_mm2: expect.closeTo(2200, 6),
    });
    const hole = block.info.faces.findIndex((face) => face.type === 'cylinder');
    expect(await kernel.measure([item('face', hole, block)], context)).toMatchObject({
      radius_mm: expect.closeTo(5, 9),
    });
    expect(await kernel.measure([item('edge', 0)], context)).toEqual({
      length_mm: expect.closeTo(box.info.edges[0]!.length_mm, 9),
    });
  });
  it('gives the distance between two bodies where they stand, with its ends', async () => {
    const answer = await kernel.measure([item('body', 0), item('body', 0, box, moved(15, 0, 0))], context);
    expect(answer.distance_mm).toBeCloseTo(5, 9);
    expect(answer.points_mm![0][0]).toBeCloseTo(10, 9);
    expect(answer.points_mm![1][0]).toBeCloseTo(15, 9);
  });
  it('gives angles between planes, and between a plane and an axis', async () => {
    const [x, z] = [faceTowards(1, 0, 0), faceTowards(0, 0, 1)];
    expect((await kernel.measure([item('face', x), item('face', z)], context)).angle_rad).toBeCloseTo(Math.PI / 2, 12);
    const turned: Transform = [Math.cos(0.3), 0, Math.sin(0.3), 0, 0, 1, 0, 0, -Math.sin(0.3), 0, Math.cos(0.3), 0];
    expect((await kernel.measure([item('face', x), item('face', x, box, turned)], context)).angle_rad).toBeCloseTo(
      0.3,
      9,
    );
    const hole = block.info.faces.findIndex((face) => face.type === 'cylinder');
    expect((await kernel.measure([item('face', z), item('face', hole, block)], context)).angle_rad).toBeCloseTo(
      Math.PI / 2,
      9,
    );
  });
  it('says what is wrong with an item that is not there', async () => {
    expect(await errorOf(kernel.measure([item('face', 99)], context))).toMatchObject({
      category: 'usage',
      message: expect.stringContaining('99'),
    });
    expect(await errorOf(kernel.measure([], context))).toMatchObject({ category: 'usage' });
  });
});

describe('solids by dimensions', () => {
  it.each<[string, PrimitiveShape, number]>([
    ['a sphere', { sphere: { centre_mm: [1, 2, 3], radius_mm: 5 } }, (4 / 3) * Math.PI * 125],
    [
      'a cylinder aslant',
      { cylinder: { origin_mm: [0, 0, 0], axis: [1, 1, 1], radius_mm: 2, height_mm: 7 } },
      Math.PI * 28,
    ],
    [
      'an intersection',
      {
        intersection: [
          { box: { min_mm: [0, 0, 0], max_mm: [10, 10, 10] } },
          { box: { min_mm: [5, 5, 5], max_mm: [20, 20, 20] } },
        ],
      },
      125,
    ],
    [
      'a rounded box',
      { fillet: { shape: { box: { min_mm: [0, 0, 0], max_mm: [10, 10, 10] } }, edges: '|Z', radius_mm: 2 } },
      1000 - (4 - Math.PI) * 4 * 10,
    ],
    [
      'an elliptic ring segment whose arcs run both ways',
      {
        extrude: {
          profile: [
            { line: { from_mm: [2, 0, 0], to_mm: [3.25, 0, 0] } },
            {
              ellipseArc: {
                centre_mm: [0, 0, 0],
                major_mm: [3.25, 0, 0],
                minor_mm: [0, 2.75, 0],
                startAngle_rad: 0,
                endAngle_rad: Math.PI / 2,
              },
            },
            { line: { from_mm: [0, 2.75, 0], to_mm: [0, 1, 0] } },
            {
              ellipseArc: {
                centre_mm: [0, 0, 0],
                major_mm: [2, 0, 0],
                minor_mm: [0, 1, 0],
                startAngle_rad: Math.PI / 2,
                endAngle_rad: 0,
              },
            },
          ],
          vector_mm: [0, 0, 0.1],
        },
      },
      (Math.PI / 4) * (3.25 * 2.75 - 2) * 0.1,
    ],
    [
      'a profile with its larger semi-axis second, drawn clockwise',
      {
        extrude: {
          profile: [
            {
              ellipseArc: {
                centre_mm: [0, 0, 0],
                major_mm: [1, 0, 0],
                minor_mm: [0, 3, 0],
                startAngle_rad: Math.PI,
                endAngle_rad: 0,
              },
            },
            { line: { from_mm: [1, 0, 0], to_mm: [-1, 0, 0] } },
          ],
          vector_mm: [0, 0, 2],
        },
      },
      (Math.PI / 2) * 3 * 2,
    ],
    [
      'a quarter turn',
      {
        revolve: {
          profile: [
            { line: { from_mm: [4, 0, 0], to_mm: [6, 0, 0] } },
            { line: { from_mm: [6, 0, 0], to_mm: [6, 0, 3] } },
            { line: { from_mm: [6, 0, 3], to_mm: [4, 0, 3] } },
            { line: { from_mm: [4, 0, 3], to_mm: [4, 0, 0] } },
          ],
          origin_mm: [0, 0, 0],
          axis: [0, 0, 1],
          angle_rad: Math.PI / 2,
        },
      },
      (Math.PI / 4) * (36 - 16) * 3,
    ],
  ])('makes %s with its volume', async (_, shape, volume) => {
    const { info } = await make(shape);
    expect(info.mass.volume_mm3).toBeCloseTo(volume, 4);
    expect(info.valid).toBe(true);
    expect(info.solids).toBe(1);
  });
  it('joins faces that a union cut', async () => {
    const { info } = await make({
      union: [
        { box: { min_mm: [0, 0, 0], max_mm: [10, 10, 10] } },
        { box: { min_mm: [5, 0, 0], max_mm: [20, 10, 10] } },
      ],
    });
    expect(info.faces).toHaveLength(6);
  });
  it.each<[string, PrimitiveShape, string]>([
    ['a box without depth', { box: { min_mm: [0, 0, 0], max_mm: [1, 1, 0] } }, 'along z'],
    ['a negative radius', { sphere: { centre_mm: [0, 0, 0], radius_mm: -1 } }, 'it.sphere.radius_mm'],
    [
      'an axis of zero',
      { cylinder: { origin_mm: [0, 0, 0], axis: [0, 0, 0], radius_mm: 1, height_mm: 1 } },
      'it.cylinder.axis',
    ],
    [
      'an open profile',
      {
        extrude: {
          profile: [
            { line: { from_mm: [0, 0, 0], to_mm: [1, 0, 0] } },
            { line: { from_mm: [1, 0, 0], to_mm: [1, 1, 0] } },
          ],
          vector_mm: [0, 0, 1],
        },
      },
      'not closed',
    ],
    ['a selector nobody knows', { fillet: { shape: BOX.shape, edges: 'sharp ones', radius_mm: 1 } }, 'sharp ones'],
  ])('refuses %s and says where', async (_, shape, words) => {
    const error = await errorOf(kernel.primitives([{ name: 'it', shape }], context));
    expect(error).toMatchObject({ category: 'usage', message: expect.stringContaining(words) });
  });
  it('refuses what cannot be made, and goes on', async () => {
    const tooRound = { fillet: { shape: BOX.shape, edges: 'all', radius_mm: 50 } };
    expect((await errorOf(kernel.primitives([{ name: 'it', shape: tooRound }], context))).category).toBe('refused');
    const nothing: PrimitiveShape = { intersection: [BOX.shape, { sphere: { centre_mm: [99, 0, 0], radius_mm: 1 } }] };
    expect((await errorOf(kernel.primitives([{ name: 'it', shape: nothing }], context))).code).toBe('primitive.empty');
    expect((await make(BOX.shape)).info.mass.volume_mm3).toBeCloseTo(6000, 6);
  });
});
