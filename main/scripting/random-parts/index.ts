/** Random parts of known volume, the same for the same number: what tests and benchmarks rebuild. */
import { seededRandom } from '../../document/index.ts';
import { FAMILIES } from './families.ts';
import { Dice, type RandomPart, Steps } from './pieces.ts';

export type { RandomPart } from './pieces.ts';

/** Families take turns. */
export function randomPart(number: number): RandomPart {
  const names = Object.keys(FAMILIES);
  const family = names[number % names.length]!;
  const steps = new Steps();
  const volume_mm3 = FAMILIES[family]!(steps, new Dice(seededRandom(number * 7919 + 1)));
  return { name: `${family} ${number}`, features: steps.list, volume_mm3 };
}
