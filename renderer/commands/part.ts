/** Commands that make and change parts. */
import type { FeatureKind } from '../../preload/contract/index.ts';
import { acceptFeature, beginFeature, cancelFeature, useEditor } from '../features/editor/editor-state.ts';
import { createPart, featuresOf, rollBackTo } from '../features/edits.ts';
import { CREATABLE, KINDS } from '../features/kinds.ts';
import { askForPlane } from '../features/planes/plane-picking.ts';
import { recognise } from '../features/recognised/recognised-state.ts';
import { reimport } from '../features/recognised/reimport.ts';
import { readAsScript } from '../features/script/script-state.ts';
import { startSketch } from '../features/sketching.ts';
import { useFeatureTree } from '../features/tree/tree-state.ts';
import { FEATURE_HELP } from '../help/features.ts';
import { openHelp } from '../help/help-state.ts';
import { recordOf, useDocument } from '../state/document.ts';
import { reportError } from '../state/messages.ts';
import { activePart } from '../state/parts.ts';
import { useSelection } from '../state/selection.ts';
import { openDialog, revealPanel, setBottomOpen } from '../state/ui.ts';
import { type Command, register } from './registry.ts';

const isWritable = () => useDocument.getState().project?.readOnly === false;
const isFree = () => isWritable() && useEditor.getState().editing === null;
const hasPart = () => isFree() && activePart() !== undefined;

const KEYS: Partial<Record<FeatureKind, string>> = {
  sketch: 'Shift+s',
  extrude: 'Shift+e',
  revolve: 'Shift+r',
  hole: 'Shift+o',
  fillet: 'Shift+b',
  chamfer: 'Shift+c',
  'linear-pattern': 'Shift+l',
  mirror: 'Shift+m',
  'offset-face': 'Shift+p',
};

/** The active part, or a new one where there is none: the first sketch needs no ceremony. */
async function partToDrawIn() {
  return activePart() ?? (await createPart());
}

async function beginSketch(title: string, then?: () => unknown): Promise<void> {
  const part = await partToDrawIn();
  if (part) askForPlane(part.id, title, (plane) => void startSketch(part.id, plane, then).catch(reportError));
}

/** Kinds that need a profile begin with a sketch where there is nothing to take one from. */
const FROM_PROFILE: FeatureKind[] = ['extrude', 'revolve', 'sheet-base', 'sweep', 'loft', 'rib', 'hole'];

async function begin(kind: FeatureKind): Promise<void> {
  if (kind === 'sketch') return beginSketch('Choose a plane or a planar face to sketch on');
  const part = activePart();
  const hasSketch = featuresOf(part).some(({ feature }) => feature.kind === 'sketch');
  const hasFace = useSelection.getState().items.some((item) => item.kind === 'face');
  if (FROM_PROFILE.includes(kind) && !hasSketch && (!hasFace || kind === 'hole'))
    return beginSketch(`${FEATURE_HELP[kind].title} needs a sketch: choose a plane or a planar face`, () =>
      beginFeature(kind),
    );
  return beginFeature(kind);
}

register(
  {
    id: 'part.new',
    title: 'New part',
    category: 'Part',
    icon: 'part',
    keys: ['$mod+Shift+n'],
    enabled: isFree,
    run: createPart,
  },
  {
    id: 'part.samples',
    title: 'Open a sample part…',
    category: 'Part',
    icon: 'layers',
    enabled: isFree,
    run: () => openDialog('samples'),
  },
  ...CREATABLE.map((kind): Command => {
    const key = KEYS[kind];
    return {
      id: `feature.${kind}`,
      title: FEATURE_HELP[kind].title,
      category: 'Part',
      icon: KINDS[kind].icon,
      ...(key ? { keys: [key] } : {}),
      enabled: kind === 'sketch' || kind === 'extrude' ? isFree : hasPart,
      run: () => begin(kind),
    };
  }),
  {
    id: 'part.makeEditable',
    title: 'Recognise features',
    category: 'Part',
    icon: 'recognise',
    enabled: hasPart,
    run: async () => {
      const part = activePart();
      if (!part) return;
      revealPanel('recognised');
      await recognise(part.id);
    },
  },
  {
    id: 'part.reimport',
    title: 'Import new revision…',
    category: 'Part',
    icon: 'import',
    enabled: () => hasPart() && activePart()?.sourceId !== undefined,
    run: () => reimport(activePart()!.sourceId!),
  },
  {
    id: 'part.script',
    title: 'Edit the script of the part',
    category: 'Part',
    icon: 'script',
    enabled: isFree,
    run: () => setBottomOpen('script'),
  },
  {
    id: 'part.readAsScript',
    title: 'Read the part as a script',
    category: 'Part',
    icon: 'script',
    enabled: hasPart,
    run: () => readAsScript(activePart()!.id),
  },
  {
    id: 'part.rollBack',
    title: 'Roll back to before the selected step',
    category: 'Part',
    enabled: () => hasPart() && recordOf('feature', useFeatureTree.getState().cursor) !== undefined,
    run: () => {
      const part = activePart()!;
      const at = part.features?.indexOf(useFeatureTree.getState().cursor ?? '') ?? -1;
      if (at >= 0) return rollBackTo(part, at);
    },
  },
  {
    id: 'part.rollForward',
    title: 'Roll forward to the end',
    category: 'Part',
    enabled: () => hasPart() && activePart()?.rollBack !== undefined,
    run: () => rollBackTo(activePart()!, undefined),
  },
  {
    id: 'feature.accept',
    title: 'Take the step that is being edited',
    category: 'Part',
    keys: ['Enter'],
    hidden: true,
    enabled: () =>
      useEditor.getState().editing !== null &&
      !document.activeElement?.closest('button, summary, [role=tree], [role=menu], [role=tab], a'),
    run: acceptFeature,
  },
  {
    id: 'feature.cancel',
    title: 'Drop the step that is being edited',
    category: 'Part',
    hidden: true,
    enabled: () => useEditor.getState().editing !== null,
    run: cancelFeature,
  },
  {
    id: 'help.open',
    title: 'Help',
    category: 'Help',
    icon: 'help',
    keys: ['F1'],
    whileTyping: true,
    run: () => {
      const kind = useEditor.getState().editing?.record.feature.kind;
      // What is being typed into knows its page best.
      const here = document.activeElement?.closest<HTMLElement>('[data-help]')?.dataset['help'];
      openHelp(here ?? (kind ? `feature:${kind}` : null));
    },
  },
);
