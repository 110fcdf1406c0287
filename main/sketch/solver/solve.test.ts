import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../document/index.ts';
import { Drawing, placeIn } from '../testing/draw.ts';
import type { Constraint, SketchSolver, SolvableSketch } from '../types.ts';
import { loadSketchSolver } from './load.ts';

let solver: SketchSolver;
beforeAll(async () => {
  solver = await loadSketchSolver();
});
/** The solver stops at 1e-11 mm and rounding of coordinates. */
const SHARP = 9;

function triangle(): { d: Drawing; a: string; b: string; c: string; sides: [string, string, string] } {
  const d = new Drawing();
  const [a, b, c] = [d.point(0.3, -0.2), d.point(3.5, 0.4), d.point(0.1, 3.1)];
  const sides: [string, string, string] = [d.line(a, b), d.line(b, c), d.line(c, a)];
  d.add({ kind: 'coincident', a, b: 'origin' });
  d.add({ kind: 'point-on', point: b, curve: 'x-axis' });
  return { d, a, b, c, sides };
}

describe('known answers', () => {
  it('finds the triangle of sides 3, 4 and 5', () => {
    const { d, b, c, sides } = triangle();
    d.add({ kind: 'distance', a: sides[0], value: 3 });
    d.add({ kind: 'distance', a: sides[1], value: 5 });
    d.add({ kind: 'distance', a: sides[2], value: 4 });
    d.add({ kind: 'angle', a: sides[0], b: sides[2], value: 1, reference: true, id: 'shown' });
    const answer = solver.solve(d);
    expect(answer.status).toBe('solved');
    expect(answer.degreesOfFreedom).toBe(0);
    expect(answer.free).toEqual([]);
    expect(placeIn(answer.entities, b)).toEqual([expect.closeTo(3, SHARP), expect.closeTo(0, SHARP)]);
    expect(placeIn(answer.entities, c)).toEqual([expect.closeTo(0, SHARP), expect.closeTo(4, SHARP)]);
    // From the bottom line, running +x, to the left one, which runs down: three quarters of a turn.
    expect(answer.values['shown']).toBeCloseTo(1.5 * Math.PI, SHARP);
    expect(answer.residual_mm).toBeLessThan(1e-9);
  });

  it('lays a circle against two lines', () => {
    const d = new Drawing();
    const centre = d.point(4, 6);
    const circle = d.circle(centre, 3);
    d.add({ kind: 'tangent', a: circle, b: 'x-axis' });
    d.add({ kind: 'tangent', a: 'y-axis', b: circle });
    d.add({ kind: 'diameter', curve: circle, value: 10 });
    const answer = solver.solve(d);
    expect(answer.status).toBe('solved');
    expect(placeIn(answer.entities, centre)).toEqual([expect.closeTo(5, SHARP), expect.closeTo(5, SHARP)]);
  });

  it('lays circles against one another from outside and from inside', () => {
    const d = new Drawing();
    const [a, b, c] = [d.point(0, 0), d.point(16, 1), d.point(-3, 0.5)];
    const [big, outside, inside] = [d.circle(a, 10), d.circle(b, 5), d.circle(c, 5.5)];
    d.add({ kind: 'coincident', a, b: 'origin' });
    for (const point of [b, c]) d.add({ kind: 'point-on', point, curve: 'x-axis' });
    for (const [curve, value] of [
      [big, 10],
      [outside, 4],
      [inside, 6],
    ] as const)
      d.add({ kind: 'radius', curve, value });
    d.add({ kind: 'tangent', a: big, b: outside });
    d.add({ kind: 'tangent', a: big, b: inside });
    const answer = solver.solve(d);
    expect(answer.status).toBe('solved');
    expect(placeIn(answer.entities, b)[0]).toBeCloseTo(14, SHARP);
    expect(placeIn(answer.entities, c)[0]).toBeCloseTo(-4, SHARP);
  });

  it('makes a slot of two lines and two arcs', () => {
    const d = new Drawing();
    const [a, b] = [d.point(0, 0), d.point(31, 2)];
    const p = [d.point(0, -5), d.point(30, -4), d.point(30, 6), d.point(0, 5)] as const;
    const lines = [d.line(p[0], p[1]), d.line(p[2], p[3])] as const;
    const arcs = [d.arc(b, p[1], p[2]), d.arc(a, p[3], p[0])] as const;
    for (const line of lines) for (const arc of arcs) d.add({ kind: 'tangent', a: line, b: arc });
    d.add({ kind: 'equal', a: arcs[0], b: arcs[1] });
    d.add({ kind: 'coincident', a, b: 'origin' });
    d.add({ kind: 'horizontal', a: lines[0] });
    d.add({ kind: 'distance', a, b, value: 40 });
    d.add({ kind: 'radius', curve: arcs[0], value: 6 });
    const answer = solver.solve(d);
    expect(answer.status).toBe('solved');
    expect(p.map((id) => placeIn(answer.entities, id))).toEqual(
      [
        [0, -6],
        [40, -6],
        [40, 6],
        [0, 6],
      ].map(([x, y]) => [expect.closeTo(x!, SHARP), expect.closeTo(y!, SHARP)]),
    );
  });

  it('keeps points symmetric about a line and about a point', () => {
    const d = new Drawing();
    const [a, b, c] = [d.point(-4, 3), d.point(5, 2.5), d.point(3, -4)];
    d.add({ kind: 'symmetric', a, b, about: 'y-axis' });
    d.add({ kind: 'symmetric', a, b: c, about: 'origin' });
    d.add({ kind: 'horizontal-distance', a: 'origin', b, value: 7 });
    d.add({ kind: 'vertical-distance', a: c, b: 'origin', value: 2 });
    const answer = solver.solve(d);
    expect(answer.status).toBe('solved');
    expect([a, b, c].map((id) => placeIn(answer.entities, id))).toEqual(
      [
        [-7, 2],
        [7, 2],
        [7, -2],
      ].map(([x, y]) => [expect.closeTo(x!, SHARP), expect.closeTo(y!, SHARP)]),
    );
  });

  it('measures angles counter-clockwise from the first line to the second', () => {
    for (const degrees of [30, 120, 210, 330]) {
      const d = new Drawing();
      const arm = d.point(
        10 * Math.cos((degrees + 20) * (Math.PI / 180)),
        10 * Math.sin((degrees + 20) * (Math.PI / 180)),
      );
      const line = d.line('origin', arm);
      d.add({ kind: 'angle', a: 'x-axis', b: line, value: (degrees * Math.PI) / 180 });
      d.add({ kind: 'distance', a: line, value: 10 });
      const answer = solver.solve(d);
      expect(answer.status).toBe('solved');
      expect(placeIn(answer.entities, arm)).toEqual([
        expect.closeTo(10 * Math.cos((degrees * Math.PI) / 180), SHARP),
        expect.closeTo(10 * Math.sin((degrees * Math.PI) / 180), SHARP),
      ]);
    }
  });

  it('lays points and lines on an ellipse', () => {
    const d = new Drawing();
    const [centre, major, p] = [d.point(1, 1), d.point(19, 2), d.point(8, 9)];
    const ellipse = d.ellipse(centre, major, 8);
    d.add({ kind: 'coincident', a: centre, b: 'origin' });
    d.add({ kind: 'point-on', point: major, curve: 'x-axis' });
    d.add({ kind: 'distance', a: centre, b: major, value: 20 });
    d.add({ kind: 'point-on', point: p, curve: ellipse });
    d.add({ kind: 'horizontal-distance', a: centre, b: p, value: 12 });
    const tangent = d.segment(-20, 11, 25, 12).line;
    d.add({ kind: 'horizontal', a: tangent });
    d.add({ kind: 'tangent', a: tangent, b: ellipse });
    d.add({ kind: 'distance', a: tangent, b: 'x-axis', value: 10 });
    const answer = solver.solve(d);
    expect(answer.status).toBe('under-constrained');
    expect(answer.degreesOfFreedom).toBe(2); // where the tangent begins and ends
    // On x^2 / 400 + y^2 / 100 = 1 at x = 12: y = 8.
    expect(placeIn(answer.entities, p)[1]).toBeCloseTo(8, 6);
    expect(answer.entities.find(({ id }) => id === ellipse)).toMatchObject({ minorRadius_mm: expect.closeTo(10, 6) });
  });

  it('joins a line tangent to a spline, and a point to it', () => {
    const d = new Drawing();
    const p = [d.point(0, 0), d.point(10, 6), d.point(20, 5), d.point(30, 0)] as const;
    const spline = d.spline([...p]);
    for (const point of p) d.add({ kind: 'fixed', point });
    const end = d.point(-9, -3);
    const line = d.line(p[0], end);
    d.add({ kind: 'tangent', a: line, b: spline });
    d.add({ kind: 'distance', a: line, value: 10 });
    const q = d.point(15, 9);
    d.add({ kind: 'point-on', point: q, curve: spline });
    d.add({ kind: 'horizontal-distance', a: 'origin', b: q, value: 15 });
    const answer = solver.solve(d);
    expect(answer.status).toBe('solved');
    expect(answer.residual_mm).toBeLessThan(1e-6);
    expect(placeIn(answer.entities, end)[0]).toBeLessThan(-5);
  });

  it('leaves projected geometry where the body has it', () => {
    const d = new Drawing();
    const { start, end, line } = d.segment(3, 4, 9, 4);
    const edge = d.entities.find(({ id }) => id === line)!;
    edge.from = { by: 'name', kind: 'edge', name: 'extrude_1/side(line1)|extrude_1/end' };
    const { start: s, end: e, line: own } = d.segment(1, 7, 8, 9);
    d.add({ kind: 'parallel', a: line, b: own });
    d.add({ kind: 'distance', a: line, b: s, value: 5 });
    const answer = solver.solve(d);
    expect(answer.status).toBe('under-constrained');
    expect(answer.degreesOfFreedom).toBe(2);
    expect([start, end].map((id) => placeIn(answer.entities, id))).toEqual([
      [3, 4],
      [9, 4],
    ]);
    expect(placeIn(answer.entities, s)[1]).toBeCloseTo(9, SHARP);
    expect(placeIn(answer.entities, e)[1]).toBeCloseTo(9, SHARP);
    expect(answer.free).not.toContain(line);
  });

  it('reaches a dimension far from what is drawn', () => {
    const { d, sides, b } = triangle();
    d.add({ kind: 'distance', a: sides[0], value: 4000 });
    d.add({ kind: 'perpendicular', a: sides[0], b: sides[2] });
    d.add({ kind: 'equal', a: sides[0], b: sides[2] });
    const answer = solver.solve(d);
    expect(answer.status).toBe('solved');
    expect(placeIn(answer.entities, b)[0]).toBeCloseTo(4000, 7);
  });

  it('moves nothing that holds already', () => {
    const d = new Drawing();
    d.segment(0, 0, 10, 0);
    d.add({ kind: 'horizontal', a: 'line3' });
    expect(solver.solve(d).entities).toEqual(d.entities);
  });
});

