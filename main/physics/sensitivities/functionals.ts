/** What a study asks the sensitivities of, in the words of the contract. */
import type {
  Functional,
  Probe,
  SensitivityRequest,
  StudyDefinition,
  Vector3,
} from '../../../preload/contract/index.ts';
import { ArtificerError, STUDY_KINDS } from '../../../preload/contract/index.ts';

/** A study as far as it asks; the id, where it has one, goes with what is refused. */
export type AskingStudy = Pick<StudyDefinition, 'study' | 'probes' | 'sensitivities'> & { id?: string };

const AXES: Record<string, Vector3> = {
  'displacement.x': [1, 0, 0],
  'displacement.y': [0, 1, 0],
  'displacement.z': [0, 0, 1],
};
const MASS: Functional = { quantity: 'mass' };
/** By the kind of study; what none can be found of is refused later. */
const DEFAULTS: Partial<Record<StudyDefinition['study'], Functional[]>> = {
  modal: [MASS, { quantity: 'frequency' }],
  buckling: [MASS, { quantity: 'buckling' }],
  thermal: [MASS, { quantity: 'temperature' }],
};
const STATIC_DEFAULT: Functional[] = [MASS, { quantity: 'compliance' }, { quantity: 'stress' }];

/** What the kind of study is about where it asks for nothing of its own. @throws ArtificerError for what cannot be followed */
export function functionalsOf(study: AskingStudy): Functional[] {
  const asked = study.sensitivities ?? [];
  if (asked.length === 0) return DEFAULTS[study.study] ?? STATIC_DEFAULT;
  return asked.map((one) => functionalOf(study, one));
}

function functionalOf(study: AskingStudy, { functional, probe: id, mode }: SensitivityRequest): Functional {
  if (!STUDY_KINDS[study.study].sensitivities.includes(functional))
    throw refuse(study, `There is no ${functional} in ${STUDY_KINDS[study.study].words}.`, 'Ask for others.');
  switch (functional) {
    case 'mass':
    case 'compliance':
    case 'stress':
      return { quantity: functional };
    case 'frequency':
    case 'buckling':
      return { quantity: functional, ...(mode === undefined ? {} : { mode }) };
    case 'temperature':
      return { quantity: 'temperature', ...(id === undefined ? {} : { at_mm: probeOf(study, id).at_mm }) };
    case 'probe': {
      const probe = probeOf(study, id);
      const quantity = probe.quantity ?? 'displacement.magnitude';
      if (!quantity.startsWith('displacement.'))
        throw refuse(
          study,
          `Probe "${probe.name}" shows ${quantity}: only displacements of a probe can be followed.`,
          'Let it show a displacement, or ask for the stress of the whole part.',
        );
      const direction = AXES[quantity];
      return { quantity: 'displacement', at_mm: probe.at_mm, ...(direction ? { direction } : {}) };
    }
  }
}

function probeOf(study: AskingStudy, id: string | undefined): Probe {
  const probe = study.probes.find((each) => each.id === id);
  if (!probe) throw refuse(study, 'A sensitivity of a probe needs the probe.', 'Choose one of the study.');
  return probe;
}

const refuse = (study: AskingStudy, message: string, hint: string): ArtificerError =>
  new ArtificerError({
    code: 'sensitivities.not-followed',
    category: 'refused',
    message,
    hint,
    ...(study.id ? { recordId: study.id } : {}),
  });
