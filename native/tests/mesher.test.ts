import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeBundle } from '../../preload/contract/bundle.ts';
import { mesherPath, meshQuality, solveStatic } from '../index.mjs';
import { modelOf } from './box-mesh.ts';

const folder = mkdtempSync(join(tmpdir(), 'artificer-mesher-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}.brep`, import.meta.url));

interface Meta {
  elements: number;
  solids: number;
  faces: number;
  edges: number;
  vertices: number;
  straightened: number;
  minimumScaledJacobian: number;
  histogram: number[];
  volume_mm3: number;
}
let runs = 0;
function run(brep: string, options: object) {
  const output = join(folder, `${++runs}.bin`);
  const settings = join(folder, `${runs}.json`);
  writeFileSync(settings, JSON.stringify(options));
  const { status, stdout } = spawnSync(mesherPath, [brep, output, settings], { encoding: 'utf8' });
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { status, lines, output };
}

function meshOf(name: string, options: object = {}) {
  const { status, lines, output } = run(fixture(name), options);
  expect(lines.at(-1).error).toBeUndefined();
  expect(status).toBe(0);
  const bytes = readFileSync(output);
  const { meta, arrays } = decodeBundle<Meta>(bytes);
  const i32 = (key: string) => arrays[key] as Int32Array;
  return {
    bytes,
    meta,
    lines,
    nodes: arrays.nodes as Float64Array,
    elements: i32('elements'),
    elementSolid: i32('elementSolid'),
    facets: i32('facets'),
    facetFace: i32('facetFace'),
    facetElement: i32('facetElement'),
    facetOtherElement: i32('facetOtherElement'),
    edgeOffsets: i32('edgeOffsets'),
    edgeNodes: i32('edgeNodes'),
    vertexNodes: i32('vertexNodes'),
    vertexNodeOffsets: i32('vertexNodeOffsets'),
    vertexNodeLists: i32('vertexNodeLists'),
  };
}
type Mesh = ReturnType<typeof meshOf>;
const point = (mesh: Mesh, node: number) =>
  [...mesh.nodes.subarray(3 * node, 3 * node + 3)] as [number, number, number];

/** Integrates over the facets of each face with a rule of six points: area, and the flux of x/3 (the enclosed volume). */
function surfaceIntegrals(mesh: Mesh) {
  const rule: [number, number, number][] = [
    [0.445948490915965, 0.445948490915965, 0.1116907948390055],
    [0.445948490915965, 0.10810301816807, 0.1116907948390055],
    [0.10810301816807, 0.445948490915965, 0.1116907948390055],
    [0.091576213509771, 0.091576213509771, 0.0549758718276609],
    [0.091576213509771, 0.816847572980459, 0.0549758718276609],
    [0.816847572980459, 0.091576213509771, 0.0549758718276609],
  ];
  const area = new Float64Array(mesh.meta.faces);
  let volume = 0;
  for (let f = 0; f < mesh.facetFace.length; f++) {
    const x = [0, 1, 2, 3, 4, 5].map((k) => point(mesh, mesh.facets[6 * f + k]!));
    for (const [a, b, weight] of rule) {
      const c = 1 - a - b;
      const shape = [c * (2 * c - 1), a * (2 * a - 1), b * (2 * b - 1), 4 * c * a, 4 * a * b, 4 * b * c];
      const du = [1 - 4 * c, 4 * a - 1, 0, 4 * (c - a), 4 * b, -4 * b];
      const dv = [1 - 4 * c, 0, 4 * b - 1, -4 * a, 4 * a, 4 * (c - b)];
      const sum = (factors: number[]) => [0, 1, 2].map((axis) => factors.reduce((s, n, k) => s + n * x[k]![axis]!, 0));
      const [p, u, v] = [sum(shape), sum(du), sum(dv)] as [number[], number[], number[]];
      const normal = [u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!];
      area[mesh.facetFace[f]!]! += weight * Math.hypot(...normal);
      // A face between two solids bounds neither from outside.
      if (mesh.facetOtherElement[f]! < 0)
        volume += (weight * (p[0]! * normal[0]! + p[1]! * normal[1]! + p[2]! * normal[2]!)) / 3;
    }
  }
  return { area, volume };
}
const edgeNodes = (mesh: Mesh, edge: number) => [
  ...mesh.edgeNodes.subarray(mesh.edgeOffsets[edge]!, mesh.edgeOffsets[edge + 1]!),
];

describe('every mesh', () => {
  const solids: [string, number, number[]][] = [
    ['box', 6000, [200, 200, 300, 300, 600, 600]],
    ['cylinder', 20 * Math.PI, []],
    [
      'plate-with-hole',
      4000 - 160 * Math.PI,
      [80 * Math.PI, 200, 200, 200, 200, 400 - 16 * Math.PI, 400 - 16 * Math.PI],
    ],
    ['sphere', (500 / 3) * Math.PI, [100 * Math.PI]],
    ['tiny', 2.4e-8, [6e-6, 6e-6, 8e-6, 8e-6, 12e-6, 12e-6]],
    ['bracket', 130168.673, []],
  ];
  it.each(solids)('of a %s fills it, covers its faces, outward, with sound elements', (name, volume, areas) => {
    const mesh = meshOf(name);
    const quality = meshQuality(mesh.nodes, mesh.elements);
    expect(quality.invertedElements.length).toBe(0);
    expect(quality.minimumScaledJacobian).toBeGreaterThan(0.05);
    expect(quality.volume_mm3 / volume).toBeGreaterThan(0.999);
    expect(quality.volume_mm3 / volume).toBeLessThan(1.001);
    const surface = surfaceIntegrals(mesh);
    // Outward facets enclose the same volume as the elements: one turned round would take its share twice.
    expect(surface.volume / quality.volume_mm3).toBeCloseTo(1, 4);
    expect(surface.area.every((area) => area > 0)).toBe(true);
    const sorted = [...surface.area].sort((a, b) => a - b);
    if (areas.length > 0) expect(sorted.length).toBe(areas.length);
    areas
      .sort((a, b) => a - b)
      .forEach((area, face) => {
        expect(sorted[face]! / area).toBeCloseTo(1, 3);
      });
    expect(mesh.meta.histogram.reduce((sum, count) => sum + count, 0)).toBe(mesh.elementSolid.length);
    expect(new Set(mesh.elements).size).toBe(mesh.nodes.length / 3);
  });

  it('numbers faces, edges and vertices as the geometry does', () => {
    // A box's faces come as -x, +x, -y, +y, -z, +z from OpenCascade's box maker.
    const mesh = meshOf('box');
    const planes = [
      [0, 0],
      [0, 30],
      [1, 0],
      [1, 20],
      [2, 0],
      [2, 10],
    ] as const;
    for (let f = 0; f < mesh.facetFace.length; f++) {
      const [axis, at] = planes[mesh.facetFace[f]!]!;
      for (let k = 0; k < 6; k++) expect(point(mesh, mesh.facets[6 * f + k]!)[axis]).toBeCloseTo(at, 9);
    }
    // Facets are sides of the element they name.
    for (let f = 0; f < mesh.facetFace.length; f++) {
      const own = mesh.elements.subarray(10 * mesh.facetElement[f]!, 10 * mesh.facetElement[f]! + 10);
      for (let k = 0; k < 6; k++) expect(own.includes(mesh.facets[6 * f + k]!)).toBe(true);
    }
    expect(mesh.edgeOffsets.length).toBe(13);
    for (let edge = 0; edge < 12; edge++) {
      const points = edgeNodes(mesh, edge).map((node) => point(mesh, node));
      expect(points.length).toBeGreaterThan(4);
      expect(points.length % 2).toBe(1); // corners and midsides
      // Two coordinates are constant along an edge, at the box's limits; the third runs over its length.
      const spans = [0, 1, 2].map(
        (axis) => Math.max(...points.map((p) => p[axis]!)) - Math.min(...points.map((p) => p[axis]!)),
      );
      expect(spans.filter((span) => span < 1e-9).length).toBe(2);
      expect([10, 20, 30].some((length) => Math.abs(Math.max(...spans) - length) < 1e-9)).toBe(true);
    }
    expect(mesh.vertexNodes.length).toBe(8);
    const corners = [...mesh.vertexNodes].map((node) => point(mesh, node).map(Math.round).join());
    expect(new Set(corners).size).toBe(8);
    for (const corner of corners) expect(corner).toMatch(/^(0|30),(0|20),(0|10)$/);
  });

  it('has its midside nodes on the true surface', () => {
    const mesh = meshOf('plate-with-hole');
    let onHole = 0;
    for (let f = 0; f < mesh.facetFace.length; f++) {
      const points = [0, 1, 2, 3, 4, 5].map((k) => point(mesh, mesh.facets[6 * f + k]!));
      const radii = points.map(([x, y]) => Math.hypot(x - 10, y - 10));
      if (!radii.slice(0, 3).every((r) => r < 4.5)) continue;
      onHole++;
      for (const r of radii) expect(Math.abs(r - 4)).toBeLessThan(1e-9);
    }
    expect(onHole).toBeGreaterThan(40);
    const sphere = meshOf('sphere');
    for (const node of sphere.facets) expect(Math.hypot(...point(sphere, node))).toBeCloseTo(5, 8);
  });

  it('is the same every time', () => {
    expect(
      meshOf('bracket', { optimisationSteps: 1 }).bytes.equals(meshOf('bracket', { optimisationSteps: 1 }).bytes),
    ).toBe(true);
  });
});

describe('several solids', () => {
  it('that share a face are one conforming mesh', () => {
    const mesh = meshOf('two-joined');
    expect([...new Set(mesh.elementSolid)].sort()).toEqual([0, 1]);
    const shared = [...mesh.facetFace.keys()].filter((f) => mesh.facetOtherElement[f]! >= 0);
    expect(shared.length).toBeGreaterThan(10);
    expect(new Set(shared.map((f) => mesh.facetFace[f])).size).toBe(1);
    for (const f of shared) {
      expect(point(mesh, mesh.facets[6 * f]!)[0]).toBeCloseTo(10, 9);
      expect(mesh.elementSolid[mesh.facetElement[f]!]).not.toBe(mesh.elementSolid[mesh.facetOtherElement[f]!]);
    }
    expect(mesh.meta.volume_mm3).toBeCloseTo(2500, 6);
  });

  it('that only touch are not connected', () => {
    const mesh = meshOf('two-touching');
    const nodesOf = (solid: number) =>
      new Set([...mesh.elements].filter((_, i) => mesh.elementSolid[Math.floor(i / 10)] === solid));
    const first = nodesOf(0);
    expect([...nodesOf(1)].some((node) => first.has(node))).toBe(false);
    expect([...mesh.facetOtherElement].every((other) => other === -1)).toBe(true);
  });
});

describe('sizes', () => {
  it('follow the options', () => {
    const coarse = meshOf('box', { maxSize_mm: 10 });
    const fine = meshOf('box', { maxSize_mm: 2 });
    expect(fine.meta.elements).toBeGreaterThan(10 * coarse.meta.elements);
    const curved = meshOf('plate-with-hole', { maxSize_mm: 5, elementsPerCurvature: 5 });
    expect(curved.meta.elements).toBeGreaterThan(1.5 * meshOf('plate-with-hole', { maxSize_mm: 5 }).meta.elements);
  });

  it('are smaller where refinement is asked for', () => {
    const base = { maxSize_mm: 6 };
    const facets = (mesh: Mesh, face: number) => mesh.facetFace.filter((f) => f === face).length;
    const plain = meshOf('box', base);
    const face = meshOf('box', { ...base, refinements: [{ face: 0, size_mm: 1.5 }] });
    expect(facets(face, 0)).toBeGreaterThan(6 * facets(plain, 0));
    expect(facets(face, 1)).toBeLessThan(2 * facets(plain, 1));
    const edge = meshOf('box', { ...base, refinements: [{ edge: 0, size_mm: 1 }] });
    expect(edgeNodes(edge, 0).length).toBeGreaterThan(3 * edgeNodes(plain, 0).length);
    const near = (mesh: Mesh) =>
      [...mesh.nodes.keys()].filter(
        (i) => i % 3 === 0 && Math.hypot(mesh.nodes[i]!, mesh.nodes[i + 1]!, mesh.nodes[i + 2]!) < 3,
      ).length;
    const vertexAtOrigin = [...plain.vertexNodes].findIndex((node) => Math.hypot(...point(plain, node)) < 1e-9);
    expect(
      near(meshOf('box', { ...base, refinements: [{ vertex: vertexAtOrigin, size_mm: 0.5, radius_mm: 2 }] })),
    ).toBeGreaterThan(10 * near(plain));
    expect(
      near(meshOf('box', { ...base, refinements: [{ point: [0, 0, 0], size_mm: 0.5, radius_mm: 2 }] })),
    ).toBeGreaterThan(10 * near(plain));
  });
});

describe('a part whose thin walls cut through each other at the asked size', () => {
  it('gets somewhat smaller elements, not the smallest that there are', { timeout: 60_000 }, () => {
    const size_mm = 24;
    const { meta } = meshOf('robot-link', { maxSize_mm: size_mm, minSize_mm: size_mm / 5, elementsPerCurvature: 3 });
    // 437 cm³ of 5 mm walls; 240,000 elements came of a mesh without a smallest size.
    expect(meta.elements).toBeGreaterThan(5_000);
    expect(meta.elements).toBeLessThan(40_000);
    expect(Math.abs(meta.volume_mm3 / 437_396 - 1)).toBeLessThan(5e-3);
    expect(meta.minimumScaledJacobian).toBeGreaterThan(0.05);
  });
});

describe('what goes wrong', () => {
  const refusal = (brep: string, options: object) => {
    const { status, lines } = run(brep, options);
    expect(status).not.toBe(0);
    return lines.at(-1).error as { code: string; message: string; hint: string };
  };
  it('is said in one line, with a code', () => {
    expect(refusal(join(folder, 'nowhere.brep'), {}).code).toBe('unreadable-geometry');
    const junk = join(folder, 'junk.brep');
    writeFileSync(junk, 'DBRep_DrawableShape\n\nCASCADE Topology V1, (c) Matra-Datavision\nLocations 5\n');
    expect(refusal(junk, {}).code).toMatch(/unreadable-geometry|geometry-failed/);
    expect(refusal(fixture('box'), { maxSize_mm: 'large' }).code).toBe('bad-options');
    expect(refusal(fixture('box'), { refinements: [{ face: 99, size_mm: 1 }] }).message).toMatch(/face 99.*has 6/);
    expect(refusal(fixture('box'), { refinements: [{ size_mm: 1 }] }).code).toBe('bad-options');
  });

  it('and progress is told by stages that only advance', () => {
    const { lines } = meshOf('bracket');
    const stages = lines.slice(0, -1);
    expect(stages.map((line) => line.stage)).toContain('surface mesh');
    for (let i = 1; i < stages.length; i++) expect(stages[i].fraction).toBeGreaterThanOrEqual(stages[i - 1].fraction);
    expect(lines.at(-1)).toMatchObject({ done: true, fraction: 1 });
  });
});

it('a mesh goes straight into the solver', async () => {
  const mesh = meshOf('plate-with-hole');
  const counted = { ...mesh, nodeCount: mesh.nodes.length / 3, elementCount: mesh.elementSolid.length };
  // Stretched by displacements: the work of the reactions is what the strain energy stores.
  const model = modelOf(counted, {
    restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : p[0] > 20 - 1e-9 ? [0.01, 0, 0] : null),
  });
  const solution = await solveStatic(model);
  expect(solution.relativeResidual).toBeLessThan(1e-8);
  let pull = 0;
  for (let node = 0; node < counted.nodeCount; node++)
    if (mesh.nodes[3 * node]! > 20 - 1e-9) pull += solution.reactions[3 * node]!;
  expect(2 * solution.strainEnergy_N_mm).toBeCloseTo(0.01 * pull, 6);
});
