import { describe, expect, it } from 'vitest';
import {
  itemsNamed,
  makePersistentName,
  type NamedBody,
  persistentNameOf,
  resolvePersistentName,
} from './persistent-names.ts';

/** A prism over a polygon: sides by name, `start` and `end`. Edges and vertices as a prism has them. */
function prism(sides: string[], names: Record<number, string[]> = {}): NamedBody {
  const n = sides.length;
  // Faces 0..n-1 sides, n start, n+1 end. Edges: 0..n-1 below, n..2n-1 above, 2n..3n-1 upright between side i-1 and i.
  const edges = [
    ...sides.map((_, i) => ({ faces: [i, n], vertices: [i, (i + 1) % n] })),
    ...sides.map((_, i) => ({ faces: [i, n + 1], vertices: [n + i, n + ((i + 1) % n)] })),
    ...sides.map((_, i) => ({ faces: [(i + n - 1) % n, i], vertices: [i, n + i] })),
  ];
  const faceNames = [...sides.map((side) => `f/side(${side})`), 'f/start', 'f/end'];
  return {
    persistentName: 'f',
    faces: faceNames.map((name, index) => ({
      persistentNames: names[index] ?? [name],
      edges: edges.flatMap(({ faces }, edge) => (faces.includes(index) ? [edge] : [])),
    })),
    edges,
  };
}

describe('names of topology', () => {
  const box = prism(['a', 'b', 'c', 'd']);

  it('calls faces by role, edges by two faces, vertices by all', () => {
    expect(persistentNameOf(box, 'face', 1)).toBe('f/side(b)');
    expect(persistentNameOf(box, 'edge', 2)).toBe('f/side(c)|f/start');
    expect(persistentNameOf(box, 'vertex', 4)).toBe('f/end|f/side(a)|f/side(d)');
    expect(persistentNameOf(box, 'body', 0)).toBe('f');
  });

  it('finds every face, edge and vertex of a prism again by its own name alone', () => {
    for (const [kind, count] of [
      ['face', 6],
      ['edge', 12],
      ['vertex', 8],
    ] as const)
      for (let index = 0; index < count; index++) {
        const name = makePersistentName([box], 0, kind, index)!;
        expect(name.beside).toBeUndefined();
        expect(resolvePersistentName(name, [box])).toEqual({ items: [{ body: 0, kind, index }] });
      }
  });

  it('follows a face to another number when a line is drawn before it', () => {
    const name = makePersistentName([box], 0, 'edge', 2)!;
    const five = prism(['new', 'a', 'b', 'c', 'd']);
    expect(resolvePersistentName(name, [five])).toEqual({ items: [{ body: 0, kind: 'edge', index: 3 }] });
  });

  it('is lost, not moved, when the line that made the face is gone', () => {
    const name = makePersistentName([box], 0, 'edge', 2)!;
    expect(resolvePersistentName(name, [prism(['a', 'b', 'd'])])).toEqual({ items: [] });
  });

  it('keeps both names of a merged face, either of which finds it', () => {
    const merged = prism(['a', 'b', 'c', 'd'], { 0: ['f/side(a)', 'g/side(x)'] });
    expect(itemsNamed([merged], 'face', 'g/side(x)')).toEqual([{ body: 0, kind: 'face', index: 0 }]);
    expect(itemsNamed([merged], 'edge', 'f/start|g/side(x)')).toEqual([{ body: 0, kind: 'edge', index: 0 }]);
  });

  it('means every piece of a face that was whole when it was picked', () => {
    const name = makePersistentName([box], 0, 'face', 0)!;
    const split = prism(['a', 'slot', 'a', 'b', 'c', 'd']);
    expect(resolvePersistentName(name, [split])).toEqual({
      items: [
        { body: 0, kind: 'face', index: 0 },
        { body: 0, kind: 'face', index: 2 },
      ],
    });
  });

  it('tells the pieces of a split face apart by what only one of them touches', () => {
    const split = prism(['a', 'slot', 'a', 'b', 'c', 'd']);
    const right = makePersistentName([split], 0, 'face', 2)!;
    expect(right.beside).toEqual(['f/side(b)']);
    // The pieces change places in the numbering; the one beside b is still meant.
    const turned = prism(['d', 'a', 'slot', 'a', 'b', 'c']);
    expect(resolvePersistentName(right, [turned])).toEqual({ items: [{ body: 0, kind: 'face', index: 3 }] });
    const gone = prism(['a', 'slot', 'a', 'c', 'd']);
    expect(resolvePersistentName(right, [gone])).toEqual({ items: [] });
  });

  it('still knows a piece when the edge to its neighbour is rounded', () => {
    const split = prism(['a', 'slot', 'a', 'b', 'c', 'd']);
    const right = makePersistentName([split], 0, 'face', 2)!;
    const rounded = prism(['a', 'slot', 'a', 'corner', 'b', 'c', 'd'], { 3: ['g/round(f/side(a)|f/side(b))'] });
    expect(resolvePersistentName(right, [rounded])).toEqual({ items: [{ body: 0, kind: 'face', index: 2 }] });
  });

  it('leaves undecided what nothing but the place tells apart', () => {
    const twins = prism(['a', 'x', 'a', 'x']);
    const one = makePersistentName([twins], 0, 'face', 0)!;
    expect(one.beside).toEqual([]);
    expect(resolvePersistentName(one, [twins])).toEqual({
      undecided: [
        { body: 0, kind: 'face', index: 0 },
        { body: 0, kind: 'face', index: 2 },
      ],
    });
  });

  it('reads names of edges within names, whose own bars do not separate', () => {
    const body = prism(['a', 'b', 'c', 'd'], { 1: ['g/round(f/side(b)|f/start)'] });
    const name = makePersistentName([body], 0, 'edge', 1)!;
    expect(name.name).toBe('f/start|g/round(f/side(b)|f/start)');
    expect(resolvePersistentName(name, [body])).toEqual({ items: [{ body: 0, kind: 'edge', index: 1 }] });
  });

  it('does not take a second region for the one that was picked while it was alone', () => {
    const one = prism(['a', 'b', 'c', 'd'], { 5: ['f/end', 'f/end(a)'] });
    const fingerprint = { type: 'plane', size: 1, centre_mm: [0, 0, 0] as [number, number, number] };
    const picked = { ...makePersistentName([one], 0, 'face', 5)!, fingerprint };
    expect(picked.name).toBe('f/end');
    expect(resolvePersistentName(picked, [one])).toEqual({ items: [{ body: 0, kind: 'face', index: 5 }] });
    // Drawn anew, with other lines: still the end.
    const redrawn = prism(['w', 'x', 'y', 'z'], { 5: ['f/end', 'f/end(w)'] });
    expect(resolvePersistentName(picked, [redrawn])).toEqual({ items: [{ body: 0, kind: 'face', index: 5 }] });
    const two = [
      prism(['a', 'b', 'c', 'd'], { 5: ['f/end(a)', 'f/end'] }),
      prism(['q', 'r', 's', 't'], { 5: ['f/end(q)', 'f/end'] }),
    ];
    const both = [
      { body: 0, kind: 'face', index: 5 },
      { body: 1, kind: 'face', index: 5 },
    ];
    expect(resolvePersistentName(picked, two)).toEqual({ undecided: both });
    // By hand, the role is all of them.
    expect(resolvePersistentName({ kind: 'face', name: 'f/end' }, two)).toEqual({ items: both });
  });
});
