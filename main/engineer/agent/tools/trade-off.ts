/**
 * Which way to change dimensions: the least mass for limits that are followed to first order. A small linear programme, solved
 * by trading: each limit is bought back with the dimensions that give most of it for the least mass.
 */
export interface Dimension {
  name: string;
  value: number;
  minimum: number;
  maximum: number;
}

export interface Limit {
  /** What may still be used up, as the change of a logarithm: negative where it is broken already. */
  slack: number;
  /** Change of that logarithm per unit of each dimension: positive uses it up. */
  slopes: number[];
}

export interface TradeOff {
  dimensions: readonly Dimension[];
  /** Change of the mass per unit of each dimension, kg. */
  mass: readonly number[];
  limits: readonly Limit[];
  /** How far each may go at once, of its range. */
  trust: number;
  /** The mass that is aimed at, as a change from now, kg; as far as it goes where left out. */
  wanted?: number;
}

const ROUNDS = 50;

/** Changes of the dimensions, in their order. */
export function tradeOff({ dimensions, mass, limits, trust, wanted }: TradeOff): number[] {
  const low = dimensions.map(({ value, minimum, maximum }) => Math.max(minimum - value, -trust * (maximum - minimum)));
  const high = dimensions.map(({ value, minimum, maximum }) => Math.min(maximum - value, trust * (maximum - minimum)));
  // As light as it gets, limits aside.
  const change = mass.map((slope, k) => (slope > 0 ? low[k]! : slope < 0 ? high[k]! : 0));
  for (let round = 0; round < ROUNDS; round++) {
    const broken = limits
      .map((limit) => ({ limit, over: sum(limit.slopes, change) - limit.slack }))
      .sort((a, b) => b.over - a.over)[0];
    if (!broken || broken.over <= 1e-12) break;
    let over = broken.over;
    // Cheapest first: most of the limit for the least mass.
    const moves = dimensions
      .map((_, k) => {
        const slope = broken.limit.slopes[k]!;
        const room = slope > 0 ? change[k]! - low[k]! : high[k]! - change[k]!;
        const gain = Math.abs(slope);
        return { k, direction: slope > 0 ? -1 : 1, room, gain, price: ((slope > 0 ? -1 : 1) * mass[k]!) / (gain || 1) };
      })
      .filter(({ room, gain }) => room > 1e-12 && gain > 1e-12)
      .sort((a, b) => a.price - b.price);
    if (moves.length === 0) break;
    for (const { k, direction, room, gain } of moves) {
      const by = Math.min(room, over / gain);
      change[k]! += direction * by;
      over -= by * gain;
      if (over <= 1e-12) break;
    }
  }
  const lighter = sum(mass, change);
  // What is asked for and no more: the rest stays as reserve.
  if (wanted !== undefined && wanted < 0 && lighter < wanted && limits.every(({ slack }) => slack >= 0))
    return change.map((each) => (each * wanted) / lighter);
  return change;
}

const sum = (slopes: readonly number[], change: readonly number[]): number =>
  slopes.reduce((total, slope, k) => total + slope * change[k]!, 0);
