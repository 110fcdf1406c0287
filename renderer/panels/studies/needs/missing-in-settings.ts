/** Settings of the type that are not there, or contradict each other. Pure. */
import type { AnyRecord, StudyRecord } from '../../../../preload/contract/index.ts';
import { usesTemperatures } from '../kinds/uses.ts';
import type { Missing, Surroundings } from './missing.ts';

export function missingInSettings(
  study: StudyRecord,
  records: ReadonlyMap<string, AnyRecord>,
  { hasResult }: Surroundings,
): Missing[] {
  const found: Missing[] = [];
  const needs = (text: string, field: string) => found.push({ text, field, blocking: true });
  const { modal, harmonic, buckling, transient } = study;
  if (study.study === 'modal' && !modal) needs('Say how many modes are wanted.', 'modal.modes');
  if (study.study === 'modal' && modal?.prestressed && study.loads.every(({ suppressed }) => suppressed))
    needs('Pre-stressed, but no load stresses the part.', 'modal.prestressed');
  if (study.study === 'buckling' && !buckling) needs('Say how many buckling modes are wanted.', 'buckling.modes');
  if (study.study === 'harmonic') {
    if (!harmonic) needs('Say which frequencies are looked at.', 'harmonic.from_Hz');
    else if (harmonic.to_Hz <= harmonic.from_Hz)
      needs('The range of frequencies ends where it begins, or before.', 'harmonic.to_Hz');
  }
  if (study.study === 'transient-thermal') {
    if (!transient) needs('Say how long is looked at.', 'transient.end_s');
    else if (transient.step_s !== undefined && transient.step_s > transient.end_s)
      needs('The time step is longer than the whole time.', 'transient.step_s');
  }
  const source = study.temperatures;
  if (source?.from === 'study' && usesTemperatures(study.study)) {
    const thermal = records.get(source.studyId);
    const isThermal =
      thermal?.type === 'study' && (thermal.study === 'thermal' || thermal.study === 'transient-thermal');
    if (!isThermal) needs('The thermal study that temperatures come from is gone.', 'temperatures');
    else if (thermal.partId !== study.partId)
      needs(`“${thermal.name}” is of another part: temperatures can't come from it.`, 'temperatures');
    else if (!hasResult(thermal.id))
      found.push({
        text: `“${thermal.name}” has no result yet: solve it first.`,
        studyId: thermal.id,
        blocking: true,
      });
    else if (
      source.time_s !== undefined &&
      thermal.study === 'transient-thermal' &&
      source.time_s > (thermal.transient?.end_s ?? Number.POSITIVE_INFINITY)
    )
      needs(`“${thermal.name}” ends before the time that temperatures are taken at.`, 'temperatures');
  }
  return found;
}
