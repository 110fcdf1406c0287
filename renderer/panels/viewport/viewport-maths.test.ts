import { describe, expect, it } from 'vitest';
import { rotation } from '../../../main/document/index.ts';
import { eulerDegrees } from '../properties/rotation.ts';
import { curvePoints } from '../studies/needs/residual-curve.tsx';
import { automaticScale } from './field.ts';
import { legendValues } from './legend-values.ts';
import { roundLength } from './scale-bar.tsx';

describe('legend', () => {
  it('names the limits of every band from the top down', () => {
    expect(legendValues([0, 10], 5)).toEqual([10, 8, 6, 4, 2, 0]);
    expect(legendValues([0, 8], 0)).toHaveLength(9);
    expect(legendValues([0, 8], 24)).toHaveLength(9);
  });
});
describe('automatic deformation', () => {
  it('makes the largest displacement about a tenth of the part', () => {
    expect(automaticScale(0.42, 206)).toBe(30);
    expect(automaticScale(25, 100)).toBeCloseTo(0.3);
    expect(automaticScale(0, 100)).toBe(1);
  });
});
describe('scale bar', () => {
  it('is as long as a round number', () => {
    expect(roundLength(73)).toBe(50);
    expect(roundLength(0.031)).toBeCloseTo(0.02);
    expect(roundLength(100)).toBe(100);
  });
});
describe('residual curve', () => {
  it('falls from the top left to the bottom right', () => {
    expect(curvePoints([1, 1e-2, 1e-4], 100, 24)).toBe('0.0,2.0 50.0,12.0 100.0,22.0');
  });
});
describe('angles of a placement', () => {
  it('are those that it was turned by', () => {
    expect(eulerDegrees(rotation([0, 0, 1], Math.PI / 6))?.map((angle) => Math.round(angle))).toEqual([0, 0, 30]);
    expect(eulerDegrees(rotation([0, 1, 0], Math.PI / 2))?.map((angle) => Math.round(angle))).toEqual([0, 90, 0]);
    expect(eulerDegrees([-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0])).toBeNull();
  });
});
