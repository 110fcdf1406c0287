/** Sketches in the window: the one door into this folder. */
export { SketchMode } from './panel/sketch-mode.tsx';
export { cancelSketch, editSketch, finishSketch, type StartSketch, startSketch } from './session/enter.ts';
export { isSketching, useSketcher } from './session/state.ts';
