/**
 * Following the hand: the grabbed thing is pulled softly towards the cursor while the constraints hold, then everything is put
 * exactly right by the shortest way. Only the connected part that is touched is solved.
 */
import { type Equation, evaluateEquation, makeEquation, type Term } from '../equations/equation.ts';
import { Unknowns } from '../equations/unknowns.ts';
import { invalid } from '../model/errors.ts';
import { distance } from '../model/vector.ts';
import { SketchView } from '../model/view.ts';
import type { DragSession, DragStep, Entity, Position, SolvableSketch } from '../types.ts';
import { LEAST_SIZE_MM } from './judge.ts';
import { gaussNewtonStep, solveLeastSquares } from './least-squares.ts';
import { degenerations } from './measure.ts';
import { Problem, toleranceFor } from './problem.ts';
import { EquationSystem } from './system.ts';

/** How much less a pull counts than a constraint: what it bends them by is put right afterwards. */
const PULL = 1e-6;
/** How much less moving counts than the pull: of all ways to follow the hand the shortest is taken. */
const MOVEMENT = 1e-12;
const ROUNDS = 8;
/** Relative to the size of the sketch. */
const NEAR = 1e-9;

interface Grip {
  pulled: EquationSystem;
  /** The part without the pull, or null when nothing constrains what is grabbed. */
  part: EquationSystem | null;
  aim(to: Position): void;
  /** How far the grabbed thing is from where it is pulled to. */
  away(x: Float64Array): number;
  /** Where the grabbed place is now. */
  place(x: Float64Array): Position;
}

export function beginDrag(sketch: SolvableSketch, solved: Entity[] | null): DragSession {
  const problem = new Problem({ entities: solved ?? sketch.entities, constraints: sketch.constraints });
  const original = new Unknowns(new SketchView(sketch.entities));
  let x: Float64Array = problem.unknowns.values.slice();
  const size = problem.view.size();
  const grips = new Map<string, Grip>();
  let over = false;

  /** Steps towards the aim along the constraints, each put exactly right, as long as they bring it nearer. */
  const attempt = (grip: Grip, to: Position): boolean => {
    grip.aim(to);
    let here: Float64Array = x;
    let away = grip.away(here);
    let found = away < NEAR * size;
    for (let round = 0; round < ROUNDS && away > NEAR * size; round++) {
      const direction = gaussNewtonStep(grip.pulled, here, MOVEMENT);
      if (!direction) break;
      let next: Float64Array | null = null;
      for (let share = 1; share > 0.05 && !next; share /= 2) {
        const trial = moved(here, grip.pulled, direction, share);
        if (!put(grip.part, trial)) continue;
        if (grip.away(trial) < away * (1 - 1e-5)) next = trial;
        else found = true;
      }
      if (!next) break;
      found = true;
      const before = away;
      [here, away] = [next, grip.away(next)];
      if (away > 0.9999 * before) break;
    }
    if (here === x) return found;
    const [old, young] = [x, here].map((numbers) => new SketchView(problem.unknowns.entities(numbers)));
    if (degenerations(young!, old!, LEAST_SIZE_MM).length > 0) return false;
    x = here;
    return true;
  };

  const step = (isSolved: boolean): DragStep => {
    const [points, radii_mm] = original.changes(x);
    return { solved: isSolved, points, radii_mm };
  };

  const check = () => {
    if (over) throw new Error('the drag is over');
  };

  return {
    drag(id, to) {
      check();
      if (!solved) return step(false);
      const grip = grips.get(id) ?? gripOf(problem, id, x, to);
      grips.set(id, grip);
      // A far jump is made in several: the answer stays on the side where it was.
      const from = grip.place(x);
      const pieces = Math.min(6, Math.max(1, Math.ceil(distance(from, to) / (0.25 * size))));
      for (let k = 1; k <= pieces; k++) {
        const share = k / pieces;
        const aim: Position = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
        if (attempt(grip, aim)) continue;
        const here = grip.place(x);
        if (!attempt(grip, [(here[0] + aim[0]) / 2, (here[1] + aim[1]) / 2])) return step(false);
      }
      return step(true);
    },
    end() {
      check();
      over = true;
      return problem.unknowns.entities(x);
    },
    cancel() {
      check();
      over = true;
      return sketch.entities;
    },
  };
}

