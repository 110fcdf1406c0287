import { expect, test } from 'vitest';
import { silentContext } from '../../../preload/contract/index.ts';
import { checkRequest } from './check.ts';
import { generateShape } from './generate.ts';
import { BRACKET, CANTILEVER } from './testing/requests.ts';
import type { ShapeRequest } from './types.ts';

const [MOUNT, PIN] = BRACKET.interfaces as [ShapeRequest['interfaces'][number], ShapeRequest['interfaces'][number]];
const DOWN = BRACKET.loadCases[0]!;
const pinAt = (x: number, y: number, diameter_mm = 14) =>
  ({ name: 'pin', kind: 'bore', centres: [[x, y, 0]], diameter_mm, land_mm: 6 }) as const;

test.each<[string, Partial<ShapeRequest>, string]>([
  ['no interfaces', { interfaces: [] }, 'interfaces'],
  ['a name twice', { interfaces: [MOUNT, PIN, PIN] }, 'name'],
  ['a name that is no word', { interfaces: [{ ...MOUNT, name: "a'b" }, PIN] }, 'name'],
  ['a flat envelope', { envelope: { minimum: [0, 0, 0], maximum: [120, 80, 0] } }, 'envelope'],
  [
    'a profile that crosses itself',
    {
      envelope: {
        ...BRACKET.envelope,
        profile: [
          [0, 0],
          [120, 80],
          [120, 0],
          [0, 80],
        ],
      },
    },
    'envelope',
  ],
  ['a bore out of the envelope', { interfaces: [MOUNT, pinAt(112, 40)] }, 'place'],
  ['bores that cut each other', { interfaces: [MOUNT, pinAt(20, 18)] }, 'place'],
  [
    'a face off the side',
    { interfaces: [MOUNT, PIN, { name: 'f', kind: 'face', centre: [60, 1, 0], length_mm: 9, land_mm: 3 }] },
    'place',
  ],
  [
    'a face longer than its side',
    { interfaces: [MOUNT, PIN, { name: 'f', kind: 'face', centre: [118, 0, 0], length_mm: 9, land_mm: 3 }] },
    'place',
  ],
  ['a keep-out on a land', { keepOuts: [{ kind: 'circle', centre: [95, 40, 0], diameter_mm: 10 }] }, 'keep-out'],
  ['a load on nothing', { loadCases: [{ ...DOWN, loads: [{ on: 'nose', force_N: [1, 0, 0] }] }] }, 'load-case'],
  ['a load that is none', { loadCases: [{ ...DOWN, loads: [{ on: 'pin', force_N: [0, 0, 0] }] }] }, 'load-case'],
  ['a load on what is held', { loadCases: [{ ...DOWN, supports: ['mount', 'pin'] }] }, 'load-case'],
  ['no support', { loadCases: [{ ...DOWN, supports: [] }] }, 'load-case'],
  [
    'a force that is no number',
    { loadCases: [{ ...DOWN, loads: [{ on: 'pin', force_N: [0, Number.NaN, 0] }] }] },
    'number',
  ],
  ['more than everything', { amount: { volumeFraction: 1.2 } }, 'number'],
  ['no tool', { toolRadius_mm: 0 }, 'number'],
])('%s is refused', (_, change, code) => {
  expect(() => checkRequest(BRACKET)).not.toThrow();
  expect(() => checkRequest({ ...BRACKET, ...change })).toThrow(
    expect.objectContaining({ data: expect.objectContaining({ code: `engineer.shape-${code}` }) }),
  );
});

test.each<[string, ShapeRequest, string]>([
  ['less than the lands', { ...BRACKET, amount: { volumeFraction: 0.05 } }, 'volume'],
  ['more mass than there is space', { ...BRACKET, amount: { mass_t: 1 } }, 'volume'],
  ['members finer than the cells', { ...BRACKET, minimumMember_mm: 0.5 }, 'too-fine'],
  [
    'plane stress for a load across the plane',
    {
      ...CANTILEVER,
      mechanics: 'plane',
      loadCases: [{ name: 'up', loads: [{ on: 'tip', force_N: [0, 0, 5] }], supports: ['wall'] }],
    },
    'out-of-plane',
  ],
])('%s is refused before anything is optimised', async (_, request, code) => {
  await expect(generateShape(request, silentContext())).rejects.toMatchObject({
    data: { code: `engineer.shape-${code}` },
  });
});
