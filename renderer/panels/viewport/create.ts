/** Loads the picture-making half of the window. Apart from the rest, so that the window itself appears without waiting. */
import type { FetchBlob, NavigationStyle, Theme, Viewport, ViewportEvents } from '../../viewport/api.ts';

export interface ViewportOptions {
  fetchBlob: FetchBlob;
  events: ViewportEvents;
  theme: Theme;
  navigation: NavigationStyle;
}
export type CreateViewport = (canvas: HTMLCanvasElement, options: ViewportOptions) => Viewport;

export async function loadViewport(): Promise<CreateViewport> {
  const module = (await import('../../viewport/index.ts')) as { createViewport?: CreateViewport };
  if (!module.createViewport) throw new Error('This build has no viewport.');
  return module.createViewport;
}
