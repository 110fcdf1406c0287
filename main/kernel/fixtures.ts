/** Helpers of this folder's tests. */
import { expect } from 'vitest';
import { ArtificerError, type ErrorData } from '../../preload/contract/errors.ts';
import type { JobContext } from '../../preload/contract/jobs.ts';
import type { ExportPart, ImportedModel, PrimitiveSpecification } from './port.ts';

/** A context that remembers what it was told, and can be cancelled. */
export function watchedContext(): { context: JobContext; stages: string[]; cancel(): void } {
  const controller = new AbortController();
  const stages: string[] = [];
  return {
    stages,
    cancel: () => controller.abort(),
    context: {
      signal: controller.signal,
      progress: (stage) => {
        if (stages.at(-1) !== stage) stages.push(stage);
      },
    },
  };
}

export async function errorOf(promise: Promise<unknown>): Promise<ErrorData> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(ArtificerError);
  return (thrown as ArtificerError).data;
}

/** What a document would hand to an export of what it imported. */
export const exportParts = (model: ImportedModel): ExportPart[] =>
  model.parts.map((part) => ({
    key: part.key,
    name: part.name,
    bodies: part.bodies.map(({ info, brep, tessellation }) => {
      const colour = info.colour ?? part.colour;
      return {
        name: info.name,
        ...(colour ? { colour } : {}),
        faceColours: info.faces.map((face) => face.colour ?? null),
        ...(brep ? { brep } : {}),
        ...(tessellation ? { tessellation } : {}),
      };
    }),
  }));

export const BOX: PrimitiveSpecification = {
  name: 'box',
  shape: { box: { min_mm: [0, 0, 0], max_mm: [10, 20, 30] } },
};
/** A block of 40 x 30 x 20 mm with a hole of 10 mm through its middle. */
export const BLOCK_WITH_HOLE: PrimitiveSpecification = {
  name: 'block',
  colour: [0.2, 0.4, 0.6],
  shape: {
    difference: [
      { box: { min_mm: [0, 0, 0], max_mm: [40, 30, 20] } },
      { cylinder: { origin_mm: [20, 15, -1], axis: [0, 0, 1], radius_mm: 5, height_mm: 22 } },
    ],
  },
};
