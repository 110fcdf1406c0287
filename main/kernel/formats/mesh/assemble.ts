/** Small makers shared by the mesh readers. */
import { type Colour, IDENTITY_TRANSFORM } from '../../../../preload/contract/geometry.ts';
import type { Warning } from '../../port.ts';
import { refusal } from '../refusal.ts';
import type { MeshBody, MeshModel } from './model.ts';
import { closeSeams } from './seams.ts';
import { weld } from './weld.ts';

/** A body of loose triangles, nine coordinates each, mm. */
export function bodyFromSoup(name: string, soup_mm: Float64Array, warnings: Warning[]): MeshBody {
  const indices = new Uint32Array(soup_mm.length / 3);
  for (let i = 0; i < indices.length; i++) indices[i] = i;
  return weldedBody({ name, positions_mm: soup_mm, indices }, warnings);
}

/**
 * The same body with equal vertices shared and collapsed triangles left out.
 * Throws `import.no-geometry` when nothing remains.
 */
export function weldedBody(body: MeshBody, warnings: Warning[]): MeshBody {
  const welded = closeSeams(weld(body.positions_mm, body.indices));
  if (welded.indices.length === 0) {
    throw refusal(
      'import.no-geometry',
      `Every triangle of ${JSON.stringify(body.name)} has collapsed to a line or a point.`,
    );
  }
  const collapsed = (body.indices.length - welded.indices.length) / 3;
  if (collapsed > 0) {
    const what = collapsed === 1 ? '1 triangle' : `${collapsed} triangles`;
    warnings.push({
      code: 'import.collapsed-triangles',
      message: `${what} of ${JSON.stringify(body.name)} had no area and were left out.`,
    });
  }
  const result: MeshBody = { ...body, positions_mm: welded.positions_mm, indices: welded.indices };
  if (collapsed > 0) result.collapsedTriangles = collapsed;
  if (body.triangleColours && welded.kept) {
    const from = body.triangleColours.ofTriangle;
    const ofTriangle = Int32Array.from(welded.kept, (t) => from[t]!);
    result.triangleColours = { palette: body.triangleColours.palette, ofTriangle };
  }
  return result;
}

/** A model of one part at the origin. */
export function singlePart(
  name: string,
  bodies: MeshBody[],
  warnings: Warning[],
  originatingSystem: string,
  colour?: Colour,
): MeshModel {
  return {
    parts: [{ key: 'part-1', name, bodies, ...(colour ? { colour } : {}) }],
    instances: [{ key: 'instance-1', parentKey: null, partKey: 'part-1', name, transform: [...IDENTITY_TRANSFORM] }],
    lengthUnit: 'mm',
    originatingSystem,
    warnings,
  };
}

/** Takes the vertices that some triangles use out of a pool that many bodies share. */
export class Compactor {
  private readonly pool: Float64Array;
  private readonly newIndex: Int32Array;
  constructor(pool: Float64Array) {
    this.pool = pool;
    this.newIndex = new Int32Array(pool.length / 3).fill(-1);
  }

  take(poolIndices: Uint32Array): { positions_mm: Float64Array; indices: Uint32Array } {
    const used = new Uint32Array(Math.min(poolIndices.length, this.newIndex.length));
    const indices = new Uint32Array(poolIndices.length);
    let count = 0;
    for (let i = 0; i < poolIndices.length; i++) {
      const v = poolIndices[i]!;
      if (this.newIndex[v]! < 0) {
        this.newIndex[v] = count;
        used[count++] = v;
      }
      indices[i] = this.newIndex[v]!;
    }
    const positions_mm = new Float64Array(count * 3);
    for (let i = 0; i < count; i++) {
      const v = used[i]!;
      positions_mm.set(this.pool.subarray(3 * v, 3 * v + 3), 3 * i);
      this.newIndex[v] = -1;
    }
    return { positions_mm, indices };
  }
}
