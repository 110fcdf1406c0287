/** Load cases and combinations that say nothing. Pure. */
import type { StudyRecord } from '../../../../preload/contract/index.ts';
import { usesCases } from '../cases/case-edits.ts';
import type { Missing } from './missing.ts';

export function missingInCases(study: StudyRecord): Missing[] {
  if (!usesCases(study.study)) return [];
  const found: Missing[] = [];
  const active = new Set(study.loads.filter(({ suppressed }) => !suppressed).map(({ id }) => id));
  const cases = (study.cases ?? []).filter(({ suppressed }) => !suppressed);
  for (const one of cases)
    if (!one.loads.some(({ load, factor }) => active.has(load) && factor !== 0))
      found.push({ text: `Load case “${one.name}” has no load.`, field: 'cases', blocking: true });
  if ((study.cases ?? []).length > 0 && cases.length === 0)
    found.push({ text: 'All load cases are suppressed.', field: 'cases', blocking: true });
  const solved = new Set(cases.map(({ id }) => id));
  for (const one of (study.combinations ?? []).filter(({ suppressed }) => !suppressed))
    if (one.terms.some((term) => !solved.has(term.case)))
      found.push({
        text: `Combination “${one.name}” uses a load case that is suppressed or gone.`,
        field: 'combinations',
        blocking: true,
      });
  return found;
}
