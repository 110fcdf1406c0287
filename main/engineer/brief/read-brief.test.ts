import { describe, expect, it } from 'vitest';
import { ArtificerError } from '../../../preload/contract/index.ts';
import { readBrief } from './read-brief.ts';

const BRIEF = `
name: Cantilever
materials: [Steel S235JR]
concepts:
  - name: beam
    part: beam.ts
    vary: {width: [5 mm, 15 mm], bolts: {choices: [4, 6, 8]}}
    faces: {root: "faces <X", tip: "faces >X"}
cases:
  tip load:
    restraints: [{on: root, fix: all}]
    loads: [{on: tip, force: [0, 0, -300]}]
requirements:
  - max(displacement) <= 0.5 mm
  - max(von_mises) <= yield / 1.5 in "tip load"
`;

const problemsOf = (text: string): string[] => {
  try {
    readBrief(text);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof ArtificerError)) throw thrown;
    expect(thrown.code).toBe('design.brief');
    return (thrown.data.details as { problems: string[] }).problems;
  }
};

describe('a brief', () => {
  it('is read with its defaults: minimise mass, ten minutes, one piece', () => {
    const brief = readBrief(BRIEF);
    expect(brief.objectives).toEqual([{ text: 'minimise mass', direction: 'minimise', quantity: { kind: 'mass' } }]);
    expect([brief.budget, brief.quantity, brief.process]).toEqual([{ minutes: 10, solves: 400 }, 1, null]);
    expect(brief.concepts[0]!.vary).toEqual({
      width: { kind: 'range', minimum: '5 mm', maximum: '15 mm' },
      bolts: { kind: 'choices', choices: [4, 6, 8] },
    });
    expect(brief.cases[0]).toEqual({
      name: 'tip load',
      type: 'static',
      conditions: {
        restraints: [{ on: 'root', fix: 'all' }],
        loads: [{ on: 'tip', force: [0, 0, -300] }],
      },
    });
  });

  it('says everything that is missing at once', () => {
    const problems = problemsOf('name: Nothing');
    expect(problems).toHaveLength(3);
    expect(problems[0]).toContain('no material');
    expect(problems[1]).toContain('requires nothing');
    expect(problems[2]).toContain('neither what to start from');
  });

  it.each([
    ['on: root', 'on: rooot', '"rooot" is neither an interface nor a selector'],
    ['fix: all', 'fx: all', 'fx'],
    ['force: [0, 0, -300]', 'force: [0, 0, -300 mm]', 'a force is needed'],
    ['in "tip load"', 'in "tip"', 'there is no case "tip"'],
    ['<= 0.5 mm', '<= 0.5 kg', 'a length is needed'],
    ['Steel S235JR', 'Unobtainium', 'no material "Unobtainium"'],
    ['  - max(displacement) <= 0.5 mm', '  - first_frequency >= 5 Hz', 'no case has this quantity'],
    [
      '  - max(displacement) <= 0.5 mm',
      '  - max(displacement) <= 0.5 mm\n  - max(displacement) >= 1 mm',
      'contradict each other',
    ],
    ['name: beam', 'name: beam\n    set: {width: 3 mm}', '"width" is both varied and set'],
    ['    restraints: [{on: root, fix: all}]\n', '', 'nothing holds the part'],
    ['    loads: [{on: tip, force: [0, 0, -300]}]\n', '', 'nothing loads the part'],
    ['requirements:', 'requirement:', 'requirement'],
    ['choices: [4, 6, 8]', 'choices: [4]', 'nothing to choose from'],
  ])('with "%s" written as "%s" is answered with what is wrong', (right, wrong, said) => {
    expect(BRIEF).toContain(right);
    const problems = problemsOf(BRIEF.replace(right, wrong));
    expect(problems.join('\n')).toContain(said);
  });

  it('needs a strength of the material only where a bound is written with it', () => {
    const text = BRIEF.replace('Steel S235JR', 'Glass, soda-lime');
    expect(problemsOf(text).join()).toMatch(/yield strength, which is not known|no material/);
  });
});
