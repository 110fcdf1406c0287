/** Which settings a type of study reads. Others are kept with the study and not shown. Pure. */
import type { StudyType } from '../../../../preload/contract/index.ts';

const oneOf =
  (...types: StudyType[]) =>
  (type: StudyType): boolean =>
    types.includes(type);

export const usesTemperatures = oneOf('static', 'thermal-stress');
export const usesInertiaRelief = oneOf('static');
export const usesLargeDisplacement = oneOf('static');
export const usesMechanics = oneOf('static', 'modal', 'harmonic', 'buckling', 'thermal-stress');
