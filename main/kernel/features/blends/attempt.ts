/** Trying sizes: what the kernel cannot make is no result, and the largest size that works is found by halving. */
import { isTrap } from '../../errors.ts';
import type { NamedShape } from '../naming/follow.ts';
import type { OperationScope } from '../operation.ts';

/** Undefined where the kernel refuses, or makes something that is no sound solid. Traps are not for us to swallow. */
export function attempt(
  scope: Pick<OperationScope, 'isSound'>,
  make: () => NamedShape | undefined,
): NamedShape | undefined {
  try {
    const made = make();
    return made && scope.isSound(made.shape) ? made : undefined;
  } catch (thrown) {
    if (isTrap(thrown) || !isKernelException(thrown)) throw thrown;
    return undefined;
  }
}

const { Exception } = WebAssembly as unknown as { Exception: new () => WebAssembly.Exception };
const isKernelException = (thrown: unknown): boolean => thrown instanceof Exception;

/** Looking for a size that works may take this long: it only serves a message. */
const PATIENCE_MS = 1500;
const TRIES = 9;

/** A size below the one that failed that works, to about two digits; undefined if none was found in time. */
export function largestThatWorks(failed_mm: number, works: (size_mm: number) => boolean): number | undefined {
  const begun = performance.now();
  let low = 0;
  let high = failed_mm;
  for (let tries = 0; tries < TRIES && performance.now() - begun < PATIENCE_MS; tries++) {
    const middle = (low + high) / 2;
    if (works(middle)) low = middle;
    else high = middle;
  }
  return low > 0 ? roundedDown(low) : undefined;
}

/** 3.0737 is 3.0: a size to type. */
function roundedDown(value: number): number {
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.floor(value / step + 1e-9) * step).toPrecision(6));
}
