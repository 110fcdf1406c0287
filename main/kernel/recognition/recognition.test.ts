/** Edges, words and patterns on solids that the kernel makes. */
import { afterAll, describe, expect, it } from 'vitest';
import type { BodyInfo } from '../../../preload/contract/geometry.ts';
import { silentContext } from '../../../preload/contract/jobs.ts';
import type { BodyRecognition } from '../../../preload/contract/parts.ts';
import { createKernel } from '../kernel.ts';
import type { PrimitiveShape } from '../port.ts';
import { recogniseFeatures } from './index.ts';

const kernel = createKernel();
afterAll(() => kernel.dispose());

async function bodyOf(shape: PrimitiveShape): Promise<BodyInfo> {
  const model = await kernel.primitives([{ name: 'body', shape }], silentContext());
  return model.parts[0]!.bodies[0]!.info;
}
const lookAt = async (shape: PrimitiveShape): Promise<BodyRecognition> => recogniseFeatures(await bodyOf(shape), 0);
const wordsOf = ({ features }: BodyRecognition): string[] =>
  features
    .filter(({ kind }) => kind !== 'wall')
    .map(({ words }) => words)
    .toSorted();

type Point = [number, number, number];
const box = (max: Point, min: Point = [0, 0, 0]): PrimitiveShape => ({ box: { min_mm: min, max_mm: max } });
const cylinder = (origin_mm: Point, radius_mm: number, height_mm = 100, axis: Point = [0, 0, 1]): PrimitiveShape => ({
  cylinder: { origin_mm, axis, radius_mm, height_mm },
});
const prism = (points: [number, number][], height: number): PrimitiveShape => ({
  extrude: {
    profile: points.map(([x, y], i) => {
      const [u, v] = points[(i + 1) % points.length]!;
      return { line: { from_mm: [x, y, 0], to_mm: [u, v, 0] } };
    }),
    vector_mm: [0, 0, height],
  },
});

describe('edges know how sharp they are', () => {
  it('convex by a right angle on a block, concave where a boss stands on it', async () => {
    const block = await bodyOf(box([10, 20, 30]));
    expect(block.edges.map(({ angle_rad }) => angle_rad)).toEqual(Array(12).fill(expect.closeTo(Math.PI / 2, 12)));
    const withBoss = await bodyOf({ union: [box([40, 40, 10]), cylinder([20, 20, 5], 6, 15)] });
    const circles = withBoss.edges.filter(({ type }) => type === 'circle');
    expect(circles.map(({ angle_rad }) => angle_rad).toSorted((a, b) => a! - b!)).toEqual([
      expect.closeTo(-Math.PI / 2, 12),
      expect.closeTo(Math.PI / 2, 12),
    ]);
  });
});

describe('fillets', () => {
  it('all edges of a block are one, with its corners', async () => {
    const found = await lookAt({ fillet: { shape: box([30, 20, 10]), edges: 'all', radius_mm: 2 } });
    expect(wordsOf(found)).toEqual(['Fillet, 2 mm, 20 faces']);
  });

  it('the rim of a shaft is one, and the shaft is none', async () => {
    const found = await lookAt({ fillet: { shape: cylinder([0, 0, 0], 10, 30), edges: '>Z', radius_mm: 1.5 } });
    expect(wordsOf(found)).toEqual(['Fillet, 1.5 mm']);
  });

  it('the inner corner of an angle is an inner one; a rounded end and an arched back are none', async () => {
    const quarter = Math.PI / 2;
    const found = await lookAt({
      extrude: {
        profile: [
          { line: { from_mm: [0, 0, 0], to_mm: [40, 0, 0] } },
          {
            ellipseArc: {
              centre_mm: [40, 5, 0],
              major_mm: [5, 0, 0],
              minor_mm: [0, 5, 0],
              startAngle_rad: -quarter,
              endAngle_rad: quarter,
            },
          },
          { line: { from_mm: [40, 10, 0], to_mm: [14, 10, 0] } },
          {
            ellipseArc: {
              centre_mm: [14, 14, 0],
              major_mm: [4, 0, 0],
              minor_mm: [0, 4, 0],
              startAngle_rad: -quarter,
              endAngle_rad: -2 * quarter,
            },
          },
          { line: { from_mm: [10, 14, 0], to_mm: [10, 50, 0] } },
          { line: { from_mm: [10, 50, 0], to_mm: [0, 50, 0] } },
          { line: { from_mm: [0, 50, 0], to_mm: [0, 0, 0] } },
        ],
        vector_mm: [0, 0, 25],
      },
    });
    expect(wordsOf(found)).toEqual(['Inner fillet, 4 mm']);
  });
});

