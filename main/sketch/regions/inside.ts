/** A place well inside a region: the middle of the widest stretch of one of a few lines across it. */
import { type Curve, evaluate, sampleParameters } from '../curves/curve.ts';
import type { Loop, Position } from '../types.ts';

const LINES = [0.5, 0.37, 0.63, 0.21, 0.79, 0.09, 0.91, 0.03, 0.97];

export function insideOf(loops: readonly Loop[], curves: ReadonlyMap<string, Curve>): Position {
  const outlines = loops.map(({ pieces, area_mm2 }) =>
    pieces.flatMap((piece) => {
      const curve = curves.get(piece.id)!;
      const fine = 1e-3 * Math.sqrt(area_mm2);
      return sampleParameters(curve, piece.fromParameter, piece.toParameter, fine)
        .slice(0, -1)
        .map((t) => evaluate(curve, t));
    }),
  );
  let [low, high] = [Infinity, -Infinity];
  for (const [, y] of outlines[0]!) {
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  let best: { place: Position; width: number } | undefined;
  for (const share of LINES) {
    const y = low + share * (high - low);
    const crossings = outlines.flatMap((outline) =>
      outline.flatMap((a, i) => {
        const b = outline[(i + 1) % outline.length]!;
        return a[1] <= y === b[1] <= y ? [] : [a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])];
      }),
    );
    crossings.sort((a, b) => a - b);
    for (let i = 1; i < crossings.length; i += 2) {
      const width = crossings[i]! - crossings[i - 1]!;
      if (!best || width > 1.2 * best.width) best = { place: [(crossings[i]! + crossings[i - 1]!) / 2, y], width };
    }
  }
  return best?.place ?? outlines[0]![0]!;
}
