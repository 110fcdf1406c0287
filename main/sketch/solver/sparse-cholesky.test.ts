import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../document/index.ts';
import { SparseCholesky } from './sparse-cholesky.ts';

describe('sparse normal equations', () => {
  it('are solved to rounding for random patterns, again and again with the same structure', () => {
    const random = seededRandom(3);
    for (let round = 0; round < 20; round++) {
      const size = 5 + Math.floor(40 * random());
      const rows = Array.from({ length: size + 5 }, () => {
        const columns = new Set(
          Array.from({ length: 1 + Math.floor(4 * random()) }, () => Math.floor(size * random())),
        );
        return Int32Array.from(columns).sort();
      });
      const cholesky = new SparseCholesky(size, rows);
      for (let again = 0; again < 2; again++) {
        const gradients = rows.map((columns) => Float64Array.from([...columns, 0], () => 2 * random() - 1));
        const weights = Float64Array.from(rows, () => 0.5 + random());
        const diagonal = Float64Array.from({ length: size }, () => 0.1 + random());
        const wanted = Float64Array.from({ length: size }, () => 10 * random() - 5);
        const right = wanted.map((value, i) => value * diagonal[i]!);
        rows.forEach((columns, r) => {
          let along = 0;
          columns.forEach((column, i) => {
            along += gradients[r]![i]! * wanted[column]!;
          });
          columns.forEach((column, i) => {
            right[column]! += weights[r]! * gradients[r]![i]! * along;
          });
        });
        expect(cholesky.factorise(gradients, weights, diagonal)).toBe(true);
        cholesky.solve(right);
        for (let i = 0; i < size; i++) expect(right[i]).toBeCloseTo(wanted[i]!, 9);
      }
    }
  });
  it('say so where the matrix is not positive', () => {
    const cholesky = new SparseCholesky(2, [Int32Array.of(0, 1)]);
    expect(cholesky.factorise([Float64Array.of(1, 1, 0)], Float64Array.of(1), new Float64Array(2))).toBe(false);
  });
});
