/** Groups: parts of the assembly that are studied as one, each where it stands. */
export * from './group-bodies.ts';
export * from './members.ts';
export * from './placed-body.ts';
