/** Taking a tool in hand. */
import { setTool, useView } from '../../state/view.ts';
import type { ToolName } from '../tools/names.ts';
import { pickEdges } from './project-edge.ts';
import { useSketcher } from './state.ts';

/** These work on what is selected. */
const KEEPS_SELECTION: ToolName[] = ['select', 'offset', 'mirror'];

export function takeSketchTool(tool: ToolName): void {
  const state = useSketcher.getState();
  if (useView.getState().tool.kind !== 'select') setTool({ kind: 'select' });
  if (tool === 'project') pickEdges();
  // Taken again, it begins anew.
  if (state.tool === tool && tool !== 'select') useSketcher.setState({ tool: 'select' });
  useSketcher.setState({
    tool,
    editing: null,
    note: null,
    ...(KEEPS_SELECTION.includes(tool) ? {} : { selection: new Set<string>() }),
  });
}
