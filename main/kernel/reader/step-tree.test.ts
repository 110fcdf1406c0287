import { describe, expect, it } from 'vitest';
import { checkTree } from './step-tree.ts';

const file = (uses: [number, number][]): Uint8Array =>
  new TextEncoder().encode(
    uses
      .map(
        ([parent, child], i) =>
          `#${i + 1000}=NEXT_ASSEMBLY_USAGE_OCCURRENCE('${i}','it''s, #1',\n $,#${parent},#${child},$);`,
      )
      .join('\n'),
  );
const doubling = (levels: number): [number, number][] =>
  Array.from({ length: levels }, (_, level): [number, number][] => [
    [level, level + 1],
    [level, level + 1],
  ]).flat();

describe('the size of an assembly tree', () => {
  it('lets ordinary assemblies pass', () => {
    expect(() => checkTree(file([]))).not.toThrow();
    expect(() => checkTree(file(doubling(15)))).not.toThrow();
  });
  it('refuses a few lines that stand for billions of parts', () => {
    expect(() => checkTree(file(doubling(17)))).toThrow(/262,143 nodes/);
    expect(() => checkTree(file(doubling(200)))).toThrow(/more than a thousand million/);
  });
  it('does not count a sub-assembly as a tree of its own', () => {
    const shared = doubling(15);
    expect(() => checkTree(file([...shared, [500, 1], [501, 500]]))).not.toThrow();
  });
  it('refuses an assembly that contains itself', () => {
    expect(() =>
      checkTree(
        file([
          [1, 2],
          [2, 3],
          [3, 1],
        ]),
      ),
    ).toThrow(/contains itself/);
    expect(() => checkTree(file([[1, 1]]))).toThrow(/contains itself/);
  });
  it('is not stopped by depth', () => {
    const chain = Array.from({ length: 50_000 }, (_, i): [number, number] => [i, i + 1]);
    expect(() => checkTree(file(chain))).not.toThrow();
  });
});
