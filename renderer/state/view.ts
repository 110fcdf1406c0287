/** How the model is looked at. The viewport draws it; nothing of this is in the project file. */
import { create } from 'zustand';
import type { Annotation, DisplayStyle, PickedItem, PickFilter, SectionPlane } from '../viewport/api.ts';
import type { SelectedItem } from './selection.ts';

/** What a click in the viewport means at the moment. */
export type Tool =
  | { kind: 'select' }
  | { kind: 'measure' }
  | { kind: 'probe'; studyId: string }
  /** Two clicks on the shown result are the ends of a line. */
  | { kind: 'path'; partId: string }
  /** Clicks point out finite elements of the shown result. */
  | { kind: 'elements' }
  /** Clicks fill the references of one restraint, load, connection or refinement: on the one side or the other. */
  | {
      kind: 'references';
      studyId: string;
      itemId: string;
      side?: 'on' | 'to' | 'opposite';
      accepts: PickFilter[];
      title: string;
    }
  /** Clicks are handed to whoever asked; `lit` is what has been picked so far. */
  | {
      kind: 'pick';
      /** Whose pick it is, to know one's own again. */
      owner: string;
      title: string;
      accepts: PickFilter[];
      onPick: (items: PickedItem[]) => void;
      lit: () => SelectedItem[];
    };

export interface ViewState {
  displayStyle: DisplayStyle;
  orthographic: boolean;
  filter: PickFilter;
  sections: SectionPlane[];
  explosion: number;
  /** Null when nothing is isolated. */
  isolation: string[] | null;
  tool: Tool;
  /** Lit up for as long as a person points at its name somewhere: instead of the selection. */
  pointed: SelectedItem[] | null;
  /** What measuring drew. */
  measurement: Annotation | null;
  /** mm per CSS pixel, for the scale bar. */
  scale_mm: number;
  /** Why there is no picture, or null. */
  failure: string | null;
  ready: boolean;
}

export const useView = create<ViewState>(() => ({
  displayStyle: 'shaded-edges',
  orthographic: false,
  filter: 'auto',
  sections: [],
  explosion: 0,
  isolation: null,
  tool: { kind: 'select' },
  pointed: null,
  measurement: null,
  scale_mm: 0,
  failure: null,
  ready: false,
}));

/** The filter of before references were picked, to go back to. */
let filterBefore: PickFilter | null = null;

export function setTool(tool: Tool, filter?: PickFilter): void {
  useView.setState((state) => {
    const picking = state.tool.kind === 'references' || state.tool.kind === 'pick';
    if (tool.kind === 'references' || tool.kind === 'pick') {
      if (!picking) filterBefore = state.filter;
      return { tool, measurement: null, filter: filter ?? state.filter };
    }
    return { tool, measurement: null, filter: picking ? (filterBefore ?? 'auto') : state.filter };
  });
}
export const point = (pointed: SelectedItem[] | null): void => useView.setState({ pointed });
export const resetView = (): void =>
  useView.setState({
    sections: [],
    explosion: 0,
    isolation: null,
    tool: { kind: 'select' },
    pointed: null,
    measurement: null,
  });
