import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../document/index.ts';
import { Drawing } from '../testing/draw.ts';
import { chainOf, chainsOf } from './chains.ts';
import { findRegions } from './regions.ts';

function rectangle(d: Drawing, x: number, y: number, w: number, h: number): string[] {
  const p = [d.point(x, y), d.point(x + w, y), d.point(x + w, y + h), d.point(x, y + h)] as const;
  return [d.line(p[0], p[1]), d.line(p[1], p[2]), d.line(p[2], p[3]), d.line(p[3], p[0])];
}
const areas = (regions: { area_mm2: number }[]) => regions.map(({ area_mm2 }) => area_mm2);
/** Sums of exact formulas: only rounding is between them and the answer. */
const PRECISE = 9;

describe('closed regions', () => {
  it('has one rectangle, run counter-clockwise, with its four lines', () => {
    const d = new Drawing();
    const lines = rectangle(d, 1, 2, 30, 20);
    const { regions, defaultRegions, problems } = findRegions(d.entities);
    expect(problems).toEqual([]);
    expect(areas(regions)).toEqual([600]);
    expect(areas(defaultRegions)).toEqual([600]);
    expect(regions[0]!.curves).toEqual([...lines].sort());
    expect(regions[0]!.outer.pieces.every(({ whole, reversed }) => whole && !reversed)).toBe(true);
    expect(regions[0]!.inside).toEqual([16, 12]);
  });

  it('runs along lines that were drawn the other way', () => {
    const d = new Drawing();
    const [a, b, c] = [d.point(0, 0), d.point(10, 0), d.point(0, 10)];
    d.line(b, a, 'bottom');
    d.line(b, c, 'slope');
    d.line(a, c, 'side');
    const { pieces, area_mm2 } = findRegions(d.entities).regions[0]!.outer;
    expect(area_mm2).toBeCloseTo(50, PRECISE);
    expect(Object.fromEntries(pieces.map(({ id, reversed }) => [id, reversed]))).toEqual({
      bottom: true,
      slope: false,
      side: true,
    });
    expect(pieces.map(({ to }) => to)).toEqual([1, 2, 0].map((next) => pieces[next]!.from));
  });

  it('takes holes out, and islands in holes as regions of their own', () => {
    const d = new Drawing();
    rectangle(d, 0, 0, 100, 60);
    d.circle(d.point(30, 30), 20, 'hole');
    d.circle(d.point(30, 30), 8, 'island');
    d.circle(d.point(70, 30), 5, 'second');
    const { regions, defaultRegions, problems } = findRegions(d.entities);
    expect(problems).toEqual([]);
    const plate = 6000 - Math.PI * (400 + 25);
    expect(areas(regions)).toEqual(
      [plate, Math.PI * 336, Math.PI * 64, Math.PI * 25].map((a) => expect.closeTo(a, PRECISE)),
    );
    expect(areas(defaultRegions)).toEqual([expect.closeTo(plate, PRECISE), expect.closeTo(Math.PI * 64, PRECISE)]);
    expect(defaultRegions[0]!.holes.map(({ pieces }) => pieces.map(({ id, reversed }) => [id, reversed]))).toEqual(
      expect.arrayContaining([[['hole', true]], [['second', true]]]),
    );
    expect(regions.map(({ depth }) => depth)).toEqual([0, 1, 2, 1]);
  });

  it('cuts two circles that cross into three, and extrudes their union', () => {
    const d = new Drawing();
    d.circle(d.point(0, 0), 10, 'left');
    d.circle(d.point(10, 0), 10, 'right');
    const { regions, defaultRegions } = findRegions(d.entities);
    // The lens of two circles of radius r a distance r apart: r^2 (2 pi / 3 - sqrt(3) / 2).
    const lens = 100 * ((2 * Math.PI) / 3 - Math.sqrt(3) / 2);
    const moon = 100 * Math.PI - lens;
    expect(areas(regions)).toEqual([moon, moon, lens].map((a) => expect.closeTo(a, PRECISE)));
    expect(areas(defaultRegions)).toEqual([expect.closeTo(2 * moon + lens, PRECISE)]);
    expect(defaultRegions[0]!.outer.pieces.map(({ id, whole }) => [id, whole]).sort()).toEqual([
      ['left', false],
      ['right', false],
    ]);
  });

  it('parts a rectangle by a line between its sides, and extrudes the whole of it', () => {
    const d = new Drawing();
    rectangle(d, 0, 0, 100, 60);
    d.segment(40, 0, 40, 60);
    const { regions, defaultRegions, problems } = findRegions(d.entities);
    expect(problems).toEqual([]);
    expect(areas(regions)).toEqual([3600, 2400]);
    expect(areas(defaultRegions)).toEqual([6000]);
    expect(defaultRegions[0]!.outer.pieces).toHaveLength(4);
    expect(defaultRegions[0]!.outer.pieces.every(({ whole }) => whole)).toBe(true);
  });

  it('takes a circle that touches the side from within for a hole', () => {
    const d = new Drawing();
    rectangle(d, 0, 0, 40, 40);
    d.circle(d.point(20, 10), 10);
    const { regions, defaultRegions } = findRegions(d.entities);
    expect(areas(defaultRegions)).toEqual([expect.closeTo(1600 - 100 * Math.PI, PRECISE)]);
    expect(areas(regions)).toEqual([1600 - 100 * Math.PI, 100 * Math.PI].map((a) => expect.closeTo(a, PRECISE)));
  });

  it('tells curves apart that leave a place in one direction by where they bend to', () => {
    const d = new Drawing();
    rectangle(d, 0, 0, 40, 20);
    // Touches the bottom from within and crosses the top: one connected outline.
    const r = 12.5;
    d.circle(d.point(20, r), r);
    const { regions, problems } = findRegions(d.entities);
    expect(problems).toEqual([]);
    // The circular segment above the top, of height 5.
    const above = r ** 2 * Math.acos((r - 5) / r) - (r - 5) * Math.sqrt(10 * r - 25);
    const inside = Math.PI * r ** 2 - above;
    const beside = (800 - inside) / 2;
    expect(areas(regions)).toEqual([inside, beside, beside, above].map((a) => expect.closeTo(a, PRECISE)));
  });

  it('knows slots, ellipses and splines by their areas', () => {
    const d = new Drawing();
    const [a, b] = [d.point(0, 0), d.point(30, 0)];
    const p = [d.point(0, -5), d.point(30, -5), d.point(30, 5), d.point(0, 5)] as const;
    d.line(p[0], p[1]);
    d.arc(b, p[1], p[2]);
    d.line(p[2], p[3]);
    d.arc(a, p[3], p[0]);
    d.ellipse(d.point(100, 0), d.point(112, 5), 7);
    const ring = Array.from({ length: 64 }, (_, i) =>
      d.point(200 + 20 * Math.cos((i * Math.PI) / 32), 20 * Math.sin((i * Math.PI) / 32)),
    );
    d.spline(ring, true);
    const { regions, problems } = findRegions(d.entities);
    expect(problems).toEqual([]);
    expect(regions[0]!.area_mm2).toBeCloseTo(400 * Math.PI, 2); // the spline is a circle to the fourth power of its step
    expect(areas(regions.slice(1))).toEqual(
      [300 + 25 * Math.PI, 91 * Math.PI].sort((x, y) => y - x).map((v) => expect.closeTo(v, PRECISE)),
    );
  });

  it('cuts an ellipse by a line, and a spline by a line, where they cross', () => {
    const d = new Drawing();
    d.ellipse(d.point(0, 0), d.point(20, 0), 10);
    d.segment(0, -30, 0, 30);
    expect(areas(findRegions(d.entities).regions)).toEqual(
      [100 * Math.PI, 100 * Math.PI].map((v) => expect.closeTo(v, PRECISE)),
    );
    const e = new Drawing();
    e.spline([e.point(0, 0), e.point(10, 8), e.point(20, 0)]);
    e.segment(-5, 4, 25, 4);
    const cut = findRegions(e.entities);
    expect(cut.regions).toHaveLength(1);
    expect(cut.regions[0]!.curves).toHaveLength(2);
    expect(cut.problems.filter(({ kind }) => kind === 'open-end')).toHaveLength(4);
  });

  it('names open ends and their places', () => {
    const d = new Drawing();
    const [a, b, c] = [d.point(0, 0), d.point(10, 0), d.point(10, 10)];
    d.line(a, b, 'line1');
    d.line(b, c, 'line2');
    const { regions, problems } = findRegions(d.entities);
    expect(regions).toEqual([]);
    expect(problems).toEqual([
      { kind: 'open-end', curves: ['line1'], at: [0, 0], words: 'line 1 has an open end.' },
      { kind: 'open-end', curves: ['line2'], at: [10, 10], words: 'line 2 has an open end.' },
    ]);
  });

  it('reports what lies on top of another and counts it once', () => {
    const d = new Drawing();
    rectangle(d, 0, 0, 10, 10);
    d.segment(2, 0, 8, 0);
    d.circle(d.point(5, 5), 2);
    d.circle(d.point(5, 5), 2);
    const { defaultRegions, problems } = findRegions(d.entities);
    expect(areas(defaultRegions)).toEqual([expect.closeTo(100 - 4 * Math.PI, PRECISE)]);
    expect(problems.map(({ kind }) => kind)).toEqual(['duplicate', 'duplicate']);
  });

  it('leaves construction geometry out', () => {
    const d = new Drawing();
    rectangle(d, 0, 0, 10, 10);
    const { line } = d.segment(5, -5, 5, 15);
    d.entities.find(({ id }) => id === line)!.construction = true;
    expect(findRegions(d.entities).regions).toHaveLength(1);
  });

  it('gives areas of random circles that add up to their union and their overlaps', () => {
    // Inclusion and exclusion by counting points of a fine grid: an estimate to 0.5 %.
    const random = seededRandom(7);
    for (let round = 0; round < 10; round++) {
      const circles = Array.from({ length: 6 }, () => ({ x: 40 * random(), y: 40 * random(), r: 5 + 10 * random() }));
      const d = new Drawing();
      for (const { x, y, r } of circles) d.circle(d.point(x, y), r);
      const { regions } = findRegions(d.entities);
      let inside = 0;
      const step = 0.1;
      for (let x = -20; x < 60; x += step)
        for (let y = -20; y < 60; y += step)
          if (circles.some((c) => (x - c.x) ** 2 + (y - c.y) ** 2 < c.r ** 2)) inside++;
      const enclosed = inside * step * step;
      // Enclosed gaps between circles are regions too: those whose inside lies in no circle.
      const covered = regions.filter(({ inside: [x, y] }) =>
        circles.some((c) => (x - c.x) ** 2 + (y - c.y) ** 2 < c.r ** 2),
      );
      const total = covered.reduce((sum, { area_mm2 }) => sum + area_mm2, 0);
      expect(Math.abs(total - enclosed) / enclosed).toBeLessThan(5e-3);
    }
  });
});

describe('chains', () => {
  it('follows curves whichever way they were drawn', () => {
    const d = new Drawing();
    const p = [d.point(0, 0), d.point(10, 0), d.point(20, 10), d.point(20, 30)] as const;
    d.line(p[0], p[1], 'a');
    d.arc(d.point(10, 10), p[1], p[2], 'b');
    d.line(p[3], p[2], 'c');
    const chain = chainOf(d.entities);
    expect(chain.closed).toBe(false);
    expect(chain.pieces.map(({ id, reversed }) => [id, reversed])).toEqual([
      ['a', false],
      ['b', false],
      ['c', true],
    ]);
    expect(chain.pieces[2]!.to).toEqual([20, 30]);
  });

  it('refuses two chains where one is wanted, and says which there are', () => {
    const d = new Drawing();
    d.segment(0, 0, 1, 0);
    d.segment(5, 5, 6, 5);
    expect(chainsOf(d.entities)).toHaveLength(2);
    expect(() => chainOf(d.entities)).toThrow('The curves make 2 separate chains where one is wanted.');
  });
});
