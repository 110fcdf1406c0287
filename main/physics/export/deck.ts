/** A solved model kept as one bundle, in full precision, so that a deck can be written later without solving again. */
import type { NonlinearModel, StaticModel } from '../../../native/index.d.ts';
import { decodeBundle, encodeBundle } from '../../../preload/contract/bundle.ts';

/** What to do about a result without a deck: it has been dropped, or decks cannot say what it is of. */
export const NO_DECK_HINT =
  'Decks cannot hold harmonic responses, nor the stress stiffness of bolts and rigid points; for any other study, solve it again.';

export interface DeckMeta {
  inputHash: string;
  title: string;
  /** Names of the bodies and their materials, in order. */
  bodies: { name: string; material: string }[];
  /** The step is one of large displacements. */
  largeDisplacement?: boolean;
  /** What is computed; a static step where left out. */
  step?: { kind: 'modal'; modes: number; prestressed: boolean } | { kind: 'buckling'; modes: number };
}

/** The optional arrays that say more of materials; the reference temperature travels as an array of one. */
function materialTables(model: StaticModel): Record<string, Int32Array | Float64Array> {
  const { tableMaterial, tableTemperature_degC, tableConstants, materialAxes, expansionZero_degC } = model;
  const given = { tableMaterial, tableTemperature_degC, tableConstants, materialAxes, expansionZero_degC };
  const reference = model.referenceTemperature_degC;
  return {
    ...Object.fromEntries(Object.entries(given).filter((entry) => entry[1] !== undefined)),
    ...(reference === undefined ? {} : { reference: Float64Array.of(reference) }),
  } as Record<string, Int32Array | Float64Array>;
}

export function packDeck(model: NonlinearModel, meta: DeckMeta): Uint8Array<ArrayBuffer> {
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
      ...materialTables(model),
      ...(model.constraintOffsets
        ? {
            constraintOffsets: model.constraintOffsets,
            constraintNodes: model.constraintNodes!,
            constraintCoefficients: model.constraintCoefficients!,
            constraintConstants: model.constraintConstants!,
          }
        : {}),
      ...(model.pressureFacets ? { pressureFacets: model.pressureFacets } : {}),
      ...(model.pressures ? { pressures: model.pressures } : {}),
    },
  });
}

export function unpackDeck(bytes: Uint8Array): { model: NonlinearModel; meta: DeckMeta } {
  const { meta, arrays } = decodeBundle<DeckMeta>(bytes);
  const { reference, temperatureChange, ...rest } = arrays;
  return {
    meta,
    model: {
      ...(rest as unknown as NonlinearModel),
      temperatureChange: (temperatureChange ?? null) as Float64Array | null,
      ...(reference ? { referenceTemperature_degC: reference[0]! } : {}),
    },
  };
}
