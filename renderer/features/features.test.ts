import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  type BodyInfo,
  type Feature,
  type FeatureOutcome,
  type FeatureRecord,
  FeatureSchema,
  type PartRecord,
  type Reference,
  type VariableValue,
} from '../../preload/contract/index.ts';
import { boxBody } from '../testing/fixture-geometry.ts';
import { candidatesOf } from './candidates.tsx';
import { indicesOf } from './editor/small-fields.tsx';
import { evaluateText, saysItself, textOf, valueInWords, wordAt } from './expressions.ts';
import { handleOf, roundedTo } from './handles/handle.ts';
import { type Beginning, CREATABLE, featureName, newFeature } from './kinds.ts';
import { nearestAlong } from './projection.ts';
import { matching } from './recognised/recognised-state.ts';
import { mapReferences, referencesIn } from './references.ts';
import { lineOf } from './script/script-state.ts';
import { halved, suggestionsFor } from './suggestions.ts';
import { rowsOf } from './tree/tree-rows.ts';
import { roundStep } from './variables/variable-row.tsx';

const edge = (name: string): Reference => ({ by: 'name', kind: 'edge', name });
const face: Reference = { by: 'name', kind: 'face', name: 'feature_aaaaaa/end' };
const fillet = (edges: Reference[], radius = '2 mm'): Feature => ({
  kind: 'fillet',
  edges,
  radius: { length: radius },
});
const wall: VariableValue = {
  name: 'wall',
  dimension: 'length',
  expression: '4 mm',
  value: 4,
  scope: 'part',
};

describe('expressions in fields', () => {
  it('are worth what they say, with variables and units, in mm and rad', () => {
    expect(evaluateText('wall * 2 + 1 in', 'length', [wall])).toEqual({ ok: true, value: 33.4 });
    expect(evaluateText('12', 'length', [])).toEqual({ ok: true, value: 12 });
    const turn = evaluateText('90', 'angle', []);
    expect(turn.ok && turn.value).toBeCloseTo(Math.PI / 2, 12);
    expect(evaluateText('3 kg', 'length', [])).toMatchObject({ ok: false, error: { code: 'units.dimension' } });
    expect(evaluateText('walls', 'length', [wall])).toMatchObject({ ok: false });
  });
  it('are read back as a person would have typed them', () => {
    expect(textOf(12.5, 'length')).toBe('12.5 mm');
    expect(textOf(Math.PI / 6, 'angle')).toBe('30 deg');
    expect(textOf(6, 'number')).toBe('6');
    expect(valueInWords(25.4, 'length', 'inch-lbf-psi')).toBe('1\u00a0in');
    expect(saysItself('12.5 mm')).toBe(true);
    expect(saysItself('1 in')).toBe(false);
  });
  it('complete the word at the caret, but no unit after a number', () => {
    expect(wordAt('2 * wal', 7)).toEqual({ word: 'wal', from: 4 });
    expect(wordAt('2 * wal + 3', 7)).toEqual({ word: 'wal', from: 4 });
    expect(wordAt('12 m', 4)).toEqual({ word: '', from: 4 });
    expect(wordAt('', 0)).toEqual({ word: '', from: 0 });
  });
});

describe('new features', () => {
  const at: Beginning = {
    references: [face, edge('a|b')],
    sketch: 'feature_sketch1',
    bodies: ['feature_aaaaaa', 'feature_bbbbbb'],
    feature: 'feature_aaaaaa',
  };
  // What must be picked first: a path, a second section. Everything else begins as something that can be made.
  const LACKING = ['sweep', 'loft'];
  it.each(CREATABLE.filter((kind) => !LACKING.includes(kind)))(
    '%s begins as a valid one from what is at hand',
    (kind) => {
      const parsed = v.safeParse(FeatureSchema, newFeature(kind, at));
      expect(parsed.issues ?? []).toEqual([]);
    },
  );
  it('add to a body that is there, and are a new one where there is none', () => {
    expect(newFeature('extrude', at)).toMatchObject({ operation: 'add' });
    expect(newFeature('extrude', { ...at, bodies: [] })).toMatchObject({ operation: 'new' });
  });
  it('are named by their kind and a number', () => {
    expect(featureName('fillet', [])).toBe('Fillet');
    expect(featureName('fillet', [{ name: 'Fillet' }, { name: 'Fillet 2' }])).toBe('Fillet 3');
  });
});

