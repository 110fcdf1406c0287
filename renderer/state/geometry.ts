/** Display data of the parts as the engine has it: which bodies, of what, and where their triangles are. */
import { create } from 'zustand';
import type { BodyInfo, PartView } from '../../preload/contract/index.ts';

export interface GeometryState {
  parts: ReadonlyMap<string, PartView>;
}
export const useGeometry = create<GeometryState>(() => ({ parts: new Map() }));

/** Adds or replaces, all at once. */
export function putPartViews(views: PartView[]): void {
  if (views.length === 0) return;
  const parts = new Map(useGeometry.getState().parts);
  for (const view of views) parts.set(view.partId, view);
  useGeometry.setState({ parts });
}

export const clearGeometry = (): void => useGeometry.setState({ parts: new Map() });

export function bodyInfo(partId: string | null | undefined, body: number): BodyInfo | undefined {
  if (!partId) return undefined;
  return useGeometry
    .getState()
    .parts.get(partId)
    ?.bodies.find(({ index }) => index === body)?.info;
}

/** The part's bodies by index, as far as they are known. */
export function bodiesOf(partId: string): BodyInfo[] {
  const bodies: BodyInfo[] = [];
  for (const { index, info } of useGeometry.getState().parts.get(partId)?.bodies ?? []) bodies[index] = info;
  return bodies;
}
