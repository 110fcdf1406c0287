/** A fields bundle made ready to paint and to pick. */
import { type BundleArray, decodeBundle, type FieldsMeta } from '../../../preload/contract/index.ts';
import { buildFieldSurface, type FieldSurface } from '../field-surface.ts';
import { runSliced } from '../slices.ts';
import { TriangleTree } from '../triangle-tree.ts';
import { type Box, emptyBox, growBox } from '../vector.ts';
import type { ElementArrays } from './elements.ts';
import { FrameStore } from './frame-store.ts';

export interface LoadedFields extends ElementArrays {
  hash: string;
  frames: FrameStore;
  surfaceTriangles: Uint32Array;
  surfaceFace: Uint32Array;
  surfaceBody: Uint32Array;
  surface: FieldSurface;
  tree: TriangleTree;
  /** Positions that the tree looks at: deformed as drawn. */
  treePositions: Float32Array;
  /** Body space, undeformed. */
  box: Box;
  diagonal_mm: number;
  /** The element behind each surface triangle, once it was asked for. */
  behind?: Uint32Array;
}

export async function loadFields(bytes: Uint8Array, hash: string, signal: AbortSignal): Promise<LoadedFields> {
  const { arrays } = decodeBundle<FieldsMeta>(bytes);
  const f32 = (name: string): Float32Array => floats(arrays[name]) ?? new Float32Array(0);
  const u32 = (name: string): Uint32Array => {
    const array = arrays[name];
    return array instanceof Uint32Array ? array : new Uint32Array(0);
  };
  const i32 = (name: string): Int32Array => {
    const array = arrays[name];
    return array instanceof Int32Array ? array : new Int32Array(0);
  };
  const nodes = f32('nodes');
  const surfaceTriangles = u32('surfaceTriangles');
  const surfaceFace = u32('surfaceFace');
  const surfaceBody = u32('surfaceBody');
  const surface = await runSliced(
    buildFieldSurface({ nodes, surfaceTriangles, surfaceFace, surfaceBody, meshEdges: u32('meshEdges') }),
    signal,
  );
  const treePositions = surface.positions.slice();
  const tree = await runSliced(TriangleTree.build(treePositions, surface.indices), signal);
  const box = emptyBox();
  for (let i = 0; i < surface.positions.length; i += 3)
    growBox(box, [surface.positions[i]!, surface.positions[i + 1]!, surface.positions[i + 2]!]);
  const elementQuality = floats(arrays['elementQuality']);
  const elementError = floats(arrays['elementError']);
  return {
    hash,
    nodes,
    elements: i32('elements'),
    elementBody: i32('elementBody'),
    ...(elementQuality ? { elementQuality } : {}),
    ...(elementError ? { elementError } : {}),
    frames: new FrameStore(arrays, nodes.length / 3),
    surfaceTriangles,
    surfaceFace,
    surfaceBody,
    surface,
    tree,
    treePositions,
    box,
    diagonal_mm: Math.hypot(...[0, 1, 2].map((k) => box.max[k]! - box.min[k]!)) || 1,
  };
}

const floats = (array: BundleArray | undefined): Float32Array | undefined =>
  array instanceof Float32Array && array.length > 0 ? array : undefined;

/** The element behind a surface triangle by looking through all of them: for one click. -1 where there is none. */
export function elementBehind({ elements, surfaceTriangles, behind }: LoadedFields, triangle: number): number {
  const known = behind?.[triangle];
  if (known !== undefined) return known === 0xffffffff ? -1 : known;
  const wanted = [0, 1, 2].map((k) => surfaceTriangles[3 * triangle + k]!);
  const [first, second, third] = wanted;
  for (let start = 0; start < elements.length; start += 10) {
    let found = 0;
    for (let k = start; k < start + 10; k++) {
      const node = elements[k]!;
      if (node === first || node === second || node === third) found++;
    }
    if (found === 3) return start / 10;
  }
  return -1;
}
