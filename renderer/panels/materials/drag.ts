/** Dragging a material onto the model or onto a row of the tree. */
import * as v from 'valibot';
import { type Material, MaterialSchema } from '../../../preload/contract/index.ts';

export const MATERIAL_DRAG_TYPE = 'application/x-artificer-material';

/** The material that is dropped, or null when it is something else. */
export function droppedMaterial(data: DataTransfer): Material | null {
  try {
    const parsed = v.safeParse(MaterialSchema, JSON.parse(data.getData(MATERIAL_DRAG_TYPE)));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
export const isMaterialDrag = (data: DataTransfer): boolean => data.types.includes(MATERIAL_DRAG_TYPE);
