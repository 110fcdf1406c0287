import { afterAll, expect, test } from 'vitest';
import { ArtificerError, type ErrorData, silentContext } from '../../../preload/contract/index.ts';
import { disposePartScripts, type PartScriptRequest, runPartScript } from './runner.ts';

afterAll(disposePartScripts);

const run = (source: string, more: Partial<PartScriptRequest> = {}) =>
  runPartScript({ source, fileName: 'part.ts', ...more });

async function failure(source: string, more: Partial<PartScriptRequest> = {}): Promise<ErrorData> {
  try {
    await run(source, more);
  } catch (thrown) {
    if (thrown instanceof ArtificerError) return thrown.data;
    throw thrown;
  }
  throw new Error('the script was run without an error');
}

const inPart = (body: string): string =>
  `import { part } from 'artificer';\nexport default part('P', (p) => {\n${body}\n});`;
const PLATE = inPart(`  const width = p.length('width', '40 mm', { minimum: 20, maximum: '8 cm', note: 'across' });
  const lean = p.angle('lean', 15);
  const count = p.number('count', 3);
  const base = p.sketch('base', 'xy', (s) => { s.circle([0, 0], width.over(2)); });
  p.extrude('plate', base, { distance: \`\${width} / 10 + \${count.value} mm\`, draft: lean });`);
const VALID = inPart("  p.sketch('s', 'xy', (s) => { s.circle([0, 0], 1); });");

test('a script answers with its variables and its features', async () => {
  const part = await run(PLATE);
  expect(part.name).toBe('P');
  expect(part.variables).toEqual([
    {
      name: 'width',
      dimension: 'length',
      expression: '40 mm',
      declared: '40 mm',
      value: 40,
      minimum: '20 mm',
      maximum: '8 cm',
      note: 'across',
    },
    {
      name: 'lean',
      dimension: 'angle',
      expression: '15 deg',
      declared: '15 deg',
      value: expect.closeTo((15 * Math.PI) / 180, 14),
    },
    { name: 'count', dimension: 'number', expression: '3', declared: '3', value: 3 },
  ]);
  const [sketch, plate] = part.features;
  expect(sketch?.feature).toEqual({
    kind: 'sketch',
    plane: { by: 'principal', plane: 'xy' },
    entities: [
      { kind: 'point', id: 'point1', x_mm: 0, y_mm: 0 },
      { kind: 'circle', id: 'circle1', centre: 'point1', radius_mm: 20 },
    ],
    constraints: [
      { kind: 'fixed', id: 'fixed1', point: 'point1' },
      { kind: 'radius', id: 'radius1', curve: 'circle1', value: { length: 'width / 2' } },
    ],
  });
  expect(plate?.feature).toEqual({
    kind: 'extrude',
    profile: { by: 'sketch', sketch: sketch?.id },
    operation: 'new',
    extent: { to: 'distance', distance: { length: 'width / 10 + 3 mm' } },
    draft: { angle: 'lean' },
  });
});

test('values take the place of what the script says, and names stay what they were', async () => {
  const usual = await run(PLATE);
  const wider = await run(PLATE, { values: { width: '6 cm', count: 5, lean: '0.1 rad' } });
  expect(wider.variables.map(({ expression, declared, value }) => [expression, declared, value])).toEqual([
    ['6 cm', '40 mm', 60],
    ['0.1 rad', '15 deg', 0.1],
    ['5', '3', 5],
  ]);
  expect(wider.features.map(({ id }) => id)).toEqual(usual.features.map(({ id }) => id));
  expect(wider.features[0]?.feature).toMatchObject({ entities: [{}, { radius_mm: 30 }] });
});

test("a script finds the project's variables by name", async () => {
  const source = inPart("  p.length('gap', 'clearance * 2');");
  const part = await run(source, { scope: { clearance: { dimension: 'length', value: 0.25 } } });
  expect(part.variables[0]?.value).toBe(0.5);
  expect(await failure(source)).toMatchObject({
    code: 'script.failed',
    message: 'part.ts stops at line 3, column 11: "clearance" is neither a unit nor a known name.',
    details: { line: 3, column: 11 },
  });
});

test('runs are the same: there is no clock and no chance', async () => {
  expect(await failure('export default Math.random();')).toMatchObject({ code: 'script.failed' });
  expect(await failure('export default Date.now();')).toMatchObject({
    message: "part.ts stops at line 1, column 16: ReferenceError: 'Date' is not defined.",
  });
  expect(await run(PLATE)).toEqual(await run(PLATE));
});

test('mistakes are told with their line and column', async () => {
  expect(await failure(inPart("  p.sketch('a', 'xy', (s) => { s.circle([0, 0], -1); });"))).toMatchObject({
    code: 'script.failed',
    message: "part.ts stops at line 3, column 40: A circle can't have a radius of -1 mm.",
  });
  expect(await failure('const a = 1;\nconst b: number = ;')).toMatchObject({
    code: 'script.syntax',
    message: "part.ts can't be read at line 2, column 19: Expression expected.",
    details: { line: 2, column: 19 },
  });
  expect(await failure('enum A { B }')).toMatchObject({ code: 'script.syntax', details: { line: 1, column: 1 } });
  expect(await failure('\n\nnull.x;')).toMatchObject({
    message: "part.ts stops at line 3, column 5: TypeError: cannot read property 'x' of null.",
  });
  expect(await failure("throw 'no';")).toMatchObject({ message: 'part.ts stops: no.' });
});

