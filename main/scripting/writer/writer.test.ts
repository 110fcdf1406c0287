import { afterAll, expect, test } from 'vitest';
import { FEATURE_KINDS, type Feature, type FeatureKind } from '../../../preload/contract/index.ts';
import { seededRandom } from '../../document/index.ts';
import { readSamplePart, sampleKeys } from '../samples.ts';
import { disposePartScripts, runPartScript } from '../sandbox/runner.ts';
import { randomFeature, type World } from './random-features.fixture.ts';
import type { WritablePart } from './writable.ts';
import { writePartScript } from './write-part-script.ts';

afterAll(disposePartScripts);

const read = (part: WritablePart) => runPartScript({ source: writePartScript(part), fileName: 'written.ts' });

/** What is left out of a script on purpose: fingerprints that only rank messages, and `false` where that is what absence means. */
function essential(data: unknown): unknown {
  if (data === null || typeof data !== 'object') return data;
  if (Array.isArray(data)) return data.map(essential);
  const object = data as Record<string, unknown>;
  const entries = Object.entries(object).filter(
    ([key, value]) =>
      !(key === 'fingerprint' && object['by'] === 'name' && object['beside'] === undefined) &&
      !(value === false && ['construction', 'closed', 'reference'].includes(key)),
  );
  return Object.fromEntries(entries.map(([key, value]) => [key, essential(value)]));
}
const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
/** Points are drawn before the curves that use them, in whatever order a window drew them. */
const inOrder = (feature: Feature): Feature =>
  feature.kind === 'sketch' ? { ...feature, entities: [...feature.entities].sort(byId) } : feature;

test.each(await sampleKeys())('the sample %s is made again by the script that is written of it', async (key) => {
  const part = await runPartScript(await readSamplePart(key));
  expect(await read(part)).toEqual(part);
});

const VARIABLES: WritablePart['variables'] = [
  {
    name: 'tall',
    dimension: 'length',
    expression: 'wide * 2',
    minimum: 'wide',
    note: 'Needs "wide",\nwhich comes later',
  },
  { name: 'wide', dimension: 'length', expression: '40 mm', maximum: '1 m' },
  { name: 'lean', dimension: 'angle', expression: '5 deg' },
  { name: 'class', dimension: 'number', expression: '3' },
  { name: 'größe', dimension: 'number', expression: 'class + 1' },
];

function randomPart(kind: FeatureKind, seed: number): WritablePart {
  const ids = ['feature_aaaaaa', 'feature_bbbbbbbbbbbb', 'feature_cccccc'];
  const world: World = {
    random: seededRandom(seed),
    ids,
    variables: { length: 'wide', angle: 'lean', number: 'class' },
  };
  const first = ids.map((id, at) => ({
    id,
    name: 'Sketch',
    feature: randomFeature('sketch', { ...world, ids: ids.slice(0, at + 1) }),
  }));
  const features = [0, 1, 2, 3].map((at) => ({
    id: `feature_own${at}xx`,
    name: ['Plate 1', 'Plate 1', '  $ {`}` ', "it's */ </script>"][at]!,
    ...(at === 1 ? { suppressed: true } : {}),
    ...(at === 2 ? { group: 'Holes' } : {}),
    feature: randomFeature(kind, world),
  }));
  return { name: "Bracket's `name`", variables: VARIABLES, material: 'S235', features: [...first, ...features] };
}

test.each(FEATURE_KINDS)('%s: every option of it survives being written and read', async (kind) => {
  for (let seed = 1; seed <= 12; seed++) {
    const part = randomPart(kind, seed);
    const again = await read(part);
    const wanted = part.features.map(({ id, feature }) => ({ id, feature: essential(inOrder(feature)) }));
    expect(
      again.features.map(({ id, feature }) => ({ id, feature: essential(inOrder(feature)) })),
      `seed ${seed}`,
    ).toEqual(wanted);
    expect(again.features.map(({ name, suppressed, group }) => [name, suppressed, group])).toEqual([
      ['Sketch', undefined, undefined],
      ['Sketch 2', undefined, undefined],
      ['Sketch 3', undefined, undefined],
      ['Plate 1', undefined, undefined],
      ['Plate 1 2', true, undefined],
      ['$ {`}`', undefined, 'Holes'],
      ["it's */ </script>", undefined, undefined],
    ]);
    expect(again.name).toBe(part.name);
    expect(again.material).toBe('S235');
    expect(again.variables.map(({ value: _value, declared: _declared, ...each }) => each).sort(byName)).toEqual(
      [...VARIABLES].sort(byName),
    );
  }
});
const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

test('a written script reads like one that a person wrote', async () => {
  const source = `import { part } from 'artificer';
export default part('Plate', (p) => {
  const width = p.length('width', '40 mm', { minimum: 20, note: 'across' });
  const base = p.sketch('Base sketch', 'xy', (s) => {
    s.rectangle([0, 0], [width, 20]);
    s.horizontal('line1');
    s.distance('line1', undefined, width);
  });
  const plate = p.extrude('Plate 1', base, { distance: width.over(10) });
  p.fillet('Rim', [plate.edge('side(line1)', 'end'), '|Z'], { radius: '1 mm' });
});`;
  expect(writePartScript(await runPartScript({ source, fileName: 'part.ts' }))).toBe(`import { part } from 'artificer';

export default part('Plate', {
  ids: { 'Base sketch': 'feature_JcjEaj2CKfwX', 'Plate 1': 'feature_Q4qgkahmETR1', Rim: 'feature_FROLydZSqdg1' },
}, (p) => {
  const width = p.length('width', '40 mm', { minimum: '20 mm', note: 'across' });
  const baseSketch = p.sketch('Base sketch', 'xy', (s) => {
    s.point([0, 0]);
    s.point([40, 0]);
    s.point([40, 20]);
    s.point([0, 20]);
    s.line('point1', 'point2');
    s.line('point2', 'point3');
    s.line('point3', 'point4');
    s.line('point4', 'point1');
    s.horizontal('line1');
    s.distance('line1', undefined, width);
  });
  const plate1 = p.extrude('Plate 1', baseSketch, { operation: 'new', distance: 'width / 10' });
  p.fillet('Rim', [plate1.edge('end', 'side(line1)'), '|Z'], { radius: '1 mm' });
});
`);
});
