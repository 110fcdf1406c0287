/** Faces that can be spoken of, as a brief writes them: what is selected, and what studies hold and load. */
import type { DesignSample, Reference, StudyRecord, Vector3 } from '../../../../../preload/contract/index.ts';
import { faceText, nameInWords } from '../../../../document/index.ts';
import type { SelectedItem, ToolContext } from '../../tools/index.ts';
import { bodiesOf, evaluatedHistory, type ProjectView } from '../../tools/project-view.ts';

/** Something of a part that has a name: `wall`, with the faces that it stands for. */
export interface ScenePlace {
  name: string;
  /** As `on` of a brief takes it: selectors, or `face NAME`. */
  on: string[];
  /** Of a load that acts there: the direction of the force. */
  direction?: Vector3;
}
/** What a study says of how its part is used. */
export interface SceneUse {
  study: string;
  partId: string;
  held: ScenePlace[];
  /** Forces only; null where the study has other loads too: then it is not used as an example. */
  loaded: ScenePlace[] | null;
}
/** A brief that is shipped, as a start for another one. */
export type SceneSample = Pick<DesignSample, 'key' | 'name' | 'text'>;

export const faceKey = ({
  partId,
  body,
  kind,
  index,
}: Pick<SelectedItem, 'partId' | 'body' | 'kind' | 'index'>): string => `${partId}/${body}/${kind}/${index}`;

/** Texts of the faces that were selected when something was said, by {@link faceKey}. */
export async function textsOfFaces(
  context: ToolContext,
  view: ProjectView,
  items: readonly Pick<SelectedItem, 'partId' | 'body' | 'kind' | 'index'>[],
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const partId of new Set(items.map((item) => item.partId))) {
    const found = await namesOf(context, view, partId);
    if (!found) continue;
    for (const item of items) {
      if (item.partId !== partId || item.kind !== 'face') continue;
      const text = faceText(found.bodies, item.body, item.index, found.ids, found.nameOf);
      if (text !== null) texts.set(faceKey(item), text);
    }
  }
  return texts;
}

async function namesOf(context: ToolContext, view: ProjectView, partId: string) {
  const part = view.parts.find(({ id }) => id === partId);
  if (!part) return null;
  const history = await evaluatedHistory(context, part);
  const steps = new Map((history?.outcomes ?? []).map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => {
    const record = view.records.get(id);
    return record?.type === 'feature' ? record.name : (steps.get(id) ?? id);
  };
  return { bodies: await bodiesOf(context, part), ids: [...steps.keys(), ...(part.features ?? [])], nameOf };
}

/** How studies hold and load their parts; places that cannot be written down are left out with the whole study. */
export async function usesOf(context: ToolContext, view: ProjectView): Promise<SceneUse[]> {
  const uses: SceneUse[] = [];
  for (const study of view.studies) {
    if (study.study !== 'static' || !view.parts.some(({ id }) => id === study.partId)) continue;
    const use = await howUsed(context, view, study);
    if (use) uses.push(use);
  }
  return uses;
}

async function howUsed(context: ToolContext, view: ProjectView, study: StudyRecord): Promise<SceneUse | null> {
  const found = await namesOf(context, view, study.partId);
  if (!found) return null;
  const textOf = (reference: Reference): string | null => {
    if (reference.by === 'selector') return reference.selector;
    if (reference.by === 'name')
      return reference.kind === 'face' ? `face ${nameInWords(reference.name, found.ids, found.nameOf)}` : null;
    return reference.kind === 'face'
      ? faceText(found.bodies, reference.body, reference.index, found.ids, found.nameOf)
      : null;
  };
  const placeOf = (name: string, on: readonly Reference[]): ScenePlace | null => {
    const texts = on.map(textOf);
    return texts.length > 0 && texts.every((text) => text !== null) ? { name, on: texts as string[] } : null;
  };
  const held = study.restraints.flatMap((restraint) => {
    const place = restraint.kind === 'fixed' && !restraint.suppressed ? placeOf(restraint.name, restraint.on) : null;
    return place ? [place] : [];
  });
  const acting = study.loads.filter(({ suppressed }) => !suppressed);
  const loaded = acting.map((load) => {
    const place = load.kind === 'force' ? placeOf(load.name, load.on) : null;
    return place && load.kind === 'force' ? { ...place, direction: load.force_N } : null;
  });
  const whole = loaded.every((place) => place !== null);
  return { study: study.name, partId: study.partId, held, loaded: whole ? (loaded as ScenePlace[]) : null };
}
