/** What the builder draws and makes, measured by the kernel. */
import { afterAll, expect, test } from 'vitest';
import { ArtificerError, silentContext } from '../../../preload/contract/index.ts';
import { buildPart } from '../../cli/scripted-part.ts';
import { createKernel } from '../../kernel/index.ts';
import { disposePartScripts, runPartScript } from '../sandbox/runner.ts';

const kernel = createKernel();
afterAll(async () => {
  disposePartScripts();
  await kernel.dispose();
});

const script = (body: string): { source: string; fileName: string } => ({
  source: `import { angle, edges, faces, length, named, number, part } from 'artificer';
export default part('P', (p) => {
${body}
});`,
  fileName: 'part.ts',
});
const make = (body: string) =>
  buildPart(kernel, script(body), { info: 'describe', tessellation: 'none' }, silentContext());

const corner = (radius: number): number => (1 - Math.PI / 4) * radius ** 2;

test.each([
  ['a rectangle', 's.rectangle([3, 4], [20, 10]);', 200],
  ['a rectangle with rounded corners', 's.centredRectangle([0, 0], [20, 10], { round: 2 });', 200 - 4 * corner(2)],
  ['a rectangle rounded to a slot', 's.centredRectangle([0, 0], [20, 10], { round: 5 });', 200 - 4 * corner(5)],
  ['a hexagon', 's.polygon([5, 5], 10, 6);', (3 * Math.sqrt(3) * 100) / 2],
  ['a slot', 's.slot([0, 0], [12, 5], 6);', 13 * 6 + Math.PI * 9],
  ['a circle by a formula', 's.circle([1, 2], length("3 mm + 2 mm"));', Math.PI * 25],
  ['an ellipse', 's.ellipse([0, 0], [10, 0], 4);', Math.PI * 40],
  ['a ring', 's.circle([0, 0], 10); s.circle([0, 0], 4);', Math.PI * 84],
  [
    'an L with inner and outer corners rounded',
    's.polyline([[0, 0], [20, 0], [20, 8], [8, 8], [8, 20], [0, 20]], { closed: true, round: 3 });',
    20 * 8 + 8 * 12 - 5 * corner(3) + corner(3),
  ],
  [
    'an outline with a bulge and a bite',
    's.outline([0, 0]).lineTo([10, 0]).arcTo([10, 10], { centre: [10, 5] }).lineTo([0, 10]).arcTo("point1", { centre: [0, 5], clockwise: true });',
    100,
  ],
  [
    'a half disc through three points',
    's.outline([-5, 0]).lineTo([5, 0]).arcThrough([0, 5], "point1").close();',
    (Math.PI * 25) / 2,
  ],
  [
    'a track of tangent arcs',
    's.outline([0, 0]).lineTo([20, 0]).tangentArcTo([20, 10]).lineTo([0, 10]).tangentArcTo("point1").close();',
    200 + Math.PI * 25,
  ],
  ['two regions', 's.rectangle([0, 0], [5, 5]); s.rectangle([10, 0], [5, 5]);', 50],
  [
    'places found by the solver',
    `const [bottom, right, top, left] = s.rectangle([0, 0], [18, 9]);
     s.coincident(bottom.start!, s.origin); s.horizontal(bottom); s.horizontal(top); s.vertical(left); s.vertical(right);
     s.distance(bottom, undefined, 20); s.distance(left, undefined, '1 cm');`,
    200,
  ],
])('%s has its area, and nothing is left for the solver to choose', async (name, drawing, area_mm2) => {
  const body = `  const sketch = p.sketch('sketch', 'xy', (s) => { ${drawing} });
  p.extrude('plate', sketch, { distance: 2 });`;
  const { evaluated } = await make(body);
  const volume = evaluated.bodies.reduce((sum, each) => sum + each.volume_mm3, 0);
  // Analytic.
  expect(volume / (2 * area_mm2)).toBeCloseTo(1, 9);
  const { sketch } = evaluated.outcomes[0]!;
  // The minor radius of an ellipse has no dimension: nothing moves it, but the solver could.
  expect([sketch?.status, sketch?.degreesOfFreedom]).toEqual(
    name === 'an ellipse' ? ['under-constrained', 1] : ['solved', 0],
  );
});

