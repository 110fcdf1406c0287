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
  /**
   * Load cases and combinations, each a step of its own; the model's own loads alone where left out. Of the first, the loads
   * are the model's; those of case i are the arrays `i/forces`, `i/temperatureChange` and `i/pressures`.
   */
  cases?: DeckCase[];
  /** What is computed; a static step where left out. */
  step?: { kind: 'modal'; modes: number; prestressed: boolean } | { kind: 'buckling'; modes: number };
}

export interface DeckCase {
  name: string;
  /** Of the prescribed displacements: the sum of a combination's factors, 1 of a load case. */
  prescribed: number;
}

/** What acts in one step of a deck, beside what is the same in all. */
export interface CaseLoads extends DeckCase {
  forces: Float64Array;
  temperatureChange: Float64Array | null;
  /** Of the model's facets under pressure: where it has any. */
  pressures?: Float64Array | null;
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

/** @param cases of a static model with several; the first one's loads are the model's */
export function packDeck(
  model: NonlinearModel,
  meta: DeckMeta,
  cases: readonly CaseLoads[] = [],
): Uint8Array<ArrayBuffer> {
  const further = cases.flatMap(({ forces, temperatureChange, pressures }, i): [string, Float64Array][] => [
    ...(i > 0 ? [[`${i}/forces`, forces] as [string, Float64Array]] : []),
    ...(i > 0 && temperatureChange ? [[`${i}/temperatureChange`, temperatureChange] as [string, Float64Array]] : []),
    ...(i > 0 && pressures ? [[`${i}/pressures`, pressures] as [string, Float64Array]] : []),
  ]);
  return encodeBundle({
    meta: cases.length > 0 ? { ...meta, cases: cases.map(({ name, prescribed }) => ({ name, prescribed })) } : meta,
    arrays: {
      ...Object.fromEntries(further),
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

/** The cases are empty where the model has the loads of a single one. */
export function unpackDeck(bytes: Uint8Array): { model: NonlinearModel; meta: DeckMeta; cases: CaseLoads[] } {
  const { meta, arrays } = decodeBundle<DeckMeta>(bytes);
  const cases = (meta.cases ?? []).map(
    (one, i): CaseLoads => ({
      ...one,
      forces: arrays[i === 0 ? 'forces' : `${i}/forces`] as Float64Array,
      temperatureChange: (arrays[i === 0 ? 'temperatureChange' : `${i}/temperatureChange`] ??
        null) as Float64Array | null,
      pressures: (arrays[i === 0 ? 'pressures' : `${i}/pressures`] ?? null) as Float64Array | null,
    }),
  );
  const { reference, temperatureChange, ...all } = arrays;
  const rest = Object.fromEntries(Object.entries(all).filter(([name]) => !name.includes('/')));
  return {
    meta,
    cases,
    model: {
      ...(rest as unknown as NonlinearModel),
      temperatureChange: (temperatureChange ?? null) as Float64Array | null,
      ...(reference ? { referenceTemperature_degC: reference[0]! } : {}),
    },
  };
}
