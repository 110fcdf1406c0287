/** Commands of an open sketch. */

import { provideSketcher } from '../features/sketching.ts';
import { constraintsFor, GEOMETRIC, pickedOf } from '../sketcher/constraints/possible.ts';
import { CONSTRAINTS } from '../sketcher/constraints/words.ts';
import { inHand } from '../sketcher/interaction/current.ts';
import { addConstraint } from '../sketcher/session/constraining.ts';
import { redo, removeIds, toggleConstruction, toggleReference, undo } from '../sketcher/session/editing.ts';
import { cancelSketch, editSketch, finishSketch, startSketch } from '../sketcher/session/enter.ts';
import { lookStraight } from '../sketcher/session/look.ts';
import { isSketching, selectIds, useSketcher } from '../sketcher/session/state.ts';
import { takeSketchTool } from '../sketcher/session/tool.ts';
import { isDimension } from '../sketcher/solving/evaluate.ts';
import { TOOL_NAMES, TOOLS } from '../sketcher/tools/names.ts';
import { type Command, register, suspendCommands } from './registry.ts';

provideSketcher({ start: startSketch, edit: editSketch, isOpen: isSketching });

// What would change the project beneath an open sketch waits until it is finished.
const WAITING = new Set([
  'edit.undo',
  'edit.redo',
  'edit.remove',
  'edit.rename',
  'edit.cancel',
  'select.all',
  'view.orthographic',
  'view.explode',
]);
suspendCommands((command) =>
  isSketching()
    ? command.category === 'Part' || command.category === 'Study' || WAITING.has(command.id)
    : command.scope === 'sketch',
);

const selected = () => useSketcher.getState().selection;
const picked = () => pickedOf(selected(), useSketcher.getState().sketch.entities);
const selectedDimension = () => {
  const { sketch, selection } = useSketcher.getState();
  const [id, ...more] = selection;
  const constraint = more.length === 0 ? sketch.constraints.find((one) => one.id === id) : undefined;
  return constraint && isDimension(constraint) ? constraint : undefined;
};

const sketchCommand = (command: Omit<Command, 'category' | 'scope'>): Command => ({
  ...command,
  category: 'Sketch',
  scope: 'sketch',
});

register(
  ...GEOMETRIC.map((kind) =>
    sketchCommand({
      id: `sketch.constrain.${kind}`,
      title: `Make ${CONSTRAINTS[kind].title.toLowerCase()}`,
      icon: CONSTRAINTS[kind].icon,
      keys: [CONSTRAINTS[kind].keys!],
      enabled: () => constraintsFor(kind, picked()).length > 0,
      run: () => addConstraint(kind),
    }),
  ),
  ...TOOL_NAMES.map((tool) => {
    const { title, icon } = TOOLS[tool];
    const keys = 'keys' in TOOLS[tool] ? (TOOLS[tool] as { keys: string }).keys : undefined;
    return sketchCommand({
      id: `sketch.tool.${tool}`,
      title,
      icon,
      ...(keys ? { keys: [keys] } : {}),
      checked: () => useSketcher.getState().tool === tool,
      run: () => takeSketchTool(tool),
    });
  }),
  sketchCommand({
    id: 'sketch.finish',
    title: 'Finish the sketch',
    icon: 'check',
    keys: ['$mod+Enter'],
    whileTyping: true,
    run: finishSketch,
  }),
  sketchCommand({
    id: 'sketch.cancel',
    title: 'Leave the sketch without keeping it',
    icon: 'close',
    run: cancelSketch,
  }),
  sketchCommand({
    id: 'sketch.undo',
    title: () => `Undo ${useSketcher.getState().past.at(-1)?.label.toLowerCase() ?? 'in the sketch'}`,
    icon: 'undo',
    keys: ['$mod+z'],
    whileTyping: true,
    enabled: () => useSketcher.getState().past.length > 0,
    run: undo,
  }),
  sketchCommand({
    id: 'sketch.redo',
    title: () => `Redo ${useSketcher.getState().future[0]?.label.toLowerCase() ?? 'in the sketch'}`,
    icon: 'redo',
    keys: ['$mod+Shift+z', '$mod+y'],
    whileTyping: true,
    enabled: () => useSketcher.getState().future.length > 0,
    run: redo,
  }),
  sketchCommand({
    id: 'sketch.construction',
    title: () => (selected().size > 0 ? 'Construction geometry or not' : 'Draw construction geometry'),
    icon: 'sketchConstruction',
    keys: ['k'],
    checked: () => useSketcher.getState().construction,
    run: toggleConstruction,
  }),
  sketchCommand({
    id: 'sketch.delete',
    title: 'Delete from the sketch',
    icon: 'trash',
    keys: ['Delete', 'Backspace'],
    enabled: () => selected().size > 0,
    run: () => removeIds([...selected()]),
  }),
  sketchCommand({
    id: 'sketch.selectAll',
    title: 'Select everything in the sketch',
    keys: ['$mod+a'],
    run: () => selectIds(useSketcher.getState().sketch.entities.map(({ id }) => id)),
  }),
  sketchCommand({
    id: 'sketch.editDimension',
    title: 'Change the selected dimension',
    icon: 'pencil',
    keys: ['F2'],
    enabled: () => selectedDimension() !== undefined,
    run: () => useSketcher.setState({ editing: selectedDimension()!.id }),
  }),
  sketchCommand({
    id: 'sketch.reference',
    title: 'Reference dimension or driving',
    enabled: () => selectedDimension() !== undefined,
    checked: () => selectedDimension()?.reference === true,
    run: () => toggleReference(selectedDimension()!.id),
  }),
  sketchCommand({
    id: 'sketch.marks',
    title: 'Show marks of constraints',
    icon: 'eye',
    keys: ['v'],
    checked: () => useSketcher.getState().marks,
    run: () => useSketcher.setState(({ marks }) => ({ marks: !marks })),
  }),
  sketchCommand({
    id: 'sketch.look',
    title: 'Look straight at the sketch',
    icon: 'fit',
    keys: ['f', 'n'],
    run: () => lookStraight(true),
  }),
  sketchCommand({
    id: 'sketch.enter',
    title: 'End the chain or take the place',
    keys: ['Enter'],
    hidden: true,
    run: () => inHand()?.finish(),
  }),
  sketchCommand({
    id: 'sketch.escape',
    title: 'One step back, or put the tool away',
    keys: ['Escape'],
    hidden: true,
    run: () => inHand()?.escape(),
  }),
);
