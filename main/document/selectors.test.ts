import { describe, expect, test } from 'vitest';
import { boxWithBore } from './box.fixture.ts';
import { select } from './selectors.ts';

const body = boxWithBore();
const indices = (text: string, bodies = [body]): number[] => select(text, bodies).map(({ index }) => index);
const refusal = (text: string, bodies = [body]): { code: string; message: string; hint?: string } => {
  try {
    select(text, bodies);
  } catch (thrown) {
    return (thrown as { data: { code: string; message: string; hint?: string } }).data;
  }
  throw new Error(`"${text}" was not refused`);
};

// Faces 0-5: -X +X -Y +Y -Z +Z, 6: the bore (centre in the middle).
describe('the selectors of CadQuery on faces', () => {
  test.each([
    ['>Z', [5]],
    ['<Z', [4]],
    ['faces >X', [1]],
    ['> X', [1]],
    ['|Z', [4, 5]],
    ['#Z', [0, 1, 2, 3]],
    ['+Z', [5]],
    ['-Z', [4]],
    ['Z', [5]],
    ['%PLANE', [0, 1, 2, 3, 4, 5]],
    ['%cylinder', [6]],
    ['top', [3]],
    ['left', [0]],
    ['>Z[0]', [4]],
    ['>Z[1]', [5]],
    ['>Z[-1]', [5]],
    ['<Z[0]', [5]],
    ['>>Z[1]', [0, 1, 2, 3, 6]],
    ['<<Z[-1]', [4]],
    ['>>Z', [5]],
    ['>(0, 0, 1)', [5]],
    ['>(1,1,0)', [1]],
    ['|(0,0,-2)', [4, 5]],
    ['>XY', [1]],
    ['near (20, 10, 10)', [5]],
    ['near (-5, 10.5, 5.2)', [0]],
    ['faces', [0, 1, 2, 3, 4, 5, 6]],
    ['face hole-3/wall', [6]],
    ['face "hole-3/wall"', [6]],
  ])('%s', (text, expected) => {
    expect(indices(text)).toEqual(expected);
  });

  test.each([
    ['>Z or <Z', [4, 5]],
    ['|Z and >Z', [5]],
    ['%PLANE exc |Z', [0, 1, 2, 3]],
    ['%PLANE except (|Z or |X)', [2, 3]],
    ['not %PLANE', [6]],
    ['not(<X or >X or <Y or >Y)', [4, 5, 6]],
    // `and` binds before `or`: (|X and >X) or >Z.
    ['|X and >X or >Z', [1, 5]],
    // `or` binds before `exc`: (|X or |Y) exc >X.
    ['|X or |Y exc >X', [0, 2, 3]],
    // `not` binds last: not (|Z and >Z).
    ['not |Z and >Z', [0, 1, 2, 3, 4, 6]],
    ['(not |Z) and >X', [1]],
    ['%PLANE and not |Z', [0, 1, 2, 3]],
  ])('%s combines', (text, expected) => {
    expect(indices(text)).toEqual(expected);
  });
});

describe('on edges, vertices and bodies', () => {
  test.each([
    ['edges |Z', [8, 9, 10, 11]],
    ['edges |Z and >Y', [10, 11]],
    ['edges %CIRCLE', [12, 13]],
    ['edges %CIRCLE and >Z', [13]],
    // Without an index the centre counts, whatever the direction: the rim's centre is as high as the top edges' are.
    ['edges >Z', [2, 3, 6, 7, 13]],
    // With one, only parallel ones are counted.
    ['edges >Y[0]', [4, 5, 6, 7]],
    ['vertices >Z and >X and >Y', [7]],
    ['vertices <(1, 1, 1)', [0]],
    ['bodies', [0]],
  ])('%s', (text, expected) => {
    expect(indices(text)).toEqual(expected);
  });

  test('looks through all bodies of a part together', () => {
    const two = [body, boxWithBore([40, 20, 10], [0, 0, 50])];
    expect(select('faces >Z', two)).toEqual([{ body: 1, kind: 'face', index: 5 }]);
    expect(select('faces <Z', two)).toEqual([{ body: 0, kind: 'face', index: 4 }]);
    expect(select('faces |Z', two)).toHaveLength(4);
  });

  test('places within 0.0001 mm are one place', () => {
    const close = [body, boxWithBore([40, 20, 10.00005], [100, 0, 0]), boxWithBore([40, 20, 10.01], [200, 0, 0])];
    expect(select('faces >>Z[-1]', close)).toEqual([{ body: 2, kind: 'face', index: 5 }]);
    expect(select('faces >>Z[-2]', close)).toHaveLength(2);
  });
});

describe('what can not be right is refused', () => {
  test('a selector that matches nothing', () => {
    expect(refusal('faces %SPHERE')).toMatchObject({ code: 'selector.no-match' });
    expect(refusal('faces %SPHERE').hint).toContain('cylinder and plane');
    expect(refusal('|Z and |X').code).toBe('selector.no-match');
    expect(refusal('face hole-4/wall').code).toBe('selector.no-match');
  });
  test('an index beyond the last', () => {
    expect(refusal('>Z[2]')).toMatchObject({ code: 'selector.no-match' });
    expect(refusal('>Z[2]').hint).toContain('from 0 to 1');
  });
  test('a part without such topology', () => {
    expect(refusal('edges', [{ ...body, edges: [] }]).hint).toBe('The part has no edges.');
  });
  test.each([
    '',
    '>',
    '>W',
    '>Z[',
    '>Z]',
    '>Z and',
    'and >Z',
    '(>Z',
    '%BANANA',
    'near 1,2,3',
    '>(0,0,0)',
    '>Z >X',
    'faces >Z;',
  ])('nonsense: "%s"', (text) => {
    expect(refusal(text).code).toBe('selector.syntax');
  });
  test('depth and length have bounds', () => {
    expect(refusal(`${'('.repeat(150)}>Z${')'.repeat(150)}`).code).toBe('selector.syntax');
    expect(refusal('>Z or '.repeat(1000)).code).toBe('selector.syntax');
  });
});
