/** What a study still needs before it can be solved, in plain words and with the place where it is put right. Pure. */
import { type AnyRecord, type Reference, STUDY_KINDS, type StudyRecord } from '../../../../preload/contract/index.ts';
import { groupOf, locateInStudy, membersNow, subjectBodies } from '../../../geometry/subject.ts';
import { useResults } from '../../../state/results.ts';
import { belongs, describeKind, type Item, itemsOf, LISTS, type ListName, placesOn, sidesOf } from '../kinds/lists.ts';
import { missingInCases } from './missing-in-cases.ts';
import { missingInMaterials, type Solid } from './missing-in-materials.ts';
import { missingInSettings } from './missing-in-settings.ts';
import { missingInValues } from './missing-in-values.ts';

export interface Missing {
  text: string;
  /** The restraint, load or connection it is about. */
  itemId?: string;
  /** The field, by its `data-study-field`: of the item, or of the study. */
  field?: string;
  /** Put right in the Materials panel. */
  materials?: boolean;
  /** Put right in this other study. */
  studyId?: string;
  /** Solving makes no sense before this is done. */
  blocking: boolean;
}

/** What is known beside the records. */
export interface Surroundings {
  isLost: (reference: Reference, partId: string) => boolean;
  /** Solid bodies of what is studied; none while its shape is not known. */
  solidsOf: (studied: string) => Solid[];
  /** Of a group: how many of its members are not in the assembly any more, and the parts of the others. */
  membersOf: (group: string) => { gone: number; partIds: string[] };
  hasResult: (studyId: string) => boolean;
}
const LIVE: Surroundings = {
  isLost: (reference, studied) => locateInStudy(reference, studied)?.error !== undefined,
  solidsOf: (studied) => subjectBodies(studied).filter(({ info }) => info.kind === 'solid'),
  membersOf: (id) => {
    const group = groupOf(id);
    const { present, gone } = group ? membersNow(group) : { present: [], gone: [] };
    return { gone: gone.length, partIds: present.map(({ part }) => part.id) };
  },
  hasResult: (studyId) => useResults.getState().entries.some((entry) => entry.studyId === studyId),
};

export function missingIn(
  study: StudyRecord,
  records: ReadonlyMap<string, AnyRecord>,
  around: Surroundings = LIVE,
): Missing[] {
  const subject = records.get(study.partId);
  if (subject?.type !== 'part' && subject?.type !== 'group')
    return [{ text: 'The part of this study is gone.', blocking: true }];
  const { gone, partIds } =
    subject.type === 'group' ? around.membersOf(subject.id) : { gone: 0, partIds: [subject.id] };
  return [
    ...missingMembers(gone, partIds.length),
    ...missingInMaterials(study, partIds, records, around.solidsOf(study.partId)),
    ...missingWhole(study, around),
    ...LISTS.flatMap((list) =>
      itemsOf(study, list)
        .filter(({ suppressed }) => !suppressed)
        .flatMap((item) => missingInItem(study, list, item, around)),
    ),
    ...missingInCases(study),
    ...missingInSettings(study, records, around),
  ];
}

/** Parts of a group that were removed, or all of them. */
function missingMembers(gone: number, left: number): Missing[] {
  if (gone > 0)
    return [
      {
        text: `${gone === 1 ? 'One of the parts is' : `${gone} of the parts are`} not in the assembly any more: undo that, or take ${gone === 1 ? 'it' : 'them'} out.`,
        field: 'members',
        blocking: true,
      },
    ];
  return left > 0 ? [] : [{ text: 'There is no part in this study: add some.', field: 'members', blocking: true }];
}

/** What holds, loads, heats and joins the part at all. */
function missingWhole(study: StudyRecord, { solidsOf }: Surroundings): Missing[] {
  const found: Missing[] = [];
  const { held, loaded } = STUDY_KINDS[study.study];
  const active = <T extends Item>(list: ListName) => itemsOf(study, list).filter((item) => !item.suppressed) as T[];
  const restraints = active<StudyRecord['restraints'][number]>('restraints');
  const loads = active<StudyRecord['loads'][number]>('loads');
  const connections = active<NonNullable<StudyRecord['connections']>[number]>('connections');
  const needs = (text: string, field: string) => found.push({ text, field, blocking: true });
  if (held && !study.inertiaRelief && !restraints.some(({ kind }) => kind !== 'temperature'))
    needs('Nothing holds the part: add a restraint.', 'add-restraints');
  const moved = restraints.some(
    (one) =>
      (one.kind === 'displacement' || one.kind === 'remote-displacement') &&
      Object.entries(one).some(([key, value]) => /^r?[xyz]_(mm|rad)$/.test(key) && value !== 0 && value !== undefined),
  );
  const tightened = connections.some((one) => one.kind === 'bolt' && one.preload_N !== 0);
  if (loaded && loads.length === 0 && !moved && !tightened && !study.temperatures)
    needs('Nothing acts on the part: add a load.', 'add-loads');
  if (study.study === 'thermal') {
    const known =
      restraints.some(({ kind }) => kind === 'temperature') ||
      loads.some(({ kind }) => kind === 'convection' || kind === 'radiation');
    if (!known) needs('Nothing sets a temperature: add a temperature, convection or radiation.', 'add-restraints');
  }
  if (study.study === 'transient-thermal' && loads.length === 0 && restraints.length === 0)
    needs('Nothing heats or cools the part: add a load or a temperature.', 'add-loads');
  if (study.study === 'thermal-stress' && !study.temperatures) {
    const heated =
      loads.some(({ kind }) => kind === 'body-temperature' || belongs('thermal', 'loads', kind)) ||
      restraints.some(({ kind }) => kind === 'temperature');
    if (!heated) needs('Nothing heats the part: say where its temperatures come from.', 'temperatures');
  }
  const solids = solidsOf(study.partId);
  if (solids.length > 1 && connections.length === 0)
    found.push({
      text: `Nothing joins the ${solids.length} bodies: each is on its own.`,
      field: 'add-connections',
      blocking: false,
    });
  return found;
}

function missingInItem(study: StudyRecord, list: ListName, item: Item, { isLost }: Surroundings): Missing[] {
  const found: Missing[] = [];
  const needs = (text: string, field?: string) =>
    found.push({ text, itemId: item.id, blocking: true, ...(field ? { field } : {}) });
  if (!belongs(study.study, list, item.kind)) {
    needs(`“${item.name}” does not belong to ${STUDY_KINDS[study.study].words}.`);
    return found;
  }
  if (!describeKind(list, item.kind).emptyMeansAll)
    for (const { side, title } of sidesOf(list, item.kind))
      if (placesOn(item, side).length === 0)
        needs(
          title ? `“${item.name}” lacks a side: ${title.toLowerCase()}.` : `“${item.name}” is on nothing yet.`,
          side,
        );
  found.push(...missingInValues(item));
  for (const { side } of sidesOf(list, item.kind))
    if (placesOn(item, side).some((reference) => isLost(reference, study.partId)))
      needs(`What “${item.name}” is on is no longer there.`, side);
  return found;
}
