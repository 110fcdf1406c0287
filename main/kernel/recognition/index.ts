/**
 * Features on a body without a history: holes, fillets, chamfers, pockets, bosses and walls, with their sizes. Pure functions
 * of what the kernel tells about a body. Precision comes before recall: what is not surely such a feature is left out.
 */
import type { BodyInfo } from '../../../preload/contract/geometry.ts';
import type { BodyRecognition } from '../../../preload/contract/parts.ts';
import { chamfersOf } from './chamfers.ts';
import { pocketsAndBossesOf } from './depressions.ts';
import { filletsOf } from './fillets.ts';
import { holesOf } from './holes.ts';
import { modelOf } from './model.ts';
import { patternsOf } from './patterns.ts';
import { wallsOf } from './walls.ts';

/** Nothing for meshes and wires: what they consist of is not known as surfaces. */
export function recogniseFeatures(info: BodyInfo, body: number): BodyRecognition {
  const begun = performance.now();
  const found = info.kind === 'mesh' ? { features: [], patterns: [] } : featuresOf(info);
  return { body, ...found, seconds: (performance.now() - begun) / 1000 };
}

function featuresOf(info: BodyInfo): Pick<BodyRecognition, 'features' | 'patterns'> {
  const model = modelOf(info);
  const { holes, patterns } = patternsOf(model, holesOf(model));
  const inHoles = new Set(holes.flatMap((hole) => hole.faces));
  const edges = [...filletsOf(model, inHoles), ...chamfersOf(model, inHoles)];
  const inEdges = new Set(edges.flatMap((edge) => edge.faces));
  return {
    features: [...holes, ...edges, ...pocketsAndBossesOf(model, inHoles, inEdges), ...wallsOf(model)],
    patterns,
  };
}
