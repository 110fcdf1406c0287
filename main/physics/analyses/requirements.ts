/** What each kind of study may and must have, checked before anything is meshed. */
import { STUDY_KINDS } from '../../../preload/contract/studies.ts';
import { refuseStudy } from '../errors.ts';
import type { StudyOfRequest } from '../types.ts';

const inWords = (kind: string): string => kind.replaceAll('-', ' ');

/** @param heated temperatures come from elsewhere: they load the part too */
export function checkStudy(study: StudyOfRequest, heated: boolean): void {
  const requirement = STUDY_KINDS[study.study ?? 'static'];
  const restraints = study.restraints.filter(({ suppressed }) => !suppressed);
  const loads = study.loads.filter(({ suppressed }) => !suppressed);
  for (const [what, items, allowed] of [
    ['Restraint', restraints, requirement.restraints],
    ['Load', loads, requirement.loads],
    ['Connection', (study.connections ?? []).filter(({ suppressed }) => !suppressed), requirement.connections],
  ] as const) {
    const wrong = items.find((item) => !(allowed as readonly string[]).includes(item.kind));
    if (wrong)
      throw refuseStudy(
        'wrong-kind',
        `${what} "${wrong.name}" (${inWords(wrong.kind)}) does not belong to ${requirement.words}.`,
        'Take it out, suppress it, or choose another type of study.',
      );
  }
  const held = restraints.some(({ kind }) => kind !== 'temperature') || study.inertiaRelief === true;
  if (requirement.held && !held)
    throw refuseStudy(
      'no-restraints',
      'Nothing holds the part: the study has no restraints.',
      'Fix a face, or add symmetry planes or an elastic support.',
    );
  const moved = restraints.some(
    (restraint) =>
      (restraint.kind === 'displacement' && [restraint.x_mm, restraint.y_mm, restraint.z_mm].some((value) => value)) ||
      (restraint.kind === 'remote-displacement' &&
        [restraint.x_mm, restraint.y_mm, restraint.z_mm, restraint.rx_rad, restraint.ry_rad, restraint.rz_rad].some(
          (value) => value,
        )),
  );
  const tightened = (study.connections ?? []).some((one) => one.kind === 'bolt' && !one.suppressed && one.preload_N);
  if (requirement.loaded && loads.length === 0 && !moved && !tightened && !heated)
    throw refuseStudy(
      'no-loads',
      'Nothing loads the part: the study has no loads.',
      'Add a force, a pressure, gravity or a prescribed displacement.',
    );
}
