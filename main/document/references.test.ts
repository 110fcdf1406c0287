import { describe, expect, test } from 'vitest';
import type { BodyInfo, Reference } from '../../preload/contract/geometry.ts';
import { boxWithBore } from './box.fixture.ts';
import { refusalOf } from './records.fixture.ts';
import { type Candidate, makePick, resolveReference, resolveReferences } from './references.ts';

const body = boxWithBore();
/** The same body with its faces listed in another order. */
const shuffled = (info: BodyInfo): BodyInfo => ({ ...info, faces: info.faces.toReversed() });
const codeOf = (reference: Reference, bodies: BodyInfo[]) => resolveReference(reference, bodies).error?.code;

describe('a pick', () => {
  test.each(['face', 'edge', 'vertex', 'body'] as const)('of a %s finds it again', (kind) => {
    const count = { face: 7, edge: 14, vertex: 8, body: 1 }[kind];
    for (let index = 0; index < count; index++) {
      const pick = makePick([body], 0, kind, index);
      expect(resolveReference(pick, [body])).toEqual({ items: [{ body: 0, kind, index }] });
    }
  });
  test('follows its face when the order has changed', () => {
    const pick = makePick([body], 0, 'face', 6);
    expect(resolveReference(pick, [shuffled(body)]).items).toEqual([{ body: 0, kind: 'face', index: 0 }]);
  });
  test('follows its face into another body', () => {
    const pick = makePick([body], 0, 'face', 2);
    const other = boxWithBore([5, 5, 5], [100, 0, 0], 1);
    expect(resolveReference(pick, [other, body]).items).toEqual([{ body: 1, kind: 'face', index: 2 }]);
  });
  test('survives the rounding of another kernel', () => {
    const pick = makePick([body], 0, 'face', 5);
    expect(resolveReference(pick, [boxWithBore([40.0001, 20, 10.0001])]).error).toBeUndefined();
  });
  test('of a face that has moved is an error that names the nearest, never the face now at its index', () => {
    const pick = makePick([body], 0, 'face', 5);
    const { items, error } = resolveReference(pick, [boxWithBore([40, 20, 12])]);
    expect(items).toEqual([]);
    expect(error?.code).toBe('reference.lost');
    const { candidates } = error!.details as { candidates: Candidate[] };
    expect(candidates[0]).toMatchObject({ kind: 'face', index: 5 });
    expect(error?.hint).toContain('face 6');
  });
  test('of a hole that has grown is an error', () => {
    const pick = makePick([body], 0, 'face', 6);
    expect(codeOf(pick, [boxWithBore([40, 20, 10], [0, 0, 0], 3.1)])).toBe('reference.lost');
  });
  test('that fits two places is an error', () => {
    const pick = makePick([body], 0, 'face', 6);
    // Two bodies in one place; the picked index itself no longer fits.
    const [first, second] = [shuffled(body), shuffled(body)];
    expect(codeOf(pick, [first, second])).toBe('reference.ambiguous');
  });
  test('of a face turned round is an error', () => {
    const pick = makePick([body], 0, 'face', 5);
    const turned = {
      ...body,
      faces: body.faces.map((face, i) =>
        i === 5 ? { ...face, normal: [0, 0, -1] as [number, number, number] } : face,
      ),
    };
    expect(codeOf(pick, [turned])).toBe('reference.lost');
  });
  test('of another kind of surface in the same place is an error', () => {
    const pick = makePick([body], 0, 'face', 5);
    const bent = {
      ...body,
      faces: body.faces.map((face, i) => (i === 5 ? { ...face, type: 'bspline' as const } : face)),
    };
    expect(codeOf(pick, [bent])).toBe('reference.lost');
  });
  test('on nothing is an error, and can not be made', () => {
    expect(codeOf(makePick([body], 0, 'face', 5), [])).toBe('reference.lost');
    expect(refusalOf(() => makePick([body], 0, 'face', 99)).code).toBe('reference.no-such-item');
    expect(refusalOf(() => makePick([body], 3, 'face', 0)).code).toBe('reference.no-such-item');
  });
});

test('selectors resolve too, and their errors are answers', () => {
  expect(resolveReference({ by: 'selector', selector: 'faces |Z' }, [body]).items).toHaveLength(2);
  expect(codeOf({ by: 'selector', selector: 'faces %SPHERE' }, [body])).toBe('selector.no-match');
  expect(codeOf({ by: 'selector', selector: 'faces >>' }, [body])).toBe('selector.syntax');
});

test('several references count each item once, and one bad one is an error of all', () => {
  const pick = makePick([body], 0, 'face', 5);
  const both = resolveReferences([pick, { by: 'selector', selector: 'faces |Z' }], [body]);
  expect(both.items).toHaveLength(2);
  const bad = resolveReferences([pick, { by: 'selector', selector: 'faces %SPHERE' }], [body]);
  expect(bad).toMatchObject({ items: [], error: { code: 'selector.no-match' } });
});
