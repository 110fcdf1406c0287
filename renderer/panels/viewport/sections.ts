/** Section planes: one per axis, through the middle of the model until it is moved. */

import { transformBox } from '../../../main/document/index.ts';
import type { BoundingBox, Vector3 } from '../../../preload/contract/index.ts';
import { useDocument } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import { useView } from '../../state/view.ts';
import { mainViewport } from '../../state/viewports.ts';
import type { SectionPlane } from '../../viewport/api.ts';

export type SectionAxis = 'x' | 'y' | 'z';
export const AXES: Record<SectionAxis, Vector3> = { x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] };

/** The box round everything that is placed; null when there is nothing. */
export function modelBox(): BoundingBox | null {
  const { tree } = useDocument.getState();
  const { parts } = useGeometry.getState();
  let box: BoundingBox | null = null;
  for (const { partId, world } of tree.placements()) {
    for (const { info } of parts.get(partId)?.bodies ?? []) {
      const placed = transformBox(world, info.box);
      if (!box) box = { min: [...placed.min], max: [...placed.max] };
      for (let i = 0; i < 3; i++) {
        box.min[i] = Math.min(box.min[i]!, placed.min[i]!);
        box.max[i] = Math.max(box.max[i]!, placed.max[i]!);
      }
    }
  }
  return box;
}

export function makeSection(axis: SectionAxis, box: BoundingBox | null = modelBox()): SectionPlane {
  // The half towards the eye is taken away, so that the cut is seen.
  const towards = mainViewport()?.camera().direction ?? [0, 0, 0];
  const away = AXES[axis].reduce((sum, value, i) => sum + value * towards[i]!, 0) > 0;
  const normal = AXES[axis].map((value) => (away ? -value : value)) as Vector3;
  const middle = [0, 1, 2].map((i) => (box ? (box.min[i]! + box.max[i]!) / 2 : 0)) as Vector3;
  return { id: `section-${axis}`, origin_mm: middle, normal, enabled: true };
}

/** Turns sectioning on, with a plane across Y at first, or off, keeping the planes. */
export function toggleSection(): void {
  useView.setState(({ sections }) => {
    if (sections.length === 0) return { sections: [makeSection('y')] };
    const on = sections.some(({ enabled }) => enabled);
    return { sections: sections.map((plane) => ({ ...plane, enabled: !on })) };
  });
}
