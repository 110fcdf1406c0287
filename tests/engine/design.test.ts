/** The design loop in a project: a brief is checked, searched for, stopped, gone on with, and a design of it taken. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AnyRecord, DesignCandidate, DesignOutcome, StudyRecord } from '../../preload/contract/index.ts';
import { type Bench, evaluated, openBench, volumesOf } from './parts.fixture.ts';

let bench: Bench;
const project = () => join(bench.folder, 'design.artificer');
beforeEach(async () => {
  bench = await openBench();
  await bench.client['project.create']({ path: project() });
  await bench.client['parts.script.put']({ fileName: 'beam.ts', source: BEAM, name: 'Beam' });
});
afterEach(() => bench.end());

const BEAM = `import { part } from 'artificer';

export default part('Beam', (p) => {
  const length = p.length('length', '80 mm');
  const height = p.length('height', '12 mm', { minimum: '5 mm', maximum: '20 mm' });
  const section = p.sketch('section', 'yz', (s) => {
    s.rectangle([0, 0], [20, height]);
  });
  p.extrude('beam', section, { distance: length });
});
`;
const [FORCE_N, LENGTH_mm, WIDTH_mm, LIMIT_mm, YOUNG_MPa] = [300, 100, 20, 0.2, 210_000];
const BRIEF = `name: Beam
materials: [Steel S235JR]
concepts:
  - part: Beam
    set: {length: ${LENGTH_mm} mm}
    vary: {height: {choices: [10 mm, 11.5 mm, 13 mm]}}
    faces: {wall: faces <X, tip: faces >X}
cases:
  tip load:
    restraints: [{on: wall, fix: all}]
    loads: [{on: tip, force: [0, 0, -${FORCE_N}]}]
requirements:
  - max(displacement) <= ${LIMIT_mm} mm in "tip load"
objective: minimise mass
budget: {minutes: 2}
`;
/** Euler and Bernoulli's beam: deflection = 4 F l^3 / (E b h^3); its share of shear is below 1 % at this slenderness. */
const HEIGHT_mm = ((4 * FORCE_N * LENGTH_mm ** 3) / (YOUNG_MPa * WIDTH_mm * LIMIT_mm)) ** (1 / 3);

const ID = 'brief_beam01';
const briefOf = (text: string): AnyRecord => ({ type: 'brief', id: ID, name: 'Beam', text });
const putBrief = (text = BRIEF) => bench.client['document.change']({ label: 'Write a brief', put: [briefOf(text)] });
const stateNow = () => bench.client['design.state']({ briefId: ID });
const recordsNow = async (): Promise<AnyRecord[]> => (await bench.client['document.snapshot']({})).records;
const heightOf = ({ values }: DesignCandidate): number => values.find(({ name }) => name === 'height')!.value;

it('says what is wrong with a brief, down to the names of the part’s variables, and what it asks once it is right', async () => {
  const check = async (text: string) => bench.client['design.check']({ text });
  expect((await check(BRIEF.replace('{height:', '{heigth:'))).problems).toEqual([
    expect.stringMatching(/no variable "heigth".*The part has length, height/),
  ]);
  const several = await check(BRIEF.replace('in "tip load"', 'in "tip laod"').replace('Steel S235JR', 'Steele'));
  expect(several.brief).toBeNull();
  expect(several.problems).toEqual(
    expect.arrayContaining([expect.stringContaining('"tip laod"'), expect.stringContaining('Steele')]),
  );
  // What a brief names is the project's or is shipped: it opens no other file.
  expect((await check(BRIEF.replace('part: Beam', 'part: ../../../etc/part.ts'))).problems).toEqual([
    expect.stringContaining('neither a part of the project nor a sample'),
  ]);
  expect(await check(BRIEF)).toMatchObject({
    problems: [],
    brief: { concepts: [{ name: 'Beam', variables: ['height'] }], budget: { minutes: 2 } },
  });
  const [sample] = await bench.client['design.samples']({});
  expect((await check(sample!.text)).problems).toEqual([]);
});

