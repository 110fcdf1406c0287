/** What a person does to the sketch: every step can be taken back, and is solved in the background. */
import {
  applySketchEdit,
  removeWithDependants,
  type SketchEdit,
  type Solution,
  setConstruction,
} from '../../../main/sketch/index.ts';
import { type Sketch, type SketchConstraint, toErrorData } from '../../../preload/contract/index.ts';
import { solveSketch } from '../solving/client.ts';
import { evaluateSketch, isDimension } from '../solving/evaluate.ts';
import { type Addition, withAddition } from '../tools/draft.ts';
import { withFreshIds } from '../tools/fresh-ids.ts';
import { EMPTY_SKETCH, selectIds, useSketcher } from './state.ts';

const DEEPEST_UNDO = 500;

/** Puts another sketch in the place of this one. */
export function change(label: string, next: Sketch): void {
  useSketcher.setState(({ past, sketch }) => ({
    sketch: next,
    past: [...past.slice(-DEEPEST_UNDO + 1), { label, sketch }],
    future: [],
    note: null,
    // What was found out about an empty sheet says nothing about what is on it now.
    ...(sketch.entities.length === 0 ? { diagnosis: null } : {}),
  }));
  void solve();
}

/** Why something that was tried cannot be done, beside the tools. */
export function note(thrown: unknown): void {
  const { message, hint } = toErrorData(thrown);
  useSketcher.setState({ note: hint ? `${message} ${hint}` : message });
}

/** Whatever the tools of the sketch package refuse is said and changes nothing. */
export function tryEdit(label: string, make: (sketch: Sketch) => SketchEdit): boolean {
  const { session, sketch } = useSketcher.getState();
  if (!session) return false;
  try {
    const edit = withFreshIds(make(sketch), sketch, session.takeId);
    const next = { ...sketch, ...applySketchEdit(sketch, edit) };
    change(label, next);
    return true;
  } catch (error) {
    note(error);
    return false;
  }
}

export const add = (label: string, addition: Addition): void =>
  change(label, withAddition(useSketcher.getState().sketch, addition));

export function undo(): void {
  const { past, future, sketch } = useSketcher.getState();
  const last = past.at(-1);
  if (!last) return;
  useSketcher.setState({
    sketch: last.sketch,
    past: past.slice(0, -1),
    future: [{ label: last.label, sketch }, ...future],
    editing: null,
    note: null,
  });
  keepSelection();
  void solve();
}
export function redo(): void {
  const { past, future, sketch } = useSketcher.getState();
  const [next, ...rest] = future;
  if (!next) return;
  useSketcher.setState({
    sketch: next.sketch,
    past: [...past, { label: next.label, sketch }],
    future: rest,
    editing: null,
    note: null,
  });
  keepSelection();
  void solve();
}

/** Drops from the selection what is no longer there. */
function keepSelection(): void {
  const { sketch, selection } = useSketcher.getState();
  const there = new Set(['origin', 'x-axis', 'y-axis']);
  for (const { id } of sketch.entities) there.add(id);
  for (const { id } of sketch.constraints) there.add(id);
  if ([...selection].some((id) => !there.has(id))) selectIds([...selection].filter((id) => there.has(id)));
}

export function removeIds(ids: readonly string[]): void {
  const { sketch } = useSketcher.getState();
  const gone = new Set(ids);
  const entities = sketch.entities.filter(({ id }) => gone.has(id)).map(({ id }) => id);
  const constraints = sketch.constraints.filter(({ id }) => gone.has(id)).map(({ id }) => id);
  if (entities.length + constraints.length === 0) return;
  const done = tryEdit('Delete', (before) => {
    const edit: SketchEdit =
      entities.length > 0
        ? removeWithDependants(before, entities)
        : { put: [], remove: [], putConstraints: [], removeConstraints: [] };
    return { ...edit, removeConstraints: [...new Set([...edit.removeConstraints, ...constraints])] };
  });
  if (done) keepSelection();
}

export function toggleConstruction(): void {
  const { sketch, selection, construction } = useSketcher.getState();
  const curves = sketch.entities.filter(({ id, kind }) => selection.has(id) && kind !== 'point');
  if (curves.length === 0) {
    useSketcher.setState({ construction: !construction });
    return;
  }
  const all = curves.every((curve) => curve.construction);
  tryEdit(all ? 'Make solid' : 'Make construction', (before) =>
    setConstruction(
      before,
      curves.map(({ id }) => id),
      !all,
    ),
  );
}

export function putConstraint(label: string, constraint: SketchConstraint): void {
  const { sketch } = useSketcher.getState();
  const there = sketch.constraints.some(({ id }) => id === constraint.id);
  change(label, {
    ...sketch,
    constraints: there
      ? sketch.constraints.map((one) => (one.id === constraint.id ? constraint : one))
      : [...sketch.constraints, constraint],
  });
}

/** Made a reference, a dimension that cannot hold only shows its value. */
export function toggleReference(id: string): void {
  const constraint = useSketcher.getState().sketch.constraints.find((one) => one.id === id);
  if (!constraint || !isDimension(constraint)) return;
  const { reference, ...driving } = constraint;
  putConstraint(
    reference ? 'Make driving' : 'Make reference',
    (reference ? driving : { ...constraint, reference: true }) as SketchConstraint,
  );
}

let latest = 0;
let running: Promise<void> = Promise.resolve();
/** Longer than this nobody waits for a solution. */
const LONGEST_WAIT_MILLISECONDS = 3000;

/** When the sketch as it is has been solved, or will not be soon. */
export const whenSolved = (): Promise<void> =>
  Promise.race([running, new Promise<void>((done) => setTimeout(done, LONGEST_WAIT_MILLISECONDS))]);

/** Solves the sketch as it is; what comes too late for it is dropped. */
export function solve(): Promise<void> {
  running = solveNow();
  return running;
}

async function solveNow(): Promise<void> {
  const { session, sketch } = useSketcher.getState();
  if (!session) return;
  const mine = ++latest;
  const evaluated = evaluateSketch(sketch, session.variables);
  useSketcher.setState({ errors: evaluated.errors });
  try {
    const solution = await solveSketch(evaluated.sketch);
    if (mine !== latest || useSketcher.getState().sketch !== sketch) return;
    take(sketch, solution, evaluated.values);
  } catch (error) {
    if (mine === latest) note(error);
  }
}

function take(sketch: Sketch, solution: Solution, values: Record<string, number>): void {
  const holds = solution.status !== 'inconsistent' && solution.status !== 'failed';
  useSketcher.setState({
    // What was found is no step of its own: undo goes back over it.
    ...(holds ? { sketch: { ...sketch, entities: solution.entities } } : {}),
    values: { ...solution.values, ...values },
    diagnosis: {
      status: solution.status,
      degreesOfFreedom: solution.degreesOfFreedom,
      conflicting: new Set(solution.conflicting),
      redundant: new Set(solution.redundant),
      free: new Set(solution.free),
      suggestions: solution.suggestions,
      messages: solution.messages,
    },
  });
}

export const forgetSolve = (): void => {
  latest++;
};
export const isEmptySketch = (sketch: Sketch): boolean => sketch === EMPTY_SKETCH || sketch.entities.length === 0;
