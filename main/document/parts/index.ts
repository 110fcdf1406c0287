/** What parts are made of, as records: variables, steps, edits, words. Pure. */
export * from './definition.ts';
export * from './dependants.ts';
export * from './edits.ts';
export * from './evaluate-expressions.ts';
export * from './recognised-edits.ts';
export * from './steps.ts';
export * from './variable-edits.ts';
export * from './variables.ts';
export * from './words.ts';
