/** All benchmarks. Memory comes first: it counts this process, which the others leave larger. */
import { archetypes } from './archetypes.ts';
import { corpus } from './corpus.ts';
import { corpusPhysics } from './corpus-physics.ts';
import { optima } from './design/optima.ts';
import { searchLoop } from './design/search-loop.ts';
import { searchQuality } from './design/search-quality.ts';
import { errorEstimate } from './error-estimate.ts';
import { generalModel } from './general-model.ts';
import { gradientBenchmarks } from './gradients.ts';
import { liveMode } from './live.ts';
import { manufacture } from './manufacture.ts';
import { memory } from './memory.ts';
import { modes } from './modes.ts';
import { lateDimension, rebuildMemory } from './parts.ts';
import { calculix, calculixMillion, loadCases, transient, verification } from './physics.ts';
import { randomParts } from './random-parts.ts';
import { recognition } from './recognition.ts';
import { references } from './references.ts';
import { requests } from './requests.ts';
import { sampleParts } from './sample-parts.ts';
import { secondOpening } from './second-opening.ts';
import { sketch } from './sketch.ts';
import { kills, undo } from './storage.ts';
import { surrogates } from './surrogates.ts';
import { timeline } from './timeline.ts';
import { topology } from './topology.ts';
import type { Benchmark } from './types.ts';

export const BENCHMARKS: Benchmark[] = [
  memory,
  undo,
  kills,
  verification,
  calculix,
  calculixMillion,
  loadCases,
  corpusPhysics,
  errorEstimate,
  generalModel,
  ...gradientBenchmarks,
  transient,
  modes,
  secondOpening,
  timeline,
  recognition,
  references,
  sketch,
  manufacture,
  corpus,
  lateDimension,
  rebuildMemory,
  sampleParts,
  archetypes,
  optima,
  searchLoop,
  searchQuality,
  randomParts,
  surrogates,
  liveMode,
  topology,
  requests,
];

/** Names that stand for several benchmarks. */
export const BENCHMARK_GROUPS: Record<string, readonly string[]> = {
  gradients: gradientBenchmarks.map(({ name }) => name),
  physics: [
    'calculix',
    'calculix-million',
    'modes',
    'cases',
    'transient',
    'gradients-statics',
    'gradients-frequencies',
    'gradients-temperatures',
    'error-estimate',
    'corpus-physics',
    'verification',
  ],
};
