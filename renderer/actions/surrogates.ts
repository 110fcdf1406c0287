/** What a person does with the surrogate of a study: make, change, ask it live, use what it says, and let it go. */
import { setVariable } from '../../main/document/index.ts';
import type {
  AnyRecord,
  StudyRecord,
  StudySurrogate,
  StudySurrogateParameter,
  SurrogateParameter,
} from '../../preload/contract/index.ts';
import { engine } from '../engine/connection.ts';
import { recordOf, useDocument } from '../state/document.ts';
import { putSurrogates, useSurrogates } from '../state/surrogates.ts';
import { attempt, edit } from './edit.ts';
import { askNewModel, endLive } from './live-prediction.ts';
import { editStudy } from './studies.ts';

const DIMENSIONS = { mm: 'length', deg: 'angle', '1': 'number' } as const;

/** As a person would have typed it. */
export const expressionOf = (value: number, unit: SurrogateParameter['unit']): string => {
  const rounded = Number(value.toPrecision(9));
  return unit === '1' ? String(rounded) : `${rounded} ${unit}`;
};

/** Records that give the part's variables these values, all of them together. */
export function recordsWithValues(
  partId: string,
  parameters: readonly Pick<StudySurrogateParameter, 'name' | 'unit'>[],
  values: readonly number[],
  records: ReadonlyMap<string, AnyRecord>,
): AnyRecord[] {
  const changed = new Map(records);
  const put = new Map<string, AnyRecord>();
  parameters.forEach(({ name, unit }, k) => {
    const expression = expressionOf(values[k]!, unit);
    const edited = setVariable({ partId, name, expression, dimension: DIMENSIONS[unit] }, changed);
    for (const record of edited.put) {
      changed.set(record.id, record);
      put.set(record.id, record);
    }
  });
  return [...put.values()].filter((record) => records.get(record.id) !== record);
}

/** Writes the values into the part's variables: one step of undo. */
export function takeValues(study: StudyRecord, values: readonly number[]): Promise<boolean> {
  const { surrogate, partId } = study;
  if (!surrogate) return Promise.resolve(false);
  const put = recordsWithValues(partId, surrogate.parameters, values, useDocument.getState().records);
  return put.length === 0 ? Promise.resolve(true) : edit(`Use the dimensions of ${study.name}’s surrogate`, put);
}

/** Keeps what is to be sampled, and begins. */
export async function saveSurrogate(study: StudyRecord, surrogate: StudySurrogate): Promise<void> {
  const label = `${study.surrogate ? 'Change' : 'Make'} the surrogate of ${study.name}`;
  endLive();
  if (await editStudy(study.id, label, (now) => ({ ...now, surrogate }))) await makeSurrogate(study.id);
}

/** Makes designs that are missing and learns from all of them. */
export const makeSurrogate = (studyId: string): Promise<unknown> =>
  attempt(() => engine()['surrogates.make']({ studyId }));

/** Undo brings it back, with all that was solved for it. */
export const removeSurrogate = (study: StudyRecord): Promise<boolean> =>
  editStudy(study.id, `Delete the surrogate of ${study.name}`, ({ surrogate: _gone, ...rest }) => rest);

/** Drops designs and model: they are made again when they are asked for. */
export const forgetDesigns = (studyId: string): Promise<unknown> =>
  attempt(() => engine()['surrogates.forget']({ studyId }));

export const compareWithSolution = (studyId: string, values: readonly number[]): Promise<unknown> =>
  attempt(() => engine()['surrogates.compare']({ studyId, values: [...values] }));

/** What the model of the live prediction has learnt from. */
function modelOfLive(): string | undefined {
  const { live, states } = useSurrogates.getState();
  return live ? states.get(live.studyId)?.card?.dataHash : undefined;
}

export async function loadSurrogates(studyId?: string): Promise<void> {
  await attempt(async () => {
    const states = await engine()['surrogates.list'](
      studyId === undefined || !recordOf('study', studyId) ? {} : { studyId },
    );
    const model = modelOfLive();
    putSurrogates(states, studyId !== undefined && recordOf('study', studyId) ? studyId : undefined);
    if (modelOfLive() !== model) askNewModel();
  });
}
