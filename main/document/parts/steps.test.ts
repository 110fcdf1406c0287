import { describe, expect, it } from 'vitest';
import type { AnyRecord, PartRecord } from '../../../preload/contract/records.ts';
import { definitionOf } from './definition.ts';
import { evaluateExpressions, NO_VARIABLES } from './evaluate-expressions.ts';
import { configuration, EXTRUDE, FILLET, PLATE, SKETCH, variable } from './parts.fixture.ts';
import { resolveSteps } from './steps.ts';
import { evaluateVariables } from './variables.ts';

const resolve = (part: PartRecord, records: AnyRecord[]) => {
  const definition = definitionOf(part, records);
  return resolveSteps(definition, evaluateVariables(definition));
};
const WALL = variable('wall', '5 mm');

describe('expressions in features', () => {
  it('become numbers in mm and rad wherever they stand, and nothing else changes', () => {
    const { table, failures } = evaluateVariables({ variables: [WALL], projectVariables: [] });
    const sketch = evaluateExpressions(SKETCH.feature, { table, failures }, SKETCH);
    expect(sketch).toEqual({
      ...SKETCH.feature,
      constraints: [{ kind: 'distance', id: 'width', a: 'line1', value: 40 }],
    });
    const extrude = evaluateExpressions(EXTRUDE.feature, { table, failures }, EXTRUDE);
    expect(extrude).toEqual({
      ...EXTRUDE.feature,
      extent: { to: 'distance', distance: 5 },
      draft: expect.closeTo((3 * Math.PI) / 180, 15),
    });
  });

  it('that fail name the feature and the field, list items by their id', () => {
    expect(() => evaluateExpressions(SKETCH.feature, NO_VARIABLES, SKETCH)).toThrow(
      expect.objectContaining({
        data: expect.objectContaining({
          code: 'feature.expression',
          recordId: SKETCH.id,
          message: expect.stringMatching(/^Outline: .*wall/),
          cause: 'field constraints.width.value',
        }),
      }),
    );
  });
});

describe('steps of a part', () => {
  it('stand in the order of the part, with numbers for expressions', () => {
    const { steps, rolledBack } = resolve(PLATE, [FILLET, EXTRUDE, SKETCH, WALL]);
    expect(steps.map(({ id, suppressed }) => [id, suppressed])).toEqual([
      [SKETCH.id, false],
      [EXTRUDE.id, false],
      [FILLET.id, false],
    ]);
    expect(steps[2]!.feature).toMatchObject({ radius: 2.5 });
    expect(rolledBack).toEqual([]);
  });

  it('with an expression that fails carry its error, and the others are as they were', () => {
    const { steps } = resolve(PLATE, [SKETCH, EXTRUDE, FILLET, variable('wall', '5 mm * 2 mm')]);
    expect(steps.map(({ error }) => error?.code)).toEqual(Array(3).fill('feature.expression'));
    expect(steps[0]!.error!.cause).toBe('field constraints.width.value');
    expect(steps[0]!.feature).toMatchObject({ constraints: [{ value: Number.NaN }] });
    const other = resolve(PLATE, [
      SKETCH,
      { ...EXTRUDE, feature: { ...EXTRUDE.feature, draft: { angle: 'lean' } } } as AnyRecord,
      FILLET,
      WALL,
    ]);
    expect(other.steps.map(({ error }) => error?.code)).toEqual([undefined, 'feature.expression', undefined]);
  });

  it('after the roll-back are told as rolled back', () => {
    const { steps, rolledBack } = resolve({ ...PLATE, rollBack: 2 }, [SKETCH, EXTRUDE, FILLET, WALL]);
    expect(steps.map(({ id }) => id)).toEqual([SKETCH.id, EXTRUDE.id]);
    expect(rolledBack).toMatchObject([{ id: FILLET.id, name: 'Rounds', state: 'rolled-back' }]);
    expect(resolve({ ...PLATE, rollBack: 0 }, [SKETCH, EXTRUDE, FILLET, WALL]).steps).toEqual([]);
  });

  it('are suppressed as the configuration that is shown says, before the record', () => {
    const records = [SKETCH, { ...EXTRUDE, suppressed: true }, FILLET, WALL];
    const suppressed = (part: PartRecord, more: AnyRecord[]) =>
      resolve(part, [...records, ...more]).steps.map((step) => step.suppressed);
    const small = configuration({ suppressed: { [EXTRUDE.id]: false, [FILLET.id]: true } });
    expect(suppressed(PLATE, [small])).toEqual([false, true, false]);
    expect(suppressed({ ...PLATE, configurationId: small.id }, [small])).toEqual([false, false, true]);
  });

  it('without a record are failures, not nothing', () => {
    const { steps, rolledBack } = resolve(PLATE, [SKETCH, FILLET, WALL]);
    expect(steps.map(({ id }) => id)).toEqual([SKETCH.id, FILLET.id]);
    expect(rolledBack).toMatchObject([{ id: EXTRUDE.id, state: 'failed', error: { code: 'feature.missing' } }]);
  });
});
