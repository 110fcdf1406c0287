import { afterAll, describe, expect, it } from 'vitest';
import { silentContext, type Vector3 } from '../../../../preload/contract/index.ts';
import { nameFromWords, resolveReference } from '../../../document/index.ts';
import { createKernel } from '../../../kernel/index.ts';
import { sampleValues } from '../../../scripting/benchmarks.ts';
import { disposePartScripts } from '../../../scripting/index.ts';
import type { BriefInterface } from '../../brief/brief.ts';
import { type MadeDesign, makeDesign } from '../../candidates/make-design.ts';
import { type Concept, conceptFromScript } from '../concept.ts';
import { ARCHETYPES, fitRequest, readArchetypeScript, requestsThatFit } from './index.ts';

const kernel = createKernel();
afterAll(async () => {
  disposePartScripts();
  await kernel.dispose();
});

const bolts = (size: string, axis: Vector3, at_mm: Vector3[], name = 'bolts'): BriefInterface => ({
  name,
  kind: 'bolts',
  size,
  diameter_mm: Number(size.slice(1)),
  axis,
  at_mm,
});
const bore = (name: string, diameter_mm: number, at_mm: Vector3, axis: Vector3, length_mm: number | null = null) =>
  ({ name, kind: 'bore', diameter_mm, at_mm, axis, length_mm }) satisfies BriefInterface;
const face = (name: string, at_mm: Vector3, normal: Vector3, size_mm: [number, number] | null): BriefInterface => ({
  name,
  kind: 'face',
  at_mm,
  normal,
  size_mm,
});
const journal = (name: string, diameter_mm: number, x: number, length_mm: number): BriefInterface => ({
  name,
  kind: 'journal',
  diameter_mm,
  at_mm: [x, 40, -7],
  axis: [1, 0, 0],
  length_mm,
});
const circle = (count: number, radius: number, centre: Vector3): Vector3[] =>
  Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * (i + 0.25)) / count;
    return [centre[0] + radius * Math.cos(angle), centre[1], centre[2] + radius * Math.sin(angle)];
  });

/** A brief each that is typical, in frames that are not the script's own. */
const TYPICAL: Record<string, BriefInterface[]> = {
  bracket: [
    // On a wall whose outward direction is -X, loaded from above.
    bolts(
      'M8',
      [1, 0, 0],
      [-20, 20].flatMap((y): Vector3[] => [
        [100, 5 + y, -40],
        [100, 5 + y, -75],
      ]),
    ),
    face('shelf', [30, 5, 0], [0, 0, 1], [20, 60]),
  ],
  'stiffened-plate': [
    bolts(
      'M8',
      [0, 0, 1],
      [-80, 80].flatMap((x): Vector3[] => [
        [x, -60, 0],
        [x, 60, 0],
      ]),
    ),
    face('table', [5, 0, 45], [0, 0, 1], [60, 40]),
  ],
  'beam-link': [bore('crank', 16, [10, 20, 30], [0, 1, 0], 22), bore('rocker', 12, [10, 20, 190], [0, 1, 0])],
  flange: [
    bore('pipe', 40, [10, 25, 0], [0, 1, 0], 50),
    bolts('M8', [0, 1, 0], circle(6, 60, [10, 0, 0])),
    face('mating', [10, 0, 0], [0, -1, 0], null),
  ],
  housing: [
    bore('bearing', 47, [0, 0, 0], [1, 0, 0], 30),
    bolts(
      'M8',
      [0, 0, 1],
      [-55, 55].map((y): Vector3 => [4, y, -60]),
    ),
  ],
  shaft: [journal('left', 25, -100, 20), journal('gear', 30, 10, 24), journal('right', 20, 120, 16)],
  'pressure-vessel': [bore('room', 80, [0, 10, 0], [0, 1, 0], 120), bore('port', 16, [0, -60, 0], [0, 1, 0])],
  'heat-sink': [
    face('chip', [0, 0, 0], [0, 0, -1], [30, 30]),
    bolts(
      'M4',
      [0, 0, 1],
      [-25, 25].flatMap((x): Vector3[] => [
        [x, -25, 0],
        [x, 25, 0],
      ]),
    ),
  ],
};

async function conceptOf(key: string): Promise<Concept> {
  const request = { name: key, from: { kind: 'archetype', key }, vary: {}, set: {}, faces: {}, imports: {} } as const;
  const fitted = fitRequest(request, key, { interfaces: TYPICAL[key]!, envelope: null });
  return conceptFromScript(fitted, await readArchetypeScript(key), silentContext());
}

const facesOf = ({ infos, outcomes }: MadeDesign, selectors: readonly string[]) =>
  selectors.map((selector) => {
    const name = nameFromWords('face', selector.replace(/^face /, ''), outcomes);
    const { items, error } = resolveReference({ by: 'name', kind: 'face', name }, infos);
    expect(error, selector).toBeUndefined();
    expect(items.length, selector).toBeGreaterThan(0);
    return infos[0]!.faces[items[0]!.index]!;
  });

/** From a point to the line along a direction through another point. */
function distance(point: Vector3, line: { origin_mm: Vector3; direction: Vector3 }): number {
  const from = point.map((value, k) => value - line.origin_mm[k]!);
  const along = from.reduce((sum, value, k) => sum + value * line.direction[k]!, 0);
  return Math.hypot(...from.map((value, k) => value - along * line.direction[k]!));
}

