/** What a study asks the sensitivities of, in the words of the contract. */
import type { Functional, StudyRecord, Vector3 } from '../../../preload/contract/index.ts';
import { ArtificerError } from '../../../preload/contract/index.ts';

const AXES: Record<string, Vector3> = {
  'displacement.x': [1, 0, 0],
  'displacement.y': [0, 1, 0],
  'displacement.z': [0, 0, 1],
};
const DEFAULT: Functional[] = [{ quantity: 'mass' }, { quantity: 'compliance' }, { quantity: 'stress' }];

/** Mass, compliance and stress where the study asks for nothing of its own. @throws ArtificerError for what cannot be followed */
export function functionalsOf(study: StudyRecord): Functional[] {
  const asked = study.sensitivities ?? [];
  if (asked.length === 0) return DEFAULT;
  return asked.map(({ functional, probe: id }): Functional => {
    switch (functional) {
      case 'mass':
      case 'compliance':
      case 'stress':
        return { quantity: functional };
      case 'probe': {
        const probe = study.probes.find((each) => each.id === id);
        if (!probe) throw refuse(study, 'A sensitivity of a probe needs the probe.', 'Choose one of the study.');
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
      default:
        throw refuse(study, `Sensitivities of ${functional} cannot be found yet.`, 'Ask for others.');
    }
  });
}

const refuse = (study: StudyRecord, message: string, hint: string): ArtificerError =>
  new ArtificerError({ code: 'sensitivities.not-followed', category: 'refused', message, hint, recordId: study.id });
