/**
 * Algorithms of the fast build that cannot be freed whole (see `destructors.ts`) but can be used again: one of each is kept
 * for every kernel, and holds no more than what it looked at last.
 */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { Occt } from './occt.ts';

interface Kept {
  check?: InstanceType<Occt['BRepCheck_Analyzer']>;
  distance?: InstanceType<Occt['BRepExtrema_DistShapeShape']>;
}
const keptOf = new WeakMap<Occt, Kept>();

function kept(oc: Occt): Kept {
  const found = keptOf.get(oc) ?? {};
  keptOf.set(oc, found);
  return found;
}

/** Whether the kernel finds no fault with a shape, geometry included. */
export function isValid(oc: Occt, shape: TopoDS_Shape): boolean {
  const all = kept(oc);
  if (!all.check) all.check = new oc.BRepCheck_Analyzer(shape, true, false, false);
  else all.check.Init(shape, true);
  return all.check.IsValid();
}

/** The shortest distance, mm: 0 where one lies inside of the other. Undefined where it cannot be found. */
export function distanceBetween(oc: Occt, a: TopoDS_Shape, b: TopoDS_Shape): number | undefined {
  const all = kept(oc);
  all.distance ??= new oc.BRepExtrema_DistShapeShape();
  all.distance.LoadS1(a);
  all.distance.LoadS2(b);
  all.distance.Perform();
  if (!all.distance.IsDone()) return undefined;
  return all.distance.InnerSolution() ? 0 : all.distance.Value();
}
