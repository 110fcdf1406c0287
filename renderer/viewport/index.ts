/** The viewport: the one door into this folder. */
import type { Viewport, ViewportOptions } from './api.ts';
import { BabylonViewport } from './viewport.ts';

export * from './api.ts';
export { bandColours, cssColour, DEFAULT_COLOUR_MAP, mapColour } from './colour-map.ts';
export { fieldQuantity, quantityUnit } from './field-quantity.ts';
export { drawLegend } from './legend.ts';

/** Throws an Error with a plain message where the machine offers no WebGL 2. */
export function createViewport(canvas: HTMLCanvasElement, options: ViewportOptions): Viewport {
  return new BabylonViewport(canvas, options);
}
