import { removeInstances } from '../actions/instances.ts';
import { engine } from '../engine/connection.ts';
import { cancelFeature, useEditor } from '../features/editor/editor-state.ts';
import { endPlanePicking, usePlanePicker } from '../features/planes/plane-picking.ts';
import { useTree } from '../panels/tree/tree-state.ts';
import { useDocument } from '../state/document.ts';
import { clearSelection, partItem, select, selectedInstanceIds, useSelection } from '../state/selection.ts';
import { openDialog, useUi } from '../state/ui.ts';
import { setTool, useView } from '../state/view.ts';
import { register } from './registry.ts';

const isWritable = () => useDocument.getState().project?.readOnly === false;
const hasSelection = () => useSelection.getState().items.length > 0;
const wholeSelection = () => {
  const { items } = useSelection.getState();
  return items.length > 0 && items.every(({ kind }) => kind === 'part');
};

register(
  {
    id: 'edit.undo',
    title: () => {
      const { undoLabel } = useDocument.getState().history;
      return undoLabel ? `Undo ${undoLabel}` : 'Undo';
    },
    category: 'Edit',
    icon: 'undo',
    keys: ['$mod+z'],
    enabled: () => isWritable() && useDocument.getState().history.undoLabel !== null,
    run: () => engine()['document.undo']({}),
  },
  {
    id: 'edit.redo',
    title: () => {
      const { redoLabel } = useDocument.getState().history;
      return redoLabel ? `Redo ${redoLabel}` : 'Redo';
    },
    category: 'Edit',
    icon: 'redo',
    keys: ['$mod+Shift+z', '$mod+y'],
    enabled: () => isWritable() && useDocument.getState().history.redoLabel !== null,
    run: () => engine()['document.redo']({}),
  },
  {
    id: 'edit.rename',
    title: 'Rename',
    category: 'Edit',
    icon: 'pencil',
    keys: ['F2'],
    enabled: () => isWritable() && useSelection.getState().items.length === 1,
    run: () => useTree.getState().beginRename(),
  },
  {
    id: 'edit.remove',
    title: 'Remove from the assembly',
    category: 'Edit',
    icon: 'trash',
    keys: ['Delete'],
    enabled: () => isWritable() && wholeSelection(),
    run: () => removeInstances(selectedInstanceIds()),
  },
  {
    id: 'edit.cancel',
    title: 'Cancel or clear the selection',
    category: 'Edit',
    keys: ['Escape'],
    run: () => {
      if (useUi.getState().paletteOpen) return useUi.setState({ paletteOpen: false });
      if (usePlanePicker.getState().request) return endPlanePicking();
      if (useView.getState().tool.kind !== 'select') return setTool({ kind: 'select' });
      if (useEditor.getState().editing) return cancelFeature();
      if (hasSelection()) return clearSelection();
      useView.setState({ measurement: null, isolation: null });
    },
  },
  {
    id: 'select.all',
    title: 'Select all parts',
    category: 'Select',
    keys: ['$mod+a'],
    enabled: () => useDocument.getState().placements.size > 0,
    run: () => select([...useDocument.getState().placements.values()].flat().map(partItem)),
  },
  {
    id: 'select.samePart',
    title: 'Select all instances of the part',
    category: 'Select',
    enabled: hasSelection,
    run: () => {
      const { tree, placements } = useDocument.getState();
      const ids = selectedInstanceIds().flatMap((id) => placements.get(tree.get(id)?.partId ?? '') ?? []);
      select([...new Set(ids)].map(partItem));
    },
  },
  {
    id: 'select.clear',
    title: 'Clear the selection',
    category: 'Select',
    enabled: hasSelection,
    run: clearSelection,
  },
  {
    id: 'edit.preferences',
    title: 'Preferences…',
    category: 'Edit',
    icon: 'gear',
    keys: ['$mod+,'],
    whileTyping: true,
    run: () => openDialog('preferences'),
  },
);
