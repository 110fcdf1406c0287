import { describe, expect, it } from 'vitest';
import * as kernel from '../../../main/kernel/features/scope/frames.ts';
import type { SketchEntity, Vector3 } from '../../../preload/contract/index.ts';
import type { CameraState } from '../../viewport/api.ts';
import { hitAt, inBox } from '../interaction/hit-test.ts';
import { evaluateSketch } from '../solving/evaluate.ts';
import { SKETCH_COLOURS, type SketchColours } from './colours.ts';
import { layoutDimension } from './dimension-layout.ts';
import { dimensionText, inUnits } from './dimension-text.ts';
import { frameOnPlane, placedFrame, principalFrame, toSketch, toSpace } from './frame.ts';
import { LiveGeometry } from './geometry.ts';
import { gridStep } from './grid.ts';
import { facing, fromScreen, projectionOf, toScreen } from './projection.ts';

const SIZE = { width: 800, height: 600 };
const CAMERA: CameraState = {
  target_mm: [0, 0, 0],
  direction: [0, 1, 0],
  up: [0, 0, 1],
  height_mm: 100,
  orthographic: false,
};
const close = (a: readonly number[], b: readonly number[]) => {
  expect(a).toHaveLength(b.length);
  // Unit vectors made by cross products and square roots.
  for (const [index, value] of a.entries()) expect(value).toBeCloseTo(b[index]!, 12);
};

describe('the frame of a sketch', () => {
  const NORMALS: Vector3[] = [
    [0, 0, 1],
    [0, 0, -1],
    [1, 0, 0],
    [0, -1, 0],
    [1, 2, 0.5],
    [0.1, 0.2, -3],
    [-3, 1, 2.9],
  ];
  it.each(NORMALS)('on a face with the normal %d %d %d is the one that the engine gives it', (...normal) => {
    const point: Vector3 = [3, -4, 12];
    const ours = frameOnPlane(point, normal);
    const theirs = kernel.frameOnPlane(point, normal);
    close(ours.origin, theirs.origin_mm);
    close(ours.x, theirs.x);
    close(ours.y, theirs.y);
    close(ours.normal, theirs.z);
  });
  it.each(['xy', 'yz', 'zx'] as const)('on %s is the one of the engine, offset and all', (plane) => {
    const [ours, theirs] = [principalFrame(plane, 7), kernel.principalFrame(plane, 7)];
    close(
      [...ours.origin, ...ours.x, ...ours.y, ...ours.normal],
      [...theirs.origin_mm, ...theirs.x, ...theirs.y, ...theirs.z],
    );
  });
  it('goes along with its part, and there and back', () => {
    // A quarter turn about Z, and 10 mm along X.
    const frame = placedFrame(principalFrame('yz', 5), [0, -1, 0, 10, 1, 0, 0, 0, 0, 0, 1, 0]);
    close(toSpace(frame, [2, 3]), [8, 5, 3]);
    close(toSketch(frame, [8, 5, 3]), [2, 3]);
  });
});

describe('the view of a sketch', () => {
  const frame = principalFrame('zx');
  const view = projectionOf(
    frame,
    facing(
      frame,
      CAMERA,
      [
        [-20, -10],
        [20, 10],
      ],
      SIZE,
    ),
    SIZE,
  );
  it('looks straight at it, upright, with a margin around', () => {
    close(toScreen(view, 0, 0), [400, 300]);
    expect(view.upright).toBe(true);
    const [x, y] = toScreen(view, 20, 10);
    expect(x).toBeGreaterThan(400);
    expect(y).toBeLessThan(300);
    expect(x).toBeLessThan(800);
    close(fromScreen(view, x, y)!, [20, 10]);
  });
  it('has no places where the plane is seen edge-on', () => {
    const edgeOn = projectionOf(frame, { ...CAMERA, direction: [1, 0, 0], orthographic: true }, SIZE);
    expect(fromScreen(edgeOn, 10, 10)).toBeNull();
  });
  it('has squares that can be told apart', () => {
    expect([gridStep(1), gridStep(5), gridStep(40), gridStep(0.02)]).toEqual([20, 5, 0.5, 1000]);
  });
});

const ENTITIES: SketchEntity[] = [
  { kind: 'point', id: 'point1', x_mm: 0, y_mm: 0 },
  { kind: 'point', id: 'point2', x_mm: 40, y_mm: 0 },
  { kind: 'point', id: 'point3', x_mm: 60, y_mm: 30 },
  { kind: 'line', id: 'line1', start: 'point1', end: 'point2' },
  { kind: 'circle', id: 'circle1', centre: 'point3', radius_mm: 10 },
];
/** One pixel a millimetre, the origin at 100, 200. */
const VIEW = { a: 1, b: 0, c: 0, d: -1, e: 100, f: 200, scale: 1, upright: true };

