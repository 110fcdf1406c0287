/** The live viewports, for commands that speak to them directly (fit, standard views, screenshots). */
import { create } from 'zustand';
import type { Viewport } from '../viewport/api.ts';

const live = new Map<'main' | 'compared', Viewport>();

export const setViewport = (name: 'main' | 'compared', viewport: Viewport | null): void => {
  if (viewport) live.set(name, viewport);
  else live.delete(name);
};
export const mainViewport = (): Viewport | undefined => live.get('main');
export const allViewports = (): Viewport[] => [...live.values()];
export const otherViewport = (than: Viewport): Viewport | undefined => allViewports().find((one) => one !== than);

/** Counts the moves of the main viewport's camera, for what is drawn over it as ordinary elements. */
export const useCameraMoves = create<{ count: number }>(() => ({ count: 0 }));
export const cameraMoved = (): void => useCameraMoves.setState(({ count }) => ({ count: count + 1 }));
