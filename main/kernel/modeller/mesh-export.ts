/** Tessellations as mesh files. */
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import type { Colour } from '../../../preload/contract/geometry.ts';
import { type MeshBody, type MeshFormat, type MeshPart, writeMesh } from '../formats/index.ts';
import { weld } from '../formats/mesh/weld.ts';
import type { ImportedInstance } from '../port.ts';

export interface MeshExportArgument {
  format: MeshFormat;
  parts: {
    key: string;
    name: string;
    bodies: { name: string; colour?: Colour; faceColours?: (Colour | null)[]; tessellation: Uint8Array }[];
  }[];
  instances: ImportedInstance[];
}

export function exportMesh({ format, parts, instances }: MeshExportArgument): Uint8Array {
  const meshes = parts.map(
    ({ key, name, bodies }): MeshPart => ({
      key,
      name,
      bodies: bodies.map(({ tessellation, ...body }) => meshBody(body, tessellation)),
    }),
  );
  return writeMesh(format, { parts: meshes, instances });
}

function meshBody(
  { name, colour, faceColours }: { name: string; colour?: Colour; faceColours?: (Colour | null)[] },
  tessellation: Uint8Array,
): MeshBody {
  const { arrays } = decodeBundle(tessellation);
  // Neighbouring faces are triangulated from one polyline of their common edge: where their vertices meet they are equal,
  // and made one here, so that a closed body is a closed mesh.
  const points = Float64Array.from(arrays['positions'] as Float32Array);
  const { positions_mm, indices, kept } = weld(points, arrays['indices'] as Uint32Array);
  const faces = arrays['faceOfTriangle'] as Uint32Array;
  const faceOfTriangle = kept ? kept.map((triangle) => faces[triangle]!) : faces;
  const body: MeshBody = { name, positions_mm, indices };
  if (colour) body.colour = colour;
  if (faceColours?.some((face) => face)) {
    const palette: Colour[] = [];
    const numbers = new Map<string, number>();
    const ofFace = faceColours.map((face) => {
      if (!face) return -1;
      const key = face.join();
      let number = numbers.get(key);
      if (number === undefined) {
        number = palette.push(face) - 1;
        numbers.set(key, number);
      }
      return number;
    });
    body.triangleColours = { palette, ofTriangle: Int32Array.from(faceOfTriangle, (face) => ofFace[face] ?? -1) };
  }
  return body;
}
