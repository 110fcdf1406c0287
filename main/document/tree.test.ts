import { describe, expect, test } from 'vitest';
import { IDENTITY_TRANSFORM, type Transform, type Vector3 } from '../../preload/contract/geometry.ts';
import { seededRandom } from './ids.ts';
import { instance, refusalOf, view } from './records.fixture.ts';
import {
  composeTransforms,
  determinant,
  invertTransform,
  isRigid,
  rotation,
  transformBox,
  transformDirection,
  transformPoint,
  translation,
} from './transforms.ts';
import { AssemblyTree } from './tree.ts';

const close = (actual: readonly number[], expected: readonly number[]) => {
  actual.forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index]!, 9);
  });
};
const quarterTurn = rotation([0, 0, 1], Math.PI / 2);

describe('placements', () => {
  test('the inner one happens first', () => {
    const placed = composeTransforms(translation([10, 0, 0]), quarterTurn);
    close(transformPoint(placed, [1, 0, 0]), [10, 1, 0]);
    close(transformPoint(composeTransforms(quarterTurn, translation([10, 0, 0])), [1, 0, 0]), [0, 11, 0]);
    close(transformDirection(placed, [1, 0, 0]), [0, 1, 0]);
  });
  test('composing is associative and inverses undo, at random', () => {
    const random = seededRandom(11);
    const any = (): Transform => {
      const axis: Vector3 = [random() - 0.5, random() - 0.5, random() + 0.1];
      return composeTransforms(translation([random() * 9, random() * 9, random() * 9]), rotation(axis, random() * 6));
    };
    for (let run = 0; run < 100; run++) {
      const [a, b, c] = [any(), any(), any()];
      close(composeTransforms(composeTransforms(a, b), c), composeTransforms(a, composeTransforms(b, c)));
      close(composeTransforms(a, invertTransform(a)), IDENTITY_TRANSFORM);
      close(composeTransforms(invertTransform(a), a), IDENTITY_TRANSFORM);
      expect(isRigid(a)).toBe(true);
      expect(determinant(a)).toBeCloseTo(1, 12);
    }
    const sheared: Transform = [1, 2, 3, 4, 0, 2, 1, 5, 7, 0, 3, 6];
    close(composeTransforms(sheared, invertTransform(sheared)), IDENTITY_TRANSFORM);
  });
  test('mirrors, scalings and shears are not rigid', () => {
    expect(isRigid(quarterTurn)).toBe(true);
    expect(isRigid([-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0])).toBe(false);
    expect(isRigid([2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0])).toBe(false);
    expect(isRigid([1, 0.1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0])).toBe(false);
    expect(isRigid(Array(12).fill(Number.NaN))).toBe(false);
  });
  test('boxes are turned with what is in them', () => {
    const box = transformBox(quarterTurn, { min: [0, 0, 0], max: [4, 2, 1] });
    close(box.min, [-2, 0, 0]);
    close(box.max, [0, 4, 1]);
  });
  test('what has no inverse is refused', () => {
    expect(refusalOf(() => invertTransform(Array(12).fill(0))).code).toBe('transform.singular');
    expect(refusalOf(() => rotation([0, 0, 0], 1)).code).toBe('transform.no-axis');
  });
});

describe('the assembly tree', () => {
  const id = (key: string) => instance(key).id;
  const records = [
    view(),
    instance('root', { transform: translation([10, 0, 0]) }),
    instance('second', { parentId: id('root'), order: 2, partId: 'part_000001', transform: translation([0, 5, 0]) }),
    instance('first', { parentId: id('root'), order: 1, hidden: true, transform: quarterTurn }),
    instance('leaf', { parentId: id('first'), partId: 'part_000001', transform: translation([1, 0, 0]) }),
    instance('other', { order: 1, partId: 'part_000002' }),
  ];
  const tree = new AssemblyTree(records);

  test('has its children in order, whatever order the records came in', () => {
    expect(tree.roots().map((each) => each.id)).toEqual([id('root'), id('other')]);
    expect(tree.childrenOf(id('root')).map((each) => each.id)).toEqual([id('first'), id('second')]);
    const reversed = new AssemblyTree(records.toReversed());
    expect(reversed.descendantsOf(null)).toEqual(tree.descendantsOf(null));
  });
  test('knows who is above and below', () => {
    expect(tree.ancestorsOf(id('leaf')).map((each) => each.id)).toEqual([id('first'), id('root')]);
    expect(tree.descendantsOf(id('root')).map((each) => each.id)).toEqual([id('first'), id('leaf'), id('second')]);
  });
  test('places each in the world', () => {
    close(transformPoint(tree.worldTransformOf(id('leaf')), [0, 0, 0]), [10, 1, 0]);
    close(transformPoint(tree.worldTransformOf(id('second')), [0, 0, 0]), [10, 5, 0]);
  });
  test('hides what is inside something hidden', () => {
    expect(tree.isVisible(id('leaf'))).toBe(false);
    expect(tree.isVisible(id('second'))).toBe(true);
    expect(tree.placements().map(({ instance: each, visible }) => [each.id, visible])).toEqual([
      [id('leaf'), false],
      [id('second'), true],
      [id('other'), true],
    ]);
  });
  test('counts', () => {
    expect(tree.counts()).toEqual({ instances: 5, placements: 3, parts: 2, depth: 2 });
    expect(new AssemblyTree([]).counts()).toEqual({ instances: 0, placements: 0, parts: 0, depth: 0 });
  });
  test('a chain of 20,000 needs no deep recursion', () => {
    const key = (n: number) => `n${String(n).padStart(5, '0')}`;
    const chain = Array.from({ length: 20_000 }, (_, n) =>
      instance(key(n), { parentId: n === 0 ? null : id(key(n - 1)), transform: translation([1, 0, 0]) }),
    );
    const deep = new AssemblyTree(chain);
    close(transformPoint(deep.worldTransformOf(id(key(19_999))), [0, 0, 0]), [20_000, 0, 0]);
    expect(deep.counts().depth).toBe(19_999);
  });
  test('a circle in a damaged file does not hang it', () => {
    const circle = new AssemblyTree([instance('x', { parentId: id('y') }), instance('y', { parentId: id('x') })]);
    expect(circle.ancestorsOf(id('x')).length).toBeGreaterThan(1);
    expect(circle.worldTransformOf(id('x'))).toHaveLength(12);
    expect(circle.counts().instances).toBe(2);
  });
});
