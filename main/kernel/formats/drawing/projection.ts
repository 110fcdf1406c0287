/** Line drawings of a projected view. */
import { ArtificerError } from '../../../../preload/contract/errors.ts';
import { writeDxf } from './dxf.ts';
import { writeSvg } from './svg.ts';

/** Polylines in the plane of the view, mm, x to the right and y up: `[x, y]` points (a third coordinate is left out). */
export interface Projection {
  visible: number[][][];
  hidden: number[][][];
}
export interface ProjectionMeta {
  title: string;
}
export interface Box2 {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

/** Throws `export.no-lines` when there is nothing to draw, `export.non-finite-numbers` for points that are none. */
export function writeProjection(format: 'dxf' | 'svg', projection: Projection, meta: ProjectionMeta): Uint8Array {
  const clean: Projection = { visible: cleaned(projection.visible), hidden: cleaned(projection.hidden) };
  const box = boxOf(clean);
  return new TextEncoder().encode(format === 'dxf' ? writeDxf(clean, meta, box) : writeSvg(clean, meta, box));
}

/** Polylines of at least two points, no point twice in a row. */
function cleaned(polylines: number[][][]): number[][][] {
  const out: number[][][] = [];
  for (const polyline of polylines) {
    const points: number[][] = [];
    for (const [x, y] of polyline) {
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        throw new ArtificerError({
          code: 'export.non-finite-numbers',
          category: 'fault',
          message: 'A line of the drawing has a point that is not a number.',
        });
      }
      const last = points[points.length - 1];
      if (!last || last[0] !== x || last[1] !== y) points.push([x!, y!]);
    }
    if (points.length > 1) out.push(points);
  }
  return out;
}

function boxOf({ visible, hidden }: Projection): Box2 {
  const box: Box2 = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (const list of [visible, hidden]) {
    for (const polyline of list) {
      for (const [x, y] of polyline) {
        box.minX = Math.min(box.minX, x!);
        box.maxX = Math.max(box.maxX, x!);
        box.minY = Math.min(box.minY, y!);
        box.maxY = Math.max(box.maxY, y!);
      }
    }
  }
  if (box.minX === Infinity) {
    throw new ArtificerError({
      code: 'export.no-lines',
      category: 'refused',
      message: 'There is nothing to draw in this view.',
      hint: 'Choose at least one visible body.',
    });
  }
  return box;
}

/** Micrometre steps and finer where the drawing is small: six significant digits of its size. */
export function formatter(box: Box2): (value: number) => string {
  const size = Math.max(box.maxX - box.minX, box.maxY - box.minY, 1e-6);
  const decimals = Math.min(12, Math.max(4, 6 - Math.floor(Math.log10(size))));
  return (value) => {
    const text = value.toFixed(decimals).replace(/\.?0+$/, '');
    return text === '-0' ? '0' : text;
  };
}
