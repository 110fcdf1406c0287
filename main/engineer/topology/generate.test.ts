import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentContext } from '../../../preload/contract/index.ts';
import { disposePartScripts } from '../../scripting/index.ts';
import { generateShape, optimisedShape } from './generate.ts';
import { uncoveredShare } from './outline/measure.ts';
import { type BuiltShape, buildShape, complianceOf, createKernel, createPhysics, facesNamed } from './testing/build.ts';
import { rasterOver } from './testing/outlines.ts';
import { ARM, BRACKET, CANTILEVER, TWO_BARS } from './testing/requests.ts';
import type { GeneratedShape, ShapeRequest } from './types.ts';

const kernel = createKernel();
const physics = createPhysics();
afterAll(async () => {
  disposePartScripts();
  await physics.dispose();
  await kernel.dispose();
});

/** Coarser and shorter than anyone would ask for: these tests are of the way, not of the optimum. */
const CASES: [string, ShapeRequest][] = [
  ['bracket', { ...BRACKET, budget: { iterations: 50, cells: 1500 } }],
  ['cantilever', { ...CANTILEVER, budget: { iterations: 50, cells: 1800 } }],
];

describe.each(CASES)('a %s', (name, request) => {
  let shape: GeneratedShape;
  let built: BuiltShape;
  beforeAll(async () => {
    shape = await generateShape(request, silentContext());
    built = await buildShape(kernel, shape.script);
  }, 60_000);

  test('is one solid, with the volume that was asked for and the kernel finds as well', () => {
    const { measures, densityVolume_mm3 } = shape.report;
    expect(built.info.kind).toBe('solid');
    // Lines and arcs are exact in both; points are written with four decimals.
    expect(built.info.mass.volume_mm3 / measures.volume_mm3).toBeCloseTo(1, 5);
    expect(Math.abs(measures.volume_mm3 / densityVolume_mm3 - 1)).toBeLessThan(0.03);
  });

  test('has the faces of its interfaces, exactly', () => {
    const { minimum, maximum } = request.envelope;
    const depth = maximum[2] - minimum[2];
    for (const one of request.interfaces) {
      const faces = shape.faces[one.name]!.flatMap((name) => facesNamed(built, name));
      if (one.kind === 'face') {
        expect(faces).toHaveLength(1);
        expect(faces[0]!.area_mm2).toBeCloseTo(one.length_mm * depth, 6);
        for (const axis of [0, 1] as const) expect(faces[0]!.centroid_mm[axis]).toBeCloseTo(one.centre[axis], 6);
      } else if (one.kind !== 'pad') {
        expect(faces).toHaveLength(one.centres.length);
        for (const [i, face] of faces.entries()) {
          expect(face.radius_mm).toBeCloseTo(one.diameter_mm / 2, 9);
          expect(face.area_mm2).toBeCloseTo(Math.PI * one.diameter_mm * depth, 6);
          for (const axis of [0, 1] as const) expect(face.centroid_mm[axis]).toBeCloseTo(one.centres[i]![axis], 6);
        }
      }
    }
  });

  test('can be milled: no inner corner is sharper than the tool, no face lies across but top and bottom', () => {
    expect(shape.report.measures.smallestInnerRadius_mm).toBeGreaterThanOrEqual(request.toolRadius_mm);
    for (const { concave, radius_mm, type } of built.info.faces)
      if (type === 'cylinder' && concave) expect(radius_mm).toBeGreaterThan(request.toolRadius_mm - 1e-3);
    const across = built.info.faces.filter(({ normal, type }) => type === 'plane' && Math.abs(normal![2]) > 1e-9);
    expect(across.map(({ normal }) => normal![2]).sort()).toEqual([-1, 1]);
    const { box } = built.info;
    for (const axis of [0, 1, 2] as const) {
      expect(box.min[axis]).toBeGreaterThan(request.envelope.minimum[axis] - 1e-4);
      expect(box.max[axis]).toBeLessThan(request.envelope.maximum[axis] + 1e-4);
    }
  });

  test('has no member thinner than was asked for', () => {
    expect(shape.report.measures.thinnestMember_mm).toBeGreaterThan(0.9 * request.minimumMember_mm);
    // Discs a tenth smaller than the least member cover all but corners.
    expect(uncoveredShare(shape.outlines, 0.9 * request.minimumMember_mm, rasterOver(shape, 0.4))).toBeLessThan(0.015);
  });

  test('is as symmetric as what is asked of it', () => {
    const { cellsX, cellsY, density } = shape.field;
    let worst = 0;
    for (let i = 0; i < cellsX; i++)
      for (let j = 0; j < cellsY; j++)
        worst = Math.max(worst, Math.abs(density[i * cellsY + j]! - density[i * cellsY + cellsY - 1 - j]!));
    expect(worst).toBeLessThan(1e-3);
  });

  // Once is enough: it takes longer than all the rest.
  test.runIf(name === 'cantilever')(
    'is as stiff as its densities, solved on a mesh of its own',
    async () => {
      const [loadCase] = request.loadCases;
      const drawn = await complianceOf(physics, built, request, shape, loadCase!, 7);
      // Cells are a fifth of a member wide: bores and sides are known to about that.
      expect(drawn / shape.report.compliances[0]!.compliance_N_mm).toBeGreaterThan(0.9);
      expect(drawn / shape.report.compliances[0]!.compliance_N_mm).toBeLessThan(1.1);
    },
    60_000,
  );

  test('follows its variables', async () => {
    const windows = Object.keys(built.variables).filter((name) => name.startsWith('window_'));
    const changed = await buildShape(kernel, shape.script, {
      depth: '8 mm',
      ...Object.fromEntries(windows.map((name) => [name, '-0.5 mm'])),
    });
    const { depth } = built.variables;
    const thinner = (built.info.mass.volume_mm3 * 8) / depth!;
    if (windows.length === 0) expect(changed.info.mass.volume_mm3 / thinner).toBeCloseTo(1, 6);
    else expect(changed.info.mass.volume_mm3).toBeLessThan(0.99 * thinner);
    expect(changed.info.kind).toBe('solid');
  });
});

