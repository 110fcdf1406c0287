/** What a person does to studies: make, edit, solve, look at. */
import { newId } from '../../main/document/index.ts';
import type { Load, Restraint, StudyRecord, Vector3 } from '../../preload/contract/index.ts';
import { engine } from '../engine/connection.ts';
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

export async function createStudy(partId: string): Promise<void> {
  const part = recordOf('part', partId);
  if (!part) return;
  const study: StudyRecord = {
    type: 'study',
    id: newId('study'),
    name: freshName('Static study', recordsOf('study')),
    study: 'static',
    partId,
    restraints: [],
    loads: [],
    mesh: { order: 2, accuracy: useSettings.getState().meshAccuracy, refinements: [] },
    probes: [],
  };
  if (!(await edit(`New study of “${part.name.slice(0, 60)}”`, [study]))) return;
  useResults.setState({ activeStudyId: study.id });
  revealPanel('studies');
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

export const RESTRAINT_NAMES: Record<Restraint['kind'], string> = {
  fixed: 'Fixed',
  displacement: 'Displacement',
  symmetry: 'Symmetry',
  'elastic-support': 'Elastic support',
  'remote-displacement': 'Remote displacement',
  'cyclic-symmetry': 'Cyclic symmetry',
  temperature: 'Temperature',
};
export const LOAD_NAMES: Record<Load['kind'], string> = {
  force: 'Force',
  pressure: 'Pressure',
  traction: 'Traction',
  moment: 'Moment',
  bearing: 'Bearing load',
  'remote-force': 'Remote force',
  gravity: 'Gravity',
  acceleration: 'Acceleration',
  centrifugal: 'Rotation',
  'body-temperature': 'Body temperature',
  convection: 'Convection',
  radiation: 'Radiation',
  'heat-flux': 'Heat flux',
  'heat-flow': 'Heat flow',
  'heat-generation': 'Heat generation',
};

export function newRestraint(kind: Restraint['kind'], study: StudyRecord): Restraint {
  const base = { id: newItemId(), name: freshName(RESTRAINT_NAMES[kind], study.restraints), on: [] };
  if (kind === 'displacement') return { ...base, kind, x_mm: 0 };
  if (kind === 'elastic-support') return { ...base, kind, normal_N_mm3: 10, tangential_N_mm3: 0 };
  if (kind === 'remote-displacement')
    return { ...base, kind, point_mm: [0, 0, 0], coupling: 'distributing', x_mm: 0, y_mm: 0, z_mm: 0 };
  if (kind === 'cyclic-symmetry')
    return { ...base, kind, opposite: [], axis: { origin_mm: [0, 0, 0], direction: [0, 0, 1] }, sectors: 12 };
  if (kind === 'temperature') return { ...base, kind, temperature_degC: 20 };
  return { ...base, kind };
}

export function newLoad(kind: Load['kind'], study: StudyRecord): Load {
  const base = { id: newItemId(), name: freshName(LOAD_NAMES[kind], study.loads) };
  const down: Vector3 = [0, 0, -1000];
  switch (kind) {
    case 'force':
      return { ...base, on: [], kind, force_N: down };
    case 'pressure':
      return { ...base, on: [], kind, pressure_MPa: 1 };
    case 'traction':
      return { ...base, on: [], kind, traction_MPa: [0, 0, -1] };
    case 'moment':
      return { ...base, on: [], kind, moment_N_mm: [0, 0, 10_000] };
    case 'bearing':
      return { ...base, on: [], kind, force_N: down };
    case 'remote-force':
      return { ...base, on: [], kind, force_N: down, point_mm: [0, 0, 0] };
    case 'gravity':
      return { ...base, kind, acceleration_mm_s2: [0, 0, -9806.65] };
    case 'acceleration':
      return { ...base, kind, acceleration_mm_s2: [0, 0, 9806.65] };
    case 'centrifugal':
      return { ...base, kind, axis: { origin_mm: [0, 0, 0], direction: [0, 0, 1] }, speed_rad_s: 100 };
    case 'body-temperature':
      return { ...base, kind, temperature_degC: 100 };
    case 'convection':
      return { ...base, on: [], kind, film_W_m2K: 10, ambient_degC: 20 };
    case 'radiation':
      return { ...base, on: [], kind, emissivity: 0.8, ambient_degC: 20 };
    case 'heat-flux':
      return { ...base, on: [], kind, flux_W_m2: 1000 };
    case 'heat-flow':
      return { ...base, on: [], kind, power_W: 10 };
    case 'heat-generation':
      return { ...base, on: [], kind, generation_W_m3: 1e6 };
  }
}

export const activeStudy = (): StudyRecord | undefined => recordOf('study', useResults.getState().activeStudyId);

/** Starts the solver and shows the result when it ends. */
export async function solve(studyId: string): Promise<void> {
  setTool({ kind: 'select' });
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
