/**
 * The document: records, changes, undo, branches, references, selectors, units and expressions. Pure: nothing here reads
 * or writes anything. Keep it safe with `main/storage`.
 */
export * from './branches.ts';
export * from './change.ts';
export * from './dimensions.ts';
export { freezeData, sameData } from './equality.ts';
export { namesIn, renamedIn } from './expression-names.ts';
export { evaluate, plain, type Quantity, quantity, type Variables } from './expressions.ts';
export * from './face-matching.ts';
export { faceText, nameInWords } from './face-text.ts';
export * from './groups/index.ts';
export { History, type Step } from './history.ts';
export * from './ids.ts';
export { type Link, linksOf, nameOf } from './links.ts';
export * from './occurrences.ts';
export * from './parts/index.ts';
export * from './persistent-names.ts';
export * from './references.ts';
export { listInWords } from './refuse.ts';
export * from './selector-syntax.ts';
export { select } from './selectors.ts';
export { type Edit, Store, type StoreOptions } from './store.ts';
export { itemInWords, itemsOf, itemsOfBody, type LocatedItem, pluralOf, type TopologyItem } from './topology.ts';
export * from './transforms.ts';
export { AssemblyTree, type TreeCounts } from './tree.ts';
export * from './units.ts';
export { validRecord } from './validation.ts';
export { cross, distance, dot, lengthOf, scale, subtract, unit } from './vectors.ts';
