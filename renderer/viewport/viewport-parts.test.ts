/** The small pure parts: colours, boxes on the screen, labels, exploded offsets, navigation, cube, lines. */
import { describe, expect, it } from 'vitest';
import type { Vector3 } from '../../preload/contract/index.ts';
import { decodeBundle } from '../../preload/contract/index.ts';
import type { CameraState, ColourMapName, SceneInstance } from './api.ts';
import { segmentMeetsRectangle, triangleMeetsRectangle } from './box-select.ts';
import { orthonormal, STANDARD_VIEWS } from './camera-maths.ts';
import { bandColours, lookUpTable, mapColour } from './colour-map.ts';
import { explosionOffsets } from './explosion.ts';
import { buildFieldSurface } from './field-surface.ts';
import { boxWithHole } from './harness-bodies.ts';
import { barMesh } from './harness-field.ts';
import { arrangeLabels } from './labels.ts';
import { formatValue } from './legend.ts';
import { quadsOfPolylines } from './line-quads.ts';
import { navigationAction, wheelFactor } from './navigation.ts';
import { sharpEdges } from './sharp-edges.ts';
import { runAtOnce } from './slices.ts';
import { cubeZoneAt, zoneName } from './view-cube.ts';

describe('colour maps', () => {
  const luminance = (c: number[]): number => 0.2126 * c[0]! ** 2.2 + 0.7152 * c[1]! ** 2.2 + 0.0722 * c[2]! ** 2.2;
  it('stay within 0..1 and change step by step', () => {
    for (const name of ['turbo', 'viridis', 'cividis', 'diverging', 'rainbow'] satisfies ColourMapName[]) {
      let before = mapColour(name, 0);
      for (let i = 0; i <= 200; i++) {
        const colour = mapColour(name, i / 200);
        for (let k = 0; k < 3; k++) {
          expect(colour[k]).toBeGreaterThanOrEqual(0);
          expect(colour[k]).toBeLessThanOrEqual(1);
          expect(Math.abs(colour[k]! - before[k]!)).toBeLessThan(0.08);
        }
        before = colour;
      }
    }
  });
  it('rise evenly in brightness where they claim to', () => {
    for (const name of ['viridis', 'cividis'] satisfies ColourMapName[])
      for (let i = 1; i <= 20; i++)
        expect(luminance(mapColour(name, i / 20))).toBeGreaterThan(luminance(mapColour(name, (i - 1) / 20)));
  });
  it('give the legend and the surface the same bands', () => {
    const bytes = lookUpTable('viridis', 10);
    expect(bytes.length).toBe(40);
    bandColours('viridis', 10).forEach((c, i) => {
      expect(bytes[4 * i + 1]).toBe(Math.round(c[1] * 255));
    });
    expect(lookUpTable('turbo', 0).length).toBe(1024);
  });
});

describe('rectangles on the screen', () => {
  it('meet segments that pass through without an end inside', () => {
    expect(segmentMeetsRectangle({ x: -5, y: 5 }, { x: 15, y: 6 }, 0, 0, 10, 10)).toBe(true);
    expect(segmentMeetsRectangle({ x: -5, y: 5 }, { x: 3, y: 20 }, 0, 0, 10, 10)).toBe(false);
  });
  it('meet triangles that hold them whole', () => {
    const [a, b, c] = [
      { x: -100, y: -100 },
      { x: 200, y: -100 },
      { x: 0, y: 300 },
    ] as const;
    expect(triangleMeetsRectangle(a, b, c, 0, 0, 10, 10)).toBe(true);
    expect(triangleMeetsRectangle(a, b, c, 180, 200, 190, 210)).toBe(false);
  });
});

it('keeps labels apart and inside the picture', () => {
  const requests = Array.from({ length: 5 }, () => ({
    anchorX: 100,
    anchorY: 100,
    width: 60,
    height: 18,
    visible: true,
  }));
  const boxes = arrangeLabels(requests, { width: 300, height: 300 });
  for (const [i, a] of boxes.entries())
    for (const b of boxes.slice(i + 1))
      expect(a.x + a.width < b.x || b.x + b.width < a.x || a.y + a.height < b.y || b.y + b.height < a.y).toBe(true);
});

