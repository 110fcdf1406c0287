/** Puts a preview into the scene: the part as it is becomes see-through, and what it would be is drawn over it. */
import type { Colour, PartView } from '../../preload/contract/index.ts';
import type { Scene } from '../panels/viewport/scene.ts';
import { useDocument } from '../state/document.ts';
import { usePreview } from './preview.ts';

const DIMMED: Colour = [0.62, 0.66, 0.72, 0.28];

const isShown = (view: PartView | undefined): view is PartView => view !== undefined && view.bodies.length > 0;

/** Where the part is placed: a part without bodies is not in the scene, yet its first step can be previewed. */
function placed(partId: string, scene: Scene): Scene['instances'] {
  if (scene.instances.some((instance) => instance.partId === partId)) return scene.instances;
  const missing = [...useDocument.getState().tree.placements()]
    .filter((placement) => placement.partId === partId)
    .map(({ instance, world, visible }) => ({ id: instance.id, partId, transform: world, visible }));
  return [...scene.instances, ...missing];
}

export function withPreview(scene: Scene): Scene {
  const { preview } = usePreview.getState();
  if (!preview) return scene;
  const { partId, base, view, instead } = preview;
  if (instead)
    return {
      instances: scene.instances,
      parts: scene.parts.map((part) =>
        part.partId === partId && isShown(view) ? { ...part, bodies: view.bodies } : part,
      ),
    };
  const { parts } = scene;
  const instances = placed(partId, scene);
  const drawn = isShown(view);
  const shownParts = parts.map((part) => (part.partId === partId && base ? { ...part, bodies: base.bodies } : part));
  const shownInstances = instances.flatMap((instance) => {
    if (instance.partId !== partId) return [instance];
    const { hiddenBodies: _hidden, ...whole } = instance;
    if (!drawn) return [base ? whole : instance];
    return [
      { ...whole, colour: DIMMED },
      { ...whole, id: `preview:${instance.id}`, partId: `preview:${partId}`, untouchable: true },
    ];
  });
  if (drawn) {
    const colour = parts.find((part) => part.partId === partId)?.colour;
    shownParts.push({ partId: `preview:${partId}`, bodies: view.bodies, ...(colour ? { colour } : {}) });
  }
  return { instances: shownInstances, parts: shownParts };
}
