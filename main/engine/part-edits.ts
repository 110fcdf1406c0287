/** Calls that change parts as a whole: editable imports, scripts, samples. Each is one undoable change. */
import type {
  AnyRecord,
  BodyInfo,
  HistoryState,
  InstanceRecord,
  MaterialRecord,
  PartRecord,
  Reference,
  SamplePart,
} from '../../preload/contract/index.ts';
import { ArtificerError, IDENTITY_TRANSFORM, silentContext, toErrorData } from '../../preload/contract/index.ts';
import {
  definitionOf,
  evaluateVariables,
  expressionsIn,
  makeEditable,
  makeMemberPick,
  makePick,
  namesIn,
  newId,
  partOfReference,
  resolveReference,
  withReferences,
} from '../document/index.ts';
import { materialByName } from '../physics/index.ts';
import {
  readSamplePart,
  type ScriptedPart,
  sampleParts,
  type WritableVariable,
  writePartScript,
} from '../scripting/index.ts';
import type { DocumentSession } from '../storage/index.ts';
import type { EngineContext } from './context.ts';
import { evaluatePart } from './part-evaluation.ts';
import { gatherPart } from './part-inputs.ts';
import type { PartScripts } from './part-scripts.ts';
import type { SourceGeometry } from './source-geometry.ts';
import { partOf } from './study-inputs.ts';

interface ScriptInput {
  partId?: string | undefined;
  fileName: string;
  source: string;
  name?: string | undefined;
}

export class PartEdits {
  readonly #engine: EngineContext;
  readonly #sources: SourceGeometry;
  readonly #scripts: PartScripts;

  constructor(engine: EngineContext, sources: SourceGeometry, scripts: PartScripts) {
    this.#engine = engine;
    this.#sources = sources;
    this.#scripts = scripts;
  }

  /**
   * An imported part gets a history. It is evaluated first, so that what studies picked by number is called by name from
   * now on, and follows its faces through every edit.
   * @throws ArtificerError `import.not-exact` for triangle meshes
   */
  async makeEditable(partId: string, signal: AbortSignal): Promise<HistoryState> {
    const session = this.#engine.session();
    session.file.assertWritable();
    const { part, put } = makeEditable(partOf(session, partId));
    if (put.length === 0) return session.state();
    const records = [...session.store.all().filter(({ id }) => id !== partId), ...put];
    const inputs = gatherPart(part, records, null);
    const context = silentContext(signal);
    const want = { brep: true, info: 'describe', tessellation: 'fine' } as const;
    const evaluated = await evaluatePart(this.#engine, this.#sources, session, inputs, want, context);
    const failed = evaluated.outcomes.find(({ error }) => error !== undefined);
    if (failed?.error) throw new ArtificerError(failed.error);
    const { bodies } = await this.#engine.cache(session).putEvaluation(partId, inputs.inputHash, evaluated, signal);
    signal.throwIfAborted();
    const infos = bodies.map(({ info }) => info);
    const partOfInstance = (id: string) => {
      const instance = session.store.get(id);
      return instance?.type === 'instance' ? instance.partId : undefined;
    };
    for (const study of session.store.ofType('study')) {
      const named = withReferences(study, (each) =>
        partOfReference(each, study.partId, partOfInstance) === partId ? namedReference(each, infos) : each,
      );
      if (named !== study) put.push(named);
    }
    return session.change({ label: `Make ${part.name} editable`, put });
  }

  /** Runs the script first: one that fails changes nothing. @throws ArtificerError `script.*` */
  async putScript(input: ScriptInput, signal: AbortSignal): Promise<{ partId: string; history: HistoryState }> {
    const session = this.#engine.session();
    session.file.assertWritable();
    const script = { fileName: input.fileName, source: input.source };
    const before = input.partId === undefined ? undefined : partOf(session, input.partId);
    const part: PartRecord = before
      ? { ...before, script }
      : { type: 'part', id: newId('part'), name: '', features: [], bodies: [], script };
    const made = await this.#scripts.run(session, part, session.store.all(), silentContext(signal));
    signal.throwIfAborted();
    if (input.partId !== undefined) partOf(session, input.partId);
    const named = { ...part, name: input.name ?? before?.name ?? made?.name ?? input.fileName };
    const put: AnyRecord[] = [];
    const material = made?.material;
    if (material !== undefined && named.materialId === undefined) {
      const record = this.#materialOf(session, material, named);
      if (record && !session.store.get(record.id)) put.push(record);
      if (record) named.materialId = record.id;
    }
    put.push(named);
    if (!before) put.push(placed(session, named));
    const label = before ? `Change the script of ${named.name}` : `Add ${named.name}`;
    return { partId: named.id, history: session.change({ label, put }) };
  }

  /** The project's record of a material of the library, or a new one. A part is made without one that nobody knows. */
  #materialOf(session: DocumentSession, name: string, part: PartRecord): MaterialRecord | undefined {
    const own = session.store.ofType('material').find((record) => record.name === name);
    if (own) return own;
    try {
      const material = materialByName(name);
      const known = session.store.ofType('material').find((record) => record.name === material.name);
      return known ?? { type: 'material', id: newId('material'), ...material };
    } catch (thrown) {
      const error = toErrorData(thrown);
      this.#engine.tell('warning', `${part.name}: ${error.message}`, {
        error,
        recordId: part.id,
        hint: 'Choose its material by hand.',
      });
      return undefined;
    }
  }

  samples(): Promise<SamplePart[]> {
    return sampleParts();
  }

  async addSample(key: string, signal: AbortSignal): Promise<{ partId: string; history: HistoryState }> {
    return this.putScript(await readSamplePart(key), signal);
  }

  /** The part as a script. One that is nothing but its script is that script. */
  async writeScript(partId: string, signal: AbortSignal): Promise<{ source: string }> {
    const session = this.#engine.session();
    const part = partOf(session, partId);
    const records = session.store.all();
    const begun = makeEditable(part);
    const all = [...records.filter((record) => record.id !== part.id), ...begun.put];
    if (begun.put.length === 0) all.push(part);
    const definition = definitionOf(begun.part, all);
    const { features, variables } = definition;
    if (part.script && features.length === 0 && variables.length === 0 && !definition.configuration)
      return { source: part.script.source };
    const scripted = await this.#scripts.run(session, begun.part, all, silentContext(signal));
    const { configuration } = definition;
    const material = part.materialId === undefined ? undefined : session.store.get(part.materialId);
    const isSuppressed = (step: { id: string; suppressed?: boolean | undefined }): boolean | undefined =>
      configuration?.suppressed[step.id] ?? step.suppressed;
    const steps = [...(scripted?.features ?? []), ...features].map((step) => ({
      id: step.id,
      name: step.name,
      ...(step.group === undefined ? {} : { group: step.group }),
      ...(isSuppressed(step) ? { suppressed: true } : {}),
      feature: step.feature,
    }));
    return {
      source: writePartScript({
        name: part.name,
        ...(scripted?.about === undefined ? {} : { about: scripted.about }),
        ...(material?.type === 'material' ? { material: material.name } : {}),
        variables: usedVariables(definition, scripted, steps),
        features: steps,
      }),
    };
  }
}