describe('degrees of freedom, counted by hand', () => {
  const cases: [string, number, (d: Drawing) => void][] = [
    ['a point', 2, (d) => void d.point(1, 2)],
    ['a line', 4, (d) => void d.segment(0, 0, 5, 1)],
    ['a horizontal line', 3, (d) => void d.add({ kind: 'horizontal', a: d.segment(0, 0, 5, 1).line })],
    ['a circle', 3, (d) => void d.circle(d.point(0, 0), 5)],
    ['an arc: two radii are one', 5, (d) => void d.arc(d.point(0, 0), d.point(5, 0), d.point(0, 5))],
    ['an ellipse', 5, (d) => void d.ellipse(d.point(0, 0), d.point(9, 1), 4)],
    ['a spline of four points', 8, (d) => void d.spline([0, 1, 2, 3].map((x) => d.point(x, x * x)))],
    ['a line from the origin', 2, (d) => void d.line('origin', d.point(3, 4))],
    [
      'a circle of a radius on the x axis',
      1,
      (d) => {
        const c = d.point(3, 1);
        d.add({ kind: 'radius', curve: d.circle(c, 5), value: 5 });
        d.add({ kind: 'point-on', point: c, curve: 'x-axis' });
      },
    ],
    [
      'two lines joined by a constraint',
      6,
      (d) => {
        const [a, b] = [d.segment(0, 0, 5, 1), d.segment(5.1, 1, 7, 8)];
        d.add({ kind: 'coincident', a: a.end, b: b.start });
      },
    ],
    [
      'a rectangle: place and two sizes',
      4,
      (d) => {
        const p = [d.point(0, 0), d.point(9, 1), d.point(10, 7), d.point(0, 6)] as const;
        for (const [i, from] of p.entries())
          d.add({ kind: i % 2 ? 'vertical' : 'horizontal', a: d.line(from, p[(i + 1) % 4]!) });
      },
    ],
    [
      'a parallelogram',
      6,
      (d) => {
        const p = [d.point(0, 0), d.point(9, 1), d.point(12, 7), d.point(3, 6)] as const;
        const l = p.map((from, i) => d.line(from, p[(i + 1) % 4]!));
        d.add({ kind: 'parallel', a: l[0]!, b: l[2]! });
        d.add({ kind: 'parallel', a: l[1]!, b: l[3]! });
      },
    ],
    [
      'a linkage of four bars of given lengths on two fixed pivots',
      1,
      (d) => {
        const p = [d.point(0, 0), d.point(2, 4), d.point(9, 5), d.point(10, 0)] as const;
        d.add({ kind: 'fixed', point: p[0] });
        d.add({ kind: 'fixed', point: p[3] });
        for (let i = 0; i < 3; i++) {
          const bar = d.line(p[i]!, p[i + 1]!);
          d.add({ kind: 'distance', a: bar, value: [4.5, 7, 5][i]! });
        }
      },
    ],
    [
      'concentric circles of one radius',
      3,
      (d) => {
        const [a, b] = [d.circle(d.point(0, 0), 5), d.circle(d.point(1, 1), 6)];
        d.add({ kind: 'concentric', a, b });
        d.add({ kind: 'equal', a, b });
      },
    ],
    [
      'two circles that touch',
      5,
      (d) => void d.add({ kind: 'tangent', a: d.circle(d.point(0, 0), 5), b: d.circle(d.point(12, 1), 6) }),
    ],
    [
      'a fillet arc between two lines',
      6,
      (d) => {
        const [a, b, c, e, o] = [d.point(0, 0), d.point(10, 0), d.point(12, 2), d.point(12, 9), d.point(10, 2)];
        const [l, m, arc] = [d.line(a, b), d.line(c, e), d.arc(o, b, c)];
        d.add({ kind: 'tangent', a: l, b: arc });
        d.add({ kind: 'tangent', a: arc, b: m });
        d.add({ kind: 'perpendicular', a: l, b: m });
      },
    ],
    ['a midpoint', 4, (d) => void d.add({ kind: 'midpoint', point: d.point(3, 3), line: d.segment(0, 0, 5, 5).line })],
    [
      'a line in line with an axis',
      2,
      (d) => void d.add({ kind: 'collinear', a: d.segment(1, 1, 5, 0).line, b: 'x-axis' }),
    ],
  ];
  it.each(cases)('%s has %i', (_name, expected, draw) => {
    const d = new Drawing();
    draw(d);
    const answer = solver.solve(d);
    expect(answer.messages).toEqual([]);
    expect(answer.degreesOfFreedom).toBe(expected);
    expect(answer.status).toBe(expected === 0 ? 'solved' : 'under-constrained');
  });

  it('names what can still move', () => {
    const d = new Drawing();
    const a = d.segment(0, 0, 10, 0);
    d.add({ kind: 'fixed', point: a.start });
    d.add({ kind: 'horizontal', a: a.line });
    d.add({ kind: 'distance', a: a.line, value: 10 });
    const b = d.segment(20, 0, 30, 5);
    d.add({ kind: 'fixed', point: b.start });
    expect(solver.solve(d).free).toEqual([b.end, b.line]);
  });
});

