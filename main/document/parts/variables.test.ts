import { describe, expect, it } from 'vitest';
import { configuration, variable } from './parts.fixture.ts';
import { type DeclaredVariable, evaluateVariables } from './variables.ts';

const evaluate = (
  own: ReturnType<typeof variable>[],
  project: ReturnType<typeof variable>[] = [],
  more: { declared?: DeclaredVariable[]; values?: Record<string, string> } = {},
) => {
  const shown = more.values ? { configuration: configuration({ values: more.values }) } : {};
  const { values } = evaluateVariables({ variables: own, projectVariables: project, ...shown }, more.declared);
  return Object.fromEntries(values.map((each) => [each.name, each]));
};

describe('variables', () => {
  it('are evaluated in the order in which they need each other, not in that of the table', () => {
    const values = evaluate([
      variable('area_ratio', 'width / wall', { dimension: 'number' }),
      variable('width', '8 * wall'),
      variable('wall', '5'),
    ]);
    expect(values['area_ratio']).toMatchObject({ value: 8, scope: 'part' });
    expect(values['width']).toMatchObject({ value: 40 });
  });

  it('take a bare number as mm, as degrees or as nothing, by their dimension', () => {
    const values = evaluate([
      variable('l', '2'),
      variable('imperial', '2 in'),
      variable('a', '90', { dimension: 'angle' }),
      variable('half_turn', 'pi * (1 rad)', { dimension: 'angle' }),
      variable('n', '2', { dimension: 'number' }),
    ]);
    expect(Object.values(values).map(({ value }) => value)).toEqual([
      2,
      50.8,
      expect.closeTo(Math.PI / 2, 15),
      Math.PI,
      2,
    ]);
  });

  it('of a part hide those of the project, which do not see them', () => {
    const values = evaluate(
      [variable('wall', '3'), variable('outer', 'gap + wall')],
      [variable('wall', '7', { partId: null }), variable('gap', '2 * wall', { partId: null })],
    );
    expect(values['wall']).toMatchObject({ value: 3, scope: 'part' });
    expect(values['gap']).toMatchObject({ value: 14, scope: 'project' });
    expect(values['outer']).toMatchObject({ value: 17 });
  });

  it('say on each member of a circle that there is one, and name a failed one to who needs it', () => {
    const values = evaluate([
      variable('a', 'b + 1 mm'),
      variable('b', 'c'),
      variable('c', 'a'),
      variable('d', '2 * a'),
      variable('e', 'e'),
    ]);
    for (const name of ['a', 'b', 'c'])
      expect(values[name]!.error).toMatchObject({ code: 'variable.circle', recordId: `variable_${name}OfPart` });
    expect(values['a']!.error!.message).toMatch(/^a, b and c are defined by each other/);
    expect(values['d']!.error).toMatchObject({ code: 'variable.needs-failed', recordId: 'variable_dOfPart' });
    expect(values['e']!.error!.message).toBe('"e" is defined by itself.');
    expect(Object.values(values).map(({ value }) => value)).toEqual(Array(5).fill(undefined));
  });

  it('say what is wrong with an unknown name, a wrong dimension, a name twice and a name that is a unit', () => {
    const values = evaluate([
      variable('unknown', '2 * wal'),
      variable('area', '2 mm * 3 mm'),
      variable('mm', '4'),
      variable('sqrt', '4'),
    ]);
    expect(values['unknown']!.error!.code).toMatch(/^expression\./);
    expect(values['area']!.error!.code).toBe('units.dimension');
    expect(values['mm']!.error!.code).toBe('variable.reserved-name');
    expect(values['sqrt']!.error!.code).toBe('variable.reserved-name');
    const twice = evaluateVariables({
      variables: [variable('wall', '1', { id: 'variable_first1' }), variable('wall', '2', { id: 'variable_second' })],
      projectVariables: [],
    });
    expect(twice.values.map(({ value, error }) => value ?? error?.code)).toEqual([1, 'variable.duplicate']);
  });

  it('keep a value outside of their range, and say so', () => {
    const values = evaluate([variable('least', '5'), variable('wall', '4 mm', { minimum: 'least', maximum: '8' })]);
    expect(values['wall']).toMatchObject({
      value: 4,
      minimum: 5,
      maximum: 8,
      error: { code: 'variable.out-of-range', category: 'unmet' },
    });
  });

  it('that a script declares are overridden by records of the same name, and by the configuration above all', () => {
    const declared: DeclaredVariable[] = [
      { name: 'width', dimension: 'length', expression: '40 mm', minimum: '20', maximum: '80', note: 'Overall' },
      { name: 'wall', dimension: 'length', expression: 'width / 10' },
    ];
    const plain = evaluate([], [], { declared });
    expect(plain['width']).toEqual({
      name: 'width',
      dimension: 'length',
      expression: '40 mm',
      value: 40,
      minimum: 20,
      maximum: 80,
      note: 'Overall',
      scope: 'script',
    });
    const overridden = evaluate([variable('width', '60 mm')], [], { declared });
    expect(overridden['width']).toMatchObject({ id: 'variable_widthOfPart', value: 60, maximum: 80, scope: 'script' });
    expect(overridden['wall']).toMatchObject({ value: 6 });
    const configured = evaluate([variable('width', '60 mm')], [], { declared, values: { width: '70' } });
    expect(configured['width']).toMatchObject({ value: 70, scope: 'configuration' });
    expect(configured['wall']).toMatchObject({ value: 7 });
  });

  it('of thousands in one chain are evaluated without running out of stack', () => {
    const chain = Array.from({ length: 2000 }, (_, i) => variable(`v${i}`, i === 1999 ? '1' : `v${i + 1} + 1 mm`));
    expect(evaluate(chain)['v0']).toMatchObject({ value: 2000 });
  });

  it('cannot reach the prototype of objects', () => {
    const values = evaluate([
      variable('constructor', '5'),
      variable('twice', '2 * constructor'),
      variable('x', 'toString'),
    ]);
    expect(values['twice']).toMatchObject({ value: 10 });
    expect(values['x']!.value).toBeUndefined();
  });
});