function moved(x: Float64Array, system: EquationSystem, direction: Float64Array, share: number): Float64Array {
  const trial = x.slice();
  system.unknowns.forEach((unknown, i) => {
    trial[unknown] = trial[unknown]! + share * direction[i]!;
  });
  return trial;
}

function put(part: EquationSystem | null, x: Float64Array): boolean {
  if (!part) return true;
  return solveLeastSquares(part, x, { tolerance_mm: toleranceFor(x), iterations: 12, damping: 1e-10 }).solved;
}

/** @throws ArtificerError `sketch.invalid` for things that cannot be grabbed */
function gripOf(problem: Problem, id: string, x: Float64Array, to: Position): Grip {
  const { unknowns, view } = problem;
  const count = unknowns.count;
  const pulls: Equation[] = [];
  let aim: (to: Position) => void;
  let place: (x: Float64Array) => Position;
  const pull = (terms: Term[]) => {
    const equation = makeEquation('pull', terms, 0, count);
    pulls.push(equation);
    return equation;
  };
  if (view.isPoint(id)) {
    const index = unknowns.point(id);
    const [along, up] = [pull([{ of: 'number', by: 1, index }]), pull([{ of: 'number', by: 1, index: index + 1 }])];
    aim = (at) => {
      along.constant = -at[0];
      up.constant = -at[1];
    };
    place = (at) => unknowns.at(index, at);
  } else if (view.entity(id).kind === 'line') {
    const [s, e] = unknowns.line(id);
    const [a, b] = [unknowns.at(s, x), unknowns.at(e, x)];
    const long = distance(a, b);
    const share = Math.min(
      Math.max(((to[0] - a[0]) * (b[0] - a[0]) + (to[1] - a[1]) * (b[1] - a[1])) / (long * long), 0),
      1,
    );
    const axes = [0, 1].map((k) =>
      pull([
        { of: 'number', by: 1 - share, index: s + k },
        { of: 'number', by: share, index: e + k },
      ]),
    );
    aim = (at) => {
      axes[0]!.constant = -at[0];
      axes[1]!.constant = -at[1];
    };
    place = (at) => [(1 - share) * at[s]! + share * at[e]!, (1 - share) * at[s + 1]! + share * at[e + 1]!];
  } else {
    if (!view.isRound(id)) throw invalid(`${id} is dragged by its points.`);
    const entity = view.entity(id);
    const { centreId } = view.round(id);
    const centre = unknowns.point(centreId);
    const rim = pull([
      entity.kind === 'arc'
        ? { of: 'distance', by: 1, p: centre, q: unknowns.point(entity.start) }
        : { of: 'number', by: 1, index: unknowns.radius(id) },
    ]);
    let wanted = to;
    aim = (at) => {
      wanted = at;
      rim.constant = -distance(unknowns.at(centre, x), at);
    };
    place = () => wanted;
  }
  const away = (at: Float64Array) => Math.hypot(...pulls.map((equation) => evaluateEquation(equation, at)));
  const touched = new Set(pulls.flatMap(({ columns }) => [...columns]));
  const parts = problem.parts.filter((part) => part.unknowns.some((unknown) => touched.has(unknown)));
  const equations = parts.flatMap((part) => part.equations);
  const own = new Set(parts.flatMap((part) => [...part.unknowns]));
  const pulled = new EquationSystem([...equations, ...pulls], new Set([...own, ...touched]));
  pulled.weights.fill(PULL, equations.length);
  return { pulled, part: equations.length > 0 ? new EquationSystem(equations, own) : null, aim, place, away };
}
