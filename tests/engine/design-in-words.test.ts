/** A design asked for in plain words: what is missing is asked about, the brief is approved, searched for, and its best taken. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { AgentOperation, AgentSelection, AgentState, BriefRecord } from '../../preload/contract/index.ts';
import { type Bench, evaluated, openBench } from './parts.fixture.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  await bench.client['project.create']({ path: join(bench.folder, 'words.artificer') });
});
afterEach(() => bench.end());

const [FORCE_N, LENGTH_mm, WIDTH_mm, LIMIT_mm, YOUNG_MPa] = [300, 100, 20, 0.2, 210_000];
const BEAM = `import { part } from 'artificer';

export default part('Beam', (p) => {
  const height = p.length('height', '12 mm', { minimum: '5 mm', maximum: '20 mm' });
  const section = p.sketch('section', 'yz', (s) => {
    s.rectangle([0, 0], [${WIDTH_mm}, height]);
  });
  p.extrude('beam', section, { distance: ${LENGTH_mm} });
});
`;
/** Euler and Bernoulli's beam: deflection = 4 F l^3 / (E b h^3); shear adds about 1 % at this slenderness. */
const HEIGHT_mm = ((4 * FORCE_N * LENGTH_mm ** 3) / (YOUNG_MPa * WIDTH_mm * LIMIT_mm)) ** (1 / 3);

const say = async (text: string, selection: AgentSelection[] = []): Promise<AgentState> => {
  await bench.client['agent.send']({ text, ...(selection.length > 0 ? { selection } : {}) });
  return bench.client['agent.wait']({});
};
const last = ({ entries }: AgentState) => entries.at(-1)!;
const operations = ({ entries }: AgentState): AgentOperation[] =>
  entries.flatMap((entry) => (entry.kind === 'operation' ? [entry] : []));
const briefs = async (): Promise<BriefRecord[]> =>
  (await bench.client['document.snapshot']({})).records.filter((record) => record.type === 'brief');

it('asks for what is missing one by one, writes the brief, searches once it may, and takes what was found', async () => {
  const { partId } = await bench.client['parts.script.put']({ fileName: 'beam.ts', source: BEAM, name: 'Beam' });
  const { view } = await evaluated(bench.client, partId);
  const { records } = await bench.client['document.snapshot']({});
  const instance = records.find((record) => record.type === 'instance' && record.partId === partId)!;
  const faces = view.bodies[0]!.info.faces;
  const atEnd = (x_mm: number) => ({
    instanceId: instance.id,
    body: 0,
    kind: 'face' as const,
    index: faces.findIndex(({ centroid_mm }) => Math.abs(centroid_mm[0] - x_mm) < 1e-6),
  });

  let state = await say(
    'design a beam for 300 N down on the selected face, of S235JR, at most 0.2 mm, as light as possible',
    [atEnd(LENGTH_mm)],
  );
  expect(last(state)).toMatchObject({ kind: 'question', text: expect.stringMatching(/^Where is it held/) });
  // Another face is selected now: each word keeps what was selected when it was said.
  state = await say('the selected face', [atEnd(0)]);
  expect(last(state)).toMatchObject({
    kind: 'question',
    text: expect.stringMatching(/^Which dimensions of “Beam” may change/),
  });
  state = await say('height from 11.4 to 12 mm, within 3 solves');
  const [write] = operations(state);
  expect(write).toMatchObject({ tool: 'write_brief', state: 'waiting' });
  expect(parse((write!.input as { text: string }).text)).toMatchObject({
    name: 'Beam',
    materials: ['Steel S235JR'],
    concepts: [
      {
        part: 'Beam',
        vary: { height: ['11.4 mm', '12 mm'] },
        faces: { 'loaded face': 'face beam/end', 'fixed face': 'face beam/start' },
      },
    ],
    cases: {
      'loaded face load': {
        restraints: [{ on: 'fixed face', fix: 'all' }],
        loads: [{ on: 'loaded face', force: [0, 0, -FORCE_N] }],
      },
    },
    requirements: ['max(displacement) <= 0.2 mm in "loaded face load"'],
    budget: { minutes: 10, solves: 3 },
  });
  expect(await briefs()).toEqual([]);
  await bench.client['agent.approve']({ operationId: write!.id, approve: true });
  state = await bench.client['agent.wait']({});
  // The search takes minutes: it is asked about too, and says what it may cost.
  const search = operations(state).at(-1)!;
  expect(search).toMatchObject({
    tool: 'search_designs',
    state: 'waiting',
    plan: { text: expect.stringContaining('10 minutes and 3 solves') },
  });
  const [brief] = await briefs();
  expect((await bench.client['design.state']({ briefId: brief!.id })).candidates).toEqual([]);
  await bench.client['agent.approve']({ operationId: search.id, approve: true });
  state = await bench.client['agent.wait']({});
  const done = operations(state).at(-1)!;
  expect(done.text).toContain('max(displacement) <= 0.2 mm');
  expect(done.state).toBe('done');
  const { candidates, outcome } = await bench.client['design.state']({ briefId: brief!.id });
  const best = candidates.find(({ number }) => number === outcome!.best)!;
  expect(best.feasible).toBe(true);
  expect(best.values[0]!.value).toBeGreaterThan(HEIGHT_mm);
  // The search's solves are the agent's.
  expect(state.status.spent.solves).toBeGreaterThanOrEqual(2);

  const question = last(state);
  if (question.kind !== 'question') throw new Error('it asks whether the design shall be taken');
  state = await say(question.choices[0]!.reply);
  await bench.client['agent.approve']({ operationId: operations(state).at(-1)!.id, approve: true });
  state = await bench.client['agent.wait']({});
  expect(operations(state).at(-1)).toMatchObject({ tool: 'take_design', state: 'done' });
  await bench.client['agent.accept']({});
  const after = (await bench.client['document.snapshot']({})).records;
  expect(after.filter(({ type }) => type === 'part')).toHaveLength(2);
  expect(after.filter(({ type }) => type === 'brief')).toHaveLength(1);
  const [change] = await bench.client['document.history']({ limit: 1 });
  expect(change!.author.kind).toBe('agent');
}, 180_000);

it('refuses a brief that cannot be worked on, and a search or a design where there is none', async () => {
  const call = async (text: string) => operations(await say(text)).at(-1);
  const tools = await bench.client['agent.tools']({});
  const of = (name: string) => tools.find((tool) => tool.name === name);
  // Reading and searching change nothing; writing and taking do.
  expect(
    ['write_brief', 'search_designs', 'read_designs', 'take_design', 'check_manufacture'].map(
      (name) => of(name)?.readOnly,
    ),
  ).toEqual([false, true, true, false, true]);
  await bench.client['parts.script.put']({ fileName: 'beam.ts', source: BEAM, name: 'Beam' });
  // The part takes 5 to 20 mm.
  const refused = await call(
    'design a beam for 300 N down on "faces >X", fixed at "faces <X", of S235JR, at most 0.2 mm, vary height from 2 to 13 mm',
  );
  expect(refused).toMatchObject({
    tool: 'write_brief',
    state: 'failed',
    error: { code: 'agent.brief', message: expect.stringContaining('the part takes 5 to 20 mm') },
  });
  expect(await briefs()).toEqual([]);
});
