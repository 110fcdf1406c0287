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
  const { designs } = await model.predict(trainedDesigns(model.card), { signal, fields: true });
  const reasons = designs.flatMap(({ verdict }) => (verdict.kind === 'declined' ? [verdict.reasons] : []));
  if (reasons.length < designs.length) return;
  throw refuseSurrogate(
    'no-answers',
    'The model answers none of the designs that it says it learnt from.',
    'Ask whoever made it for another one, or learn one here.',
    { cause: reasons[0]!.slice(0, 3).join(' ').slice(0, 500) },
  );
}
