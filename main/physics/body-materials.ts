/** Gives bodies the materials that a study file names for them. */
import { refuseStudy } from './errors.ts';
import type { NamedBodyMaterial } from './study-file/index.ts';
import type { StudyBody } from './types.ts';

/** @throws ArtificerError `study.no-such-body` */
export function withBodyMaterials(bodies: readonly StudyBody[], named: readonly NamedBodyMaterial[]): StudyBody[] {
  const result = [...bodies];
  for (const { body, material, axes } of named) {
    const index = bodies.findIndex((one, place) => one.name === body || String(place) === body);
    if (index < 0)
      throw refuseStudy(
        'no-such-body',
        `There is no body "${body}".`,
        `The bodies are ${bodies.map((one, place) => `${place} (${one.name})`).join(', ')}.`,
      );
    result[index] = { ...result[index]!, ...(material ? { material } : {}), ...(axes ? { axes } : {}) };
  }
  return result;
}
