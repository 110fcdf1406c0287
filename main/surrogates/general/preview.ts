/**
 * The preview of a static study of a body that nobody has seen before: a quick solution on a coarse mesh, corrected where a
 * correction has been shown to pay, with bands that were measured on unseen parts. It is never a solution and says so.
 */
import type { JobContext } from '../../../preload/contract/index.ts';
import type { Physics, PreviewSolution, StudyRequest } from '../../physics/index.ts';
import { type Band, type GeneralModel, openGeneralModel, type PreviewCard } from './card.ts';
import { correct } from './correction.ts';
import { featuresOf } from './features.ts';
import { largestLength } from './judge.ts';
import { regularPeak, singularReach } from './points.ts';
import { COARSE } from './settings.ts';
import { isWithinRange, reasonsAgainstBands } from './validity.ts';

export interface PreviewedNumber {
  value: number;
  /** What the coarse mesh alone gives. */
  uncorrected: number;
  /** Null where nothing was measured on studies like this one. */
  band: { low: number; high: number } | null;
  at_mm: [number, number, number];
}

export interface StaticPreview {
  method: PreviewCard['method'];
  /** mm. */
  largestDisplacement: PreviewedNumber;
  /** The largest von Mises stress away from places where the exact one is infinite, MPa. */
  peakStress: PreviewedNumber;
  /** 3n mm and n MPa at the nodes of the coarse mesh, corrected. */
  displacement: Float64Array;
  vonMises: Float64Array;
  /** Of the bands: marginal coverage, and how many unseen parts they are taken from. */
  level: number;
  n: number;
  /** Why there are no bands and no correction; empty where there are. */
  reasons: string[];
  /** As the coarse mesh gives it. */
  coarse: PreviewSolution;
  seconds: { mesh: number; solve: number; correct: number; total: number };
}

/**
 * @param request its mesh control is passed over: a preview chooses its own sizes
 * @throws ArtificerError `study.no-preview` of what a preview cannot show, and whatever a solution is refused for
 */
export async function previewStatic(
  physics: Pick<Physics, 'preview'>,
  request: StudyRequest,
  context: JobContext,
  { card, correction }: GeneralModel = openGeneralModel(),
): Promise<StaticPreview> {
  const started = performance.now();
  const coarse = await physics.preview(request, COARSE, context);
  const solvedAt = performance.now();
  const reasons = reasonsAgainstBands(request);
  const [body] = request.bodies;
  let displacement = coarse.displacement;
  let vonMises = coarse.vonMises;
  const features = featuresOf(coarse, body!.info);
  if (reasons.length === 0 && !isWithinRange(features.part, card))
    reasons.push('its mesh is coarser, or its walls are thinner, than those of the parts that it was measured on');
  const corrected = correction !== null && reasons.length === 0;
  if (corrected) ({ displacement, vonMises } = correct(correction, coarse, features));

  const reach = singularReach(body!.info);
  const peak = regularPeak(vonMises, features.toSingular, reach);
  const moved = farthest(displacement);
  const bands = corrected ? card.bands.corrected : card.bands.coarse;
  const banded = (value: number, { low, high }: Band): PreviewedNumber['band'] =>
    reasons.length === 0 ? { low: low * value, high: high * value } : null;
  const place = (node: number): [number, number, number] => [
    coarse.nodes[3 * node]!,
    coarse.nodes[3 * node + 1]!,
    coarse.nodes[3 * node + 2]!,
  ];
  const now = performance.now();
  return {
    method: corrected ? 'corrected coarse solve' : 'coarse solve',
    largestDisplacement: {
      value: moved.length,
      uncorrected: largestLength(coarse.displacement),
      band: banded(moved.length, bands.displacement),
      at_mm: place(moved.node),
    },
    peakStress: {
      value: peak.value,
      uncorrected: regularPeak(coarse.vonMises, features.toSingular, reach).value,
      band: banded(peak.value, bands.peakStress),
      at_mm: place(peak.node),
    },
    displacement,
    vonMises,
    level: card.bands.level,
    n: card.bands.n,
    reasons,
    coarse,
    seconds: {
      mesh: coarse.seconds.mesh,
      solve: coarse.seconds.solve,
      correct: (now - solvedAt) / 1000,
      total: (now - started) / 1000,
    },
  };
}

function farthest(displacement: Float64Array): { node: number; length: number } {
  let node = 0;
  let longest = -1;
  for (let i = 0; i < displacement.length; i += 3) {
    const length = Math.hypot(displacement[i]!, displacement[i + 1]!, displacement[i + 2]!);
    if (length > longest) {
      longest = length;
      node = i / 3;
    }
  }
  return { node, length: longest };
}