it('moves instances away from the middle, levels of the tree by themselves', () => {
  const at = (
    id: string,
    x: number,
    ancestors: string[],
  ): [SceneInstance, [string, { min: Vector3; max: Vector3 }]] => [
    { id, partId: 'p', transform: [], visible: true, ancestors },
    [id, { min: [x, 0, 0], max: [x + 1, 1, 1] }],
  ];
  const all = [at('a', 0, ['left']), at('b', 2, ['left']), at('c', 20, ['right'])];
  const boxes = new Map(all.map(([, box]) => box));
  const instances = all.map(([instance]) => instance);
  expect(explosionOffsets(instances, boxes, 0).size).toBe(0);
  const offsets = explosionOffsets(instances, boxes, 1);
  expect(offsets.get('a')![0]).toBeLessThan(offsets.get('b')![0]);
  expect(offsets.get('b')![0]).toBeLessThan(0);
  expect(offsets.get('c')![0]).toBeGreaterThan(0);
  expect(offsets.get('c')![1]).toBeCloseTo(0);
});

describe('navigation', () => {
  const none = { ctrl: false, shift: false, alt: false };
  it('follows each style', () => {
    expect(navigationAction('solidworks', 1, none)).toBe('orbit');
    expect(navigationAction('solidworks', 1, { ...none, ctrl: true })).toBe('pan');
    expect(navigationAction('solidworks', 1, { ...none, shift: true })).toBe('zoom');
    expect(navigationAction('blender', 1, { ...none, shift: true })).toBe('pan');
    expect(navigationAction('fusion', 1, none)).toBe('pan');
    expect(navigationAction('fusion', 1, { ...none, shift: true })).toBe('orbit');
    expect(navigationAction('catia', 1, none)).toBe('pan');
    expect(navigationAction('solidworks', 0, none)).toBeNull();
    expect(navigationAction('solidworks', 0, { ...none, alt: true })).toBe('orbit');
  });
  it('zooms evenly in and out, and bounds a wild wheel', () => {
    expect(wheelFactor(100, 0, false) * wheelFactor(-100, 0, false)).toBeCloseTo(1, 9);
    expect(wheelFactor(1e9, 0, false)).toBeLessThan(2);
    expect(wheelFactor(3, 1, false)).toBeGreaterThan(1);
  });
});

describe('the view cube', () => {
  const camera: CameraState = orthonormal({
    target_mm: [0, 0, 0],
    ...STANDARD_VIEWS.front,
    height_mm: 1,
    orthographic: true,
  });
  it('finds faces, edges and corners', () => {
    expect(cubeZoneAt(camera, 0, 0, 30)).toEqual([0, -1, 0]);
    expect(cubeZoneAt(camera, 26, 0, 30)).toEqual([1, -1, 0]);
    expect(cubeZoneAt(camera, -26, -26, 30)).toEqual([-1, -1, 1]);
    expect(cubeZoneAt(camera, 40, 0, 30)).toBeNull();
  });
  it('names them', () => {
    expect(zoneName([0, -1, 0])).toBe('Front');
    expect(zoneName([1, -1, 1])).toBe('Top, front, right');
  });
});

it('widens every segment into one quad', () => {
  const quads = runAtOnce(
    quadsOfPolylines(Float32Array.of(0, 0, 0, 1, 0, 0, 1, 1, 0, 5, 5, 5, 6, 6, 6), Uint32Array.of(0, 3, 3, 5)),
  );
  expect(quads.segments).toBe(3);
  expect(Math.max(...quads.indices)).toBe(11);
  expect([...quads.positions.slice(24, 27)]).toEqual([5, 5, 5]);
  expect([...quads.towards.slice(24, 27)]).toEqual([6, 6, 6]);
});

it('finds the twelve edges of a box that has none of its own', () => {
  const { arrays } = decodeBundle(boxWithHole('b', 'b', [3, 4, 5], 0).bytes);
  const sharp = runAtOnce(sharpEdges(arrays['positions'] as Float32Array, arrays['indices'] as Uint32Array));
  expect(sharp.offsets.length - 1).toBe(12);
});

it('draws a result with sharp borders between faces, and finds them', () => {
  const mesh = barMesh(4, 2, 2, 4, 2, 2);
  const surface = runAtOnce(
    buildFieldSurface({ ...mesh, surfaceBody: new Uint32Array(mesh.surfaceTriangles.length / 3) }),
  );
  // Every normal is that of one side of the box.
  for (let i = 0; i < surface.normals.length; i += 3)
    expect(Math.max(...surface.normals.slice(i, i + 3).map(Math.abs))).toBeCloseTo(1, 5);
  // Twelve edges of the box, each in half elements: 4 along x (8 halves), 8 across (4 halves).
  expect(surface.outline.length / 2).toBe(4 * 8 + 8 * 4);
});

it('writes values with four figures', () => {
  expect(formatValue(0)).toBe('0');
  expect(formatValue(229.1667)).toBe('229.2');
  expect(formatValue(0.1 + 0.2)).toBe('0.3');
  expect(formatValue(1234567)).toBe('1.23 e6');
  expect(formatValue(-0.00001234)).toBe('-1.23 e-5');
});
