/** The only door to geometry. See `port.ts` for what it promises. */
export { refusalOf } from './formats/index.ts';
export { createKernel, type KernelOptions } from './kernel.ts';
export { type Occurrence, occurrencesOf } from './occurrences.ts';
export * from './port.ts';
export { recogniseFeatures } from './recognition/index.ts';
