import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from './build.ts';
import { inspect } from './inspect.ts';
import { runCommand } from './output.ts';

const ROOT = join(import.meta.dirname, '../..');
let folder: string;
let script: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artificer-build-'));
  script = join(folder, 'plate.ts');
  await writeFile(
    script,
    `import { part } from 'artificer';
export default part('Plate', { about: 'A plate with a hole.' }, (p) => {
  const width: ReturnType<typeof p.length> = p.length('width', '40 mm', { minimum: 20, maximum: 80, note: 'across' });
  const lean = p.angle('lean', 10);
  const base = p.sketch('base', 'xy', (s) => s.rectangle([0, 0], [width, 30]));
  p.extrude('plate', base, { distance: 5 });
  const place = p.sketch('place', { plane: { plane: 'xy', offset: 5 } }, (s) => s.point([10, 10]));
  p.hole('hole', place, { diameter: '6 mm' });
});
`,
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The program as a person starts it. */
function artificer(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(ROOT, 'bin/artificer.mjs'), ...args], { cwd: folder }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}
/** The command alone, without a process of its own, which costs more than the command. */
async function run(args: string[], { json = true, command = build } = {}): Promise<{ code: number; out: string }> {
  let out = '';
  const io = {
    json,
    out: (text: string) => {
      out += text;
    },
    err: () => {},
    signal: new AbortController().signal,
    isTerminal: false,
  };
  return { code: await runCommand(command, args, io), out };
}
const volume = (width: number): number => width * 30 * 5 - Math.PI * 9 * 5;

test('a part is built with other values, written, and told of in one document', async () => {
  const { code, out } = await artificer('build', script, '--set', 'width=6 cm', '--out', 'plate.step', '--json');
  expect(code).toBe(0);
  const answer = JSON.parse(out);
  expect(answer).toMatchObject({
    script: 'plate.ts',
    name: 'Plate',
    about: 'A plate with a hole.',
    valid: true,
    variables: [
      {
        name: 'width',
        dimension: 'length',
        expression: '6 cm',
        value_mm: 60,
        minimum_mm: 20,
        maximum_mm: 80,
        note: 'across',
      },
      { name: 'lean', dimension: 'angle', expression: '10 deg', value_rad: expect.closeTo((10 * Math.PI) / 180, 12) },
    ],
    out: { file: 'plate.step', format: 'step' },
    warnings: [],
  });
  expect(answer.volume_mm3).toBeCloseTo(volume(60), 6);
  expect(answer.bodies).toHaveLength(1);
  expect(answer.bodies[0].bounding_box_mm.max.map(Math.round)).toEqual([60, 30, 5]);
  expect(answer.outcomes.map(({ name, state }: { name: string; state: string }) => [name, state])).toEqual([
    ['base', 'ok'],
    ['plate', 'ok'],
    ['place', 'ok'],
    ['hole', 'ok'],
  ]);
  // What was written is read back by the same program.
  const read = JSON.parse((await artificer('inspect', 'plate.step', '--json')).out);
  expect(read.volume_mm3).toBeCloseTo(volume(60), 6);
  expect(read.names).toContain('Plate');
});

test.each(['stl', 'brep', '3mf', 'glb'])('a part is written as .%s', async (ending) => {
  const file = join(folder, `plate.${ending}`);
  expect((await run([script, '--out', file])).code).toBe(0);
  const read = JSON.parse((await run([file], { command: inspect })).out);
  // Facets cut the corners of the hole: its circle loses less than 1 %.
  expect(Math.abs(read.volume_mm3 - volume(40))).toBeLessThan(0.01 * Math.PI * 9 * 5);
});

test('words for people name the part, its variables and its file', async () => {
  const { out } = await artificer('build', script, '--out', 'plate.step');
  expect(out.split('\n')).toEqual([
    `Plate: 1 body, ${volume(40).toPrecision(6)} mm^3, valid`,
    '  width 40 mm (from 20 mm to 80 mm)',
    '  lean 10 deg',
    'plate.step',
    '',
  ]);
});

test.each([
  [['--set', 'height=3'], 'The part has no variable "height".'],
  [['--set', 'width=90mm'], '"width" = 90mm is out of its range.'],
  [['--set', 'width=3 kg'], '"3 kg" is no value for "width"'],
  [['--set', 'width'], '--set takes NAME=VALUE'],
  [['--out', 'plate.xyz'], 'Nothing can be written as .xyz.'],
])('%j is wrong usage, with the variables listed', async (args, message) => {
  const { code, out } = await run([script, ...args]);
  const { error } = JSON.parse(out);
  expect(code).toBe(2);
  expect(error.message).toContain(message);
  if (args[1] !== 'width' && args[0] === '--set')
    expect(error.hint).toBe('It has: width 40 mm (from 20 mm to 80 mm); lean 10 deg.');
});

test('a script that fails, or a step that cannot be made, is refused with nothing written', async () => {
  const wrong = join(folder, 'wrong.ts');
  await writeFile(wrong, "import { part } from 'artificer';\nexport default part('P', () => nothing());\n");
  const failed = await run([wrong]);
  expect(failed.code).toBe(3);
  expect(JSON.parse(failed.out).error).toMatchObject({ code: 'script.failed', details: { line: 2 } });

  const source = await readFile(script, 'utf8');
  await writeFile(wrong, source.replace("p.hole('hole'", "p.fillet('round', '|Z', { radius: 30 });\n  p.hole('hole'"));
  const step = await run([wrong, '--out', join(folder, 'wrong.step')]);
  expect(step.code).toBe(3);
  expect(JSON.parse(step.out).error.message).toContain('The step "round" of Plate can\'t be made');
  await expect(stat(join(folder, 'wrong.step'))).rejects.toThrow();
});

test('a sample is built by its key', async () => {
  const answer = JSON.parse((await run(['--sample', 'flange', '--set', 'bolts=4'])).out);
  expect(answer).toMatchObject({ name: 'Weld-neck flange', valid: true, script: 'flange.ts' });
});
