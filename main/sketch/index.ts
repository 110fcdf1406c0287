/**
 * Sketches: solving, dragging, tools, constraints that suggest themselves, closed regions and chains. Pure: nothing here
 * reads or writes anything but the WebAssembly module of the solver. Runs in Node, in workers and in the window.
 */
export * from './planned.ts';
export * from './types.ts';
