import { describe, expect, test } from 'vitest';
import { ascii, corpus, refused } from '../testing.ts';
import { triangulate } from './polygon.ts';
import { readMesh } from './read.ts';

const obj = (text: string) => readMesh('obj', ascii(text), 'file.obj');
const V = 'v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n';

describe('OBJ', () => {
  test('objects are parts, groups are bodies, names and colours are kept', () => {
    const model = obj(
      `# by hand\n${V}v 0 0 1 1 0 0\nv 1 0 1 1 0 0\nv 0 1 1 1 0 0\no Left part\ng a\nf 1 2 3\ng b\nf 1/1 3/2/3 4//2\no Right\nf -3 -2 -1\n`,
    );
    expect(model.originatingSystem).toBe('by hand');
    expect(model.parts.map((p) => [p.name, p.bodies.map((b) => b.name)])).toEqual([
      ['Left part', ['a', 'b']],
      ['Right', ['Right']],
    ]);
    expect(model.parts[1]!.bodies[0]).toMatchObject({
      colour: [1, 0, 0],
      positions_mm: Float64Array.of(0, 0, 1, 1, 0, 1, 0, 1, 1),
    });
    expect(model.instances.map((i) => [i.partKey, i.parentKey])).toEqual([
      ['part-1', null],
      ['part-2', null],
    ]);
  });

  test('a group that is taken up again is one body', () => {
    expect(obj(`${V}g a\nf 1 2 3\ng b\nf 1 2 4\ng a\nf 1 3 4\n`).parts[0]!.bodies.map((b) => b.indices.length)).toEqual(
      [6, 3],
    );
  });

  test('lines continued with a backslash, polygons, comments behind faces', () => {
    expect(obj(`${V}f 1 2 \\\n 3 4 # square\n`).parts[0]!.bodies[0]!.indices).toHaveLength(6);
  });

  test('materials of another file are mentioned', () => {
    expect(obj(`mtllib x.mtl\n${V}usemtl red\nf 1 2 3\n`).warnings.map((w) => w.code)).toEqual(['obj.materials']);
  });

  test.each([
    ['an index of zero', `${V}f 0 1 2\n`, 'import.corrupt', 'line 5'],
    ['an index beyond the end', `${V}\nf 1 2 9\n`, 'import.corrupt', 'line 6'],
    ['an index before the beginning', `${V}f 1 2 -5\n`, 'import.corrupt', 'line 5'],
    ['two corners', `${V}f 1 2\n`, 'import.corrupt', 'line 5'],
    ['two coordinates', 'v 0 0\n', 'import.corrupt', 'line 1'],
    ['NaN', 'v 0 0 0\nv nan 0 0\n', 'import.non-finite-numbers', 'line 2'],
    ['an overflow', 'v 0 1e999 0\n', 'import.non-finite-numbers', 'line 1'],
    ['a word', 'v 0 x 0\n', 'import.corrupt', 'line 1'],
    ['no faces', V, 'import.no-geometry', undefined],
  ])('%s is refused', (_, text, code, cause) => {
    expect(refused(() => obj(text)).data).toMatchObject({ code, ...(cause ? { cause } : {}) });
  });

  const malformed = corpus('nasty/malformed.obj');
  test.skipIf(!malformed)('the malformed file of the corpus names the line', () => {
    expect(refused(() => readMesh('obj', malformed!, 'a.obj')).data.cause).toBe('line 23');
  });
});

