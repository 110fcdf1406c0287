/** What a study still needs before it can be solved. */
import type { AnyRecord, Reference, StudyRecord } from '../../../preload/contract/index.ts';
import { locate } from '../../geometry/locate.ts';

export interface Missing {
  text: string;
  /** The restraint or load it is about. */
  itemId?: string;
  /** Solving makes no sense before this is done. */
  blocking: boolean;
}

export function missingIn(
  study: StudyRecord,
  records: ReadonlyMap<string, AnyRecord>,
  isLost: (reference: Reference, partId: string) => boolean = (reference, partId) =>
    locate(reference, partId)?.error !== undefined,
): Missing[] {
  const found: Missing[] = [];
  const part = records.get(study.partId);
  if (part?.type !== 'part') found.push({ text: 'The part of this study is gone.', blocking: true });
  else if (!part.materialId) found.push({ text: 'The part has no material yet.', blocking: true });
  const restraints = study.restraints.filter(({ suppressed }) => !suppressed);
  const loads = study.loads.filter(({ suppressed }) => !suppressed);
  if (restraints.length === 0) found.push({ text: 'Nothing holds the part: add a restraint.', blocking: true });
  for (const restraint of restraints) {
    if (restraint.on.length === 0)
      found.push({ text: `“${restraint.name}” is on nothing yet.`, itemId: restraint.id, blocking: true });
    if (
      restraint.kind === 'displacement' &&
      restraint.x_mm === undefined &&
      restraint.y_mm === undefined &&
      restraint.z_mm === undefined
    )
      found.push({ text: `“${restraint.name}” holds no axis.`, itemId: restraint.id, blocking: true });
  }
  const prescribed = restraints.some(
    (restraint) => restraint.kind === 'displacement' && (restraint.x_mm || restraint.y_mm || restraint.z_mm),
  );
  if (loads.length === 0 && !prescribed) found.push({ text: 'Nothing acts on the part: add a load.', blocking: true });
  for (const load of loads) {
    if ('on' in load && load.on.length === 0)
      found.push({ text: `“${load.name}” is on nothing yet.`, itemId: load.id, blocking: true });
  }
  for (const item of [...restraints, ...loads]) {
    const lost = 'on' in item && item.on.find((reference) => isLost(reference, study.partId));
    if (lost) found.push({ text: `What “${item.name}” is on is no longer there.`, itemId: item.id, blocking: true });
  }
  return found;
}
