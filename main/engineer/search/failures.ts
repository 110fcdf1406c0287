/** Why a search has nothing to deliver. */
import type { DesignCandidate } from '../../../preload/contract/index.ts';
import type { Brief } from '../brief/brief.ts';
import { refuseDesign } from '../errors.ts';

export const outOfTime = ({ budget }: Brief): Error =>
  refuseDesign(
    'out-of-time',
    `The ${budget.minutes} minutes of the budget were over before the design was made sure of.`,
    'Give more minutes: the search goes on where it stopped.',
  );

export function noneMade(candidates: readonly DesignCandidate[]): Error {
  const failure = candidates.find((one) => one.failure)?.failure;
  return refuseDesign('none-made', 'No design of any concept could be made and solved.', failure?.error.hint, {
    cause: failure ? `${failure.stage}: ${failure.error.message} ${failure.error.cause ?? ''}`.trim() : 'no concept',
  });
}
