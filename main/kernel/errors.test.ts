import { describe, expect, it } from 'vitest';
import { ArtificerError } from '../../preload/contract/errors.ts';
import { PoisonedError, refused, translateFailure } from './errors.ts';

const silent = (): undefined => undefined;

describe('failures of a kernel', () => {
  it('keep the words of errors that are ours', () => {
    const error = refused('import.corrupt', 'It is broken.');
    expect(translateFailure(error, silent, 'read')).toEqual({ error: error.data, poisoned: false });
    const poisoned = new PoisonedError(error.data);
    expect(poisoned).toBeInstanceOf(ArtificerError);
    expect(translateFailure(poisoned, silent, 'read')).toEqual({ error: error.data, poisoned: true });
  });
  it('that the kernel explains are refusals with its words as the cause, and a hint', () => {
    const { error, poisoned } = translateFailure(4711, () => 'StdFail_NotDone: BRep_API', 'primitives');
    expect(error).toMatchObject({ code: 'kernel.refused', category: 'refused', cause: 'StdFail_NotDone: BRep_API' });
    expect(error.message).toMatch(/^Making the solid failed/);
    expect(error.hint).toMatch(/dimensions/);
    expect(poisoned).toBe(false);
  });
  it.each([
    new WebAssembly.RuntimeError('memory access out of bounds'),
    new RangeError('Maximum call stack size exceeded'),
    new TypeError('getWasmTableEntry(...) is not a function'),
  ])('that crash it spoil the worker: %s', (thrown) => {
    const { error, poisoned } = translateFailure(thrown, silent, 'read');
    expect(error).toMatchObject({ code: 'kernel.crashed', category: 'refused', cause: String(thrown) });
    expect(poisoned).toBe(true);
  });
  it('that nobody expects are faults, never refusals', () => {
    const { error, poisoned } = translateFailure(new TypeError('x is not a function'), silent, 'measure');
    expect(error).toMatchObject({ code: 'internal', category: 'fault', cause: 'TypeError: x is not a function' });
    expect(poisoned).toBe(true);
  });
});
