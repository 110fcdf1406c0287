/** Where references are on the bodies that the window has: names and picks are found here, selectors by the engine. */
import { resolveReference } from '../../main/document/index.ts';
import type { BodyInfo, PartView, Reference } from '../../preload/contract/index.ts';
import { useGeometry } from '../state/geometry.ts';
import { type Resolution, useResolved } from './resolved.ts';

const bodiesOfView = new WeakMap<PartView, BodyInfo[]>();
const known = new WeakMap<PartView, WeakMap<Reference, Resolution>>();

/** The bodies of a view by index: the same array for the same view. */
export function bodiesIn(view: PartView): BodyInfo[] {
  let bodies = bodiesOfView.get(view);
  if (!bodies) {
    bodies = [];
    for (const { index, info } of view.bodies) bodies[index] = info;
    bodiesOfView.set(view, bodies);
  }
  return bodies;
}

/** What the reference means on this view. Undefined for a selector that the engine has not answered yet. */
export function locateIn(reference: Reference, view: PartView): Resolution | undefined {
  if (reference.by === 'selector') return useResolved.getState().selectors.get(`${view.partId} ${reference.selector}`);
  let answers = known.get(view);
  if (!answers) {
    answers = new WeakMap();
    known.set(view, answers);
  }
  let answer = answers.get(reference);
  if (!answer) {
    answer = resolveReference(reference, bodiesIn(view));
    answers.set(reference, answer);
  }
  return answer;
}

/** What the reference means now. Undefined while that is not known: no bodies yet, or a selector not answered yet. */
export function locate(reference: Reference, partId: string): Resolution | undefined {
  const view = useGeometry.getState().parts.get(partId);
  return view && view.bodies.length > 0 ? locateIn(reference, view) : undefined;
}
