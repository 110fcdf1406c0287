/** What a person does to studies: make, edit, solve, look at. */
import { newId } from '../../main/document/index.ts';
import type { GroupRecord, PartRecord, StudyRecord, StudyType } from '../../preload/contract/index.ts';
import { engine } from '../engine/connection.ts';
import { belongs } from '../panels/studies/kinds/lists.ts';
import { STUDY_TYPE_WORDS, settingsOf, withType } from '../panels/studies/kinds/study-types.ts';
import { useStudyPanel } from '../panels/studies/study-panel-state.ts';
import { recordOf, recordsOf } from '../state/document.ts';
import { resultOf, showResult, useResults } from '../state/results.ts';
import { useSettings } from '../state/settings.ts';
import { revealPanel } from '../state/ui.ts';
import { setTool } from '../state/view.ts';
import { edit } from './edit.ts';

let itemCount = 0;
/** Ids of restraints, loads and probes: unique within their study. */
export const newItemId = (): string => `${Date.now().toString(36)}${(itemCount++).toString(36)}`;

/** `Force`, `Force 2`, `Force 3` … */
export function freshName(base: string, taken: { name: string }[]): string {
  const names = new Set(taken.map(({ name }) => name));
  if (!names.has(base)) return base;
  for (let i = 2; ; i++) if (!names.has(`${base} ${i}`)) return `${base} ${i}`;
}

/** Parts that are studied together are bonded where they touch until something else is said. */
export async function createStudy(subject: PartRecord | GroupRecord, type: StudyType): Promise<void> {
  const { name } = STUDY_TYPE_WORDS[type];
  const bonded = subject.type === 'group' && belongs(type, 'connections', 'bonded-touching');
  const study: StudyRecord = {
    type: 'study',
    id: newId('study'),
    name: freshName(name, recordsOf('study')),
    study: type,
    partId: subject.id,
    restraints: [],
    loads: [],
    mesh: { order: 2, accuracy: useSettings.getState().meshAccuracy, refinements: [] },
    probes: [],
    ...(bonded ? { connections: [{ id: newItemId(), name: 'Bonds', kind: 'bonded-touching' as const }] } : {}),
    ...settingsOf(type),
  };
  const isNew = subject.type === 'group' && !recordOf('group', subject.id);
  const put = isNew ? [subject, study] : [study];
  if (!(await edit(`New ${name.toLowerCase()} of “${subject.name.slice(0, 60)}”`, put))) return;
  useResults.setState({ activeStudyId: study.id });
  revealPanel('studies');
}

/** With the group that only this study is of. */
export async function deleteStudy(study: StudyRecord): Promise<boolean> {
  const shared = recordsOf('study').some(({ id, partId }) => id !== study.id && partId === study.partId);
  const group = shared ? undefined : recordOf('group', study.partId);
  return edit(`Delete ${study.name}`, [], { remove: [study.id, ...(group ? [group.id] : [])] });
}

/** Replaces the study by what `change` makes of it. */
export async function editStudy(
  studyId: string,
  label: string,
  change: (study: StudyRecord) => StudyRecord,
  coalesce?: string,
): Promise<boolean> {
  const study = recordOf('study', studyId);
  return study ? edit(label, [change(study)], coalesce ? { coalesce } : {}) : false;
}

/** Another type of study with the same restraints, loads and settings: what does not belong to it stays, and is shown so. */
export const changeType = (study: StudyRecord, type: StudyType): Promise<boolean> =>
  editStudy(study.id, `Make “${study.name}” a ${STUDY_TYPE_WORDS[type].name.toLowerCase()}`, (current) => {
    const next = withType(current, type);
    const taken = recordsOf('study').filter(({ id }) => id !== study.id);
    return next.name === current.name ? next : { ...next, name: freshName(STUDY_TYPE_WORDS[type].name, taken) };
  });

export const activeStudy = (): StudyRecord | undefined => recordOf('study', useResults.getState().activeStudyId);

/** Starts the solver and shows the result when it ends. */
export async function solve(studyId: string): Promise<void> {
  setTool({ kind: 'select' });
  useStudyPanel.setState({ tried: recordOf('study', studyId) ?? null });
  const { jobId } = await engine()['studies.solve']({ studyId });
  await engine()['jobs.wait']({ jobId });
  const entries = await engine()['studies.results']({ studyId });
  const newest = entries.filter(({ current }) => current).sort((a, b) => b.summary.createdAt - a.summary.createdAt)[0];
  if (!newest) return;
  if (!resultOf(newest.inputHash)) {
    useResults.setState((state) => ({ entries: [newest, ...state.entries] }));
  }
  showResult(newest.inputHash);
  revealPanel('results');
}
