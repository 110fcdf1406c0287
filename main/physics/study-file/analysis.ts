/** Load cases and the settings of each kind of study in a study file. */
import {
  type Combination,
  type Load,
  type LoadCase,
  type Probe,
  SENSITIVITY_FUNCTIONALS,
  type StudyDefinition,
} from '../../../preload/contract/studies.ts';
import { type Entry, positive } from './entry.ts';

export const ANALYSIS_KEYS = [
  'cases',
  'combinations',
  'inertia_relief',
  'large_displacement',
  'modes',
  'modal',
  'harmonic',
  'buckling',
  'transient',
  'uniform_temperature',
  'reference_temperature',
  'sensitivities',
] as const;

const DEFAULT_MODES = 10;
const DEFAULT_BUCKLING_MODES = 4;

type Settings = Omit<StudyDefinition, 'study' | 'restraints' | 'loads' | 'connections' | 'mesh' | 'probes'>;

export function readAnalysis(
  entry: Entry,
  type: StudyDefinition['study'],
  loads: readonly Load[],
  probes: readonly Probe[],
): Settings {
  const settings: Settings = {};
  if (entry.has('cases')) settings.cases = entry.list('cases').map((one, index) => readCase(one, index, loads));
  if (entry.has('combinations'))
    settings.combinations = entry
      .list('combinations')
      .map((one, index) => readCombination(one, index, settings.cases ?? []));
  if (entry.has('inertia_relief')) settings.inertiaRelief = entry.flag('inertia_relief');
  if (entry.has('large_displacement')) {
    if (entry.isMap('large_displacement')) {
      const map = entry.map('large_displacement');
      map.only(['steps', 'follower_pressure']);
      settings.largeDisplacement = {
        ...(map.has('steps') ? { steps: map.whole('steps', 1, 1000) } : {}),
        ...(map.has('follower_pressure') ? { followerPressure: map.flag('follower_pressure') } : {}),
      };
    } else if (entry.flag('large_displacement')) settings.largeDisplacement = {};
  }
  if (type === 'modal') settings.modal = readModal(entry);
  if (type === 'harmonic') settings.harmonic = readHarmonic(entry.map('harmonic'));
  if (type === 'buckling') settings.buckling = { modes: modesOf(entry, 'buckling', DEFAULT_BUCKLING_MODES, 100) };
  if (type === 'transient-thermal') settings.transient = readTransient(entry.map('transient'));
  if (entry.has('uniform_temperature'))
    settings.temperatures = { from: 'uniform', temperature_degC: entry.temperature('uniform_temperature') };
  if (entry.has('reference_temperature'))
    settings.referenceTemperature_degC = entry.temperature('reference_temperature');
  if (entry.has('sensitivities'))
    settings.sensitivities = entry.list('sensitivities').map((one) => {
      one.only(['of', 'probe', 'mode']);
      return {
        functional: one.choice('of', SENSITIVITY_FUNCTIONALS),
        ...(one.has('probe') ? { probe: idByName(one, 'probe', probes) } : {}),
        ...(one.has('mode') ? { mode: one.whole('mode', 1, 500) } : {}),
      };
    });
  const belongs: Partial<Record<(typeof ANALYSIS_KEYS)[number], StudyDefinition['study'][]>> = {
    modal: ['modal'],
    harmonic: ['harmonic'],
    buckling: ['buckling'],
    transient: ['transient-thermal'],
    modes: ['modal', 'buckling'],
    inertia_relief: ['static'],
    large_displacement: ['static', 'thermal-stress'],
  };
  for (const [key, types] of Object.entries(belongs))
    if (entry.has(key) && !types.includes(type))
      throw entry.fail(entry.node(key), `"${key}" belongs to studies of type ${types.join(' or ')}, not ${type}`);
  return settings;
}

