/** What is being sketched. Nothing of this is in the project until it is finished: then it is one change. */
import { create } from 'zustand';
import type { Variables } from '../../../main/document/index.ts';
import type { Suggestion } from '../../../main/sketch/index.ts';
import type { Plane, Sketch } from '../../../preload/contract/index.ts';
import type { TakeId } from '../tools/draft.ts';
import type { ToolName } from '../tools/names.ts';
import type { Field } from '../tools/shape-tool.ts';
import type { Frame } from '../view/frame.ts';

export interface SketchSession {
  partId: string;
  featureId: string;
  /** Not in the project yet. */
  isNew: boolean;
  name: string;
  plane: Plane;
  /** In space, where the part stands. */
  frame: Frame;
  /** Of the part and the project, for expressions. */
  variables: Variables;
  takeId: TakeId;
}

export type SolveState = 'solved' | 'under-constrained' | 'over-constrained' | 'inconsistent' | 'failed';

/** What the solver found out about the sketch as it is. */
export interface Diagnosis {
  status: SolveState;
  degreesOfFreedom: number;
  conflicting: ReadonlySet<string>;
  redundant: ReadonlySet<string>;
  /** Entities that can still move. */
  free: ReadonlySet<string>;
  suggestions: Suggestion[];
  messages: string[];
}

interface Step {
  label: string;
  sketch: Sketch;
}

export interface SketcherState {
  session: SketchSession | null;
  sketch: Sketch;
  past: Step[];
  future: Step[];
  /** Ids of entities, of the frame and of constraints. */
  selection: ReadonlySet<string>;
  /** Pointed at in a list. */
  pointedAt: string | null;
  tool: ToolName;
  /** New curves are construction geometry. */
  construction: boolean;
  diagnosis: Diagnosis | null;
  /** What each dimension is, mm or rad: evaluated or, for reference ones, measured. */
  values: Readonly<Record<string, number>>;
  /** Expressions that cannot be evaluated, by constraint. */
  errors: Readonly<Record<string, string>>;
  /** The dimension whose text is being edited. */
  editing: string | null;
  /** Why the last thing that was tried could not be done. */
  note: string | null;
  /** What the tool in hand asks for. */
  prompt: string;
  /** What can be typed for it. */
  fields: readonly Field[];
  /** Marks of constraints are drawn. */
  marks: boolean;
}

export const EMPTY_SKETCH: Sketch = {
  kind: 'sketch',
  plane: { by: 'principal', plane: 'xy' },
  entities: [],
  constraints: [],
};

export const INITIAL: SketcherState = {
  session: null,
  sketch: EMPTY_SKETCH,
  past: [],
  future: [],
  selection: new Set(),
  pointedAt: null,
  tool: 'select',
  construction: false,
  diagnosis: null,
  values: {},
  errors: {},
  editing: null,
  note: null,
  prompt: '',
  fields: [],
  marks: true,
};

export const useSketcher = create<SketcherState>(() => INITIAL);

export const isSketching = (): boolean => useSketcher.getState().session !== null;

export const selectIds = (ids: Iterable<string>): void => useSketcher.setState({ selection: new Set(ids), note: null });