describe('what lies under the pointer', () => {
  const geometry = new LiveGeometry(ENTITIES);
  const at = (x: number, y: number) => hitAt([x, y], geometry, VIEW, null);
  it('is a point before a curve, a curve before an axis, and nothing far away', () => {
    expect(at(139, 203)).toEqual({ kind: 'point', id: 'point2' });
    expect(at(120, 204)).toEqual({ kind: 'curve', id: 'line1' });
    expect(at(400, 203)).toEqual({ kind: 'curve', id: 'x-axis' });
    expect(at(170, 168)).toEqual({ kind: 'curve', id: 'circle1' });
    expect(at(120, 150)).toBeNull();
  });
  it('is a text before what it lies on', () => {
    const hits = { labels: [{ id: 'c1', x: 120, y: 200, width: 30 }], glyphs: [] };
    expect(hitAt([125, 201], geometry, VIEW, hits)).toEqual({ kind: 'dimension', id: 'c1' });
  });
  it('a rectangle to the right takes what is inside, to the left what it touches', () => {
    const box = { x0: 130, y0: 150, x1: 165, y1: 210 };
    expect(inBox(box, geometry, VIEW, null).sort()).toEqual(['point2', 'point3']);
    const left = { x0: 165, y0: 150, x1: 130, y1: 210 };
    expect(inBox(left, geometry, VIEW, null).sort()).toEqual(['circle1', 'line1', 'point2', 'point3']);
  });
  it('moves in place with a drag', () => {
    const moving = new LiveGeometry(ENTITIES);
    moving.move(new Map([['point3', [70, 30] as const]]), new Map([['circle1', 12]]));
    expect(hitAt([182, 170], moving, VIEW, null)).toEqual({ kind: 'curve', id: 'circle1' });
  });
});

describe('dimensions', () => {
  const geometry = new LiveGeometry(ENTITIES);
  it('stand where their label was put, with arrows at both ends', () => {
    const layout = layoutDimension(
      { kind: 'distance', id: 'c1', a: 'line1', value: { length: '40' }, label_mm: [20, -15] },
      geometry,
      VIEW,
    )!;
    expect(layout.text).toEqual([120, 215]);
    expect(layout.arrows.map(({ x, y }) => [Math.round(x), Math.round(y)])).toEqual([
      [100, 215],
      [140, 215],
    ]);
  });
  it('of something that is gone are not drawn', () => {
    expect(
      layoutDimension({ kind: 'radius', id: 'c1', curve: 'arc9', value: { length: '4' } }, geometry, VIEW),
    ).toBeNull();
  });
  it('show their value as on a drawing, references in brackets, formulas marked', () => {
    const diameter = { kind: 'diameter', id: 'c1', curve: 'circle1', value: { length: '20 mm' } } as const;
    expect(dimensionText(diameter, 20, 'mm-N-MPa')).toBe('⌀20');
    expect(dimensionText({ ...diameter, reference: true }, 20, 'mm-N-MPa')).toBe('(⌀20)');
    expect(dimensionText({ ...diameter, value: { length: 'width / 2' } }, 25.4, 'inch-lbf-psi')).toBe('ƒ ⌀1 in');
    expect(
      dimensionText(
        { kind: 'angle', id: 'c1', a: 'line1', b: 'line2', value: { angle: '90' } },
        Math.PI / 2,
        'mm-N-MPa',
      ),
    ).toBe('90°');
  });
  it('take a bare number in the unit that the project shows', () => {
    expect([
      inUnits('2', false, 'inch-lbf-psi'),
      inUnits('2', false, 'mm-N-MPa'),
      inUnits('2 * width', false, 'inch-lbf-psi'),
    ]).toEqual(['2 in', '2', '2 * width']);
  });
  it('that cannot be evaluated are left out of what is solved, and say why', () => {
    const { sketch, values, errors } = evaluateSketch(
      {
        entities: ENTITIES,
        constraints: [
          { kind: 'distance', id: 'c1', a: 'line1', value: { length: 'nonsense' } },
          { kind: 'diameter', id: 'c2', curve: 'circle1', value: { length: '1 in' } },
          { kind: 'radius', id: 'c3', curve: 'circle1', value: { length: 'gone' }, reference: true },
        ],
      },
      {},
    );
    expect(sketch.constraints.map(({ id }) => id)).toEqual(['c2', 'c3']);
    expect(values).toEqual({ c2: 25.4 });
    expect(Object.keys(errors)).toEqual(['c1']);
  });
});

/** Relative luminance by WCAG 2.2. */
const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
describe.each([
  ['light', '#f7f9fb'],
  ['dark', '#181c21'],
] as const)('the %s theme', (theme, ground) => {
  const TEXTS: (keyof SketchColours)[] = [
    'fixed',
    'free',
    'conflicting',
    'redundant',
    'projected',
    'selected',
    'dimension',
    'glyph',
    'hint',
  ];
  it.each(TEXTS)('lets %s be read on its plate (AA)', (name) => {
    const [high, low] = [luminance(SKETCH_COLOURS[theme][name]), luminance(ground)].sort((a, b) => b - a) as [
      number,
      number,
    ];
    expect((high + 0.05) / (low + 0.05)).toBeGreaterThanOrEqual(4.5);
  });
});
