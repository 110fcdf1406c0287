/** Keeps labels from lying on each other: each takes the first free place beside its anchor. Pure. */
import type { ScreenSize } from './camera-maths.ts';

export interface LabelRequest {
  anchorX: number;
  anchorY: number;
  width: number;
  height: number;
  visible: boolean;
}
export interface LabelBox extends LabelRequest {
  /** Top left corner. */
  x: number;
  y: number;
}

/** Distance of a label from its anchor, CSS pixels. */
const GAP = 10;

export function arrangeLabels(requests: LabelRequest[], size: ScreenSize): LabelBox[] {
  const taken: LabelBox[] = [];
  return requests.map((request) => {
    const { anchorX, anchorY, width, height } = request;
    const right = anchorX + GAP;
    const left = anchorX - GAP - width;
    const middle = anchorX - width / 2;
    const step = height + 3;
    const places: [number, number][] = [];
    for (let ring = 0; ring < 6; ring++) {
      const up = anchorY - GAP / 2 - height - ring * step;
      const down = anchorY + GAP / 2 + ring * step;
      places.push(
        [right, up],
        [left, up],
        [right, down],
        [left, down],
        [middle, up - GAP / 2],
        [middle, down + GAP / 2],
      );
    }
    const free = ([x, y]: [number, number]): boolean =>
      x >= 2 &&
      y >= 2 &&
      x + width <= size.width - 2 &&
      y + height <= size.height - 2 &&
      taken.every(
        (o) => x + width + 3 < o.x || o.x + o.width + 3 < x || y + height + 2 < o.y || o.y + o.height + 2 < y,
      );
    const [x, y] = places.find(free) ?? places[0]!;
    const box: LabelBox = { ...request, x, y };
    if (request.visible) taken.push(box);
    return box;
  });
}
