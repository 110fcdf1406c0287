import { describe, expect, it } from 'vitest';
import type { Sketch } from '../../../preload/contract/index.ts';
import { Draft, idSource, withAddition } from './draft.ts';
import { CENTRE_RECTANGLE, LINE, POLYGON, RECTANGLE, SLOT } from './line-shapes.ts';
import { type Place, placeAt } from './place.ts';
import { ARC_BY_3, ARC_BY_CENTRE, CIRCLE, CIRCLE_BY_3, ELLIPSE, SPLINE, TANGENT_ARC } from './round-shapes.ts';
import { type Outcome, type Shape, ShapeTool } from './shape-tool.ts';

const EMPTY: Sketch = { kind: 'sketch', plane: { by: 'principal', plane: 'xy' }, entities: [], constraints: [] };
const settingOf = (sketch = EMPTY, takeId = idSource([])) => ({ sketch, takeId, construction: false });

/** Begins at the first place, follows to each next one and takes it. Answers with the last outcome. */
function draw(shape: Shape, places: Place[], typed: Record<string, [string, number]> = {}, setting = settingOf()) {
  const tool = new ShapeTool(shape);
  let outcome: Outcome = { kind: 'continue' };
  for (const [index, place] of places.entries()) {
    tool.update(place);
    if (index === 0) tool.begin(place);
    else {
      for (const { key } of tool.fields(setting.sketch)) {
        const value = typed[key];
        if (value) tool.type(key, { text: value[0], value: value[1] });
      }
      outcome = tool.commit(place, setting);
    }
  }
  return { tool, outcome, setting };
}
const added = (outcome: Outcome) => {
  if (outcome.kind !== 'commit') throw new Error(`nothing was made: ${outcome.kind}`);
  return outcome.addition;
};
const coordinates = (addition: { entities: Sketch['entities'] }, id: string): [number, number] => {
  const point = addition.entities.find((entity) => entity.id === id);
  if (point?.kind !== 'point') throw new Error(`${id} is no point`);
  return [point.x_mm, point.y_mm];
};
/** Coordinates are made by a few roundings of double precision. */
const near = (a: [number, number], b: [number, number]) => {
  expect(a[0]).toBeCloseTo(b[0], 9);
  expect(a[1]).toBeCloseTo(b[1], 9);
};

describe('the line tool', () => {
  it('makes a line with what was typed as dimensions, and goes on from its end', () => {
    const { tool, outcome } = draw(LINE, [placeAt(0, 0), placeAt(10, 1)], {
      length: ['width / 2', 20],
      angle: ['90', Math.PI / 2],
    });
    const { entities, constraints } = added(outcome);
    expect(entities.map(({ kind }) => kind)).toEqual(['point', 'point', 'line']);
    near(coordinates(added(outcome), 'point2'), [0, 20]);
    expect(constraints).toEqual([
      { kind: 'distance', id: 'c1', a: 'line1', value: { length: 'width / 2' } },
      { kind: 'angle', id: 'c2', a: 'x-axis', b: 'line1', value: { angle: '90' } },
    ]);
    expect(tool.places).toHaveLength(1);
    expect(tool.places[0]!.on).toEqual({ kind: 'point', id: 'point2' });
    expect(tool.typed).toEqual({});
  });
  it('joins what it starts and ends on, without constraints', () => {
    const sketch: Sketch = {
      ...EMPTY,
      entities: [
        { kind: 'point', id: 'point1', x_mm: 0, y_mm: 0 },
        { kind: 'point', id: 'point2', x_mm: 30, y_mm: 0 },
      ],
    };
    const setting = settingOf(sketch, idSource(['point1', 'point2']));
    const places: Place[] = [
      { at: [0, 0], on: { kind: 'point', id: 'point1' } },
      { at: [30, 0], on: { kind: 'point', id: 'point2' }, heading: { kind: 'horizontal' } },
    ];
    const { outcome, tool } = draw(LINE, places, {}, setting);
    expect(added(outcome).entities).toEqual([{ kind: 'line', id: 'line1', start: 'point1', end: 'point2' }]);
    expect(added(outcome).constraints).toEqual([{ kind: 'horizontal', id: 'c1', a: 'line1' }]);
    // The chain came back to a point that was there: it is closed.
    expect(tool.busy).toBe(false);
  });
  it('never makes a line without a length, and takes a chain back as a whole', () => {
    const { tool, outcome } = draw(LINE, [placeAt(5, 5), placeAt(5, 5)]);
    expect(outcome).toEqual({ kind: 'continue' });
    expect(tool.revert()).toBe(true);
    expect(tool.revert()).toBe(false);
  });
  it('holds the pointer at a typed length while the direction follows', () => {
    const tool = new ShapeTool(LINE);
    tool.begin(placeAt(0, 0));
    tool.update(placeAt(3, 4));
    tool.type('length', { text: '10', value: 10 });
    near([...tool.pointer!.at], [6, 8]);
    tool.type('length', null);
    tool.update(placeAt(3, 4));
    near([...tool.pointer!.at], [3, 4]);
  });
  it('ends on the origin by a constraint, as the origin is nobody’s point', () => {
    const { outcome } = draw(LINE, [placeAt(9, 9), { at: [0, 0], on: { kind: 'point', id: 'origin' } }]);
    expect(added(outcome).constraints).toEqual([{ kind: 'coincident', id: 'c1', a: 'point2', b: 'origin' }]);
  });
});

