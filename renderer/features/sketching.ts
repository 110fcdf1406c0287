/** The way to the sketcher: a new sketch begins with a plane, an old one where it is. */
import { newId } from '../../main/document/index.ts';
import type { FeatureRecord, Plane } from '../../preload/contract/index.ts';
import { useDocument } from '../state/document.ts';
import { toast } from '../state/ui.ts';

export interface Sketcher {
  start(where: { partId: string; plane: Plane; featureId?: string }): unknown;
  edit(featureId: string): unknown;
  isOpen(): boolean;
}
let sketcher: Sketcher | null = null;
export const provideSketcher = (provided: Sketcher): void => {
  sketcher = provided;
};

const POLL = 30;

/** `then` runs once the sketch is in the project and its tools are put away; never when it is dropped. */
export async function startSketch(partId: string, plane: Plane, then?: () => unknown): Promise<void> {
  if (!sketcher) return toast('This build has no sketcher.');
  const { start, isOpen } = sketcher;
  const featureId = newId('feature');
  await start({ partId, plane, featureId });
  while (then && isOpen()) await new Promise((resolve) => setTimeout(resolve, POLL));
  if (useDocument.getState().records.has(featureId)) then?.();
}
export function editSketch(record: FeatureRecord): void {
  if (sketcher) void sketcher.edit(record.id);
  else toast('This build has no sketcher.');
}
