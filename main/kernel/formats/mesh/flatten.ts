/** A model with its placements applied: for formats that know no structure. */
import { IDENTITY_TRANSFORM, type Transform } from '../../../../preload/contract/geometry.ts';
import type { ImportedInstance } from '../../port.ts';
import { MAX_TREE_DEPTH, MAX_TRIANGLES } from '../limits.ts';
import { refusal } from '../refusal.ts';
import type { MeshBody, MeshExport, MeshPart } from './model.ts';
import { compose, transformBody } from './placement.ts';

export interface PlacedPart {
  name: string;
  bodies: MeshBody[];
}

/** Placements of parts with their transform to the world; parts at the origin where nothing is placed. */
export function placements(model: MeshExport): { instance: ImportedInstance; part: MeshPart; world: Transform }[] {
  const parts = new Map(model.parts.map((part) => [part.key, part]));
  const byKey = new Map(model.instances.map((instance) => [instance.key, instance]));
  const worlds = new Map<string, Transform>();
  const worldOf = (instance: ImportedInstance, depth: number): Transform => {
    const known = worlds.get(instance.key);
    if (known) return known;
    if (depth > 4 * MAX_TREE_DEPTH) throw refusal('import.corrupt', 'The assembly contains itself.');
    const parent = instance.parentKey === null ? undefined : byKey.get(instance.parentKey);
    const world = parent ? compose(worldOf(parent, depth + 1), instance.transform) : instance.transform;
    worlds.set(instance.key, world);
    return world;
  };
  const placed = model.instances.flatMap((instance) => {
    const part = instance.partKey === null ? undefined : parts.get(instance.partKey);
    return part ? [{ instance, part, world: worldOf(instance, 0) }] : [];
  });
  if (placed.length > 0) return placed;
  return model.parts.map((part) => ({
    instance: {
      key: part.key,
      parentKey: null,
      partKey: part.key,
      name: part.name,
      transform: [...IDENTITY_TRANSFORM],
    },
    part,
    world: [...IDENTITY_TRANSFORM],
  }));
}

export function flatten(model: MeshExport): PlacedPart[] {
  let triangles = 0;
  return placements(model).map(({ instance, part, world }) => {
    for (const body of part.bodies) triangles += body.indices.length / 3;
    if (triangles > MAX_TRIANGLES)
      throw refusal(
        'import.too-large',
        `The model has more than ${MAX_TRIANGLES} triangles with every placement counted.`,
      );
    const bodies = part.bodies.map((body) => ({ ...transformBody(body, world), ...inherited(body, part, instance) }));
    return { name: instance.name || part.name, bodies };
  });
}

/** A body without a colour of its own has that of its part or placement. */
const inherited = (body: MeshBody, part: MeshPart, instance: ImportedInstance): Pick<MeshBody, 'colour'> => {
  const colour = body.colour ?? part.colour ?? instance.colour;
  return colour ? { colour } : {};
};
