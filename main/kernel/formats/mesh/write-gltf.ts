/**
 * glTF 2.0 writer (ISO/IEC 12113): nodes for placements, a mesh for each part, a primitive for each body and colour, with
 * the body's name in `extras`. Metres and Y up, as the format demands: (x, y, z) here is (x, z, -y) there.
 */
import type { Colour, Transform } from '../../../../preload/contract/geometry.ts';
import { refusal } from '../refusal.ts';
import { linearOfSrgb } from './colours.ts';
import { placements } from './flatten.ts';
import type { MeshBody, MeshExport, MeshPart } from './model.ts';

const METRES_PER_MM = 1e-3;
const ARRAY_BUFFER = 34962;
const ELEMENT_ARRAY_BUFFER = 34963;
const FLOAT = 5126;
const UNSIGNED_INT = 5125;

interface Built {
  json: Record<string, unknown>;
  binary: Uint8Array<ArrayBuffer>;
}

class Builder {
  readonly chunks: Uint8Array[] = [];
  bytes = 0;
  readonly bufferViews: unknown[] = [];
  readonly accessors: unknown[] = [];
  readonly materials: unknown[] = [];
  private readonly materialOf = new Map<string, number>();

  /** All arrays are of four-byte numbers, so that every view stays aligned. */
  view(array: Float32Array | Uint32Array, target: number): number {
    const chunk = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    this.bufferViews.push({ buffer: 0, byteOffset: this.bytes, byteLength: chunk.length, target });
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    if (this.bytes >= 2 ** 32 - 2 ** 20) throw refusal('import.too-large', 'The model is too large for glTF.');
    return this.bufferViews.length - 1;
  }

  material(colour: Colour): number {
    const key = colour.join();
    let index = this.materialOf.get(key);
    if (index === undefined) {
      const alpha = colour[3] ?? 1;
      const baseColorFactor = [...colour.slice(0, 3).map((v) => Number(linearOfSrgb(v).toFixed(7))), alpha];
      index =
        this.materials.push({
          pbrMetallicRoughness: { baseColorFactor, metallicFactor: 0, roughnessFactor: 0.6 },
          ...(alpha < 1 ? { alphaMode: 'BLEND' } : {}),
        }) - 1;
      this.materialOf.set(key, index);
    }
    return index;
  }

  /** Primitives of one body: one for each colour of its triangles, all on the same vertices. */
  primitives(body: MeshBody, partColour: Colour | undefined): unknown[] {
    const p = body.positions_mm;
    const positions = new Float32Array(p.length);
    const min = [Infinity, Infinity, Infinity];
    const max = [-Infinity, -Infinity, -Infinity];
    for (let i = 0; i < p.length; i += 3) {
      positions[i] = p[i]! * METRES_PER_MM;
      positions[i + 1] = p[i + 2]! * METRES_PER_MM;
      positions[i + 2] = -p[i + 1]! * METRES_PER_MM;
      for (let k = 0; k < 3; k++) {
        min[k] = Math.min(min[k]!, positions[i + k]!);
        max[k] = Math.max(max[k]!, positions[i + k]!);
      }
    }
    const count = p.length / 3;
    const POSITION =
      this.accessors.push({
        bufferView: this.view(positions, ARRAY_BUFFER),
        componentType: FLOAT,
        count,
        type: 'VEC3',
        min,
        max,
      }) - 1;
    const attributes: Record<string, number> = { POSITION };
    if (body.normals && body.normals.length === p.length) {
      const normals = new Float32Array(p.length);
      for (let i = 0; i < p.length; i += 3) {
        normals[i] = body.normals[i]!;
        normals[i + 1] = body.normals[i + 2]!;
        normals[i + 2] = -body.normals[i + 1]!;
      }
      attributes['NORMAL'] =
        this.accessors.push({
          bufferView: this.view(normals, ARRAY_BUFFER),
          componentType: FLOAT,
          count,
          type: 'VEC3',
        }) - 1;
    }
    return trianglesByColour(body, partColour).map(({ colour, indices }) => ({
      attributes,
      indices:
        this.accessors.push({
          bufferView: this.view(indices, ELEMENT_ARRAY_BUFFER),
          componentType: UNSIGNED_INT,
          count: indices.length,
          type: 'SCALAR',
        }) - 1,
      ...(colour ? { material: this.material(colour) } : {}),
      extras: { name: body.name },
    }));
  }
}