describe('rectangles', () => {
  it('take a typed width and height towards the pointer', () => {
    const { outcome } = draw(RECTANGLE, [placeAt(0, 0), placeAt(-3, 2)], { width: ['40', 40], height: ['25', 25] });
    const addition = added(outcome);
    near(coordinates(addition, 'point2'), [-40, 25]);
    expect(addition.constraints.map(({ kind }) => kind)).toEqual([
      'horizontal',
      'vertical',
      'horizontal',
      'vertical',
      'distance',
      'distance',
    ]);
    expect(addition.entities.filter(({ kind }) => kind === 'line')).toHaveLength(4);
    expect(addition.entities.filter(({ kind }) => kind === 'point')).toHaveLength(4);
  });
  it('stay on their centre', () => {
    const { outcome } = draw(CENTRE_RECTANGLE, [placeAt(1, 1), placeAt(11, 6)]);
    const addition = added(outcome);
    expect(addition.constraints.at(-1)).toMatchObject({ kind: 'midpoint', point: 'point1' });
    expect(addition.entities.filter((entity) => entity.construction)).toHaveLength(1);
  });
  it('are not made flat', () => {
    expect(draw(RECTANGLE, [placeAt(0, 0), placeAt(10, 0)]).outcome).toEqual({ kind: 'revert' });
  });
});

describe('round shapes', () => {
  it('a circle has the typed diameter', () => {
    const { outcome } = draw(CIRCLE, [placeAt(0, 0), placeAt(3, 0)], { diameter: ['12 mm', 12] });
    expect(added(outcome).entities.at(-1)).toEqual({ kind: 'circle', id: 'circle1', centre: 'point1', radius_mm: 6 });
    expect(added(outcome).constraints).toEqual([
      { kind: 'diameter', id: 'c1', curve: 'circle1', value: { length: '12 mm' } },
    ]);
  });
  it('a circle goes through three points, and none through three in a line', () => {
    const { outcome } = draw(CIRCLE_BY_3, [placeAt(5, 0), placeAt(0, 5), placeAt(-5, 0)]);
    const circle = added(outcome).entities.at(-1)!;
    expect(circle.kind === 'circle' && circle.radius_mm).toBeCloseTo(5, 9);
    expect(draw(CIRCLE_BY_3, [placeAt(0, 0), placeAt(5, 0), placeAt(9, 0)]).outcome).toEqual({ kind: 'revert' });
  });
  it('an arc by centre runs counter-clockwise over the typed sweep', () => {
    const places = [placeAt(0, 0), placeAt(10, 0), placeAt(0, -10)];
    const { outcome } = draw(ARC_BY_CENTRE, places, { sweep: ['90', Math.PI / 2] });
    near(coordinates(added(outcome), 'point3'), [0, 10]);
    expect(added(outcome).entities.at(-1)).toMatchObject({
      kind: 'arc',
      centre: 'point1',
      start: 'point2',
      end: 'point3',
    });
  });
  it.each([
    ['above', 5, 'point2', 'point1'],
    ['below', -5, 'point1', 'point2'],
  ])('an arc through three points passes %s', (_side, y, start, end) => {
    const { outcome } = draw(ARC_BY_3, [placeAt(-5, 0), placeAt(5, 0), placeAt(0, y)]);
    expect(added(outcome).entities.at(-1)).toMatchObject({ kind: 'arc', start, end });
  });
  it('a tangent arc leaves a line in its direction', () => {
    const sketch: Sketch = {
      ...EMPTY,
      entities: [
        { kind: 'point', id: 'point1', x_mm: 0, y_mm: 0 },
        { kind: 'point', id: 'point2', x_mm: 10, y_mm: 0 },
        { kind: 'line', id: 'line1', start: 'point1', end: 'point2' },
      ],
    };
    const setting = settingOf(sketch, idSource(['point2', 'line1']));
    const places: Place[] = [{ at: [10, 0], on: { kind: 'point', id: 'point2' } }, placeAt(15, 5)];
    const addition = added(draw(TANGENT_ARC, places, {}, setting).outcome);
    const arc = addition.entities.at(-1)!;
    // A quarter circle of 5 mm above the line's end.
    expect(arc).toMatchObject({ kind: 'arc', start: 'point2' });
    near(coordinates(addition, arc.kind === 'arc' ? arc.centre : ''), [10, 5]);
    expect(addition.constraints).toEqual([{ kind: 'tangent', id: 'c1', a: 'line1', b: 'arc1' }]);
  });
  it('an ellipse never has a short axis longer than its long one', () => {
    const { outcome } = draw(ELLIPSE, [placeAt(0, 0), placeAt(4, 0), placeAt(0, 9)]);
    expect(added(outcome).entities.at(-1)).toMatchObject({ kind: 'ellipse', minorRadius_mm: 4 });
  });
  it('a spline goes through its points until it is ended, and closes on the first', () => {
    const tool = new ShapeTool(SPLINE);
    const setting = settingOf();
    tool.begin(placeAt(0, 0));
    for (const place of [placeAt(5, 5), placeAt(10, 0)]) expect(tool.commit(place, setting).kind).toBe('continue');
    expect(added(tool.finish(setting)).entities.at(-1)).toMatchObject({
      kind: 'spline',
      points: ['point1', 'point2', 'point3'],
    });
    tool.begin(placeAt(0, 0));
    for (const place of [placeAt(5, 5), placeAt(10, 0)]) tool.commit(place, setting);
    expect(added(tool.commit(placeAt(0, 0), setting)).entities.at(-1)).toMatchObject({ kind: 'spline', closed: true });
    tool.begin(placeAt(0, 0));
    expect(tool.finish(setting)).toEqual({ kind: 'revert' });
  });
});

