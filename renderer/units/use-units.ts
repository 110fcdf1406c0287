/** The unit system of the open project. */
import { useDocument } from '../state/document.ts';
import type { UnitSystem } from './quantities.ts';

const read = (records: ReturnType<typeof useDocument.getState>['records']): UnitSystem => {
  const project = records.get('project_settings');
  return project?.type === 'project' ? project.units : 'mm-N-MPa';
};
export const currentUnits = (): UnitSystem => read(useDocument.getState().records);
export const useUnits = (): UnitSystem => useDocument((state) => read(state.records));
