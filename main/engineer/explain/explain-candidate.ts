/** Why a candidate of a search misses what it misses: from its numbers, and from the models of all that was tried. */
import type { DesignCandidate, DesignReason } from '../../../preload/contract/index.ts';
import type { Brief } from '../brief/brief.ts';
import type { Concept } from '../concepts/concept.ts';
import { materialVariables } from '../requirements/material-words.ts';
import { limitOf } from '../requirements/requirement.ts';
import type { Observation } from '../search/models.ts';
import { DesignSpace } from '../search/space.ts';
import { ModelThread } from '../search/thread/model-thread.ts';

/** Requirements with less to spare than this are explained where all hold. */
const GOVERNS = 0.1;

/**
 * Fields of a quickly judged design are not kept, so that a reason says what is known of it: place, case and the note of its
 * value. Moves are predicted.
 */
export async function explainCandidate(
  brief: Brief,
  concepts: readonly Concept[],
  candidates: readonly DesignCandidate[],
  candidate: DesignCandidate,
  signal: AbortSignal,
): Promise<DesignReason[]> {
  const concept = concepts.find(({ name }) => name === candidate.concept);
  if (!concept || candidate.state === 'failed') return [];
  const { requirements } = candidate;
  const unmet = requirements.filter(({ holds }) => !holds);
  // A rule that holds has no margin to speak of.
  const governing =
    unmet.length > 0
      ? unmet
      : requirements.filter(({ margin, isRule }) => !isRule && margin !== null && margin < GOVERNS);
  const space = new DesignSpace(concept, brief.materials);
  const pointOf = ({ values, material }: DesignCandidate): Observation['point'] => ({
    values: values.map(({ value }) => value),
    material: brief.materials.findIndex(({ name }) => name === material),
  });
  const observations = candidates
    .filter((one) => one.concept === concept.name && one.purpose !== 'confirm' && pointOf(one).material >= 0)
    .map(
      (one): Observation => ({
        point: pointOf(one),
        numbers: one.state === 'failed' ? null : one.requirements.map(({ value }) => value),
      }),
    );
  const models = new ModelThread(brief.materials);
  try {
    const reasons: DesignReason[] = [];
    for (const requirement of governing) {
      const number = requirements.indexOf(requirement);
      const asked = brief.requirements[number];
      const moves = asked
        ? await models.moves(
            {
              space,
              observations,
              seed: brief.seed,
              point: pointOf(candidate),
              number,
              requirement: asked,
              bound: { limits: brief.materials.map((material) => limitOf(asked, materialVariables(material))) },
            },
            signal,
          )
        : [];
      reasons.push({
        requirement: requirement.text,
        ...(requirement.case === undefined ? {} : { case: requirement.case }),
        ...(requirement.at_mm ? { at_mm: requirement.at_mm } : {}),
        faces: [],
        mechanism: requirement.note ?? '',
        moves,
      });
    }
    return reasons;
  } finally {
    await models.dispose();
  }
}
