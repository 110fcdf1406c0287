/**
 * The document: records, changes, undo, branches, references, selectors, units and expressions. Pure: nothing here reads
 * or writes anything. Keep it safe with `main/storage`.
 */
export * from './branches.ts';
export * from './change.ts';
export { freezeData, sameData } from './equality.ts';
export { History, type Step } from './history.ts';
export * from './ids.ts';
export { type Link, linksOf, nameOf } from './links.ts';
export { listInWords } from './refuse.ts';
export { type Edit, Store, type StoreOptions } from './store.ts';
export * from './transforms.ts';
export { AssemblyTree, type TreeCounts } from './tree.ts';
export { validRecord } from './validation.ts';
