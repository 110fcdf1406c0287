/** The controller of the open sketch, for commands and fields that speak to it. */
import type { SketchController } from './controller.ts';

let current: SketchController | null = null;
export const setInHand = (controller: SketchController | null): void => {
  current = controller;
};
export const inHand = (): SketchController | null => current;
