/** Runs an edit on each body that has chosen faces, with every face under a number of its own, so that none is confused. */
import { bodyOf } from '../combine.ts';
import type { NamedShape } from '../naming/follow.ts';
import { mergedNames } from '../naming/names.ts';
import type { BodyState, FoundItem, OperationScope } from '../operation.ts';

/** In an edit a face's names are the numbers that it had at first. */
export const numberOf = (index: number): string => `${index}`;

/** What comes of numbered faces: all names of all faces that it was; new faces keep what they are called. */
export function withNamesOf(body: Pick<BodyState, 'faceNames'>, { shape, faceNames }: NamedShape): NamedShape {
  return {
    shape,
    faceNames: faceNames.map((numbers) =>
      numbers.reduce<string[]>(
        (names, number) => mergedNames(names, /^\d+$/.test(number) ? (body.faceNames[Number(number)] ?? []) : [number]),
        [],
      ),
    ),
  };
}

export function editBodies(
  scope: OperationScope,
  found: readonly FoundItem[],
  edit: (body: NamedShape, faces: number[], state: BodyState) => NamedShape,
): BodyState[] {
  return scope.bodies.map((body) => {
    const faces = [...new Set(found.flatMap((item) => (item.body === body ? [item.index] : [])))];
    if (faces.length === 0) return body;
    const numbered = { shape: body.shape, faceNames: body.faceNames.map((_, index) => [numberOf(index)]) };
    const result = edit(numbered, faces, body);
    return result === numbered ? body : bodyOf(body.name, withNamesOf(body, result));
  });
}
