/** The way to the sketcher: a new sketch begins with a plane, an old one where it is. */
import type { FeatureRecord, Plane } from '../../preload/contract/index.ts';
import { toast } from '../state/ui.ts';

export interface Sketcher {
  start(where: { partId: string; plane: Plane }): unknown;
  edit(featureId: string): unknown;
}
let sketcher: Sketcher | null = null;
export const provideSketcher = (provided: Sketcher): void => {
  sketcher = provided;
};

export function startSketch(partId: string, plane: Plane): void {
  if (sketcher) void sketcher.start({ partId, plane });
  else toast('This build has no sketcher.');
}
export function editSketch(record: FeatureRecord): void {
  if (sketcher) void sketcher.edit(record.id);
  else toast('This build has no sketcher.');
}
