/** The tools by name, as the toolbar groups them. */
import type { IconName } from '../../ui/icons.tsx';

interface ToolEntry {
  title: string;
  icon: IconName;
  keys?: string;
  group: 'select' | 'lines' | 'round' | 'change' | 'dimension';
}

const tool = (group: ToolEntry['group'], title: string, icon: IconName, keys?: string): ToolEntry => ({
  group,
  title,
  icon,
  ...(keys ? { keys } : {}),
});

export const TOOLS = {
  select: tool('select', 'Select and drag', 'select'),
  line: tool('lines', 'Line', 'sketchLine', 'l'),
  rectangle: tool('lines', 'Rectangle', 'sketchRectangle', 'r'),
  'centre-rectangle': tool('lines', 'Centre rectangle', 'sketchCentreRectangle', 'Shift+r'),
  polygon: tool('lines', 'Polygon', 'sketchPolygon', 'g'),
  slot: tool('lines', 'Slot', 'sketchSlot', 'Shift+s'),
  point: tool('lines', 'Point', 'sketchPoint', '.'),
  circle: tool('round', 'Circle', 'sketchCircle', 'c'),
  'circle-3': tool('round', 'Circle through three points', 'sketchCircle3', 'Shift+c'),
  'arc-3': tool('round', 'Arc through three points', 'sketchArc3', 'a'),
  'arc-centre': tool('round', 'Arc by centre', 'sketchArcCentre', 'Shift+a'),
  'arc-tangent': tool('round', 'Tangent arc', 'sketchArcTangent', 'Shift+t'),
  ellipse: tool('round', 'Ellipse', 'sketchEllipse', 'Shift+e'),
  spline: tool('round', 'Spline', 'sketchSpline', 's'),
  dimension: tool('dimension', 'Dimension', 'sketchDimension', 'd'),
  trim: tool('change', 'Trim', 'sketchTrim', 't'),
  extend: tool('change', 'Extend', 'sketchExtend', 'Shift+x'),
  split: tool('change', 'Split', 'sketchSplit', 'Shift+k'),
  fillet: tool('change', 'Round a corner', 'sketchFillet', 'b'),
  chamfer: tool('change', 'Bevel a corner', 'sketchChamfer', 'Shift+b'),
  offset: tool('change', 'Offset', 'sketchOffset', 'o'),
  mirror: tool('change', 'Mirror', 'sketchMirror', 'm'),
  project: tool('change', 'Project an edge', 'sketchProject', 'j'),
} as const satisfies Record<string, ToolEntry>;

export type ToolName = keyof typeof TOOLS;
export const TOOL_NAMES = Object.keys(TOOLS) as ToolName[];
