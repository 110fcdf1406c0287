/** Bolts as patterns: what is written is read again as the same pattern, and places that are none stay as they are. */
import { describe, expect, it } from 'vitest';
import { asKind, type BoltPattern, type Point, patternOf, pointsOf } from './bolt-pattern.ts';
import { readContent, withInterfaceName, withValue } from './brief-document.ts';
import { lengthText, newBox, newInterface } from './interface-document.ts';

const written = (points: readonly Point[]): Point[] =>
  points.map((point) => point.map((x) => Number(x.toFixed(6))) as unknown as Point);

describe('a pattern of bolts', () => {
  it.each<[string, BoltPattern]>([
    ['z', { kind: 'circle', count: 6, diameter: 110, angle: 0, centre: [0, 0, 5] }],
    ['x', { kind: 'circle', count: 3, diameter: 47.5, angle: 30, centre: [1, 2, 3] }],
    ['-y', { kind: 'circle', count: 2, diameter: 60, angle: 15, centre: [0, 0, 0] }],
    ['y', { kind: 'grid', counts: [3, 2], spacing: [25, 40], centre: [10, 0, -4] }],
    ['z', { kind: 'grid', counts: [1, 4], spacing: [0, 12.5], centre: [0, 0, 0] }],
  ])('along %s is read as it was written: %o', (axis, pattern) => {
    const points = written(pointsOf(pattern, axis));
    const read = patternOf(points, axis);
    expect(read.kind).toBe(pattern.kind);
    expect(written(pointsOf(read, axis))).toEqual(points);
    expect(read).toMatchObject(
      pattern.kind === 'circle' ? { count: pattern.count, diameter: expect.closeTo(pattern.diameter, 4) } : pattern,
    );
  });

  it('of a square is what a person chose, and of no order is left alone', () => {
    const square = pointsOf({ kind: 'grid', counts: [2, 2], spacing: [40, 40], centre: [0, 0, 0] }, 'z');
    expect(patternOf(square, 'z')).toMatchObject({ kind: 'grid', counts: [2, 2], spacing: [40, 40] });
    expect(patternOf(square, 'z', 'circle')).toMatchObject({ kind: 'circle', count: 4, angle: -135 });
    expect(patternOf(square, 'z', 'points')).toMatchObject({ kind: 'points' });
    const loose: Point[] = [
      [0, 0, 0],
      [10, 0, 0],
      [10, 7, 0],
    ];
    expect(patternOf(loose, 'z')).toEqual({ kind: 'points', at: loose });
    // Off the plane across the axis: no pattern would keep that.
    expect(
      patternOf(
        [
          [0, 0, 0],
          [10, 0, 3],
        ],
        'z',
      ),
    ).toMatchObject({ kind: 'points' });
    expect(asKind(loose, 'z', 'grid')).toMatchObject({ kind: 'grid', spacing: [10, 7], centre: [5, 3.5, 0] });
  });
});

describe('what a part must fit', () => {
  const BRIEF = `name: Flange
interfaces:
  pipe: {bore: {diameter: 50 mm, at: [0, 0, 22.5 mm], axis: z}}
  screws: {bolts: {size: M10, axis: z, at: [[55 mm, 0, 0], [-5.5 cm, 0, 0]]}}
cases:
  pull:
    restraints: [{on: screws, fix: all}]
requirements:
  - max(displacement on screws) <= 1 mm
`;

  it('is read, changed in place, and called otherwise wherever it is spoken of', () => {
    expect(readContent(BRIEF)).toMatchObject({
      envelope: null,
      keepOuts: [],
      interfaces: [
        { name: 'pipe', kind: 'bore', diameter: '50 mm', length: '', at: ['0', '0', '22.5 mm'], axis: 'z' },
        {
          name: 'screws',
          kind: 'bolts',
          size: 'M10',
          points: [
            [55, 0, 0],
            [-55, 0, 0],
          ],
        },
      ],
    });
    const points = pointsOf({ kind: 'circle', count: 2, diameter: 80, angle: 90, centre: [0, 0, 0] }, 'z');
    const at = points.map((point) => point.map(lengthText));
    expect(withValue(BRIEF, ['interfaces', 'screws', 'bolts', 'at'], at)).toBe(
      BRIEF.replace('[[55 mm, 0, 0], [-5.5 cm, 0, 0]]', '[[0, 40 mm, 0], [0, -40 mm, 0]]'),
    );
    expect(withInterfaceName(BRIEF, 'screws', 'bolts')).toBe(BRIEF.replaceAll('screws', 'bolts'));
  });

  it('begins as text that is read again as what was added', () => {
    let text = 'name: New\n';
    for (const kind of ['bolts', 'bore', 'journal', 'face'] as const)
      text = withValue(text, ['interfaces', kind], newInterface(kind));
    text = withValue(text, ['envelope'], newBox());
    text = withValue(text, ['keep_out', 0], newBox());
    expect(text).toContain('envelope: {min: [-50 mm, -50 mm, 0], max: [50 mm, 50 mm, 50 mm]}\n');
    expect(text).toContain('  - {min: [-50 mm, -50 mm, 0], max: [50 mm, 50 mm, 50 mm]}\n');
    const { interfaces, envelope, keepOuts } = readContent(text)!;
    expect(interfaces.map(({ kind }) => kind)).toEqual(['bolts', 'bore', 'journal', 'face']);
    expect(keepOuts).toEqual([envelope]);
    expect(interfaces[3]).toMatchObject({ axis: 'z', extent: ['40 mm', '40 mm'] });
  });
});
