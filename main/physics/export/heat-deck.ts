/** A solved thermal model kept as one bundle, in full precision, so that a deck can be written later without solving again. */
import type { HeatModel, HeatSurface } from '../../../native/index.d.ts';
import { type BundleArray, decodeBundle, encodeBundle } from '../../../preload/contract/bundle.ts';
import type { DeckMeta } from './deck.ts';

interface TableSpan {
  rows: number;
}

export interface HeatDeckMeta extends DeckMeta {
  physics: 'heat';
  transient: { end: number; step?: number; initial: number } | null;
  materials: { conductivity: TableSpan; specificHeat: TableSpan | null; density: number; axes: number[] | null }[];
  surfaces: { kind: HeatSurface['kind']; coefficient: number; ambient: number; history: number; facets: number }[];
  sources: { generation: number; history: number; elements: number }[];
  histories: number[];
}

export interface HeatDeck {
  model: HeatModel;
  meta: HeatDeckMeta;
}

/** Null where the model has what a deck cannot say: heat across contacts whose meshes do not match. */
export function packHeatDeck(
  model: HeatModel,
  base: DeckMeta,
  transient: HeatDeckMeta['transient'],
): Uint8Array<ArrayBuffer> | null {
  if (model.contacts) return null;
  const arrays: Record<string, BundleArray> = {
    nodes: model.nodes,
    elements: model.elements,
    elementMaterial: model.elementMaterial,
    elementBody: model.elementBody,
    fixedNodes: model.fixedNodes,
    fixedTemperatures: model.fixedTemperatures,
    ...(model.fixedHistory ? { fixedHistory: model.fixedHistory } : {}),
  };
  model.materials.forEach(({ conductivity, specificHeat }, i) => {
    arrays[`conductivity/${i}`] = conductivity.values;
    arrays[`conductivityAt/${i}`] = conductivity.temperatures;
    if (!specificHeat) return;
    arrays[`specificHeat/${i}`] = specificHeat.values;
    arrays[`specificHeatAt/${i}`] = specificHeat.temperatures;
  });
  (model.surfaces ?? []).forEach(({ facets }, i) => {
    arrays[`facets/${i}`] = facets;
  });
  (model.sources ?? []).forEach(({ elements }, i) => {
    arrays[`sourceElements/${i}`] = elements;
  });
  (model.histories ?? []).forEach(({ times, values }, i) => {
    arrays[`historyAt/${i}`] = times;
    arrays[`history/${i}`] = values;
  });
  const meta: HeatDeckMeta = {
    ...base,
    physics: 'heat',
    transient,
    materials: model.materials.map(({ conductivity, specificHeat, density, axes }) => ({
      conductivity: { rows: conductivity.temperatures.length },
      specificHeat: specificHeat ? { rows: specificHeat.temperatures.length } : null,
      density: density ?? 0,
      axes: axes ? [...axes] : null,
    })),
    surfaces: (model.surfaces ?? []).map(({ kind, coefficient, ambient, history, facets }) => ({
      kind,
      coefficient,
      ambient: ambient ?? 0,
      history: history ?? -1,
      facets: facets.length / 6,
    })),
    sources: (model.sources ?? []).map(({ generation, history, elements }) => ({
      generation,
      history: history ?? -1,
      elements: elements.length,
    })),
    histories: (model.histories ?? []).map(({ times }) => times.length),
  };
  return encodeBundle({ meta, arrays });
}

/** Null where the bundle is of a mechanical model. */
export function unpackHeatDeck(bytes: Uint8Array): HeatDeck | null {
  const { meta, arrays } = decodeBundle<HeatDeckMeta>(bytes);
  if (meta.physics !== 'heat') return null;
  const doubles = (name: string): Float64Array => arrays[name] as Float64Array;
  const integers = (name: string): Int32Array => arrays[name] as Int32Array;
  return {
    meta,
    model: {
      nodes: doubles('nodes'),
      elements: integers('elements'),
      elementMaterial: integers('elementMaterial'),
      elementBody: integers('elementBody'),
      fixedNodes: integers('fixedNodes'),
      fixedTemperatures: doubles('fixedTemperatures'),
      ...(arrays['fixedHistory'] ? { fixedHistory: integers('fixedHistory') } : {}),
      materials: meta.materials.map(({ specificHeat, density, axes }, i) => ({
        conductivity: { temperatures: doubles(`conductivityAt/${i}`), values: doubles(`conductivity/${i}`) },
        ...(specificHeat
          ? { specificHeat: { temperatures: doubles(`specificHeatAt/${i}`), values: doubles(`specificHeat/${i}`) } }
          : {}),
        density,
        ...(axes ? { axes: Float64Array.from(axes) } : {}),
      })),
      surfaces: meta.surfaces.map(({ kind, coefficient, ambient, history }, i) => ({
        kind,
        coefficient,
        ambient,
        history,
        facets: integers(`facets/${i}`),
      })),
      sources: meta.sources.map(({ generation, history }, i) => ({
        generation,
        history,
        elements: integers(`sourceElements/${i}`),
      })),
      histories: meta.histories.map((_, i) => ({ times: doubles(`historyAt/${i}`), values: doubles(`history/${i}`) })),
    },
  };
}