function trianglesByColour(
  body: MeshBody,
  partColour: Colour | undefined,
): { colour: Colour | undefined; indices: Uint32Array }[] {
  const plain = body.colour ?? partColour;
  const own = body.triangleColours;
  if (!own) return [{ colour: plain, indices: body.indices }];
  const counts = new Uint32Array(own.palette.length + 1);
  for (const index of own.ofTriangle) counts[index + 1]!++;
  const groups = [plain, ...own.palette].map((colour, k) => ({ colour, indices: new Uint32Array(counts[k]! * 3) }));
  const filled = new Uint32Array(groups.length);
  own.ofTriangle.forEach((index, t) => {
    const k = index + 1;
    groups[k]!.indices.set(body.indices.subarray(3 * t, 3 * t + 3), filled[k]!);
    filled[k]! += 3;
  });
  return groups.filter((group) => group.indices.length > 0);
}

/** Column-major, in the file's axes and metres. */
function matrixOf(t: Transform): number[] {
  const axis = [0, 2, 1];
  const sign = [1, 1, -1];
  const m = new Array<number>(16).fill(0);
  m[15] = 1;
  for (let r = 0; r < 3; r++) {
    for (let c = 0; c < 3; c++) m[4 * c + r] = sign[r]! * sign[c]! * t[4 * axis[r]! + axis[c]!]! + 0;
    m[12 + r] = sign[r]! * t[4 * axis[r]! + 3]! * METRES_PER_MM + 0;
  }
  return m;
}

const isIdentity = (m: number[]): boolean => m.every((v, i) => v === (i % 5 === 0 ? 1 : 0));

function build(model: MeshExport): Built {
  const builder = new Builder();
  const drawn = model.parts.filter((part) => part.bodies.some((body) => body.indices.length > 0));
  const meshIndex = new Map(drawn.map((part, i) => [part.key, i]));
  const meshes = drawn.map((part: MeshPart) => ({
    name: part.name,
    primitives: part.bodies
      .filter((body) => body.indices.length > 0)
      .flatMap((body) => builder.primitives(body, part.colour)),
  }));
  const instances = model.instances.length > 0 ? model.instances : placements(model).map((placed) => placed.instance);
  const number = new Map(instances.map((instance, i) => [instance.key, i]));
  const children = new Map<number, number[]>();
  const roots: number[] = [];
  for (const [i, instance] of instances.entries()) {
    const parent = instance.parentKey === null ? undefined : number.get(instance.parentKey);
    if (parent === undefined) roots.push(i);
    else {
      const siblings = children.get(parent);
      if (siblings) siblings.push(i);
      else children.set(parent, [i]);
    }
  }
  const nodes = instances.map((instance, i) => {
    const matrix = matrixOf(instance.transform);
    const mesh = instance.partKey === null ? undefined : meshIndex.get(instance.partKey);
    return {
      name: instance.name,
      ...(isIdentity(matrix) ? {} : { matrix }),
      ...(mesh === undefined ? {} : { mesh }),
      ...(children.has(i) ? { children: children.get(i) } : {}),
    };
  });
  const binary = new Uint8Array(builder.bytes);
  let at = 0;
  for (const chunk of builder.chunks) {
    binary.set(chunk, at);
    at += chunk.length;
  }
  const json = {
    asset: { version: '2.0', generator: 'Artificer' },
    scene: 0,
    scenes: [{ nodes: roots }],
    nodes,
    meshes,
    ...(builder.materials.length > 0 ? { materials: builder.materials } : {}),
    accessors: builder.accessors,
    bufferViews: builder.bufferViews,
    buffers: [{ byteLength: binary.length }],
  };
  return { json, binary };
}

export function writeGltf(model: MeshExport): Uint8Array {
  const { json, binary } = build(model);
  const uri = `data:application/octet-stream;base64,${Buffer.from(binary.buffer).toString('base64')}`;
  return new TextEncoder().encode(JSON.stringify({ ...json, buffers: [{ byteLength: binary.length, uri }] }));
}

/** Header and two chunks, each padded to four bytes: the JSON with spaces, the binary with zeros. */
export function writeGlb(model: MeshExport): Uint8Array {
  const { json, binary } = build(model);
  const text = new TextEncoder().encode(JSON.stringify(json));
  const textBytes = (text.length + 3) & ~3;
  const out = new Uint8Array(12 + 8 + textBytes + 8 + binary.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x46546c67, true);
  view.setUint32(4, 2, true);
  view.setUint32(8, out.length, true);
  view.setUint32(12, textBytes, true);
  view.setUint32(16, 0x4e4f534a, true);
  out.fill(32, 20, 20 + textBytes);
  out.set(text, 20);
  view.setUint32(20 + textBytes, binary.length, true);
  view.setUint32(24 + textBytes, 0x004e4942, true);
  out.set(binary, 28 + textBytes);
  return out;
}