/** A pick as the name of what it means, where that is certain. */
function namedReference(reference: Reference, bodies: readonly BodyInfo[]): Reference {
  if (reference.by !== 'pick') return reference;
  const { instanceId, ...onPart } = reference;
  const { items } = resolveReference(onPart, bodies);
  const [item] = items;
  if (!item || items.length !== 1) return reference;
  return instanceId === undefined
    ? makePick(bodies, item.body, item.kind, item.index)
    : makeMemberPick(instanceId, bodies, item.body, item.kind, item.index);
}

/** The part's own variables, and those of the project that it uses, each after what it needs. */
function usedVariables(
  definition: ReturnType<typeof definitionOf>,
  scripted: ScriptedPart | null,
  steps: readonly unknown[],
): WritableVariable[] {
  const declared = (scripted?.variables ?? []).map((each) => ({ ...each, expression: each.declared }));
  const { values } = evaluateVariables(definition, declared);
  const records = new Map([...definition.projectVariables, ...definition.variables].map((each) => [each.name, each]));
  const scripts = new Map(declared.map((each) => [each.name, each]));
  const all = new Map(values.map((value) => [value.name, value]));
  const ordered = new Map<string, WritableVariable>();
  const add = (name: string, path: ReadonlySet<string>): void => {
    const value = all.get(name);
    if (!value || ordered.has(name) || path.has(name)) return;
    for (const needed of namesIn(value.expression)) add(needed, new Set([...path, name]));
    const said = records.get(name) ?? scripts.get(name);
    ordered.set(name, {
      name,
      dimension: value.dimension,
      expression: value.expression,
      minimum: said?.minimum ?? scripts.get(name)?.minimum,
      maximum: said?.maximum ?? scripts.get(name)?.maximum,
      note: value.note,
    });
  };
  for (const { name, scope } of values) if (scope !== 'project') add(name, new Set());
  for (const text of expressionsIn(steps)) for (const name of namesIn(text)) add(name, new Set());
  return [...ordered.values()];
}

/** A new part stands in the assembly at the origin, after everything else. */
export function placed(session: DocumentSession, part: PartRecord): InstanceRecord {
  const roots = session.store.ofType('instance').filter(({ parentId }) => parentId === null);
  return {
    type: 'instance',
    id: newId('instance'),
    name: part.name,
    parentId: null,
    partId: part.id,
    transform: IDENTITY_TRANSFORM,
    order: roots.reduce((highest, root) => Math.max(highest, root.order + 1), 0),
  };
}
