/** What the viewport is to draw, made from the document and the geometry. */

import type { AssemblyTree } from '../../../main/document/index.ts';
import type { AnyRecord, PartView } from '../../../preload/contract/index.ts';
import type { SceneInstance, ScenePart } from '../../viewport/api.ts';

export interface Scene {
  instances: SceneInstance[];
  parts: ScenePart[];
}

export function sceneOf(
  tree: AssemblyTree,
  records: ReadonlyMap<string, AnyRecord>,
  views: ReadonlyMap<string, PartView>,
): Scene {
  const parts = new Map<string, ScenePart>();
  const instances: SceneInstance[] = [];
  for (const { instance, partId, world, visible } of tree.placements()) {
    const part = records.get(partId);
    const view = views.get(partId);
    if (part?.type !== 'part' || !view || view.bodies.length === 0) continue;
    const hiddenBodies = part.bodies.flatMap((body, index) => (body.hidden ? [index] : []));
    instances.push({
      id: instance.id,
      partId,
      transform: world,
      visible,
      ...(instance.colour ? { colour: instance.colour } : {}),
      ancestors: tree
        .ancestorsOf(instance.id)
        .map(({ id }) => id)
        .reverse(),
      ...(hiddenBodies.length > 0 ? { hiddenBodies } : {}),
    });
    if (parts.has(partId)) continue;
    // Colours that a person gave a body go before those of the file.
    const bodies = view.bodies.map((body) => {
      const colour = part.bodies[body.index]?.colour;
      return colour ? { ...body, info: { ...body.info, colour } } : body;
    });
    parts.set(partId, { partId, bodies, ...(part.colour ? { colour: part.colour } : {}) });
  }
  return { instances, parts: [...parts.values()] };
}
