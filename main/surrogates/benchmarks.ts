/** The door for benchmarks: the general model judged on unseen parts. */
export { type JudgedPart, judgePair } from './general/build-model.ts';
export { openGeneralModel } from './general/card.ts';
export { quantile } from './general/judge.ts';
export {
  DISPLACEMENT_BAR,
  isWorthwhile,
  measuredOf,
  RANK_BAR,
  SECONDS_BAR,
  winsOf,
} from './general/measure.ts';
export { solvePair } from './general/pairs.ts';
export { seedsOf, TRAINING_SEEDS, UNSEEN_SEEDS } from './general/settings.ts';
