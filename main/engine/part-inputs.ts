/** Everything that the bodies of a part with a history are made from, gathered from records and hashed. */
import type {
  AnyRecord,
  ErrorData,
  FeatureOutcome,
  PartHistory,
  PartRecord,
  SourceRecord,
} from '../../preload/contract/index.ts';
import {
  definitionOf,
  type EvaluatedVariables,
  evaluateVariables,
  type PartDefinition,
  resolveSteps,
} from '../document/index.ts';
import type { FeatureStep } from '../kernel/port.ts';
import type { PartScriptRequest, ScriptedPart } from '../scripting/index.ts';
import { noRecord } from './context.ts';
import { FEATURES_VERSION, GEOMETRY_VERSION } from './geometry-cache.ts';
import { hashOfInputs } from './input-hash.ts';

/** Raised when scripts make other features of the same source. */
const SCRIPT_VERSION = 1;

/** What an import step takes its bodies from. */
export interface ImportNeed {
  id: string;
  source: SourceRecord;
  key: string;
}

export interface PartInputs {
  part: PartRecord;
  definition: PartDefinition;
  variables: EvaluatedVariables;
  /** What the part's script makes; null for a part without one. */
  scripted: ScriptedPart | null;
  steps: FeatureStep[];
  rolledBack: FeatureOutcome[];
  imports: ImportNeed[];
  /** The same for parts that have the same bodies with the same names. Names of steps and parts are not in it. */
  inputHash: string;
}

/** The run of the part's script that is needed, with a key for what it answers; null where there is no script. */
export function scriptRequestOf(definition: PartDefinition): { request: PartScriptRequest; key: string } | null {
  const { script } = definition.part;
  if (!script) return null;
  const values: Record<string, string> = Object.create(null);
  for (const { name, expression } of definition.variables) values[name] ??= expression;
  for (const [name, expression] of Object.entries(definition.configuration?.values ?? {})) values[name] = expression;
  const scope: NonNullable<PartScriptRequest['scope']> = Object.create(null);
  for (const { name, dimension, value } of evaluateVariables(definition).values)
    if (value !== undefined) scope[name] ??= { dimension, value };
  const request: PartScriptRequest = {
    source: script.source,
    fileName: script.fileName,
    values: { ...values },
    scope: { ...scope },
  };
  return {
    request,
    key: `script/${SCRIPT_VERSION}/${hashOfInputs({ source: script.source, values: request.values, scope: request.scope })}`,
  };
}

/** `scripted` is what the script answered to {@link scriptRequestOf}. */
export function gatherPart(part: PartRecord, records: Iterable<AnyRecord>, scripted: ScriptedPart | null): PartInputs {
  const all = [...records];
  const definition = definitionOf(part, all);
  const declared = (scripted?.variables ?? []).map(
    ({ declared: expression, name, dimension, minimum, maximum, note }) => ({
      name,
      dimension,
      expression,
      minimum,
      maximum,
      note,
    }),
  );
  const variables = evaluateVariables(definition, declared);
  const { steps, rolledBack } = resolveSteps(definition, variables, scripted?.features ?? []);
  const sources = new Map(all.flatMap((record) => (record.type === 'source' ? [[record.id, record] as const] : [])));
  const imports = steps.flatMap(({ id, feature, suppressed }): ImportNeed[] => {
    if (feature.kind !== 'import' || suppressed) return [];
    const source = sources.get(feature.sourceId);
    if (!source) throw noRecord('source', feature.sourceId);
    return [{ id, source, key: feature.sourceKey }];
  });
  const inputHash = hashOfInputs({
    version: [GEOMETRY_VERSION, FEATURES_VERSION],
    steps: steps.map(({ id, suppressed, feature, error }) => ({ id, suppressed, feature, error: error?.message })),
    imports: imports.map(({ id, source, key }) => [id, source.sha256, source.healed, key]),
  });
  return { part, definition, variables, scripted, steps, rolledBack, imports, inputHash };
}

/** How the history stands, with names as they are now and what the script made marked as such. */
export function historyOf(
  inputs: PartInputs,
  evaluation: { outcomes: FeatureOutcome[]; seconds: number } | null,
  status: PartHistory['status'],
  error?: ErrorData,
): PartHistory {
  const scripted = new Map((inputs.scripted?.features ?? []).map((step) => [step.id, step]));
  const names = new Map(inputs.steps.map(({ id, name }) => [id, name]));
  const outcomes = (evaluation?.outcomes ?? []).flatMap((outcome): FeatureOutcome[] => {
    const name = names.get(outcome.id);
    // An outcome of before that has no step any more.
    if (name === undefined) return [];
    const script = scripted.get(outcome.id);
    return [{ ...outcome, name, ...(script ? { scripted: true, feature: script.feature } : {}) }];
  });
  return {
    partId: inputs.part.id,
    status,
    outcomes: [...outcomes, ...inputs.rolledBack],
    variables: inputs.variables.values,
    inputHash: inputs.inputHash,
    seconds: evaluation?.seconds ?? 0,
    ...(error ? { error } : {}),
  };
}