function idByName(entry: Entry, key: string, among: readonly { id: string; name: string }[]): string {
  const name = entry.text(key);
  const found = among.find((one) => one.name === name);
  if (found) return found.id;
  throw entry.fail(
    entry.node(key),
    `there is no ${key} "${name}"`,
    among.length > 0 ? `There are ${among.map((one) => one.name).join(', ')}.` : 'There are none in the study.',
  );
}

/** `{name, loads: [NAME, {load: NAME, factor: 2}]}` */
function readCase(entry: Entry, index: number, loads: readonly Load[]): LoadCase {
  entry.only(['name', 'loads']);
  return {
    id: `case-${index + 1}`,
    name: entry.has('name') ? entry.text('name') : `case ${index + 1}`,
    loads: entry.mixed('loads').map((one) => {
      if (typeof one === 'string') return { load: idOf(entry, 'load', one, loads), factor: 1 };
      one.only(['load', 'factor']);
      return {
        load: idByName(one, 'load', loads),
        factor: one.has('factor') ? one.quantity('factor', 'number') : 1,
      };
    }),
  };
}

function readCombination(entry: Entry, index: number, cases: readonly LoadCase[]): Combination {
  entry.only(['name', 'terms']);
  return {
    id: `combination-${index + 1}`,
    name: entry.has('name') ? entry.text('name') : `combination ${index + 1}`,
    terms: entry.list('terms').map((one) => {
      one.only(['case', 'factor']);
      return {
        case: idByName(one, 'case', cases),
        factor: one.has('factor') ? one.quantity('factor', 'number') : 1,
      };
    }),
  };
}

function idOf(entry: Entry, what: string, name: string, among: readonly { id: string; name: string }[]): string {
  const found = among.find((one) => one.name === name);
  if (found) return found.id;
  throw entry.fail(null, `there is no ${what} "${name}"`, `There are ${among.map((one) => one.name).join(', ')}.`);
}

function modesOf(entry: Entry, key: 'modal' | 'buckling', otherwise: number, most: number): number {
  if (entry.has('modes')) return entry.whole('modes', 1, most);
  if (!entry.has(key)) return otherwise;
  const map = entry.map(key);
  return map.has('modes') ? map.whole('modes', 1, most) : otherwise;
}

function readModal(entry: Entry): NonNullable<Settings['modal']> {
  const modes = modesOf(entry, 'modal', DEFAULT_MODES, 500);
  if (!entry.has('modal')) return { modes };
  const map = entry.map('modal');
  map.only(['modes', 'to', 'prestressed']);
  return {
    modes,
    ...(map.has('to') ? { to_Hz: positive(map, 'to', 'frequency') } : {}),
    ...(map.has('prestressed') ? { prestressed: map.flag('prestressed') } : {}),
  };
}

function readHarmonic(map: Entry): NonNullable<Settings['harmonic']> {
  map.only(['from', 'to', 'points', 'damping', 'modes']);
  const from_Hz = map.has('from') ? map.quantity('from', 'frequency') : 0;
  const to_Hz = positive(map, 'to', 'frequency');
  if (from_Hz < 0 || to_Hz <= from_Hz) throw map.fail(map.node('to'), 'the range must end above its beginning');
  const dampingRatio = positive(map, 'damping', 'number');
  if (dampingRatio >= 1) throw map.fail(map.node('damping'), '"damping" is a fraction of critical damping, below 1');
  return {
    from_Hz,
    to_Hz,
    dampingRatio,
    points: map.has('points') ? map.whole('points', 2, 10_000) : 200,
    ...(map.has('modes') ? { modes: map.whole('modes', 1, 500) } : {}),
  };
}

function readTransient(map: Entry): NonNullable<Settings['transient']> {
  map.only(['end', 'step', 'initial', 'frames']);
  return {
    end_s: positive(map, 'end', 'time'),
    initial_degC: map.temperature('initial'),
    ...(map.has('step') ? { step_s: positive(map, 'step', 'time') } : {}),
    ...(map.has('frames') ? { frames: map.whole('frames', 1, 1000) } : {}),
  };
}
