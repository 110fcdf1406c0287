import { describe, expect, it } from 'vitest';
import type { SketchEntity } from '../../../preload/contract/index.ts';
import { LiveGeometry } from '../view/geometry.ts';
import { constraintsFor, GEOMETRIC, pickedOf } from './possible.ts';
import { smartDimension } from './smart-dimension.ts';
import { nameOfConstraint } from './words.ts';

const point = (id: string, x_mm: number, y_mm: number): SketchEntity => ({ kind: 'point', id, x_mm, y_mm });
const ENTITIES: SketchEntity[] = [
  point('point1', 0, 0),
  point('point2', 10, 0),
  point('point3', 0, 20),
  point('point4', 10, 20),
  point('point5', 30, 5),
  point('point6', 34, 8),
  point('point7', 50, 0),
  point('point8', 50, 5),
  point('point9', 45, 0),
  { kind: 'line', id: 'line1', start: 'point1', end: 'point2' },
  { kind: 'line', id: 'line2', start: 'point3', end: 'point4' },
  { kind: 'line', id: 'line3', start: 'point1', end: 'point4' },
  { kind: 'circle', id: 'circle1', centre: 'point5', radius_mm: 4 },
  { kind: 'circle', id: 'circle2', centre: 'point6', radius_mm: 2 },
  { kind: 'arc', id: 'arc1', centre: 'point7', start: 'point8', end: 'point9' },
  { kind: 'spline', id: 'spline1', points: ['point1', 'point4', 'point5'] },
];
const picked = (...ids: string[]) => pickedOf(ids, ENTITIES);
const possible = (...ids: string[]) => GEOMETRIC.filter((kind) => constraintsFor(kind, picked(...ids)).length > 0);

describe('which constraints a selection allows', () => {
  it.each([
    [['line1'], ['horizontal', 'vertical', 'fixed']],
    [
      ['line1', 'line2'],
      ['horizontal', 'vertical', 'parallel', 'perpendicular', 'collinear', 'equal', 'fixed'],
    ],
    [
      ['point1', 'point4'],
      ['coincident', 'horizontal', 'vertical', 'fixed'],
    ],
    [
      ['point5', 'line1'],
      ['point-on', 'midpoint', 'fixed'],
    ],
    [
      ['circle1', 'circle2'],
      ['tangent', 'concentric', 'equal', 'fixed'],
    ],
    [
      ['line1', 'arc1'],
      ['tangent', 'fixed'],
    ],
    [
      ['point1', 'point2', 'y-axis'],
      ['point-on', 'symmetric', 'fixed'],
    ],
    [['line1', 'spline1'], ['fixed']],
    [['origin'], []],
    [['x-axis', 'y-axis'], []],
    [[], []],
  ])('%j: %j', (ids, kinds) => {
    expect(possible(...(ids as string[]))).toEqual(kinds);
  });
  it('hangs everything on what cannot move', () => {
    expect(constraintsFor('parallel', picked('line1', 'x-axis', 'line2'))).toEqual([
      { kind: 'parallel', a: 'x-axis', b: 'line1' },
      { kind: 'parallel', a: 'x-axis', b: 'line2' },
    ]);
  });
  it('never puts a point on a curve or in the middle of a line that ends in it', () => {
    expect(constraintsFor('point-on', picked('point1', 'line1'))).toEqual([]);
    expect(constraintsFor('midpoint', picked('point2', 'line1'))).toEqual([]);
  });
  it('fixes each point of a selection once', () => {
    expect(constraintsFor('fixed', picked('line1', 'line3'))).toEqual(
      ['point1', 'point2', 'point4'].map((id) => ({ kind: 'fixed', point: id })),
    );
  });
});

describe('the dimension that is meant', () => {
  const geometry = new LiveGeometry(ENTITIES);
  const measure = (ids: string[], x: number, y: number) => smartDimension(picked(...ids), geometry, [x, y]);
  it('of one thing: length, diameter, radius', () => {
    expect(measure(['line1'], 5, -8)).toEqual({
      value: 10,
      constraint: { kind: 'distance', a: 'line1', value: { length: '0' } },
    });
    expect(measure(['circle1'], 40, 5)).toMatchObject({ value: 8, constraint: { kind: 'diameter', curve: 'circle1' } });
    expect(measure(['arc1'], 40, 5)).toMatchObject({ value: 5, constraint: { kind: 'radius', curve: 'arc1' } });
    expect(measure(['spline1'], 0, 0)).toBeNull();
  });
  it('of a slanted line: along an axis where its text stands beside the line’s box', () => {
    expect(measure(['line3'], 5, 30)).toMatchObject({
      value: 10,
      constraint: { kind: 'horizontal-distance', a: 'point1', b: 'point4' },
    });
    expect(measure(['line3'], -9, 10)).toMatchObject({
      value: 20,
      constraint: { kind: 'vertical-distance', a: 'point1', b: 'point4' },
    });
    expect(measure(['line3'], 5, 10)?.constraint).toMatchObject({ kind: 'distance', a: 'line3' });
  });
  it('runs from the smaller coordinate to the greater, so that what is typed is positive', () => {
    expect(measure(['point4', 'point3'], 5, 30)).toMatchObject({
      value: 10,
      constraint: { kind: 'horizontal-distance', a: 'point3', b: 'point4' },
    });
  });
  it('of two: distance of centres, of a point from a line, of parallel lines', () => {
    expect(measure(['circle1', 'circle2'], 32, 6.5)).toMatchObject({
      value: 5,
      constraint: { kind: 'distance', a: 'point5', b: 'point6' },
    });
    expect(measure(['line1', 'point6'], 0, 0)).toMatchObject({
      value: 8,
      constraint: { kind: 'distance', a: 'point6', b: 'line1' },
    });
    expect(measure(['line1', 'line2'], 0, 0)).toMatchObject({
      value: 20,
      constraint: { kind: 'distance', a: 'line1', b: 'line2' },
    });
    expect(measure(['x-axis', 'line2'], 0, 0)).toMatchObject({ value: 20, constraint: { kind: 'distance' } });
    expect(measure(['x-axis', 'line1'], 0, 0)?.value).toBeCloseTo(0, 12);
    expect(measure(['circle1', 'point5'], 0, 0)).toBeNull();
  });
  it('of lines that are not parallel: the smaller angle, counter-clockwise', () => {
    const angle = Math.atan2(20, 10);
    expect(measure(['line1', 'line3'], 0, 0)).toMatchObject({ constraint: { kind: 'angle', a: 'line1', b: 'line3' } });
    expect(measure(['line3', 'line1'], 0, 0)).toMatchObject({ constraint: { kind: 'angle', a: 'line1', b: 'line3' } });
    expect(measure(['line3', 'line1'], 0, 0)?.value).toBeCloseTo(angle, 12);
  });
});

it('constraints are called what a person sees', () => {
  expect(nameOfConstraint({ kind: 'symmetric', id: 'c1', a: 'point1', b: 'point2', about: 'y-axis' })).toBe(
    'Symmetric: Point 1, Point 2, Y axis',
  );
});