describe('shapes of many pieces', () => {
  /** Unknown coordinates less constraints: what is left must be the ways in which the shape may move. */
  const freedom = ({ entities, constraints }: { entities: Sketch['entities']; constraints: Sketch['constraints'] }) => {
    let unknown = 0;
    for (const { kind } of entities) unknown += kind === 'point' ? 2 : kind === 'circle' ? 1 : kind === 'arc' ? -1 : 0;
    return (
      unknown - constraints.reduce((sum, { kind }) => sum + (kind === 'midpoint' || kind === 'coincident' ? 2 : 1), 0)
    );
  };
  it('a slot keeps place, direction, length and width', () => {
    const { outcome } = draw(SLOT, [placeAt(0, 0), placeAt(20, 5), placeAt(10, 9)]);
    expect(freedom(added(outcome))).toBe(5);
  });
  it('a polygon keeps place, direction and size, with as many sides as were typed', () => {
    const { outcome } = draw(POLYGON, [placeAt(0, 0), placeAt(10, 0)], { sides: ['8', 8] });
    expect(added(outcome).entities.filter(({ kind }) => kind === 'line')).toHaveLength(8);
    expect(freedom(added(outcome))).toBe(4);
  });
  it('a rectangle keeps place, width and height', () => {
    expect(freedom(added(draw(RECTANGLE, [placeAt(0, 0), placeAt(9, 5)]).outcome))).toBe(4);
    expect(freedom(added(draw(CENTRE_RECTANGLE, [placeAt(0, 0), placeAt(9, 5)]).outcome))).toBe(4);
  });
});

describe('what a tool makes', () => {
  it('is construction geometry when that is on', () => {
    const setting = { ...settingOf(), construction: true };
    const { outcome } = draw(LINE, [placeAt(0, 0), placeAt(9, 5)], {}, setting);
    expect(added(outcome).entities.at(-1)).toMatchObject({ kind: 'line', construction: true });
  });
  it('is previewed without using up ids or adding constraints', () => {
    const setting = settingOf();
    const tool = new ShapeTool(RECTANGLE);
    tool.begin(placeAt(0, 0));
    tool.update(placeAt(5, 5));
    expect(tool.preview(setting)).toMatchObject({ constraints: [] });
    expect(setting.takeId('line')).toBe('line1');
  });
  it('never takes an id that anything still names', () => {
    const takeId = idSource(['line3', 'c12', '{"name":"feature_ab12cd/side(line9)|feature_ab12cd/end"}']);
    expect([takeId('line'), takeId('line'), takeId('c'), takeId('arc')]).toEqual(['line10', 'line11', 'c13', 'arc1']);
  });
  it('is put beside what is there', () => {
    const draft = new Draft(EMPTY, idSource([]));
    draft.freePoint([1e9, Number.NaN]);
    expect(withAddition(EMPTY, draft).entities).toEqual([{ kind: 'point', id: 'point1', x_mm: 1e7, y_mm: 0 }]);
  });
});
