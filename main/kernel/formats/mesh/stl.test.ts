import { describe, expect, test } from 'vitest';
import { ascii, boxBody, corpus, fixture, refused } from '../testing.ts';
import { readMesh } from './read.ts';
import { tessellationOfMesh } from './tessellate.ts';
import { writeMesh } from './write.ts';

const facet = (...corners: number[][]): string =>
  `facet normal 0 0 0\n outer loop\n${corners.map((c) => `  vertex ${c.join(' ')}\n`).join('')} endloop\nendfacet\n`;
const ONE = facet([0, 0, 0], [1, 0, 0], [0, 1, 0]);

describe('binary', () => {
  test('the Ahmed body has the volume and area of its drawing', () => {
    const body = readMesh('stl', fixture('ahmed_body.stl'), 'ahmed_body.stl').parts[0]!.bodies[0]!;
    const { info } = tessellationOfMesh(body);
    expect(info).toMatchObject({
      kind: 'mesh',
      triangles: 1160,
      closed: true,
      valid: true,
      shells: 1,
      name: 'ahmed_body',
    });
    expect(info.mass.volume_mm3).toBeCloseTo(110895822.5, 0);
    expect(info.mass.area_mm2).toBeCloseTo(1545302.4, 0);
  });

  test('a count that lies is refused before anything is made for it', () => {
    expect(refused(() => readMesh('stl', fixture('count_lies.stl'), 'a.stl')).data).toMatchObject({
      code: 'import.truncated',
      message: 'The STL file says that it has 4000000000 triangles, but holds only 1.',
    });
  });

  test('coordinates that are no numbers', () => {
    expect(refused(() => readMesh('stl', fixture('nan_coordinates.stl'), 'a.stl')).data).toMatchObject({
      code: 'import.non-finite-numbers',
      cause: 'byte 146: NaN',
    });
  });

  test('cut off, empty, longer than it says', () => {
    const whole = writeMesh('stl', {
      parts: [{ key: 'p', name: 'p', bodies: [boxBody('b', [1, 1, 1])] }],
      instances: [],
    });
    expect(refused(() => readMesh('stl', whole.slice(0, -1), 'a.stl')).code).toBe('import.truncated');
    expect(refused(() => readMesh('stl', whole.slice(0, 60), 'a.stl')).code).toBe('import.truncated');
    const empty = whole.slice(0, 84);
    empty.fill(0, 80, 84);
    expect(refused(() => readMesh('stl', empty, 'a.stl')).code).toBe('import.no-geometry');
    const longer = new Uint8Array(whole.length + 7);
    longer.set(whole);
    expect(readMesh('stl', longer, 'a.stl').warnings.map((w) => w.code)).toEqual(['import.trailing-bytes']);
  });
});

describe('ASCII', () => {
  test('several solids are several bodies', () => {
    const model = readMesh('stl', ascii(`solid one\n${ONE}endsolid one\nsolid\n${ONE}endsolid\n`), 'two.stl');
    expect(model.parts[0]!.bodies.map((body) => body.name)).toEqual(['one', 'solid 2']);
    expect(model.parts[0]!.name).toBe('two');
  });

  test('any white space, any case, old line ends, facets on one line', () => {
    const text = `SOLID x\r${ONE.toUpperCase().replaceAll('\n', '\r')}ENDSOLID x\r`;
    expect(readMesh('stl', ascii(text), 'a.stl').parts[0]!.bodies[0]!.indices).toHaveLength(3);
    const oneLine =
      'solid x\nfacet normal 0 0 1 outer loop vertex 0 0 0 vertex 1 0 0 vertex 0 1e0 -.0 endloop endfacet\nendsolid x';
    expect(readMesh('stl', ascii(oneLine), 'a.stl').parts[0]!.bodies[0]!.indices).toHaveLength(3);
  });

  test.each([
    ['not closed', `solid a\n${ONE}`, 'import.truncated', 'line 9'],
    ['cut in a vertex', 'solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0', 'import.truncated', 'line 4'],
    ['two corners', `solid a\n${facet([0, 0, 0], [1, 0, 0])}${ONE}endsolid a\n`, 'import.corrupt', 'line 8'],
    [
      'not a number',
      `solid a\n${facet([0, 0, 0], [1, 0, 0], [0, Number.NaN, 0])}endsolid a\n`,
      'import.non-finite-numbers',
      'line 6',
    ],
    ['a word', `solid a\n${ONE.replace('1 0 0', '1 zero 0')}endsolid a\n`, 'import.corrupt', 'line 5'],
    ['another format inside', `solid a\nfacet normal 0 0 1\nhello\nendsolid a\n`, 'import.corrupt', 'line 3'],
    ['nothing', 'solid a\nendsolid a\n', 'import.no-geometry', undefined],
    ['only slivers', `solid a\n${facet([0, 0, 0], [0, 0, 0], [1, 0, 0])}endsolid a\n`, 'import.no-geometry', undefined],
  ])('%s is refused', (_, text, code, cause) => {
    const error = refused(() => readMesh('stl', ascii(text), 'a.stl'));
    expect(error.code).toBe(code);
    expect(error.data.cause).toBe(cause);
  });
});

test('the same shape in either form', () => {
  const [text, binary] = [corpus('mesh/Spider_ascii.stl'), corpus('mesh/Spider_binary.stl')];
  if (!text || !binary) return;
  const of = (bytes: Uint8Array) => tessellationOfMesh(readMesh('stl', bytes, 'a.stl').parts[0]!.bodies[0]!).info;
  expect(of(text).triangles).toBe(1368);
  expect(of(binary).triangles).toBe(1368);
  expect(of(text).mass.area_mm2).toBeCloseTo(of(binary).mass.area_mm2, 3);
});

test('seams that single precision pulled apart are closed', () => {
  const file = corpus('mesh/featuretype.STL');
  if (!file) return;
  expect(tessellationOfMesh(readMesh('stl', file, 'a.stl').parts[0]!.bodies[0]!).info).toMatchObject({
    closed: true,
    triangles: 3476,
  });
});
