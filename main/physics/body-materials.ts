/** Gives bodies the materials that a study file names for them. */
import { indicesCalled } from '../document/index.ts';
import { refuseStudy } from './errors.ts';
import type { NamedBodyMaterial } from './study-file/index.ts';
import type { StudyBody } from './types.ts';

/**
 * A body is called by its place or its name; bodies of an assembly also together, by the occurrence, sub-assembly or part that
 * they belong to. The last that names a body decides.
 * @throws ArtificerError `study.no-such-body`
 */
export function withBodyMaterials(bodies: readonly StudyBody[], named: readonly NamedBodyMaterial[]): StudyBody[] {
  const result = [...bodies];
  for (const { body, material, axes } of named) {
    const indices = indicesOf(bodies, body);
    if (indices.length === 0)
      throw refuseStudy(
        'no-such-body',
        `There is no body "${body}".`,
        `The bodies are ${bodies.map((one, place) => `${place} (${one.name})`).join(', ')}.`,
      );
    for (const index of indices)
      result[index] = { ...result[index]!, ...(material ? { material } : {}), ...(axes ? { axes } : {}) };
  }
  return result;
}

function indicesOf(bodies: readonly StudyBody[], wanted: string): number[] {
  if (!bodies.some(({ part }) => part !== undefined)) {
    const index = bodies.findIndex((one, place) => one.name === wanted || String(place) === wanted);
    return index < 0 ? [] : [index];
  }
  const called = indicesCalled(
    bodies.map(({ name }) => name),
    wanted,
  );
  if (called.length > 0) return called;
  return bodies.flatMap(({ part }, place) => (part === wanted || String(place) === wanted ? [place] : []));
}