describe('constraints that say too much', () => {
  it('keeps a redundant one that holds, and says with which it says the same', () => {
    const { d, sides } = triangle();
    d.add({ kind: 'distance', a: sides[0], value: 3 });
    d.add({ kind: 'distance', a: sides[1], value: 5 });
    d.add({ kind: 'distance', a: sides[2], value: 4 });
    const extra = d.add({ kind: 'perpendicular', a: sides[0], b: sides[2] });
    const answer = solver.solve(d);
    expect(answer.status).toBe('over-constrained');
    expect(answer.redundant).toEqual([extra]);
    expect(answer.degreesOfFreedom).toBe(0);
    expect(answer.suggestions[0]!.drop).toEqual([extra]);
    for (const { drop } of answer.suggestions) {
      const rest = { entities: d.entities, constraints: d.constraints.filter(({ id }) => !drop.includes(id)) };
      expect(solver.solve(rest).status).toBe('solved');
    }
  });

  it('calls the second of two equal coincidences redundant', () => {
    const d = new Drawing();
    const [a, b] = [d.point(0, 0), d.point(1, 1)];
    d.add({ kind: 'coincident', a, b });
    const again = d.add({ kind: 'coincident', a: b, b: a });
    expect(solver.solve(d)).toMatchObject({ status: 'over-constrained', redundant: [again], degreesOfFreedom: 2 });
  });

  it('names the two lengths that contradict each other, and leaves the sketch alone', () => {
    const { d, sides } = triangle();
    const before = structuredClone(d.entities);
    const first = d.add({ kind: 'distance', a: sides[0], value: 40 });
    const second = d.add({ kind: 'distance', a: sides[0], value: 50 });
    const answer = solver.solve(d);
    expect(answer.status).toBe('inconsistent');
    expect(new Set(answer.conflicting)).toEqual(new Set([first, second]));
    expect(answer.entities).toEqual(before);
    expect(answer.suggestions.map(({ drop }) => drop)).toEqual(expect.arrayContaining([[first], [second]]));
    expect(answer.messages).toEqual([
      `The length of ${nameOf(sides[0])}, 40 mm and the length of ${nameOf(sides[0])}, 50 mm cannot hold together.`,
    ]);
  });

  it('finds a triangle that cannot close', () => {
    const { d, sides } = triangle();
    const lengths = [1, 2, 10].map((value, i) => d.add({ kind: 'distance', a: sides[i]!, value }));
    const answer = solver.solve(d);
    expect(answer.status).toBe('inconsistent');
    expect(answer.conflicting).toEqual(lengths);
    expect(answer.suggestions.every(({ drop }) => drop.length === 1 && lengths.includes(drop[0]!))).toBe(true);
  });

  it('finds the drops that cure two conflicts at once', () => {
    const d = new Drawing();
    const { line, start, end } = d.segment(0, 0, 10, 0);
    d.add({ kind: 'fixed', point: start });
    d.add({ kind: 'horizontal', a: line });
    d.add({ kind: 'distance', a: line, value: 10 });
    d.add({ kind: 'distance', a: line, value: 12 });
    const next = d.point(10, 10);
    const up = d.line(end, next);
    d.add({ kind: 'vertical', a: up });
    d.add({ kind: 'distance', a: up, value: 10 });
    d.add({ kind: 'distance', a: up, value: 15 });
    const answer = solver.solve(d);
    expect(answer.status).toBe('inconsistent');
    const { drop } = answer.suggestions[0]!;
    expect(drop).toHaveLength(2);
    const rest = { entities: d.entities, constraints: d.constraints.filter(({ id }) => !drop.includes(id)) };
    expect(solver.solve(rest).status).not.toBe('inconsistent');
  });

  it('blames what is asked of projected points alone, which cannot move', () => {
    const d = new Drawing();
    const [a, b] = [d.point(0, 0), d.point(7, 0)];
    for (const entity of d.entities) entity.from = { by: 'name', kind: 'vertex', name: `body/${entity.id}` };
    const wrong = d.add({ kind: 'distance', a, b, value: 9 });
    const answer = solver.solve(d);
    expect(answer).toMatchObject({ status: 'inconsistent', conflicting: [wrong], entities: d.entities });
    expect(answer.messages).toEqual(['The distance from point 1 to point 2, 9 mm cannot hold.']);
  });

  it('refuses an answer in which a line has no length', () => {
    const d = new Drawing();
    const { line, start, end } = d.segment(0, 0, 5, 3);
    d.add({ kind: 'horizontal', a: line });
    d.add({ kind: 'vertical', a: line });
    const answer = solver.solve(d);
    expect(['failed', 'inconsistent']).toContain(answer.status);
    expect(answer.messages.join()).toContain('would fall together');
    expect([start, end].map((id) => placeIn(answer.entities, id))).toEqual([
      [0, 0],
      [5, 3],
    ]);
  });
});

