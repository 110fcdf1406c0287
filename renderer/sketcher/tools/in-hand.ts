/** A fresh tool by its name. */

import { DimensionTool } from './dimension-tool.ts';
import { CENTRE_RECTANGLE, LINE, POINT, POLYGON, RECTANGLE, SLOT } from './line-shapes.ts';
import type { ToolName } from './names.ts';
import { OffsetTool } from './offset-tool.ts';
import { CornerTool, CutTool, MirrorTool, type PickTool } from './pick-tools.ts';
import { ARC_BY_3, ARC_BY_CENTRE, CIRCLE, CIRCLE_BY_3, ELLIPSE, SPLINE, TANGENT_ARC } from './round-shapes.ts';
import { type Shape, ShapeTool } from './shape-tool.ts';

const SHAPES: Partial<Record<ToolName, Shape>> = {
  line: LINE,
  rectangle: RECTANGLE,
  'centre-rectangle': CENTRE_RECTANGLE,
  polygon: POLYGON,
  slot: SLOT,
  point: POINT,
  circle: CIRCLE,
  'circle-3': CIRCLE_BY_3,
  'arc-3': ARC_BY_3,
  'arc-centre': ARC_BY_CENTRE,
  'arc-tangent': TANGENT_ARC,
  ellipse: ELLIPSE,
  spline: SPLINE,
};

export type InHand =
  | { kind: 'none' }
  | { kind: 'shape'; name: ToolName; tool: ShapeTool }
  | { kind: 'pick'; name: ToolName; tool: PickTool }
  /** Edges of the body are picked in the model itself. */
  | { kind: 'project' };

function pickTool(name: ToolName): PickTool | null {
  switch (name) {
    case 'trim':
    case 'extend':
    case 'split':
      return new CutTool(name);
    case 'fillet':
    case 'chamfer':
      return new CornerTool(name);
    case 'offset':
      return new OffsetTool();
    case 'mirror':
      return new MirrorTool();
    case 'dimension':
      return new DimensionTool();
    default:
      return null;
  }
}

export function takeTool(name: ToolName): InHand {
  const shape = SHAPES[name];
  if (shape) return { kind: 'shape', name, tool: new ShapeTool(shape) };
  if (name === 'project') return { kind: 'project' };
  const tool = pickTool(name);
  return tool ? { kind: 'pick', name, tool } : { kind: 'none' };
}