test('a load in front of a wall is carried by two bars at 45 degrees', async () => {
  const request = { ...TWO_BARS, budget: { iterations: 40, cells: 1000 } };
  const { cells, design } = await optimisedShape(request, silentContext());
  const { cellsX, cellsY, cellX, cellY } = cells;
  // Middles of the upper bar, column by column, away from its ends; their line by least squares.
  const middles: [number, number][] = [];
  for (let i = Math.round(0.25 * cellsX); i < 0.7 * cellsX; i++) {
    let [sum, weighted] = [0, 0];
    for (let j = Math.floor(cellsY / 2); j < cellsY; j++) {
      sum += design.density[i * cellsY + j]!;
      weighted += design.density[i * cellsY + j]! * (j + 0.5) * cellY;
    }
    middles.push([(i + 0.5) * cellX, weighted / sum]);
  }
  const [x, y] = [0, 1].map((axis) => middles.reduce((total, each) => total + each[axis]!, 0) / middles.length);
  const slope =
    middles.reduce((total, [a, b]) => total + (a - x!) * (b - y!), 0) /
    middles.reduce((total, [a]) => total + (a - x!) ** 2, 0);
  // Bars of finite width meet the wall and each other over some length: 3 degrees.
  expect(Math.abs(Math.abs((Math.atan(slope) * 180) / Math.PI) - 45)).toBeLessThan(3);
});

test('loads across the plane, pads and keep-outs make a part as well, whatever the milling direction', async () => {
  const request = { ...ARM, budget: { iterations: 25, cells: 1000 } };
  const shape = await generateShape(request, silentContext());
  expect(shape.report.mechanics).toBe('layers');
  expect(shape.report.compliances.map(({ name }) => name)).toEqual(['down', 'side', 'rest']);
  const built = await buildShape(kernel, shape.script);
  expect(built.info.kind).toBe('solid');
  expect(built.info.mass.volume_mm3 / shape.report.measures.volume_mm3).toBeCloseTo(1, 5);
  expect([built.info.box.min[1], built.info.box.max[1]]).toEqual([expect.closeTo(5, 4), expect.closeTo(25, 4)]);
  const [pad] = facesNamed(built, shape.faces.rest![0]!);
  expect(pad!.area_mm2).toBeCloseTo(Math.PI * 64, 6);
  expect(pad!.centroid_mm).toEqual([expect.closeTo(45, 6), expect.closeTo(25, 6), expect.closeTo(75, 6)]);
  expect(pad!.normal![1]).toBeCloseTo(1, 9);
  // Each of the four bolts has its bore, though stiffness alone would do with two; and nothing reaches into the keep-out.
  expect(shape.faces.mount!.flatMap((name) => facesNamed(built, name))).toHaveLength(4);
  for (const { pieces } of shape.outlines)
    for (const { from } of pieces) expect(Math.hypot(from[0] - 30, from[1] - 45)).toBeGreaterThan(15 - 0.3);
}, 60_000);

test('a cancelled shape stops', async () => {
  const stop = new AbortController();
  const progress = () => stop.abort();
  const shape = generateShape(CANTILEVER, { signal: stop.signal, progress });
  await expect(shape).rejects.toMatchObject({ data: { code: 'cancelled' } });
});
