/** The one place where what goes wrong in a step becomes an error about that step. */
import { ArtificerError, type ErrorData } from '../../../preload/contract/errors.ts';
import { type KernelFailureReader, translateFailure } from '../errors.ts';
import type { FeatureStep } from '../port.ts';

/** @throws what poisons the worker: the step cannot be blamed in an answer that nobody will give */
export function featureFailure(thrown: unknown, step: FeatureStep, readFailure: KernelFailureReader): ErrorData {
  if (thrown instanceof ArtificerError) return thrown.data;
  const { error, poisoned } = translateFailure(thrown, readFailure, step.name);
  if (poisoned) throw thrown;
  return {
    ...error,
    code: 'feature.kernel-refused',
    message: `The CAD kernel cannot make "${step.name}" with these dimensions.`,
  };
}