describe('what is refused', () => {
  const refusal = (draw: (d: Drawing) => void): string => {
    const d = new Drawing();
    draw(d);
    try {
      solver.solve(d);
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };
  it('says which id is missing or of the wrong kind', () => {
    expect(refusal((d) => d.line('origin', 'nowhere'))).toBe(
      'line1 needs the point nowhere, which is not in the sketch.',
    );
    expect(refusal((d) => d.add({ kind: 'horizontal', a: 'line9' }))).toBe(
      'line 9 horizontal names line9, which is not in the sketch.',
    );
    expect(refusal((d) => d.add({ kind: 'parallel', a: d.point(0, 0), b: 'x-axis' }))).toContain(
      'things of the wrong kind',
    );
    expect(
      refusal((d) => {
        d.point(0, 0, 'p');
        d.point(1, 0, 'p');
      }),
    ).toBe('Two things in the sketch are called p.');
    expect(refusal((d) => d.add({ kind: 'radius', curve: d.circle('origin', 5), value: -2 }))).toContain(
      'a size must be more than zero',
    );
  });
});

const nameOf = (id: string) => id.replace(/(\d)/, ' $1');

describe('random sketches', () => {
  const random = seededRandom(12345);

  /** A polygon with arcs at some corners, all of whose measures are taken from itself: well posed by construction. */
  function wellPosed(): SolvableSketch {
    const d = new Drawing();
    const count = 4 + Math.floor(5 * random());
    const corners = Array.from({ length: count }, (_, i) => {
      const angle = ((i + 0.6 * random()) * 2 * Math.PI) / count;
      const reach = 20 + 30 * random();
      return d.point(reach * Math.cos(angle), reach * Math.sin(angle));
    });
    const at = (id: string) => placeIn(d.entities, id);
    const apart = (a: string, b: string) => Math.hypot(at(a)[0] - at(b)[0], at(a)[1] - at(b)[1]);
    const lines = corners.map((corner, i) => d.line(corner, corners[(i + 1) % count]!));
    d.add({ kind: 'fixed', point: corners[0]! });
    d.add({
      kind: 'angle',
      a: 'x-axis',
      b: lines[0]!,
      value: Math.atan2(at(corners[1]!)[1] - at(corners[0]!)[1], at(corners[1]!)[0] - at(corners[0]!)[0]),
    });
    d.add({ kind: 'distance', a: lines[0]!, value: apart(corners[0]!, corners[1]!) });
    for (let i = 2; i < count; i++) {
      d.add({ kind: 'distance', a: corners[i - 1]!, b: corners[i]!, value: apart(corners[i - 1]!, corners[i]!) });
      d.add({ kind: 'distance', a: corners[i - 2]!, b: corners[i]!, value: apart(corners[i - 2]!, corners[i]!) });
    }
    for (let k = 0; k < 3; k++) {
      const [a, b] = [corners[k]!, corners[(k + 2) % count]!];
      const middle = d.point((at(a)[0] + at(b)[0]) / 2, (at(a)[1] + at(b)[1]) / 2);
      d.add({ kind: 'distance', a, b: middle, value: apart(a, middle) });
      d.add({
        kind: 'distance',
        a: corners[(k + 1) % count]!,
        b: middle,
        value: apart(corners[(k + 1) % count]!, middle),
      });
      const circle = d.circle(middle, 2 + k);
      d.add({ kind: 'radius', curve: circle, value: 2 + k });
    }
    return d;
  }

  it('come back to a solution after being disturbed, with nothing free', () => {
    for (let round = 0; round < 100; round++) {
      const sketch = wellPosed();
      const fixed = sketch.constraints.find(({ kind }) => kind === 'fixed') as Extract<Constraint, { kind: 'fixed' }>;
      const disturbed = sketch.entities.map((entity) => {
        if (entity.kind === 'point' && entity.id !== fixed.point)
          return { ...entity, x_mm: entity.x_mm + 0.1 * (random() - 0.5), y_mm: entity.y_mm + 0.1 * (random() - 0.5) };
        return entity.kind === 'circle' ? { ...entity, radius_mm: entity.radius_mm + random() } : entity;
      });
      const answer = solver.solve({ entities: disturbed, constraints: sketch.constraints });
      expect(answer.status).toBe('solved');
      expect(answer.residual_mm).toBeLessThan(1e-9);
      for (const entity of sketch.entities) {
        if (entity.kind !== 'point') continue;
        const [x, y] = placeIn(answer.entities, entity.id);
        expect(Math.hypot(x - entity.x_mm, y - entity.y_mm)).toBeLessThan(1e-6);
      }
    }
  });
});
