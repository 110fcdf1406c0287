/** The steps that a part is evaluated by: its script's, then its own, with suppression, roll-back and numbers for expressions. */
import type { ErrorData } from '../../../preload/contract/errors.ts';
import type { Feature } from '../../../preload/contract/features.ts';
import type { FeatureOutcome } from '../../../preload/contract/parts.ts';
import type { Evaluated } from '../../../preload/contract/sketches.ts';
import { refuse } from '../refuse.ts';
import type { PartDefinition } from './definition.ts';
import { type ExpressionVariables, evaluateWhatCanBe, expressionError } from './evaluate-expressions.ts';

/** A step without its record: what a script makes, or what a record says. */
export interface WrittenStep {
  id: string;
  name: string;
  group?: string | undefined;
  suppressed?: boolean | undefined;
  feature: Feature;
}

/** As the kernel takes it: every expression is a number. One with an error fails without being tried. */
export interface ResolvedStep {
  id: string;
  name: string;
  suppressed: boolean;
  feature: Evaluated<Feature>;
  error?: ErrorData;
}

export interface ResolvedHistory {
  steps: ResolvedStep[];
  /** Outcomes of the steps that are rolled back, which the kernel never hears of. */
  rolledBack: FeatureOutcome[];
}

/** The steps of a script that come first are not touched by the roll-back, which counts the part's own. */
export function resolveSteps(
  definition: PartDefinition,
  variables: ExpressionVariables,
  scripted: readonly WrittenStep[] = [],
): ResolvedHistory {
  const { part, configuration, missing } = definition;
  const listed = part.features ?? [];
  const records = new Map(definition.features.map((record) => [record.id, record]));
  const end = Math.min(part.rollBack ?? listed.length, listed.length);
  const isSuppressed = (step: { id: string; suppressed?: boolean | undefined }): boolean => {
    const inConfiguration = configuration && Object.hasOwn(configuration.suppressed, step.id);
    return inConfiguration ? configuration.suppressed[step.id]! : (step.suppressed ?? false);
  };
  const resolve = (step: WrittenStep): ResolvedStep => {
    const { data, failures } = evaluateWhatCanBe(step.feature, variables);
    return {
      id: step.id,
      name: step.name,
      suppressed: isSuppressed(step),
      feature: data,
      ...(failures.length > 0 ? { error: expressionError(failures, step) } : {}),
    };
  };
  const steps = [
    ...scripted.map(resolve),
    ...listed
      .slice(0, end)
      .flatMap((id) => records.get(id) ?? [])
      .map(resolve),
  ];
  const rolledBack = listed.slice(end).flatMap((id): FeatureOutcome[] => {
    const record = records.get(id);
    return record ? [{ id, name: record.name, state: 'rolled-back', warnings: [], seconds: 0, reused: false }] : [];
  });
  // A listed step without its record can only come of an edit that went past the helpers: said, not passed over.
  for (const id of missing) rolledBack.push(missingOutcome(id));
  return { steps, rolledBack };
}

const missingOutcome = (id: string): FeatureOutcome => ({
  id,
  name: id,
  state: 'failed',
  error: refuse('feature.missing', 'This step has no record any more.', {
    hint: 'Undo the change that removed it, or remove the step from the part.',
    recordId: id,
  }).data,
  warnings: [],
  seconds: 0,
  reused: false,
});
