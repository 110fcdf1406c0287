/** Where a study is shown: on one of its part's occurrences, or where the parts of its group stand. */
import {
  IDENTITY_TRANSFORM,
  type ResultEntry,
  type StudyRecord,
  type Transform,
} from '../../../preload/contract/index.ts';
import { groupOf, isOfSubject, membersNow, subjectBodies } from '../../geometry/subject.ts';
import { useDocument } from '../../state/document.ts';
import { useSelection } from '../../state/selection.ts';
import type { FieldBody } from '../../viewport/api.ts';

/** The instance that shows the part's result: the selected one, or the first. None of a group. */
export function instanceOfStudy(study: StudyRecord | undefined): string | undefined {
  if (!study) return undefined;
  const placed = useDocument.getState().placements.get(study.partId) ?? [];
  const selected = useSelection.getState().items.find(({ instanceId }) => placed.includes(instanceId));
  return selected?.instanceId ?? placed[0];
}

export interface StudyPlace {
  /** The instance whose coordinates are the study's; null where those are the assembly's. */
  instanceId: string | null;
  world: Transform;
}

/** Null where nothing places what is studied. */
export function placeOfStudy(study: StudyRecord | undefined, chosen?: string): StudyPlace | null {
  const group = groupOf(study?.partId);
  if (group) return membersNow(group).present.length > 0 ? { instanceId: null, world: IDENTITY_TRANSFORM } : null;
  const instanceId = chosen ?? instanceOfStudy(study);
  return instanceId === undefined
    ? null
    : { instanceId, world: useDocument.getState().tree.worldTransformOf(instanceId) };
}

/** Which bodies of which instances a result's are; undefined where they are those of a part by number. */
export function bodiesOfResult(
  entry: ResultEntry,
  study: StudyRecord,
  instanceId: string | null,
): FieldBody[] | undefined {
  const named = entry.summary.bodies?.flatMap(({ instanceId: own, body }) => {
    const on = own ?? instanceId;
    return on === null || body === undefined ? [] : [{ instanceId: on, body }];
  });
  if (named && named.length > 0) return named;
  if (instanceId !== null) return undefined;
  // A result of another program does not say: it is taken for one of the parts as they are now.
  return subjectBodies(study.partId).flatMap(({ instanceId: on, body, info }) =>
    on !== undefined && info.kind === 'solid' ? [{ instanceId: on, body }] : [],
  );
}

/** A world point in the coordinates of what is studied, if the instance is one of it. */
export const placeWithin = (instanceId: string, studied: string): Transform | null => {
  if (!isOfSubject(instanceId, studied)) return null;
  return groupOf(studied) ? IDENTITY_TRANSFORM : useDocument.getState().tree.worldTransformOf(instanceId);
};
