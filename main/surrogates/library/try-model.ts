/** Whether a model of somebody else answers at all: it is asked about designs that it says it learnt from. */
import type { SurrogateCard } from '../../../preload/contract/index.ts';
import { refuseSurrogate } from '../errors.ts';
import { valuesOfInput } from '../sampling/design-space.ts';
import type { Design, OpenModel } from './open-model.ts';

/** Enough to find weights that are no numbers. */
const TRIED = 8;

const trainedDesigns = ({ parameters, validity }: SurrogateCard): Design[] =>
  validity.trained
    .slice(0, TRIED)
    .map((input) =>
      Object.fromEntries(valuesOfInput(parameters, input).map((value, k) => [parameters[k]!.name, value])),
    );

/** @throws ArtificerError `surrogate.no-answers`, and what the model cannot be run for */
export async function refuseSilentModel(model: OpenModel, signal: AbortSignal): Promise<void> {
  const reasons: string[][] = [];
  // One after the other: how much memory fields of all of them would take is a stranger's choice.
  for (const design of trainedDesigns(model.card)) {
    const { verdict } = (await model.predict([design], { signal, fields: true })).designs[0]!;
    if (verdict.kind !== 'declined') return;
    reasons.push(verdict.reasons);
  }
  throw refuseSurrogate(
    'no-answers',
    'The model answers none of the designs that it says it learnt from.',
    'Ask whoever made it for another one, or learn one here.',
    { cause: reasons[0]!.slice(0, 3).join(' ').slice(0, 500) },
  );
}
