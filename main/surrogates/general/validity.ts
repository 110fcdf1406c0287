/** Whether a preview's bands were measured on anything like this study; where not, it has no bands and no correction. */
import type { BodyInfo } from '../../../preload/contract/index.ts';
import { resolveReferences } from '../../document/index.ts';
import type { StudyRequest } from '../../physics/index.ts';
import type { PreviewCard } from './card.ts';

/** Loads of the random parts, and those that are the same to a mesh. */
const MEASURED_LOADS = ['force', 'pressure', 'traction', 'gravity', 'acceleration'];
/** A feature may lie beyond its range by this part of it. */
const SLACK = 0.1;

/** Why nothing is known of how far off a preview of this study is; empty where it is known. */
export function reasonsAgainstBands({ bodies, study }: StudyRequest): string[] {
  const reasons: string[] = [];
  if (bodies.length !== 1) reasons.push(`it was measured on single bodies, and this study has ${bodies.length}`);
  if ((study.connections ?? []).length > 0) reasons.push('it was measured without connections');
  if (bodies.some(({ material }) => material?.properties.orthotropic))
    reasons.push('it was measured with isotropic materials');
  const infos: BodyInfo[] = bodies.map(({ info }) => info);
  for (const restraint of study.restraints) {
    if (restraint.suppressed) continue;
    if (restraint.kind !== 'fixed') reasons.push(`it was measured on fixed faces, and "${restraint.name}" is another`);
    else if (resolveReferences(restraint.on, infos).items.some(({ kind }) => kind !== 'face'))
      reasons.push(`it was measured on fixed faces, and "${restraint.name}" holds less than a face`);
  }
  for (const load of study.loads) {
    if (load.suppressed) continue;
    if (!MEASURED_LOADS.includes(load.kind)) reasons.push(`it was not measured with loads like "${load.name}"`);
    else if ('on' in load && resolveReferences(load.on, infos).items.some(({ kind }) => kind !== 'face'))
      reasons.push(`it was measured with loads on faces, and "${load.name}" acts on less`);
  }
  return reasons;
}

/** @param part PART_FEATURES of the solution */
export const isWithinRange = (part: ArrayLike<number>, { range }: Pick<PreviewCard, 'range'>): boolean =>
  range.every(([low, high], k) => {
    const slack = SLACK * (high - low);
    return part[k]! >= low - slack && part[k]! <= high + slack;
  });
