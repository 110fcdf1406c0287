/** What the reader can be asked to do. */
import { buffersOf, type Operation, type Report } from '../workers/protocol.ts';
import { type DefeatureArgument, defeature } from './defeature.ts';
import type { ReadingKernel } from './occt.ts';
import { type ReadArgument, read } from './read.ts';
import { exportIges, type IgesExportArgument } from './write-iges.ts';

export function readerOperations(kernel: ReadingKernel): Record<string, Operation> {
  return {
    read: (argument: ReadArgument, report: Report) => {
      const value = read(kernel, argument, report);
      return { value, transfer: buffersOf(value.parts.flatMap((part) => part.bodies.map((body) => body.brep))) };
    },
    defeature: (argument: DefeatureArgument) => {
      const value = defeature(kernel.oc, argument);
      return { value, transfer: buffersOf([value.brep]) };
    },
    exportIges: (argument: IgesExportArgument) => {
      const value = exportIges(kernel.oc, argument);
      return { value, transfer: buffersOf([value]) };
    },
  };
}