test('expressions stay formulas, and know their values', async () => {
  const part = await runPartScript(
    script(`  const a = p.length('a', '2 cm');
  const lean = p.angle('lean', 90);
  const n = p.number('n', 4);
  const values = [a.plus(5).value, a.minus('1 mm').times(n).value, a.over(n).value, a.per('10 mm').value, a.negated().value, lean.value, Math.round(Math.sin(lean.radians)), length(\`\${a} / 2\`).value, angle(lean).value, number('n ^ 2').value];
  p.sketch(JSON.stringify(values), 'xy', (s) => { s.circle([0, 0], a.minus(1).times(n.plus(1)).over(2)); });`),
  );
  expect(JSON.parse(part.features[0]!.name)).toEqual([25, 76, 5, 2, -20, 90, 1, 10, 90, 16]);
  expect(part.features[0]!.feature).toMatchObject({
    constraints: [{}, { kind: 'radius', value: { length: '((a - (1 mm)) * (n + 1)) / 2' } }],
  });
});

test('faces and edges are called by what their steps made', async () => {
  const { evaluated } =
    await make(`  const outline = p.sketch('outline', 'xy', (s) => { s.rectangle([0, 0], [20, 10]); });
  const block = p.extrude('block', outline, { distance: 5 });
  const top = p.sketch('top', { face: block.face('end') }, (s) => { s.circle([10, 5], 2, { id: 'pin' }); });
  const pin = p.extrude('pin', top, { distance: 5 });
  p.fillet('foot of the pin', pin.edge(pin.side('pin'), block.face('end')), { radius: 1 });
  p.chamfer('rim', block.edges(['side(line1)', 'side(line3)'], 'end'), { distance: 1 });`);
  expect(evaluated.outcomes.map(({ error, state }) => error ?? state)).toEqual(Array(6).fill('ok'));
  // Pappus for the fillet: the region between quarter circle and corner, its centroid from the corner.
  const fillet = corner(1);
  const centroid = (1 - 1 / 2 - (Math.PI / 4) * (1 - 4 / (3 * Math.PI))) / fillet;
  const volume = 1000 + Math.PI * 4 * 5 + 2 * Math.PI * (2 + centroid) * fillet - 2 * 20 * 0.5;
  expect(evaluated.bodies[0]!.volume_mm3).toBeCloseTo(volume, 6);
});

test.each([
  ["p.sketch('s', 'xy', (s) => { s.arc([0, 0], [1, 0], [0, 2]); });", 'begins 1 mm from its middle and ends 2 mm'],
  ["p.sketch('s', 'xy', (s) => { s.line('a', [0, 0]); });", 'The sketch has no point "a"'],
  [
    "p.sketch('s', 'xy', (s) => { s.circle([0, 0], 1, { id: 'x' }); s.point([0, 0], { id: 'x' }); });",
    'The sketch has "x" already',
  ],
  ["p.sketch('s', 'xy', (s) => { s.rectangle([0, 0], [4, 4], { round: 3 }); });", 'too short for corners'],
  ["p.sketch('s', 'yx' as never, () => {});", '"yx" is not a plane'],
  ["p.extrude('e', p.sketch('s', 'xy', () => {}), {});", 'needs to know how far it goes'],
  ["p.fillet('f', [], { radius: 1 });", 'At least one edge is needed'],
  ["p.length('a b', 1);", '"a b" can\'t be the name of a variable'],
  ["p.length('mm', 1);", '"mm" is a unit'],
  ["p.length('a', 1); p.angle('a', 1);", 'There are two variables called "a"'],
  ["p.length('a', '3 kg');", 'but a length is needed'],
  ["p.length('a', Number.NaN);", 'NaN is not a length'],
  ["p.angle('a', 1).plus(p.length('b', 2) as never).value;", "can't be added"],
])('%s is told of in words', async (body, words) => {
  const failure = await runPartScript(script(`  ${body}`)).catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(ArtificerError);
  expect((failure as ArtificerError).data).toMatchObject({ code: 'script.failed', details: { line: 3 } });
  expect((failure as ArtificerError).message).toContain(words);
});

test('ids are made of names alone: a step keeps them wherever it moves', async () => {
  const sketch = (name: string): string => `  p.sketch('${name}', 'xy', (s) => { s.circle([0, 0], 1); });\n`;
  const ids = async (...names: string[]) =>
    Object.fromEntries(
      (await runPartScript(script(names.map(sketch).join('')))).features.map(({ name, id }) => [name, id]),
    );
  const both = await ids('a', 'b');
  expect(await ids('b', 'new', 'a')).toMatchObject(both);
  expect(both['a']).toMatch(/^feature_[0-9A-Za-z]{12}$/);
});
