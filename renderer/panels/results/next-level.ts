/** Evenly between the smallest and the largest, and another one in the widest gap. */
export function nextLevel(levels: readonly number[], [low, high]: readonly [number, number]): number {
  const ends = [low, ...[...levels].sort((a, b) => a - b), high];
  let widest = 0;
  for (let i = 0; i + 1 < ends.length; i++) if (ends[i + 1]! - ends[i]! > ends[widest + 1]! - ends[widest]!) widest = i;
  return (ends[widest]! + ends[widest + 1]!) / 2;
}
