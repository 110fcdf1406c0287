/** What there is to talk about: plain data, gathered once per request, so that words can be understood without the engine. */
import type { AgentEntry, VariableValue } from '../../../../preload/contract/index.ts';
import type { SelectedItem, ToolContext } from '../tools/index.ts';
import { currentResult, evaluatedHistory, featuresOfPart, type ProjectView, viewOf } from '../tools/project-view.ts';
import { numbersOf, type StepNumber } from '../tools/variables.ts';
import { type SceneSample, type SceneUse, textsOfFaces, usesOf } from './designing/scene-places.ts';

/** Entries back to which it is known what was selected. */
const MOST_REMEMBERED = 30;

export interface SceneStep {
  id: string;
  name: string;
  kind: string;
  /** Made by the part's script: its numbers are those of variables. */
  scripted: boolean;
  suppressed: boolean;
  numbers: StepNumber[];
}
export interface ScenePart {
  id: string;
  name: string;
  material: string | null;
  steps: SceneStep[];
  variables: VariableValue[];
}
export interface SceneStudy {
  id: string;
  name: string;
  type: string;
  partId: string;
  solved: boolean;
  safetyFactor?: number;
  loads: { id: string; name: string; kind: string }[];
}
export interface Scene {
  parts: ScenePart[];
  studies: SceneStudy[];
  materials: { name: string; category: string }[];
  selection: readonly SelectedItem[];
  /** The study that was made or solved just before, in the same breath: what "it" is. */
  latestStudy?: string;
  /** What was talked about before, for "it" and for answers to questions. */
  entries: readonly AgentEntry[];
  /** Briefs of the project. */
  briefs: { id: string; name: string }[];
  /** How studies hold and load their parts, and briefs that are shipped: gathered where a design is asked for. */
  uses: SceneUse[];
  samples: SceneSample[];
  /** Selected faces, now and when something was said, as a brief writes them. */
  faces: ReadonlyMap<string, string>;
}

/** @param designing whether a design may be asked for: more is looked at then */
export async function sceneOf(context: ToolContext, entries: readonly AgentEntry[], designing = true): Promise<Scene> {
  const view = await viewOf(context);
  const materials = await context.client['materials.library']({});
  const own = [...view.records.values()].flatMap((record) => (record.type === 'material' ? [record] : []));
  const names = new Set<string>();
  return {
    parts: await Promise.all(view.parts.map((part) => partOf(context, view, part.id))),
    studies: await Promise.all(
      view.studies.map(async (study) => {
        const result = await currentResult(context, study);
        const safety = result?.summary.minimumSafetyFactor?.value;
        return {
          id: study.id,
          name: study.name,
          type: study.study,
          partId: study.partId,
          solved: result !== undefined,
          ...(safety === undefined ? {} : { safetyFactor: safety }),
          loads: study.loads.map(({ id, name, kind }) => ({ id, name, kind })),
        };
      }),
    ),
    materials: [...own, ...materials].flatMap(({ name, category }) => {
      if (names.has(name)) return [];
      names.add(name);
      return [{ name, category }];
    }),
    selection: context.selection,
    entries,
    briefs: [...view.records.values()].flatMap((record) =>
      record.type === 'brief' ? [{ id: record.id, name: record.name }] : [],
    ),
    uses: designing ? await usesOf(context, view) : [],
    samples: designing ? await context.client['design.samples']({}) : [],
    faces: designing
      ? await textsOfFaces(context, view, [...context.selection, ...selectedBefore(entries)])
      : new Map(),
  };
}

const selectedBefore = (entries: readonly AgentEntry[]) =>
  entries.slice(-MOST_REMEMBERED).flatMap((entry) => (entry.kind === 'request' ? (entry.selection ?? []) : []));

async function partOf(context: ToolContext, view: ProjectView, partId: string): Promise<ScenePart> {
  const part = view.parts.find(({ id }) => id === partId)!;
  const history = await evaluatedHistory(context, part);
  const material = part.materialId === undefined ? undefined : view.records.get(part.materialId);
  const records = new Map(featuresOfPart(view, part).map((record) => [record.id, record]));
  return {
    id: part.id,
    name: part.name,
    material: material?.type === 'material' ? material.name : null,
    steps: (history?.outcomes ?? []).map(({ id, name, state, scripted, feature }) => {
      const data = records.get(id)?.feature ?? feature;
      return {
        id,
        name,
        kind: data?.kind ?? 'unknown',
        scripted: scripted ?? false,
        suppressed: state === 'suppressed',
        numbers: records.has(id) && data ? numbersOf(data) : [],
      };
    }),
    variables: history?.variables ?? [],
  };
}
