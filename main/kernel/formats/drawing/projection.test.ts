import { describe, expect, test } from 'vitest';
import { refused } from '../testing.ts';
import { writeProjection } from './projection.ts';

const square = [
  [0, 0],
  [40, 0],
  [40, 20],
  [0, 20],
  [0, 0],
];
const drawing = {
  visible: [square],
  hidden: [
    [
      [10, 0],
      [10, 20],
    ],
  ],
};
const write = (format: 'dxf' | 'svg', title = 'Plate', shown = drawing): string =>
  new TextDecoder().decode(writeProjection(format, shown, { title }));

/** Pairs of group code and value. */
const pairs = (dxf: string): [number, string][] => {
  const lines = dxf.split('\r\n');
  const out: [number, string][] = [];
  for (let i = 0; i + 1 < lines.length; i += 2) out.push([Number(lines[i]), lines[i + 1]!]);
  return out;
};

describe('DXF', () => {
  const groups = pairs(write('dxf'));
  test('is of Release 12, with its sections in order', () => {
    expect(
      groups
        .filter(([code]) => code === 2 || code === 0)
        .filter(([, v]) => /SECTION|HEADER|TABLES|ENTITIES|EOF|ENDSEC/.test(v))
        .map(([, v]) => v),
    ).toEqual(['SECTION', 'HEADER', 'ENDSEC', 'SECTION', 'TABLES', 'ENDSEC', 'SECTION', 'ENTITIES', 'ENDSEC', 'EOF']);
    expect(groups).toContainEqual([1, 'AC1009']);
    expect(groups.every(([code]) => Number.isInteger(code) && code >= 0)).toBe(true);
  });
  test('lines lie on their layers, outlines are closed', () => {
    const entities = groups.slice(groups.findIndex(([, v]) => v === 'ENTITIES'));
    expect(entities.filter(([code]) => code === 0).map(([, v]) => v)).toEqual([
      'LINE',
      'POLYLINE',
      'VERTEX',
      'VERTEX',
      'VERTEX',
      'VERTEX',
      'SEQEND',
      'TEXT',
      'ENDSEC',
      'EOF',
    ]);
    expect(entities.filter(([code]) => code === 8).map(([, v]) => v)).toEqual([
      'HIDDEN',
      ...new Array(6).fill('VISIBLE'),
      'TITLE',
    ]);
    expect(entities).toContainEqual([70, '1']);
  });
  test('the title stays one line of ASCII', () => {
    const dxf = write('dxf', 'Gehäuse\r\n  0\r\nEOF ^ 歯');
    expect(/^[\x20-\x7e\r\n]*$/.test(dxf)).toBe(true);
    expect(pairs(dxf)).toContainEqual([1, 'Geh\\U+00E4use    0  EOF ^  \\U+6B6F']);
    expect(pairs(dxf).filter(([code, v]) => code === 0 && v === 'EOF')).toHaveLength(1);
  });
});

describe('SVG', () => {
  test('is at true size, in mm, with y up', () => {
    const svg = write('svg');
    expect(svg).toContain('width="43.2mm" height="23.2mm" viewBox="0 0 43.2 23.2"');
    expect(svg).toContain('d="M1.6 21.6L41.6 21.6L41.6 1.6L1.6 1.6Z"');
    expect(svg).toMatch(/<g id="hidden"[^>]*stroke-dasharray=/);
    expect(svg.indexOf('id="hidden"')).toBeLessThan(svg.indexOf('id="visible"'));
  });
  test('the title is escaped', () => {
    expect(write('svg', '</title><script>x</script>&"')).toContain(
      '<title>&lt;/title&gt;&lt;script&gt;x&lt;/script&gt;&amp;&quot;</title>',
    );
  });
  test('a part of a few micrometres keeps its digits', () => {
    const tiny = {
      visible: [
        [
          [0, 0],
          [0.004, 0.003],
        ],
      ],
      hidden: [],
    };
    expect(write('svg', 't', tiny)).toMatch(/d="M0\.00016 0\.00316L0\.00416 0\.00016"/);
  });
});

test('nothing to draw, and points that are none, are refused', () => {
  for (const format of ['dxf', 'svg'] as const) {
    expect(refused(() => write(format, '', { visible: [], hidden: [[[0, 0]]] })).code).toBe('export.no-lines');
    expect(
      refused(() =>
        write(format, '', {
          visible: [
            [
              [0, 0],
              [Number.NaN, 1],
            ],
          ],
          hidden: [],
        }),
      ).code,
    ).toBe('export.non-finite-numbers');
  }
});