it('searches, is stopped within a second, goes on, is there after reopening, and is taken and undone as one change', async () => {
  await putBrief();
  const told: DesignCandidate[] = [];
  bench.client['design.changed']({}, ({ candidate }) => {
    if (candidate) told.push(candidate);
  });
  const first = await bench.client['design.start']({ briefId: ID });
  await expect(bench.client['design.start']({ briefId: ID })).rejects.toMatchObject({ data: { code: 'design.runs' } });
  while (told.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await stateNow()).running).toMatchObject({ jobId: first.jobId });
  const asked = performance.now();
  expect(await bench.client['design.stop']({ briefId: ID })).toEqual({ ok: true });
  await expect(bench.client['jobs.wait']({ jobId: first.jobId })).rejects.toMatchObject({
    data: { category: 'cancelled' },
  });
  expect(performance.now() - asked).toBeLessThan(1200);
  const stopped = await stateNow();
  expect(stopped).toMatchObject({ outcome: null, running: null });
  expect(stopped.candidates.length).toBeGreaterThanOrEqual(2);

  // Closed and opened: what was tried is there, and is not solved again.
  await bench.client['project.close']({});
  await bench.client['project.open']({ path: project() });
  expect((await stateNow()).candidates).toEqual(stopped.candidates);
  const { jobId } = await bench.client['design.start']({ briefId: ID });
  const { value } = (await bench.client['jobs.wait']({ jobId })) as { value: DesignOutcome };
  expect(value).toMatchObject({ verdict: 'solved' });
  const ended = await stateNow();
  expect(ended).toMatchObject({ outcome: value, running: null });
  // The first design is solved anew: it says what is left out near singular places.
  const [, known] = stopped.candidates;
  expect(ended.candidates.find(({ number }) => number === known!.number)).toEqual(known);
  const best = ended.candidates.find(({ number }) => number === value.best)!;
  // The least of those that may be chosen which the closed form allows.
  expect(best).toMatchObject({ purpose: 'confirm', feasible: true });
  expect(heightOf(best)).toBe([10, 11.5, 13].find((height) => height > HEIGHT_mm));

  // Another word in the brief is no other brief; another load is.
  await putBrief(`# a note\n${BRIEF.replace('minutes: 2', 'minutes: 3')}`);
  expect((await stateNow()).candidates).toHaveLength(ended.candidates.length);
  await putBrief(BRIEF.replace(`-${FORCE_N}]`, '-500]'));
  expect(await stateNow()).toMatchObject({ candidates: [], outcome: null });
  await bench.client['document.undo']({});
  expect((await stateNow()).outcome).toEqual(value);

  // Why one misses, and what would help: thicker.
  const missing = ended.candidates.find(({ feasible, state }) => !feasible && state === 'solved')!;
  const [reason] = await bench.client['design.explain']({ briefId: ID, number: missing.number });
  expect(reason).toMatchObject({ case: 'tip load', moves: [{ variable: 'height' }] });
  expect(reason!.moves[0]!.value).toBeGreaterThan(heightOf(missing));

  const before = await recordsNow();
  const taken = await bench.client['design.take']({ briefId: ID, number: best.number });
  const { view } = await evaluated(bench.client, taken.partId);
  expect(volumesOf(view)).toEqual([expect.closeTo(LENGTH_mm * WIDTH_mm * heightOf(best), 4)]);
  const after = await recordsNow();
  const study = after.find(({ id }) => id === taken.studyIds[0]) as StudyRecord;
  expect(study).toMatchObject({
    name: 'tip load',
    study: 'static',
    partId: taken.partId,
    restraints: [{ kind: 'fixed', on: [{ by: 'selector', selector: 'faces <X' }] }],
    loads: [{ force_N: [0, 0, -FORCE_N], on: [{ by: 'selector', selector: 'faces >X' }] }],
  });
  await bench.client['document.undo']({});
  expect(await recordsNow()).toEqual(before);

  await onBranches(before, best, missing);
}, 300_000);

/** Two candidates side by side on branches; one is taken, the other is dropped and taken up again. */
async function onBranches(before: AnyRecord[], best: DesignCandidate, other: DesignCandidate): Promise<void> {
  const { client } = bench;
  const branchesNow = async () => (await client['document.branches']({})).filter(({ status }) => status === 'open');
  const first = await client['design.branch']({ briefId: ID, number: best.number });
  expect(first).toMatchObject({ branch: `Beam/design ${best.number}`, history: { branch: first.branch } });
  const { view } = await evaluated(client, first.partId);
  expect(volumesOf(view)).toEqual([expect.closeTo(LENGTH_mm * WIDTH_mm * heightOf(best), 4)]);
  // Beside the first, not on top of it.
  const second = await client['design.branch']({ briefId: ID, number: other.number });
  const onSecond = await recordsNow();
  expect(onSecond.some(({ id }) => id === first.partId)).toBe(false);
  expect(await branchesNow()).toMatchObject([
    { name: 'main', design: null, about: '' },
    { name: first.branch, parent: 'main', current: false, design: { briefId: ID, candidate: best } },
    { name: second.branch, parent: 'main', current: true, design: { partId: second.partId, candidate: other } },
  ]);
  const { about } = (await branchesNow())[1]!;
  expect(about).toContain(`Design ${best.number} of the brief "Beam": all requirements hold`);
  expect(about).toContain('Part: Beam, Steel S235JR.');
  expect(about).toContain('Dimensions: height 11.5 mm.');
  expect(about).toContain('Load cases: tip load (static).');
  expect(about).toMatch(
    /max\(displacement\) <= 0.2 mm in "tip load": 0\.1[89]\d+ mm against 0\.2 mm, margin \+[\d.]+ %/,
  );

  // Once more is the same branch, as it was left; what is undone there is undone there alone.
  expect(await client['design.branch']({ briefId: ID, number: best.number })).toMatchObject({ branch: first.branch });
  await client['document.undo']({});
  expect(await recordsNow()).toEqual(before);
  await client['document.redo']({});
  await client['document.branches.switch']({ name: 'main' });
  expect(await recordsNow()).toEqual(before);

  const label = `Take design ${best.number} of Beam`;
  expect(await client['document.branches.merge']({ name: first.branch, label })).toMatchObject({
    branch: 'main',
    undoLabel: label,
  });
  await client['document.branches.drop']({ name: second.branch });
  expect(await branchesNow()).toMatchObject([{ name: 'main', current: true }]);
  await client['document.branches.reopen']({ name: second.branch });
  expect(await recordsNow()).toEqual(onSecond);
  await client['document.branches.merge']({ name: second.branch, label: 'Take the other too' });
  const both = await recordsNow();
  expect(both.filter(({ type }) => type === 'part').map(({ id }) => id)).toEqual(
    expect.arrayContaining([first.partId, second.partId]),
  );
  // The two brought the same steel.
  expect(both.filter((record) => record.type === 'material' && record.name === 'Steel S235JR')).toHaveLength(1);
  await client['document.undo']({});
  await client['document.undo']({});
  expect(await recordsNow()).toEqual(before);
}
