/** Small makers shared by the mesh readers. */
import { type Colour, IDENTITY_TRANSFORM } from '../../../../preload/contract/geometry.ts';
import type { Warning } from '../../port.ts';
import { refusal } from '../refusal.ts';
import type { MeshBody, MeshModel } from './model.ts';
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
  const welded = weld(body.positions_mm, body.indices);
  if (welded.indices.length === 0) {
    throw refusal(
      'import.no-geometry',
      `Every triangle of ${JSON.stringify(body.name)} has collapsed to a line or a point.`,
    );
  }
  if (welded.collapsed > 0) {
    const what = welded.collapsed === 1 ? '1 triangle' : `${welded.collapsed} triangles`;
    warnings.push({
      code: 'import.collapsed-triangles',
      message: `${what} of ${JSON.stringify(body.name)} had no area and were left out.`,
    });
  }
  const result: MeshBody = { ...body, positions_mm: welded.positions_mm, indices: welded.indices };
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
