/** Pages about sketching. Constraints are typed by the contract: one without words does not compile. */
import type { SketchConstraintKind } from '../../preload/contract/index.ts';
import type { HelpPage } from './types.ts';

export const CONSTRAINT_HELP: Record<SketchConstraintKind, { name: string; words: string }> = {
  coincident: { name: 'Coincident', words: 'Two points are at the same place.' },
  'point-on': { name: 'Point on curve', words: 'A point lies on a line, circle or other curve, or its extension.' },
  midpoint: { name: 'Midpoint', words: 'A point lies in the middle of a line.' },
  horizontal: { name: 'Horizontal', words: 'A line, or the line through two points, runs along the sketch’s X.' },
  vertical: { name: 'Vertical', words: 'A line, or the line through two points, runs along the sketch’s Y.' },
  parallel: { name: 'Parallel', words: 'Two lines have the same direction.' },
  perpendicular: { name: 'Perpendicular', words: 'Two lines meet at a right angle.' },
  collinear: { name: 'Collinear', words: 'Two lines lie on one line.' },
  tangent: { name: 'Tangent', words: 'A line and an arc, or two arcs, touch without crossing.' },
  concentric: { name: 'Concentric', words: 'Two circles or arcs have the same centre.' },
  equal: { name: 'Equal', words: 'Two lines are as long as each other, or two circles as large.' },
  symmetric: { name: 'Symmetric', words: 'Two points mirror each other about a line or a point.' },
  fixed: { name: 'Fixed', words: 'A point stays where it is.' },
  distance: {
    name: 'Distance',
    words: 'Between two points, a point and a line, two parallel lines, or the length of one line.',
  },
  'horizontal-distance': { name: 'Horizontal distance', words: 'Between two points, along the sketch’s X.' },
  'vertical-distance': { name: 'Vertical distance', words: 'Between two points, along the sketch’s Y.' },
  radius: { name: 'Radius', words: 'Of a circle or an arc.' },
  diameter: { name: 'Diameter', words: 'Of a circle or an arc.' },
  angle: { name: 'Angle', words: 'From one line to another, counter-clockwise.' },
};

export const SKETCH_PAGES: HelpPage[] = [
  {
    id: 'sketch-tools',
    title: 'Sketch tools',
    group: 'Sketching',
    paragraphs: [
      'Draw roughly and let constraints make it exact. Lines that nearly line up are lined up: the symbols beside the pointer say what will be kept. Hold Ctrl to draw without that.',
      'Drag a point or a curve to see what can still move. A sketch with no degrees of freedom left is fully defined; what can still move has another colour. Constraints that contradict each other are named, with those to drop.',
      'Construction curves help to place others and bound nothing. Projected edges follow the body that they come from.',
    ],
    entries: [
      { name: 'Line, rectangle, polygon, slot', words: 'Straight outlines and those made of them.' },
      { name: 'Circle, arc, ellipse, spline', words: 'Round outlines.' },
      { name: 'Point', words: 'Places for holes, or to hold on to.' },
      {
        name: 'Trim, extend, split',
        words: 'Cut a curve off at its crossings, lengthen it to the next, or divide it.',
      },
      {
        name: 'Round and bevel a corner',
        words: 'Within the sketch; a fillet of the body is often the better choice.',
      },
      { name: 'Offset, mirror', words: 'Copies at a distance, or about a line.' },
      { name: 'Project an edge', words: 'An edge of the body as a curve of the sketch.' },
      { name: 'Dimension', words: 'Click what to measure, then where the number should stand, then type it.' },
    ],
  },
  {
    id: 'constraints',
    title: 'Constraints and dimensions',
    group: 'Sketching',
    paragraphs: [
      'Select one or two things and choose what must hold between them. A driving dimension moves the sketch; a reference dimension only shows what it measures, and stands in brackets.',
    ],
    entries: Object.values(CONSTRAINT_HELP),
  },
];
