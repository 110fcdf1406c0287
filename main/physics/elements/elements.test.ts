import { describe, expect, it } from 'vitest';
import { boxMesh } from '../testing/box-mesh.ts';
import { elementVolume, TETRAHEDRON_POINTS, tetrahedronDerivatives, tetrahedronShape } from './tetrahedron10.ts';
import { TRIANGLE_POINTS, triangleShape } from './triangle6.ts';

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

describe('quadrature', () => {
  it('integrates every monomial up to its degree on the triangle and the tetrahedron', () => {
    for (let a = 0; a <= 4; a++)
      for (let b = 0; a + b <= 4; b++) {
        const got = TRIANGLE_POINTS.reduce((sum, [r, s, w]) => sum + w * r ** a * s ** b, 0);
        expect(got).toBeCloseTo((factorial(a) * factorial(b)) / factorial(a + b + 2), 14);
      }
    for (let a = 0; a <= 5; a++)
      for (let b = 0; a + b <= 5; b++)
        for (let c = 0; a + b + c <= 5; c++) {
          const got = TETRAHEDRON_POINTS.reduce((sum, [r, s, t, w]) => sum + w * r ** a * s ** b * t ** c, 0);
          expect(got).toBeCloseTo((factorial(a) * factorial(b) * factorial(c)) / factorial(a + b + c + 3), 14);
        }
  });
});

describe('shape functions', () => {
  it('add up to one and vanish at the other nodes', () => {
    const nodes = [
      [0, 0, 0],
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [0.5, 0, 0],
      [0.5, 0.5, 0],
      [0, 0.5, 0],
      [0, 0, 0.5],
      [0.5, 0, 0.5],
      [0, 0.5, 0.5],
    ] as [number, number, number][];
    nodes.forEach((point, index) => {
      tetrahedronShape(...point).forEach((value, other) => {
        expect(value).toBeCloseTo(index === other ? 1 : 0, 14);
      });
    });
    expect(triangleShape(0.2, 0.3).reduce((a, b) => a + b)).toBeCloseTo(1, 14);
  });

  it('have the derivatives that differences give', () => {
    const at: [number, number, number] = [0.2, 0.3, 0.1];
    const step = 1e-6;
    const slopes = tetrahedronDerivatives(...at);
    for (let axis = 0; axis < 3; axis++) {
      const up: [number, number, number] = [...at];
      const down: [number, number, number] = [...at];
      up[axis]! += step;
      down[axis]! -= step;
      const high = tetrahedronShape(...up);
      const low = tetrahedronShape(...down);
      for (let k = 0; k < 10; k++) expect(slopes[10 * axis + k]).toBeCloseTo((high[k]! - low[k]!) / (2 * step), 8);
    }
  });

  it('give the volume of a bent box', () => {
    // A quarter tube of radii 1 and 2, length 1: 3 pi / 4. Quadratic sides follow the circle closely, not exactly.
    const mesh = boxMesh({
      min: [1, 0, 0],
      max: [2, Math.PI / 2, 1],
      divisions: [2, 6, 1],
      map: ([r, angle, z]) => [r * Math.cos(angle), r * Math.sin(angle), z],
    });
    let volume = 0;
    for (let element = 0; element < mesh.elements.length / 10; element++)
      volume += elementVolume(mesh.nodes, mesh.elements, element);
    expect(volume).toBeCloseTo((3 * Math.PI) / 4, 4);
  });
});
