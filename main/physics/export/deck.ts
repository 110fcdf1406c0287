/** A solved model kept as one bundle, in full precision, so that a deck can be written later without solving again. */
import type { StaticModel } from '../../../native/index.d.ts';
import { decodeBundle, encodeBundle } from '../../../preload/contract/bundle.ts';

export interface DeckMeta {
  inputHash: string;
  title: string;
  /** Names of the bodies and their materials, in order. */
  bodies: { name: string; material: string }[];
}

export function packDeck(model: StaticModel, meta: DeckMeta): Uint8Array<ArrayBuffer> {
  return encodeBundle({
    meta,
    arrays: {
      nodes: model.nodes,
      elements: model.elements,
      elementBody: model.elementBody,
      elementMaterial: model.elementMaterial,
      materials: model.materials,
      fixedDofs: model.fixedDofs,
      fixedValues: model.fixedValues,
      frameNodes: model.frameNodes,
      frames: model.frames,
      forces: model.forces,
      gravity: model.gravity,
      ...(model.temperatureChange ? { temperatureChange: model.temperatureChange } : {}),
      addedNodesA: model.addedNodesA,
      addedNodesB: model.addedNodesB,
      addedBlocks: model.addedBlocks,
    },
  });
}

export function unpackDeck(bytes: Uint8Array): { model: StaticModel; meta: DeckMeta } {
  const { meta, arrays } = decodeBundle<DeckMeta>(bytes);
  return {
    meta,
    model: {
      ...(arrays as unknown as StaticModel),
      temperatureChange: (arrays['temperatureChange'] ?? null) as Float64Array | null,
    },
  };
}
