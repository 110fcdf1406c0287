/** The engine without weights understands what engineers say, asks about the rest, and never guesses without a word. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bench, openBench } from '../../../../tests/engine/parts.fixture.ts';
import { judge, judgeRequests, readRequests } from './judge.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.end());

const requestsIn = (file: string) =>
  readRequests(new URL(`../../../../resources/agent/${file}.yaml`, import.meta.url).pathname);
const requests = requestsIn('requests');

it('does what 60 requests ask for, or asks back', async () => {
  expect(requests).toHaveLength(60);
  const judgements = await judgeRequests(bench.client, requests);
  expect(judgements).toHaveLength(60);
  const of = (verdict: string) =>
    judgements.filter((each) => each.verdict === verdict).map(({ request, found }) => `${request.say} -> ${found}`);
  expect(of('wrong')).toEqual([]);
  // The bar is 54; what is known to be understood stays understood.
  expect(of('asked')).toEqual([]);
  // Whatever a question offers is understood when it is taken.
  expect(judgements.flatMap(({ deadEnds }) => deadEnds)).toEqual([]);
});

it('turns what is said of a design into a brief that can be worked on, or asks for the one thing that is missing', async () => {
  const judgements = await judgeRequests(bench.client, requestsIn('designs'), { tryOut: true });
  expect(
    judgements
      .filter(({ verdict }) => verdict !== 'right')
      .map(({ request, verdict, found }) => `${verdict}: ${request.say} -> ${found}`),
  ).toEqual([]);
  expect(judgements.flatMap(({ deadEnds }) => deadEnds)).toEqual([]);
});

it('is judged wrong where it does something else than was said, or more', () => {
  const said = {
    scene: 'bracket' as const,
    say: 'x',
    do: [{ set_variables: { values: [{ variable: 'a', value: '8 mm' }] } }],
  };
  const plan = (values: unknown, more: { tool: string; input: object }[] = []) => ({
    kind: 'plan' as const,
    steps: [{ tool: 'set_variables', input: { part: 'P', values } }, ...more] as never,
  });
  expect(judge(said, plan([{ variable: 'a', value: '8 mm' }]))).toBe('right');
  expect(judge(said, plan([{ variable: 'a', value: '9 mm' }]))).toBe('wrong');
  expect(judge(said, plan([{ variable: 'a', value: '8 mm' }], [{ tool: 'undo', input: {} }]))).toBe('wrong');
  expect(judge(said, { kind: 'question', text: '?', choices: [] })).toBe('asked');
  expect(judge({ scene: 'bracket', say: 'x', ask: true }, plan([]))).toBe('wrong');
  expect(judge({ scene: 'bracket', say: 'x', ask: 'How' }, { kind: 'question', text: 'Why?', choices: [] })).toBe(
    'asked',
  );
  const brief = (force: number) => ({
    kind: 'plan' as const,
    steps: [{ tool: 'write_brief', input: { text: `{loads: [{force: ${force}}], name: B}` } }],
  });
  const wanted = { scene: 'bracket' as const, say: 'x', do: [{ write_brief: { text: { loads: [{ force: 8 }] } } }] };
  expect([judge(wanted, brief(8)), judge(wanted, brief(80))]).toEqual(['right', 'wrong']);
});
