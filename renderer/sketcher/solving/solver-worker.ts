/** The sketch solver off the window's own thread: a drag that is hard to solve never holds up the pointer. */
import { type DragSession, loadSketchSolver, type SketchSolver } from '../../../main/sketch/index.ts';
import { toErrorData } from '../../../preload/contract/index.ts';
import type { Answer, Ask } from './messages.ts';
import { outlinesOf } from './outlines.ts';

let solver: Promise<SketchSolver> | null = null;
let session: DragSession | null = null;
const answer = (message: Answer) => postMessage(message);

async function handle(ask: Exclude<Ask, { kind: 'load' }>): Promise<void> {
  const { id } = ask;
  if (ask.kind === 'regions') return answer({ kind: 'outlines', id, outlines: outlinesOf(ask.entities) });
  const ready = await solver!;
  switch (ask.kind) {
    case 'solve':
      return answer({ kind: 'solution', id, solution: ready.solve(ask.sketch) });
    case 'begin':
      session = ready.begin(ask.sketch);
      return;
    case 'drag': {
      if (!session) return;
      const start = performance.now();
      let step = null;
      for (const target of ask.targets) step = session.drag(target.id, target.to);
      answer({
        kind: 'moved',
        id,
        solved: step?.solved ?? false,
        points: step ? [...step.points] : [],
        radii_mm: step ? [...step.radii_mm] : [],
        milliseconds: performance.now() - start,
      });
      return;
    }
    case 'end': {
      const entities = session?.end() ?? [];
      session = null;
      return answer({ kind: 'ended', id, entities });
    }
  }
}

// One after another, in the order asked: a drag step is of the session before it.
let line: Promise<void> = Promise.resolve();
addEventListener('message', ({ data }: MessageEvent<Ask>) => {
  if (data.kind === 'load') {
    solver = loadSketchSolver({ wasm: data.wasm });
    solver.catch(() => {});
    return;
  }
  line = line
    .then(() => handle(data))
    .catch((error) => answer({ kind: 'failed', id: data.id, error: toErrorData(error) }));
});