describe('PLY', () => {
  const header = (format: string, vertices: number, faces: number, more = ''): string =>
    `ply\nformat ${format} 1.0\ncomment by hand\nelement vertex ${vertices}\nproperty float x\nproperty float y\nproperty float z\n${more}element face ${faces}\nproperty list uchar int vertex_indices\nend_header\n`;
  const text = `${header('ascii', 4, 2)}0 0 0\n1 0 0\n1 1 0\n0 1 0\n3 0 1 2\n3 0 2 3\n`;
  const binary = (little: boolean): Uint8Array => {
    const head = ascii(header(little ? 'binary_little_endian' : 'binary_big_endian', 4, 1));
    const bytes = new Uint8Array(head.length + 48 + 17);
    bytes.set(head);
    const view = new DataView(bytes.buffer, head.length);
    [0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0].forEach((x, i) => {
      view.setFloat32(4 * i, x, little);
    });
    view.setUint8(48, 4);
    [0, 1, 2, 3].forEach((x, i) => {
      view.setInt32(49 + 4 * i, x, little);
    });
    return bytes;
  };
  const ply = (content: string | Uint8Array) =>
    readMesh('ply', typeof content === 'string' ? ascii(content) : content, 'file.ply');

  test('text and both byte orders say the same', () => {
    const expected = { positions_mm: Float64Array.of(0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0) };
    for (const content of [text, binary(true), binary(false)]) {
      const body = ply(content).parts[0]!.bodies[0]!;
      expect(body).toMatchObject(expected);
      expect(body.indices).toHaveLength(6);
    }
  });

  test('unknown elements and properties are stepped over', () => {
    const content = `ply\nformat ascii 1.0\nelement camera 1\nproperty list int float view\nelement vertex 3\nproperty uchar red\nproperty double x\nproperty double y\nproperty double z\nelement face 1\nproperty list uchar uint vertex_index\nproperty list uchar float texcoord\nend_header\n2 1.5 2.5\n9 0 0 0\n9 1 0 0\n9 0 1 0\n3 0 1 2 2 0.5 0.5\n`;
    expect(ply(content).parts[0]!.bodies[0]!.indices).toHaveLength(3);
  });

  test('strips', () => {
    const content = text
      .replace('element face 2', 'element tristrips 1')
      .replace('3 0 1 2\n3 0 2 3\n', '4 0 1 3 2\n')
      .replace('uchar int', 'int int');
    expect(Array.from(ply(content).parts[0]!.bodies[0]!.indices)).toEqual([0, 1, 3, 1, 2, 3]);
  });

  test.each([
    ['a count that lies', text.replace('vertex 4', 'vertex 4000000000'), 'import.truncated'],
    ['a list that lies', text.replace('3 0 1 2', '200 0 1 2'), 'import.truncated'],
    ['a vertex that is not there', text.replace('3 0 1 2', '3 0 1 4'), 'import.corrupt'],
    ['a negative vertex', text.replace('3 0 1 2', '3 0 1 -1'), 'import.corrupt'],
    ['NaN', text.replace('1 1 0', '1 nan 0'), 'import.non-finite-numbers'],
    ['a word', text.replace('1 1 0', '1 x 0'), 'import.corrupt'],
    ['a header that does not end', text.slice(0, 60), 'import.truncated'],
    ['data that does not end', text.slice(0, -4), 'import.truncated'],
    ['points only', `${header('ascii', 1, 0)}0 0 0\n`, 'import.no-geometry'],
    ['an unknown type', text.replace('float x', 'quad x'), 'import.corrupt'],
    ['no z', text.replace('property float z\n', ''), 'import.corrupt'],
  ])('%s is refused', (_, content, code) => {
    expect(refused(() => ply(content)).code).toBe(code);
  });

  test('cut binary', () => {
    expect(refused(() => ply(binary(true).slice(0, -1))).code).toBe('import.truncated');
    expect(refused(() => ply(binary(false).slice(0, -20))).code).toBe('import.truncated');
  });
});

describe('polygons', () => {
  const area = (points: number[][]): number => {
    const flat = points.flatMap(([x, y]) => [x!, y!, 0]);
    const cut = triangulate(
      flat,
      points.map((_, i) => i),
    );
    let sum = 0;
    for (let i = 0; i < cut.length; i += 3) {
      const [a, b, c] = [points[cut[i]!]!, points[cut[i + 1]!]!, points[cut[i + 2]!]!];
      const twice = (b[0]! - a[0]!) * (c[1]! - a[1]!) - (b[1]! - a[1]!) * (c[0]! - a[0]!);
      expect(twice).toBeGreaterThanOrEqual(0);
      sum += twice / 2;
    }
    expect(cut).toHaveLength(3 * (points.length - 2));
    return sum;
  };
  test('concave outlines are cut inside themselves', () => {
    expect(
      area([
        [0, 0],
        [4, 0],
        [4, 4],
        [2, 1],
        [0, 4],
      ]),
    ).toBeCloseTo(10, 9);
    expect(
      area([
        [0, 0],
        [3, 0],
        [3, 3],
        [2, 3],
        [2, 1],
        [1, 1],
        [1, 3],
        [0, 3],
      ]),
    ).toBeCloseTo(7, 9);
  });
});