describe('chamfers', () => {
  it('are told by their longer leg and the angle to its face', async () => {
    const leg = 4 * Math.tan(Math.PI / 6);
    const found = await lookAt(
      prism(
        [
          [0, 0],
          [36, 0],
          [40, leg],
          [40, 30],
          [3, 30],
          [0, 27],
        ],
        20,
      ),
    );
    expect(wordsOf(found)).toEqual(['Chamfer, 3 mm at 45°', 'Chamfer, 4 mm at 30°']);
  });

  it('also go round the end of a shaft', async () => {
    const points: [number, number][] = [
      [0, 0],
      [10, 0],
      [10, 28],
      [8, 30],
      [0, 30],
    ];
    const found = await lookAt({
      revolve: {
        profile: points.map(([r, z], i) => {
          const [s, w] = points[(i + 1) % points.length]!;
          return { line: { from_mm: [r, 0, z], to_mm: [s, 0, w] } };
        }),
        origin_mm: [0, 0, 0],
        axis: [0, 0, 1],
        angle_rad: 2 * Math.PI,
      },
    });
    expect(wordsOf(found)).toEqual(['Chamfer, 2 mm at 45°']);
  });

  it('are the slopes at an edge, not the large face that leans to two of them', async () => {
    const slope = (x: number): PrimitiveShape => ({
      extrude: {
        profile: (
          [
            [8, -1],
            [11, -1],
            [11, 2],
          ] as [number, number][]
        ).map(([z, y], i, all) => {
          const [w, v] = all[(i + 1) % all.length]!;
          return { line: { from_mm: [x, y, z - 1], to_mm: [x, v, w - 1] } };
        }),
        vector_mm: [12, 0, 0],
      },
    });
    const found = await lookAt({ difference: [box([40, 30, 9]), slope(4), slope(24)] });
    expect(wordsOf(found)).toEqual(['Chamfer, 1 mm at 45°', 'Chamfer, 1 mm at 45°']);
  });

  it('are not the sides of a hexagon or an octagon', async () => {
    for (const sides of [6, 8]) {
      const corners = Array.from({ length: sides }, (_, i): [number, number] => [
        10 * Math.cos((2 * Math.PI * i) / sides),
        10 * Math.sin((2 * Math.PI * i) / sides),
      ]);
      expect(wordsOf(await lookAt(prism(corners, 60)))).toEqual([]);
    }
  });
});

describe('holes', () => {
  it('on one axis in two walls are two; a slanted mouth counts where the axis leaves it', async () => {
    const clevis = await lookAt({
      difference: [box([30, 40, 30]), box([31, 28, 31], [-1, 12, 10]), cylinder([15, -1, 20], 4, 60, [0, 1, 0])],
    });
    expect(wordsOf(clevis)).toEqual(['Hole, 8 mm, through', 'Hole, 8 mm, through']);
    const wedge = await lookAt({
      difference: [
        prism(
          [
            [0, 0],
            [40, 0],
            [40, 30],
            [0, 10],
          ],
          30,
        ),
        cylinder([20, -1, 15], 3, 60, [0, 1, 0]),
      ],
    });
    // In the middle of the slope, between 10 and 30 mm.
    expect(wedge.features.find(({ kind }) => kind === 'hole')).toMatchObject({
      through: true,
      depth_mm: expect.closeTo(20, 9),
    });
  });

  it('that cross are still holes, and an open notch is none', async () => {
    const found = await lookAt({
      difference: [
        box([40, 40, 20]),
        cylinder([20, -1, 10], 3, 60, [0, 1, 0]),
        cylinder([20, 20, 10], 2, 60),
        cylinder([0, 30, -1], 5, 60),
      ],
    });
    expect(wordsOf(found)).toEqual(['Hole, 4 mm, through', 'Hole, 6 mm, through']);
  });
});

describe('patterns', () => {
  const plateWith = (holes: [number, number, number][]): PrimitiveShape => ({
    difference: [box([120, 120, 10]), ...holes.map(([x, y, r]) => cylinder([x, y, -1], r, 20))],
  });
  const onCircle = (count: number, radius: number, share = 1): [number, number, number][] =>
    Array.from({ length: count }, (_, i): [number, number, number] => [
      60 + radius * Math.cos((2 * Math.PI * share * i) / count),
      60 + radius * Math.sin((2 * Math.PI * share * i) / count),
      3.3,
    ]);

  it.each([
    ['a bolt circle', onCircle(6, 30), 'circular', '6 × 6.6 mm on a 60 mm circle'],
    ['part of one', onCircle(6, 40, 0.5), 'circular', '6 × 6.6 mm on a 80 mm circle'],
    [
      'a row',
      [20, 35, 50, 65].map((x): [number, number, number] => [x, 30, 2]),
      'linear',
      '4 × 4 mm in a line, 15 mm apart',
    ],
    [
      'a grid',
      [20, 40, 60].flatMap((x) => [30, 45].map((y): [number, number, number] => [x, y, 2])),
      'grid',
      '6 × 4 mm in a grid of 3 by 2, 20 and 15 mm apart',
    ],
    [
      'four round a bore',
      [...onCircle(4, 30), [60, 60, 10] as [number, number, number]],
      'circular',
      '4 × 6.6 mm on a 60 mm circle',
    ],
    [
      'anyhow',
      [
        [20, 20, 2],
        [50, 31, 2],
        [90, 77, 2],
      ] as [number, number, number][],
      'group',
      '3 × 4 mm',
    ],
  ])('%s is told in words', async (_, holes, kind, words) => {
    const { patterns, features } = await lookAt(plateWith(holes));
    expect(patterns).toEqual([{ number: 1, kind, count: patterns[0]!.count, words }]);
    expect(features.filter((each) => each.kind === 'hole' && each.pattern === 1)).toHaveLength(patterns[0]!.count);
  });
});
