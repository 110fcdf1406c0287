/** The one place where a kernel's failures become errors that a person can act on. */
import { ArtificerError, type ErrorData } from '../../preload/contract/errors.ts';

/** What a kernel says about something it threw, as `Standard_ConstructionError: ...`; undefined if it threw no such thing. */
export type KernelFailureReader = (thrown: unknown) => string | undefined;

/** What was being done, in words that finish "... failed". */
const DOING: Record<string, string> = {
  read: 'Reading the file',
  describe: 'Describing a body',
  tessellate: 'Tessellating a body',
  brepText: 'Writing the shape for the mesher',
  measure: 'Measuring',
  defeature: 'Removing faces',
  exportStep: 'Writing STEP',
  exportIges: 'Writing IGES',
  exportBrep: 'Writing BREP',
  project: 'Projecting the view',
  evaluate: 'Evaluating the history',
  outline: 'Drawing the outline',
  primitives: 'Making the solid',
  readMesh: 'Reading the mesh file',
  writeMesh: 'Writing the mesh file',
};

const HINTS: [RegExp, string][] = [
  [/Standard_OutOfMemory|bad_alloc/, 'Split the file or export fewer parts.'],
  [/StdFail_NotDone|BRepBuilderAPI/, 'The shape cannot be built with these dimensions. Change one and try again.'],
  [/Standard_ConstructionError|gp_VectorWithNullMagnitude/, 'A direction or a length is zero. Check the dimensions.'],
  [/Standard_NullObject|TopoDS_UnCompatibleShapes/, 'The shape is empty or of another kind than expected.'],
];

/** An error with better words than the kernel's, after which the worker must nevertheless not be used again. */
export class PoisonedError extends ArtificerError {}

/**
 * An input that the kernel cannot handle is `refused`: the program is well, the file or the dimensions are not. Only what
 * cannot come from an input (a missing operation, a defect of ours) is a `fault`.
 */
export function translateFailure(
  thrown: unknown,
  readFailure: KernelFailureReader,
  operation: string,
): { error: ErrorData; poisoned: boolean } {
  if (thrown instanceof PoisonedError) return { error: thrown.data, poisoned: true };
  if (thrown instanceof ArtificerError) return { error: thrown.data, poisoned: false };
  const doing = DOING[operation] ?? operation;
  const kernelWords = readFailure(thrown);
  if (kernelWords !== undefined) {
    const hint = HINTS.find(([pattern]) => pattern.test(kernelWords))?.[1];
    return {
      error: {
        code: 'kernel.refused',
        category: 'refused',
        message: `${doing} failed: the CAD kernel cannot handle this geometry.`,
        cause: kernelWords,
        hint: hint ?? 'Try importing with healing, or repair the shape in the system it came from.',
      },
      poisoned: false,
    };
  }
  if (isTrap(thrown)) {
    return {
      error: {
        code: 'kernel.crashed',
        category: 'refused',
        message: `${doing} crashed the CAD kernel. It was contained, and nothing else was touched.`,
        cause: String(thrown),
        hint: 'The geometry is damaged in a way the kernel does not expect. Export it again, or in another format.',
      },
      poisoned: true,
    };
  }
  return {
    error: {
      code: 'internal',
      category: 'fault',
      message: `${doing} failed inside Artificer.`,
      cause: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown),
      hint: 'Nothing was changed. Try again; if it happens again, report it with the cause.',
    },
    poisoned: true,
  };
}

/** A trap, a stack that overflowed, or a call through a wild function pointer, which the build makes in JavaScript. */
export const isTrap = (thrown: unknown): boolean =>
  thrown instanceof WebAssembly.RuntimeError ||
  (thrown instanceof RangeError && /call stack|WebAssembly\.Table/i.test(thrown.message)) ||
  (thrown instanceof TypeError && /getWasmTableEntry|dynCall/.test(thrown.message));

export const outOfMemory = (memory_MiB: number): ErrorData => ({
  code: 'kernel.out-of-memory',
  category: 'refused',
  message: `The work needs more than the ${memory_MiB} MiB of memory that it may have.`,
  hint: 'Export fewer parts, or allow more memory.',
});

export const tooSlow = (operation: string, seconds: number): ErrorData => ({
  code: 'kernel.too-slow',
  category: 'refused',
  message: `${DOING[operation] ?? operation} took longer than ${Math.round(seconds)} s and was stopped.`,
  hint: 'Allow more time, or simplify the model: the kernel may be stuck on damaged geometry.',
});

export const workerDied = (operation: string, cause: string): ErrorData => ({
  code: 'kernel.died',
  category: 'fault',
  message: `${DOING[operation] ?? operation} ended the CAD kernel unexpectedly. It was contained and replaced.`,
  cause,
  hint: 'Nothing was changed. Try again; if it happens again, report it with the cause.',
});

export const disposed = (): ArtificerError =>
  new ArtificerError({
    code: 'kernel.disposed',
    category: 'cancelled',
    message: 'The CAD kernel has been shut down.',
  });

export function refused(code: string, message: string, hint?: string, cause?: string): ArtificerError {
  const data: ErrorData = { code, category: 'refused', message };
  if (hint !== undefined) data.hint = hint;
  if (cause !== undefined) data.cause = cause;
  return new ArtificerError(data);
}
export const usage = (code: string, message: string, hint?: string): ArtificerError =>
  new ArtificerError({ code, category: 'usage', message, ...(hint === undefined ? {} : { hint }) });
