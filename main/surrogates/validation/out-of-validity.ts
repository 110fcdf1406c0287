/** Inputs that a model has to be silent about: it is tried on them whenever it is validated. */
import type { SurrogateCard } from '../../../preload/contract/index.ts';
import type { Asked } from '../library/verdict.ts';
import { randomStream } from '../numerics/random.ts';
import { hashOf } from '../specification/read-specification.ts';

export interface OutOfValidity {
  kind: 'outside a range' | 'wild geometry' | 'another study' | 'another part';
  values: number[];
  asked: Asked;
}

/** Of each kind so many, by chance. */
export function outOfValidity(card: SurrogateCard, each: number, seed: number): OutOfValidity[] {
  const { parameters } = card;
  const random = randomStream(seed);
  const within = (): number[] => parameters.map(({ minimum, maximum }) => minimum + (maximum - minimum) * random());
  /** Beyond one of the ends, by 2 % to 60 % of the range. */
  const beyond = (k: number): number => {
    const { minimum, maximum } = parameters[k]!;
    const by = (maximum - minimum) * (0.02 + 0.58 * random());
    return random() < 0.5 ? minimum - by : maximum + by;
  };
  const all: OutOfValidity[] = [];
  for (let i = 0; i < each; i++) {
    const one = within();
    const k = Math.floor(random() * parameters.length);
    one[k] = beyond(k);
    all.push({ kind: 'outside a range', values: one, asked: {} });
    // Several dimensions at once, far out, as a search without bounds would try.
    const wild = parameters.map(({ minimum, maximum }) => {
      const middle = (minimum + maximum) / 2;
      return middle + 2 * (maximum - minimum) * (2 * random() - 1);
    });
    if (wild.every((value, j) => value >= parameters[j]!.minimum && value <= parameters[j]!.maximum))
      wild[0] = beyond(0);
    all.push({ kind: 'wild geometry', values: wild, asked: {} });
    all.push({
      kind: 'another study',
      values: within(),
      asked:
        i % 2 === 0
          ? { studyType: card.studyType, studyHash: hashOf(card.studyHash, `${i}`) }
          : { studyType: card.studyType === 'modal' ? 'static' : 'modal' },
    });
    all.push({ kind: 'another part', values: within(), asked: { partHash: hashOf(card.partHash, `${i}`) } });
  }
  return all;
}
