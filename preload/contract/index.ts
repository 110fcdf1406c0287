/** The door between window and engine: schemas and types, and the framing that carries them. */
export * from './bundle.ts';
export * from './calls.ts';
export * from './design.ts';
export * from './errors.ts';
export * from './features.ts';
export * from './geometry.ts';
export * from './jobs.ts';
export * from './manufacture.ts';
export * from './parts.ts';
export * from './records.ts';
export * from './rpc.ts';
export * from './sensitivities.ts';
export * from './singular-places.ts';
export * from './sketches.ts';
export * from './studies.ts';
export * from './study-surrogates.ts';
export * from './surrogates.ts';