const CLEARANCE: Record<string, number> = { M4: 4.5, M8: 9 };

/** The interface is on the part's faces, exactly. */
function expectMet(one: BriefInterface, made: MadeDesign, selectors: readonly string[]): void {
  const faces = facesOf(made, selectors);
  if (one.kind === 'face') {
    for (const found of faces) {
      const away = found.centroid_mm.reduce((sum, x, k) => sum + (x - one.at_mm[k]!) * one.normal[k]!, 0);
      expect(Math.abs(away), one.name).toBeLessThan(1e-6);
      expect(
        found.normal!.reduce((sum, x, k) => sum + x * one.normal[k]!, 0),
        one.name,
      ).toBeCloseTo(1, 9);
      if (one.size_mm) {
        expect(found.area_mm2, one.name).toBeCloseTo(one.size_mm[0] * one.size_mm[1], 4);
        expect(Math.hypot(...found.centroid_mm.map((x, k) => x - one.at_mm[k]!)), one.name).toBeLessThan(1e-6);
      }
    }
    return;
  }
  const wanted = one.kind === 'bolts' ? CLEARANCE[one.size]! / 2 : one.diameter_mm / 2;
  const places = one.kind === 'bolts' ? one.at_mm : [one.at_mm];
  const round = faces.filter(({ type }) => type === 'cylinder');
  for (const place of places)
    expect(
      round.some(({ axis, radius_mm }) => Math.abs(radius_mm! - wanted) < 1e-6 && distance(place, axis!) < 1e-6),
      `${one.name} at ${place.join(', ')}`,
    ).toBe(true);
}

describe.each(ARCHETYPES.map(({ key }) => key))('the archetype %s', (key) => {
  it('meets the interfaces of a typical brief exactly, as it is first made and somewhere in its range', async () => {
    const concept = await conceptOf(key);
    const ranged = concept.variables.map((variable) => {
      const [minimum, maximum] =
        variable.kind === 'range'
          ? [variable.minimum, variable.maximum]
          : [variable.choices[0]!, variable.choices.at(-1)!];
      return { name: variable.name, dimension: 'number' as const, value: variable.start, minimum, maximum };
    });
    const somewhere = sampleValues(ranged, 5, 7).at(-1)!;
    const points = [
      concept.variables.map(({ start }) => start),
      concept.variables.map((variable) => {
        const value = somewhere[variable.name]!;
        return variable.kind === 'choices'
          ? variable.choices.reduce((a, b) => (Math.abs(b - value) < Math.abs(a - value) ? b : a))
          : value;
      }),
    ];
    for (const values of points) {
      const made = await makeDesign(kernel, concept, values, 0, silentContext());
      expect(made.infos).toHaveLength(1);
      for (const one of TYPICAL[key]!) expectMet(one, made, concept.faces[one.name]!);
    }
  });

  it('refuses another archetype’s brief with a reason', () => {
    const other = key === 'bracket' ? 'shaft' : 'bracket';
    const archetype = ARCHETYPES.find((each) => each.key === key)!;
    expect(archetype.fit(TYPICAL[other]!, null)).toMatchObject({ reason: expect.stringMatching(/.{10,}/) });
  });
});

it('only parts that fit compete where the brief names no concept', () => {
  for (const [key, interfaces] of Object.entries(TYPICAL))
    expect(requestsThatFit({ interfaces, envelope: null }).map(({ name }) => name)).toEqual([key]);
  expect(() => requestsThatFit({ interfaces: [face('a', [0, 0, 0], [0, 0, 1], null)], envelope: null })).toThrow(
    /No archetype fits/,
  );
});

it('what the brief sets or varies itself comes before what the archetype would', () => {
  const fitted = fitRequest(
    {
      name: 'link',
      from: { kind: 'archetype', key: 'beam-link' },
      vary: { boss_1: { kind: 'range', minimum: '20 mm', maximum: '24 mm' } },
      set: { web: '3 mm' },
      faces: { crank: ['faces >X'] },
      imports: {},
    },
    'beam-link',
    { interfaces: TYPICAL['beam-link']!, envelope: null },
  );
  expect(fitted.set).toMatchObject({ web: '3 mm', bore_1: '16 mm' });
  expect(fitted.set).not.toHaveProperty('boss_1');
  expect(fitted.vary).toHaveProperty('boss_1');
  expect(fitted.vary).not.toHaveProperty('web');
  expect(fitted.faces).toMatchObject({ crank: ['faces >X'], rocker: ['face second bore/wall(point1)'] });
});

it('what the interfaces need must be inside of the envelope', () => {
  const envelope = { min_mm: [-60, -60, -200] as Vector3, max_mm: [60, 90, 200] as Vector3 };
  const fitOf = (key: string) => ARCHETYPES.find((each) => each.key === key)!.fit(TYPICAL[key]!, envelope);
  expect(fitOf('flange')).toMatchObject({ reason: 'what the interfaces need is larger than the envelope' });
  expect(fitOf('pressure-vessel')).toHaveProperty('set');
});
