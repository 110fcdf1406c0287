/** The types of studies as people meet them: what each is called, what it answers, what it begins with. */
import type { StudyRecord, StudyType } from '../../../../preload/contract/index.ts';
import type { IconName } from '../../../ui/icons.tsx';

interface StudyTypeDescription {
  label: string;
  /** What a new one is called. */
  name: string;
  /** The question that it answers, in one line. */
  about: string;
  icon: IconName;
  /** The second key of the shortcut: `g s`. */
  key: string;
}

export const STUDY_TYPE_WORDS: Record<StudyType, StudyTypeDescription> = {
  static: {
    label: 'Static',
    name: 'Static study',
    about: 'Stress and deformation under steady loads, in one or many load cases.',
    icon: 'study',
    key: 's',
  },
  modal: {
    label: 'Modal',
    name: 'Modal study',
    about: 'At which frequencies the part vibrates by itself, and in which shapes.',
    icon: 'typeModal',
    key: 'm',
  },
  harmonic: {
    label: 'Harmonic',
    name: 'Harmonic study',
    about: 'How strongly it answers to loads that swing, over a range of frequencies.',
    icon: 'typeHarmonic',
    key: 'h',
  },
  buckling: {
    label: 'Buckling',
    name: 'Buckling study',
    about: 'By which factor the loads may grow before the part buckles.',
    icon: 'typeBuckling',
    key: 'b',
  },
  thermal: {
    label: 'Thermal',
    name: 'Thermal study',
    about: 'Temperatures and heat flow once nothing changes any more.',
    icon: 'typeThermal',
    key: 't',
  },
  'transient-thermal': {
    label: 'Transient thermal',
    name: 'Transient thermal study',
    about: 'How temperatures change with time: heating up, cooling down.',
    icon: 'typeTransient',
    key: 'w',
  },
  'thermal-stress': {
    label: 'Thermal stress',
    name: 'Thermal stress study',
    about: 'Stress and deformation from temperatures, with loads on top.',
    icon: 'typeThermalStress',
    key: 'x',
  },
};

/** What a study of this type cannot be without. */
export function settingsOf(type: StudyType): Partial<StudyRecord> {
  switch (type) {
    case 'modal':
      return { modal: { modes: 10 } };
    case 'harmonic':
      return { harmonic: { from_Hz: 0, to_Hz: 1000, points: 200, dampingRatio: 0.02 } };
    case 'buckling':
      return { buckling: { modes: 5 } };
    case 'transient-thermal':
      return { transient: { end_s: 600, initial_degC: 20 } };
    default:
      return {};
  }
}

/** The study as one of another type: nothing is taken away, and what the type needs is put in where it is not there. */
export function withType(study: StudyRecord, type: StudyType): StudyRecord {
  const old = STUDY_TYPE_WORDS[study.study].name;
  // A name that says the old type would be wrong from now on; one that a person gave stays.
  const number = study.name.startsWith(old) ? study.name.slice(old.length) : null;
  const name = number !== null && /^( \d+)?$/.test(number) ? STUDY_TYPE_WORDS[type].name + number : study.name;
  return { ...settingsOf(type), ...study, study: type, name };
}
