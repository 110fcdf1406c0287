/** Words for the settings of a study, typed by the contract. */
import type { analysisEntries, StudyRecord } from '../../../preload/contract/index.ts';
import type { FieldHelp } from '../types.ts';

type Setting = keyof typeof analysisEntries;
type PartsOf<Key extends Setting> = NonNullable<StudyRecord[Key]>;
type Keys<T> = T extends unknown ? keyof T & string : never;
/** Settings that hold further values, each of which needs words. */
type Holding = 'largeDisplacement' | 'modal' | 'harmonic' | 'buckling' | 'transient' | 'temperatures';

export const SETTING_HELP: {
  [Key in Setting]-?: Key extends Holding
    ? FieldHelp & { parts: { [Part in Keys<PartsOf<Key>>]-?: FieldHelp } }
    : FieldHelp;
} = {
  cases: {
    label: 'Load cases',
    words:
      'Which loads act together, each with a factor. Without any, all loads act together as the only case. Ten cases take little longer than one.',
  },
  combinations: {
    label: 'Combinations',
    words: 'Sums of solved cases with factors, such as 1.35 × dead load + 1.5 × wind. They cost next to nothing.',
  },
  bodyMaterials: {
    label: 'Bodies',
    words:
      'What each body is made of where it differs from the part, and how the axes of a direction-dependent material lie.',
  },
  inertiaRelief: {
    label: 'Inertia relief',
    words:
      'For a free body: loads that do not balance accelerate it, and its inertia holds against them. Needs no restraint.',
  },
  largeDisplacement: {
    label: 'Large displacement',
    words:
      'Equilibrium is found in the deformed shape, in steps. For thin and soft parts that bend or turn visibly. Bonds and directions of a material turn along; bolts, springs and rigid points are refused. Each load case and combination is solved on a path of its own.',
    parts: {
      steps: { label: 'First steps', words: 'How many steps to begin with; they are cut and stretched as it goes.' },
      followerPressure: { label: 'Pressure follows', words: 'Pressures turn with their faces.' },
    },
  },
  modal: {
    label: 'Vibration',
    words: 'Which of the natural frequencies are found.',
    parts: {
      modes: {
        label: 'Modes',
        words: 'How many, from the lowest up. A free part has six that are motions without strain.',
      },
      to_Hz: { label: 'Up to', words: 'Frequencies above this are left out.' },
      prestressed: {
        label: 'Pre-stressed',
        words: 'The study’s loads stress the part before it vibrates: a tightened string sounds higher.',
      },
    },
  },
  harmonic: {
    label: 'Response',
    words: 'The range of frequencies that the loads swing at, all together and in phase.',
    parts: {
      from_Hz: { label: 'From', words: 'The lowest frequency.' },
      to_Hz: { label: 'To', words: 'The highest frequency.' },
      points: { label: 'Points', words: 'Evenly spread; more are put round each resonance.' },
      dampingRatio: {
        label: 'Damping',
        words: 'Of every mode, as a fraction of critical damping. Bare metal 0.002 to 0.01, bolted 0.02 to 0.05.',
      },
      modes: { label: 'Modes', words: 'How many are superposed. Left empty, all up to twice the highest frequency.' },
    },
  },
  buckling: {
    label: 'Buckling',
    words: 'Factors on all loads together at which the part may buckle.',
    parts: { modes: { label: 'Modes', words: 'How many, from the smallest factor up. The first one counts.' } },
  },
  transient: {
    label: 'Time',
    words: 'How long is looked at, and from where it begins.',
    parts: {
      end_s: { label: 'Until', words: 'Seconds from the beginning.' },
      step_s: { label: 'Step', words: 'A fixed time step. Left empty, steps are chosen for the accuracy.' },
      initial_degC: { label: 'Begins at', words: 'The temperature of everything at the beginning.' },
      frames: { label: 'Pictures', words: 'How many moments are kept, evenly spread: 50 if left empty.' },
    },
  },
  temperatures: {
    label: 'Temperatures from',
    words: 'Where the temperatures come from that expand the part.',
    parts: {
      from: {
        label: 'From',
        words: 'Another study, or one temperature for all.',
        choices: { study: 'A thermal study', uniform: 'One temperature' },
      },
      studyId: { label: 'Thermal study', words: 'Of the same part. Its newest result is used.' },
      time_s: { label: 'At the time', words: 'Of a transient study. Left empty, its end.' },
      temperature_degC: { label: 'Temperature', words: 'Of everything.' },
    },
  },
  referenceTemperature_degC: {
    label: 'Free of strain at',
    words: 'The temperature at which the part has its drawn size: 20 °C if left empty.',
  },
  sensitivities: {
    label: 'Sensitivities',
    words:
      'Figures whose change with the shape is wanted: where to push and where to pull to make them better. Left empty: mass, compliance and the largest stress. Each load case and combination is answered by itself.',
  },
};
