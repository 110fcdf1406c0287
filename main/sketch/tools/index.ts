/** Drawing tools as pure functions: a sketch in, an edit of it out. @throws ArtificerError `sketch.tool` when one cannot be done */
export { copyCircular, copyLinear, mirrorEntities } from './copy.ts';
export { chamferCorner, filletCorner } from './corner.ts';
export { extend, split, trim } from './cut.ts';
export { offsetChain } from './offset.ts';
export { removeWithDependants, setConstruction } from './remove.ts';
export {
  makeArcSlot,
  makeCentreRectangle,
  makeCircleThrough,
  makePolygon,
  makeRectangle,
  makeSlot,
  makeTangentArc,
} from './shapes.ts';