test('two steps of one name are refused, since faces are named by their step', async () => {
  const twice = "p.sketch('a', 'xy', (s) => { s.circle([0, 0], 1); });";
  expect((await failure(inPart(`  ${twice}\n  ${twice}`))).message).toBe(
    'part.ts stops at line 4, column 11: There are two steps called "a".',
  );
});

test('what a script makes is checked against the contract, naming the step', async () => {
  const error = await failure(
    inPart(`  const s = p.sketch('s', 'xy', (s) => { s.circle([0, 0], 1); });
  p.extrude('tower', s, { distance: 3, direction: 'up' as never });`),
  );
  expect(error.code).toBe('script.invalid');
  expect(error.message).toContain('The step "tower" is not valid');
});

test.each([
  ["import fs from 'node:fs';", 'script.import'],
  ["import './part.ts';", 'script.import'],
  ["import '../sandbox/guest.ts';", 'script.import'],
  ["await import('node:child_process');", 'script.import'],
  ["require('fs');", 'script.failed'],
  ['process.exit(1);', 'script.failed'],
  ["fetch('http://example.com');", 'script.failed'],
  ['globalThis.__artificerHost.hash("a");', 'script.failed'],
  ["(() => {}).constructor('return process')().pid;", 'script.failed'],
])('%s finds nothing of the machine', async (source, code) => {
  expect(await failure(source)).toMatchObject({ code, category: 'refused' });
});

const QUICK = { limits: { seconds: 0.5 } };
test.each([
  ['an endless loop', 'while (true) {}', 'script.too-slow'],
  ['an endless loop that catches', 'for (;;) { try { for (;;) {} } catch {} }', 'script.too-slow'],
  ['an endless chain of promises', 'const f = () => Promise.resolve().then(f); await f();', 'script.too-slow'],
  ['a regular expression that explodes', "/(a+)+$/.test('a'.repeat(50) + 'b');", 'script.too-slow'],
  ['a promise that never comes', 'await new Promise(() => {});', 'script.unfinished'],
  ['deep recursion', 'const f = () => f();\nf();', 'script.too-deep'],
  ['deep nesting', `${'('.repeat(20_000)}1${')'.repeat(20_000)}`, 'script.too-deep'],
  ['no part', 'export default 5;', 'script.no-part'],
  ['a part that is none', "export default { artificerPart: '{}' };", 'script.invalid'],
  ['a getter that never ends', 'export default { get artificerPart() { for (;;); } };', 'script.too-slow'],
  ['an error that never ends', "throw { get message() { for (;;); }, name: 'x' };", 'script.failed'],
  ['an async part', "import { part } from 'artificer'; export default part('P', async () => {});", 'script.failed'],
])('%s gets an error', async (_, source, code) => {
  const error = await failure(source, QUICK);
  expect(error).toMatchObject({ code, category: 'refused' });
  // By its own clock, not by the one that ends a thread that does not answer.
  if (code === 'script.too-slow') expect(error.message).toBe('part.ts was stopped after 0.5 s.');
  // The next script is none the worse for it.
  expect((await run(VALID)).features).toHaveLength(1);
});

test('memory is bounded', async () => {
  const bomb = 'const all = [];\nfor (;;) all.push(new Uint8Array(2 ** 20));';
  expect(await failure(bomb)).toMatchObject({ code: 'script.out-of-memory', details: { line: 2, column: 33 } });
  expect(await failure("'x'.repeat(2 ** 29);")).toMatchObject({ code: 'script.out-of-memory' });
  expect((await run(VALID)).features).toHaveLength(1);
});

test('output is bounded', async () => {
  const many = inPart("  for (let i = 0; i < 200; i++) p.sketch('s' + i, 'xy', (s) => { s.circle([0, 0], 1); });");
  expect(await failure(many, { limits: { output: 10_000 } })).toMatchObject({ code: 'script.too-large' });
  expect((await run(many)).features).toHaveLength(200);
  expect(await failure(' '.repeat(1_000_001))).toMatchObject({ code: 'script.too-large' });
});

test('tampering with prototypes changes nothing outside', async () => {
  const source = `Object.prototype.polluted = 1;
JSON.stringify = () => '{"name":"P","features":[],"__proto__":{"polluted":1}}';
${VALID}`;
  expect(await failure(source)).toMatchObject({ code: 'script.invalid' });
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  expect((await run(VALID)).features).toHaveLength(1);
});

test('a cancel ends a script at once', async () => {
  const controller = new AbortController();
  const started = performance.now();
  const running = runPartScript(
    { source: 'for (;;) {}', fileName: 'part.ts', limits: { seconds: 60 } },
    silentContext(controller.signal),
  );
  setTimeout(() => controller.abort(), 100);
  await expect(running).rejects.toMatchObject({ data: { code: 'cancelled' } });
  expect(performance.now() - started).toBeLessThan(1000);
  expect((await run(VALID)).features).toHaveLength(1);
});

test('a script that waits for another one is cancelled at once, and not run afterwards', async () => {
  const slow = failure('for (;;) {}', { limits: { seconds: 1 } });
  const controller = new AbortController();
  const waiting = runPartScript({ source: VALID, fileName: 'part.ts' }, silentContext(controller.signal));
  const started = performance.now();
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ data: { code: 'cancelled' } });
  expect(performance.now() - started).toBeLessThan(500);
  expect((await slow).code).toBe('script.too-slow');
});

test('scripts that are started together wait for each other', async () => {
  const parts = await Promise.all([1, 2, 3].map((width) => run(PLATE, { values: { width } })));
  expect(parts.map(({ variables }) => variables[0]?.value)).toEqual([1, 2, 3]);
});
