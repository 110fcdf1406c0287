/** The bodies of a file that a study is of: those of its only part, or of parts where they occur in an assembly. */
import type { BodyInfo, JobContext } from '../../preload/contract/index.ts';
import { ArtificerError } from '../../preload/contract/index.ts';
import { distinctNames, indicesCalled, listInWords, PATH_SEPARATOR } from '../document/index.ts';
import { type Occurrence, occurrencesOf } from '../kernel/index.ts';
import type { ImportedModel, ImportedPart, Kernel } from '../kernel/port.ts';
import type { ChosenOccurrences } from '../physics/index.ts';

export interface BodyOfFile {
  /** Index within the part; within the whole where occurrences are chosen. */
  index: number;
  name: string;
  part?: string;
  info: BodyInfo;
  brep: Uint8Array;
}

const isSolid = (body: ImportedPart['bodies'][number]): boolean =>
  body.info.kind === 'solid' && body.brep !== undefined;
const hasSolid = (part: ImportedPart): boolean => part.bodies.some(isSolid);

const noSolid = (): ArtificerError =>
  new ArtificerError({
    code: 'study.no-solid',
    category: 'refused',
    message: 'The geometry has no solid body to solve.',
    hint: 'Surfaces and triangle meshes have no inside. Export the part as a solid.',
  });
const quoted = (names: readonly string[], limit = 5): string =>
  listInWords(
    names.map((name) => `"${name}"`),
    limit,
  );

/** The bodies of the only part with a solid, where it was drawn. */
export function bodiesOfOnlyPart(model: ImportedModel): BodyOfFile[] {
  const solid = model.parts.filter(hasSolid);
  const [part] = solid;
  if (!part) throw noSolid();
  if (solid.length > 1)
    throw new ArtificerError({
      code: 'study.several-parts',
      category: 'refused',
      message: `The geometry has ${solid.length} parts with solids: ${quoted(solid.map(({ name }) => name))}.`,
      hint: 'Write "assembly: true" to solve them together where they stand, or "part: NAME" or "part: [NAME, NAME]" for some.',
    });
  return part.bodies.flatMap((body, index) =>
    isSolid(body) ? [{ index, name: body.info.name, info: body.info, brep: body.brep! }] : [],
  );
}

/** All bodies that were made by dimensions, each called as it was given. */
export const bodiesByDimensions = (model: ImportedModel): BodyOfFile[] =>
  model.parts
    .flatMap(({ bodies }) => bodies)
    .map((body, index) => ({ index, name: body.info.name, info: body.info, brep: body.brep! }));

/** The bodies of parts where they occur, each called `occurrence/body`. */
export async function bodiesOfOccurrences(
  kernel: Kernel,
  model: ImportedModel,
  chosen: ChosenOccurrences,
  context: JobContext,
): Promise<BodyOfFile[]> {
  const occurrences = occurrencesOf(model).filter(({ part }) => hasSolid(part));
  if (occurrences.length === 0) throw noSolid();
  const taken = chosen === 'all' ? occurrences : chosenOf(occurrences, chosen);
  const bodies = taken.flatMap(({ name, part, transform }) =>
    part.bodies.filter(isSolid).map((body) => ({ occurrence: name, part: part.name, body, transform })),
  );
  const names = distinctNames(
    bodies.map(({ occurrence, body }, index) =>
      [occurrence, body.info.name.trim() || `Body ${index + 1}`].join(PATH_SEPARATOR),
    ),
  );
  const placed = await kernel.place(
    bodies.map(({ body, transform }) => ({ brep: body.brep!, transform, tessellate: false })),
    context,
  );
  return bodies.map(({ part }, index) => {
    const { info, brep } = placed[index]!;
    const name = names[index]!;
    return { index, name, part, brep, info: { ...info, name, persistentName: name } };
  });
}

/** In the order of the tree, each once. @throws ArtificerError `study.no-such-part` for a name that fits none */
function chosenOf(occurrences: readonly Occurrence[], chosen: readonly string[]): Occurrence[] {
  const names = occurrences.map(({ name }) => name);
  const taken = new Set<number>();
  for (const wanted of chosen) {
    const called = indicesCalled(names, wanted);
    const found =
      called.length > 0 ? called : occurrences.flatMap(({ part }, index) => (part.name === wanted ? [index] : []));
    if (found.length === 0)
      throw new ArtificerError({
        code: 'study.no-such-part',
        category: 'refused',
        message: `The geometry has no part "${wanted}".`,
        hint: `Its parts are ${quoted(names, 10)}.`,
      });
    for (const index of found) taken.add(index);
  }
  return occurrences.filter((_, index) => taken.has(index));
}