describe('references of a feature', () => {
  it('are found wherever they stand, and replaced one by one', () => {
    const feature: Feature = {
      kind: 'extrude',
      profile: { by: 'face', face },
      operation: 'cut',
      extent: { to: 'face', face: edge('x') },
    };
    expect(referencesIn(feature)).toEqual([face, edge('x')]);
    const changed = mapReferences(feature, (reference) => (reference === face ? edge('y') : reference));
    expect(referencesIn(changed)).toEqual([edge('y'), edge('x')]);
  });
  it('are shown as candidates only where the error names places', () => {
    const good = { body: 0, kind: 'edge', index: 3, words: 'edge 4' };
    const details = { candidates: [good, { body: 'x' }, null] };
    expect(candidatesOf({ code: 'reference.lost', category: 'refused', message: '', details })).toEqual([good]);
    expect(candidatesOf({ code: 'x', category: 'refused', message: '' })).toEqual([]);
  });
});

describe('suggestions', () => {
  const error = { code: 'fillet.too-large', category: 'refused' as const, message: '' };
  it('halve what is too large, whatever the expression', () => {
    expect(halved('10 mm')).toBe('5 mm');
    expect(halved('wall + 1')).toBe('(wall + 1) / 2');
    expect(halved('(wall + 1) / 2')).toBe('(wall + 1) / 4');
    expect(suggestionsFor(fillet([edge('a')], '3 mm'), error, [])[0]!.feature).toMatchObject({
      radius: { length: '1.5 mm' },
    });
  });
  it('leave lost references out only where others stay', () => {
    const [a, b] = [edge('a'), edge('b')];
    const lost = { ...error, code: 'reference.lost' };
    expect(suggestionsFor(fillet([a, b]), lost, [a]).map(({ feature }) => feature)).toEqual([fillet([b])]);
    expect(suggestionsFor(fillet([a]), lost, [a])).toEqual([]);
  });
  it('do not halve what cannot be read', () => {
    expect(suggestionsFor(fillet([edge('a')]), { ...error, code: 'expression.syntax' }, [])).toEqual([]);
  });
});

describe('rows of the history', () => {
  const record = (id: string, group?: string): FeatureRecord => ({
    type: 'feature',
    id,
    partId: 'part_aaaaaa',
    name: id,
    feature: fillet([edge('a')]),
    ...(group ? { group } : {}),
  });
  const part = (rollBack?: number): PartRecord => ({
    type: 'part',
    id: 'part_aaaaaa',
    name: 'Part',
    bodies: [],
    ...(rollBack === undefined ? {} : { rollBack }),
  });
  const outcome = (id: string, state: FeatureOutcome['state'], scripted = false): FeatureOutcome => ({
    id,
    name: id,
    state,
    warnings: [],
    seconds: 0,
    reused: false,
    ...(scripted ? { scripted } : {}),
  });
  const history = (outcomes: FeatureOutcome[]) => ({
    partId: 'part_aaaaaa',
    status: 'ready' as const,
    outcomes,
    variables: [],
    inputHash: '',
    seconds: 0,
  });
  const shape = (rows: ReturnType<typeof rowsOf>) =>
    rows.map((row) =>
      row.kind === 'feature' ? `${row.name} ${row.state}` : row.kind === 'group' ? `[${row.name} ${row.count}]` : '---',
    );

  it('show scripted steps first, the bar where the part is rolled back to, and what is not evaluated yet', () => {
    const rows = rowsOf(
      part(2),
      [record('a'), record('b'), record('c')],
      history([outcome('s', 'ok', true), outcome('a', 'failed')]),
      new Set(),
    );
    expect(shape(rows)).toEqual(['s ok', 'a failed', 'b pending', '---', 'c rolled-back']);
    expect(rows[0]).toMatchObject({ record: undefined });
  });
  it('put neighbours of the same group under one heading, which can be closed', () => {
    const features = [record('a'), record('b', 'Holes'), record('c', 'Holes'), record('d')];
    const ok = history(features.map(({ id }) => outcome(id, 'ok')));
    expect(shape(rowsOf(part(), features, ok, new Set()))).toEqual([
      'a ok',
      '[Holes 2]',
      'b ok',
      'c ok',
      'd ok',
      '---',
    ]);
    expect(shape(rowsOf(part(), features, ok, new Set(['group:Holes'])))).toEqual(['a ok', '[Holes 2]', 'd ok', '---']);
  });
});

