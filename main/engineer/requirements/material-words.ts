/** What bounds may be written with, of one material. */
import type { Material } from '../../../preload/contract/index.ts';
import { type Dimension, quantity, type Variables } from '../../document/index.ts';

/** Strengths and modulus, where they are known. */
export function materialVariables({ properties }: Material): Variables {
  const words: [string, number | undefined, Dimension][] = [
    ['yield', properties.yield_MPa, 'stress'],
    ['ultimate', properties.ultimate_MPa, 'stress'],
    ['young', properties.young_MPa, 'stress'],
  ];
  return Object.fromEntries(
    words.flatMap(([word, value, dimension]) => (value === undefined ? [] : [[word, quantity(value, dimension)]])),
  );
}
