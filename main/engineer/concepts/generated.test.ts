import { describe, expect, it } from 'vitest';
import { readBrief } from '../brief/read-brief.ts';
import { shapeRequestOf } from './generated.ts';

const BRIEF = `
name: Arm
materials: [Al 7075-T6]
envelope: {min: [0, 0, 0], max: [120 mm, 80 mm, 14 mm]}
interfaces:
  mount: {bolts: {size: M8, at: [[12, 12, 0], [12, 68, 0]], axis: z}}
  pin: {bore: {diameter: 14 mm, at: [105, 40, 0], axis: z}}
concepts: [{generate: true}]
cases:
  bump:
    restraints: [{on: mount, fix: all}]
    loads: [{on: pin, force: [0, -3 kN, 0]}]
requirements: [max(von_mises) <= yield / 2]
`;
const refusal = (change: (text: string) => string): string => {
  try {
    shapeRequestOf(readBrief(change(BRIEF)), 0.3);
    return 'none';
  } catch (thrown) {
    return (thrown as Error).message;
  }
};

describe('a shape to be generated', () => {
  it('is asked for between the interfaces of the brief, milled along their holes, under its cases', () => {
    const request = shapeRequestOf(readBrief(BRIEF), 0.3);
    expect(request.millingDirection).toBe('z');
    expect(request.envelope).toEqual({ minimum: [0, 0, 0], maximum: [120, 80, 14] });
    expect(request.interfaces).toEqual([
      {
        name: 'mount',
        kind: 'bolt-pattern',
        centres: [
          [12, 12, 0],
          [12, 68, 0],
        ],
        diameter_mm: 8.8,
        land_mm: 6.4,
      },
      { name: 'pin', kind: 'bore', centres: [[105, 40, 0]], diameter_mm: 14, land_mm: 6.4 },
    ]);
    expect(request.loadCases).toEqual([
      { name: 'bump', loads: [{ on: 'pin', force_N: [0, -3000, 0] }], supports: ['mount'] },
    ]);
    expect(request.material).toMatchObject({ name: 'Al 7075-T6', young_MPa: 71700 });
  });

  it.each([
    ['no envelope', (text: string) => text.replace(/^envelope.*$/m, ''), 'it has no envelope'],
    [
      'a bore across the others',
      (text: string) => text.replace('40, 0], axis: z', '40, 0], axis: x'),
      'the axis of "pin"',
    ],
    [
      'a load on a face of no interface',
      (text: string) => text.replace('on: pin', 'on: "faces >X"'),
      'is on no interface',
    ],
    [
      'a pressure',
      (text: string) => text.replace('force: [0, -3 kN, 0]', 'pressure: 1 MPa'),
      'neither a force nor a moment',
    ],
  ])('is refused for %s', (_, change, said) => {
    expect(refusal(change)).toContain(said);
  });
});
