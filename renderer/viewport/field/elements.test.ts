import { describe, expect, it } from 'vitest';
import { barMesh } from '../harness-field.ts';
import { runAtOnce } from '../slices.ts';
import { cornerVolume, elementEdges, elementFacts, elementsBehind, extremeElements } from './elements.ts';

const mesh = barMesh(12, 4, 6, 6, 2, 3);
const count = mesh.elements.length / 10;

describe('elements', () => {
  it('are found behind every triangle of the surface, each with all its nodes', () => {
    const behind = runAtOnce(elementsBehind(mesh.elements, mesh.surfaceTriangles, mesh.nodes.length / 3));
    expect(behind.length).toBe(mesh.surfaceTriangles.length / 3);
    for (const [t, element] of behind.entries()) {
      const own = new Set(mesh.elements.subarray(10 * element, 10 * element + 10));
      for (let k = 0; k < 3; k++) expect(own.has(mesh.surfaceTriangles[3 * t + k]!)).toBe(true);
    }
  });
  it('fill the bar with their volumes', () => {
    let volume = 0;
    for (let e = 0; e < count; e++) volume += cornerVolume(mesh.nodes, mesh.elements, e);
    expect(volume).toBeCloseTo(12 * 4 * 6, 3);
  });
  it('tell their number, nodes, size and quality', () => {
    const quality = Float32Array.from({ length: count }, (_, e) => 0.2 + 0.001 * e);
    const facts = elementFacts({ ...mesh, elementQuality: quality }, 4)!;
    expect(facts.number).toBe(5);
    expect(facts.nodes).toEqual([...mesh.elements.subarray(40, 50)].map((node) => node + 1));
    // A brick of 2 x 2 x 2 in six: a sixth of its volume, its side the shortest edge, its diagonal the longest.
    expect(facts.volume_mm3).toBeCloseTo(8 / 6, 5);
    expect(facts.shortestEdge_mm).toBeCloseTo(2, 5);
    expect(facts.longestEdge_mm).toBeCloseTo(2 * Math.sqrt(3), 5);
    expect(facts.quality).toBeCloseTo(0.204, 6);
    expect(facts.error).toBeUndefined();
    expect(elementFacts(mesh, count)).toBeNull();
    expect(elementEdges(mesh.elements, 4).length).toBe(24);
  });
  it('are listed by how bad they are', () => {
    const values = Float32Array.of(0.5, 0.1, 0.9, 0.3, 0.2);
    expect(runAtOnce(extremeElements(values, 'smallest', 3))).toEqual([1, 4, 3]);
    expect(runAtOnce(extremeElements(values, 'largest', 2))).toEqual([2, 0]);
  });
});
