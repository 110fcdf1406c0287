/** What a script made, as the kernel takes it: variables with their values, steps with numbers for expressions. */
import type { VariableValue } from '../../preload/contract/index.ts';
import { evaluateVariables, type PartDefinition, type ResolvedStep, resolveSteps } from '../document/index.ts';
import type { ScriptedPart } from './sandbox/scripted-part.ts';

export interface ResolvedScript {
  variables: VariableValue[];
  steps: ResolvedStep[];
}

/** For a script that stands alone: a part of a project has records besides, which the engine puts together. */
export function resolveScriptedPart(part: Pick<ScriptedPart, 'name' | 'variables' | 'features'>): ResolvedScript {
  const definition: PartDefinition = {
    part: { type: 'part', id: 'part_scripted', name: part.name, bodies: [] },
    features: [],
    missing: [],
    variables: [],
    projectVariables: [],
    configurations: [],
  };
  const evaluated = evaluateVariables(definition, part.variables);
  return { variables: evaluated.values, steps: resolveSteps(definition, evaluated, part.features).steps };
}
