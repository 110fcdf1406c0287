/** Any design of a search made sure of as its best one is, so that evidence can be written of it. */
import type { DesignCandidate, DesignOutcome, JobContext } from '../../../preload/contract/index.ts';
import type { Kernel } from '../../kernel/port.ts';
import type { Physics } from '../../physics/index.ts';
import type { Brief } from '../brief/brief.ts';
import { designRules } from '../candidates/design-rules.ts';
import { judgeDesign, judgedCandidate, leftOutOf } from '../candidates/judge-design.ts';
import { makeDesign, numbersOf } from '../candidates/make-design.ts';
import type { Concept } from '../concepts/concept.ts';
import { refuseDesign } from '../errors.ts';
import { facesNear, mechanismOf } from '../explain/explain.ts';
import { explainCandidate } from '../explain/explain-candidate.ts';
import type { EvidenceInput } from './write-evidence.ts';

export interface ChosenDesign {
  kernel: Kernel;
  physics: Physics;
  brief: Brief;
  concepts: readonly Concept[];
  candidates: readonly DesignCandidate[];
  /** How the search ended, where it did. */
  outcome: DesignOutcome | null;
  candidate: DesignCandidate;
}

/**
 * Made anew and solved until its figures settle: what a quick solve said of it is not evidence.
 * @throws ArtificerError `design.other-variables`, `design.no-material`, and what it is refused for
 */
export async function chosenDesign(
  { kernel, physics, brief, concepts, candidates, outcome, candidate }: ChosenDesign,
  context: JobContext,
): Promise<EvidenceInput['result']> {
  const concept = concepts.find(({ name }) => name === candidate.concept);
  const material = brief.materials.findIndex(({ name }) => name === candidate.material);
  const values = concept && numbersOf(concept, candidate);
  if (!concept || !values)
    throw refuseDesign('other-variables', 'The concept of this design is another one now.', 'Search again.');
  if (material < 0) throw refuseDesign('no-material', `The brief does not allow "${candidate.material}" any more.`);
  const point = { values, material };
  const started = performance.now();
  context.progress('Making the design', 0);
  const made = await makeDesign(kernel, concept, point.values, 0, context);
  const first = candidates.find((one) => one.state === 'solved' && one.concept === concept.name);
  const firstValues = brief.leaveOut_mm === null && first ? numbersOf(concept, first) : null;
  const firstMade = firstValues ? await makeDesign(kernel, concept, firstValues, 0, context) : made;
  const judgement = await judgeDesign(
    physics,
    brief,
    concept,
    brief.materials[material]!,
    made,
    {
      accuracy: 'confirm',
      rules: designRules(kernel, brief, context),
      // As the search has it of its first solved design: one place left out for all of them.
      leaveOut_mm: leftOutOf(brief, firstMade.infos),
    },
    context,
  );
  const { requirements, feasible } = judgement;
  const confirmed: DesignCandidate = { ...candidate, purpose: 'confirm', ...judgedCandidate(judgement, started) };
  const isBest = outcome?.best === candidate.number;
  const missed = requirements.filter(({ holds }) => !holds).map(({ text }) => text);
  const told: DesignOutcome = {
    verdict: feasible ? 'solved' : outcome && outcome.verdict !== 'solved' ? outcome.verdict : 'budget',
    summary: feasible
      ? `All requirements hold in design ${candidate.number} (${candidate.concept}, ${candidate.material})${isBest ? ', the best of the search' : ', which a person chose'}.`
      : `Design ${candidate.number} (${candidate.concept}, ${candidate.material}), ${isBest ? 'the best of the search' : 'which a person chose'}, misses ${missed.join('; ')} once its figures have settled.`,
    best: candidate.number,
    front: outcome?.front ?? [],
    reasons:
      // What the search says of its best one is of the same figures only where it had made sure of it.
      isBest && outcome && candidate.purpose === 'confirm'
        ? outcome.reasons
        : (await explainCandidate(brief, concepts, candidates, confirmed, context.signal)).map((reason) => {
            const requirement = requirements.find(({ text }) => text === reason.requirement)!;
            const solved = judgement.cases.find((one) => one.case.name === requirement.case) ?? null;
            return {
              ...reason,
              faces: requirement.at_mm ? facesNear(made, requirement.at_mm) : [],
              mechanism: mechanismOf(requirement, solved),
            };
          }),
    conflict: outcome?.conflict ?? [],
    relax: outcome?.relax ?? [],
    candidates: candidates.length,
    solves: outcome?.solves ?? candidates.reduce((sum, { solves }) => sum + solves, 0),
    seconds: outcome?.seconds ?? candidates.reduce((sum, { seconds }) => sum + seconds, 0),
  };
  return {
    outcome: told,
    candidates: candidates.map((each) => (each.number === candidate.number ? confirmed : each)),
    best: { candidate: confirmed, concept, point, made, judgement },
  };
}
