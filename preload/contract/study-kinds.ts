/**
 * What belongs to each type of study and what it must have: the core refuses the rest, and the window offers no more than this.
 */
import type { SENSITIVITY_FUNCTIONALS, StudyType } from './analyses.ts';
import { type Connection, type Load, type Restraint, THERMAL_LOADS } from './conditions.ts';

const MECHANICAL_RESTRAINTS: readonly Restraint['kind'][] = [
  'fixed',
  'displacement',
  'symmetry',
  'elastic-support',
  'remote-displacement',
  'cyclic-symmetry',
];
const MECHANICAL_LOADS: readonly Load['kind'][] = [
  'force',
  'pressure',
  'traction',
  'moment',
  'bearing',
  'remote-force',
  'gravity',
  'acceleration',
  'centrifugal',
  'body-temperature',
];
const HEAT_RESTRAINTS: readonly Restraint['kind'][] = ['temperature', 'cyclic-symmetry'];
const MECHANICAL_CONNECTIONS: readonly Connection['kind'][] = [
  'bonded',
  'bonded-touching',
  'rigid',
  'coupled',
  'bolt',
  'spring',
];
const HEAT_CONNECTIONS: readonly Connection['kind'][] = ['bonded', 'bonded-touching'];

export interface StudyKind {
  /** Within a sentence. */
  words: string;
  restraints: readonly Restraint['kind'][];
  loads: readonly Load['kind'][];
  connections: readonly Connection['kind'][];
  /** Something has to hold the part, unless inertia relief does. */
  held: boolean;
  /** Something has to load it. */
  loaded: boolean;
  /** What may be asked to be differentiated by the part's shape. */
  sensitivities: readonly (typeof SENSITIVITY_FUNCTIONALS)[number][];
}

const mechanical = {
  restraints: MECHANICAL_RESTRAINTS,
  loads: MECHANICAL_LOADS,
  connections: MECHANICAL_CONNECTIONS,
};
const thermal = { restraints: HEAT_RESTRAINTS, loads: THERMAL_LOADS, connections: HEAT_CONNECTIONS };

export const STUDY_KINDS: Readonly<Record<StudyType, StudyKind>> = {
  static: {
    ...mechanical,
    words: 'a static study',
    held: true,
    loaded: true,
    sensitivities: ['mass', 'compliance', 'probe', 'stress'],
  },
  modal: { ...mechanical, words: 'a modal study', held: false, loaded: false, sensitivities: ['mass', 'frequency'] },
  harmonic: { ...mechanical, words: 'a harmonic study', held: false, loaded: true, sensitivities: [] },
  buckling: {
    ...mechanical,
    words: 'a buckling study',
    held: true,
    loaded: true,
    sensitivities: ['mass', 'buckling'],
  },
  thermal: {
    ...thermal,
    words: 'a thermal study',
    held: false,
    loaded: false,
    sensitivities: ['mass', 'temperature'],
  },
  'transient-thermal': {
    ...thermal,
    words: 'a transient thermal study',
    held: false,
    loaded: false,
    sensitivities: [],
  },
  'thermal-stress': {
    restraints: [...MECHANICAL_RESTRAINTS, 'temperature'],
    loads: [...MECHANICAL_LOADS, ...THERMAL_LOADS],
    connections: MECHANICAL_CONNECTIONS,
    words: 'a thermal stress study',
    held: true,
    loaded: false,
    sensitivities: [],
  },
};