describe('the arrow in the view', () => {
  const bodies: BodyInfo[] = [boxBody('Box', [40, 20, 10], [0, 0, 0]).info];
  const world = { bodies, faces: [{ body: 0, index: 5 }], edges: [{ body: 0, index: 0 }], outcomeOf: () => undefined };
  it('stands on the face that is pushed, along its normal', () => {
    const handle = handleOf({ kind: 'offset-face', faces: [face], distance: { length: '3 mm' } }, world)!;
    expect(handle).toMatchObject({ origin_mm: [20, 10, 10], direction: [0, 0, 1], text: '3 mm' });
    expect(handle.withValue('5 mm')).toMatchObject({ distance: { length: '5 mm' } });
  });
  it('stands in the middle of the sketch that is extruded, and follows its direction', () => {
    const sketch: FeatureOutcome = {
      id: 'feature_sketch1',
      name: 'Sketch',
      state: 'ok',
      warnings: [],
      seconds: 0,
      reused: false,
      sketch: {
        // ZX plane, 7 mm along Y.
        frame: [0, 1, 0, 0, 0, 0, 1, 7, 1, 0, 0, 0],
        entities: [
          { kind: 'point', id: 'a', x_mm: 0, y_mm: 0 },
          { kind: 'point', id: 'b', x_mm: 10, y_mm: 30 },
        ],
        status: 'solved',
        degreesOfFreedom: 0,
      },
    };
    const feature: Feature = {
      kind: 'extrude',
      profile: { by: 'sketch', sketch: 'feature_sketch1' },
      operation: 'new',
      extent: { to: 'distance', distance: { length: 'wall' } },
      direction: 'reverse',
    };
    const handle = handleOf(feature, { ...world, outcomeOf: (id) => (id === sketch.id ? sketch : undefined) })!;
    expect(handle.origin_mm).toEqual([15, 7, 5]);
    expect(handle.direction.map((each) => each + 0)).toEqual([0, -1, 0]);
    expect(handleOf({ ...feature, extent: { to: 'through-all' } }, world)).toBeNull();
  });
  it('points into the material where an edge is rounded', () => {
    const handle = handleOf(fillet([edge('a')]), world)!;
    const [first] = bodies[0]!.edges;
    expect(handle.origin_mm).toEqual(first!.centre_mm);
    const inside = bodies[0]!.mass.centroid_mm.map((each, axis) => each - handle.origin_mm[axis]!);
    expect(handle.direction.reduce((sum, each, axis) => sum + each * inside[axis]!, 0)).toBeGreaterThan(0);
  });
  it('takes the point of its line that is nearest to the pointer’s ray', () => {
    // A ray along -Y at x = 4, z = 9 passes the Z axis nearest at z = 9.
    expect(nearestAlong([0, 0, 0], [0, 0, 1], { origin: [4, 50, 9], direction: [0, -1, 0] })).toBeCloseTo(9, 12);
    expect(nearestAlong([0, 0, 2], [0, 0, 1], { origin: [4, 50, 9], direction: [0, -1, 0] })).toBeCloseTo(7, 12);
    expect(nearestAlong([0, 0, 0], [0, 0, 1], { origin: [1, 0, 0], direction: [0, 0, 1] })).toBe(0);
  });
  it('moves in steps that a hand can aim at', () => {
    expect(roundedTo(12.3456, 0.05)).toBe(12.3);
    expect(roundedTo(12.3456, 0.5)).toBe(12);
    expect(roundedTo(-0.26, 0.05)).toBe(-0.3);
  });
});

describe('small things', () => {
  it('a slider moves in round steps', () => {
    expect(roundStep(26)).toBe(0.1);
    expect(roundStep(60)).toBe(1);
    expect(roundStep(0.4)).toBeCloseTo(0.001, 12);
  });
  it('occurrences are whole numbers from 1 on', () => {
    expect(indicesOf('2, 5 5;7')).toEqual([2, 5, 7]);
    expect(indicesOf('')).toEqual([]);
    expect(indicesOf('0')).toBeNull();
    expect(indicesOf('1.5')).toBeNull();
    expect(indicesOf('a')).toBeNull();
  });
  it('a script’s error says its line only where it is a number', () => {
    const at = (details: unknown) => lineOf({ code: 'x', category: 'refused', message: '', details });
    expect(at({ line: 7 })).toBe(7);
    expect(at({ line: 'x' })).toBeNull();
    expect(lineOf(null)).toBeNull();
  });
  it('recognised features are filtered by kind and size', () => {
    const one = (radius_mm: number) => ({
      key: `${radius_mm}`,
      body: 0,
      feature: { kind: 'fillet' as const, faces: [1], words: '', radius_mm, concave: false },
    });
    const found = [one(1), one(3), one(5)];
    expect(matching(found, 'fillet', 3).map(({ key }) => key)).toEqual(['1', '3']);
    expect(matching(found, 'hole', null)).toEqual([]);
    expect(matching(found, 'all', null)).toHaveLength(3);
  });
});
