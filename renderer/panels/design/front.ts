/** What the chart and the curve show of the candidates. Pure. */
import { type DesignCandidate, designFront, type ObjectiveDirection } from '../../../preload/contract/index.ts';

export const directionOf = (text: string): ObjectiveDirection => (text.startsWith('max') ? 'maximise' : 'minimise');

/** What the search's own front will be once it has ended, in the order of the first objective. */
export function frontOf(candidates: readonly DesignCandidate[]): number[] {
  const directions = candidates.find(({ objectives }) => objectives.length > 0)?.objectives ?? [];
  if (directions.length === 0) return [];
  return designFront(
    candidates,
    directions.map(({ text }) => directionOf(text)),
  )
    .sort((a, b) => a.values[0]! - b.values[0]!)
    .map(({ number }) => number);
}

/** The first objective of the best feasible design so far, by number of designs; NaN before there is one. */
export function bestSoFar(candidates: readonly DesignCandidate[]): { number: number[]; value: number[] } {
  let best = Number.NaN;
  const number: number[] = [];
  const value: number[] = [];
  for (const candidate of candidates) {
    const [first] = candidate.objectives;
    if (candidate.feasible && first?.value != null) {
      const better =
        Number.isNaN(best) || (directionOf(first.text) === 'minimise' ? first.value < best : first.value > best);
      if (better) best = first.value;
    }
    number.push(candidate.number);
    value.push(best);
  }
  return { number, value };
}

export interface PlotPoint {
  candidate: DesignCandidate;
  x: number;
  y: number;
  /** Drawn at the rim: it lies beyond it. */
  beyond: boolean;
}

/** Margins below this are drawn at the rim: far misses would press all others together. */
const LEAST_MARGIN = -0.6;

/** Objective against least margin, or two objectives against each other. */
export function plotOf(candidates: readonly DesignCandidate[], objectives: number): PlotPoint[] {
  return candidates.flatMap((candidate): PlotPoint[] => {
    const x = candidate.objectives[0]?.value;
    const y = objectives > 1 ? candidate.objectives[1]?.value : candidate.margin;
    if (candidate.state === 'failed' || x == null || y == null) return [];
    const beyond = objectives < 2 && y < LEAST_MARGIN;
    return [{ candidate, x, y: beyond ? LEAST_MARGIN : y, beyond }];
  });
}
