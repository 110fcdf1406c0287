/** Generated shapes: topology optimisation between interfaces, drawn as a part script. */
export { generateShape } from './generate.ts';
export type * from './types.ts';
