/**
 * glTF 2.0 (ISO/IEC 12113), as JSON with embedded buffers or as GLB. Nodes are placements, meshes are parts; metres become
 * millimetres, and Y up becomes Z up: (x, y, z) of the file is (x, -z, y) here.
 */
import type { Colour, Transform } from '../../../../preload/contract/geometry.ts';
import type { Warning } from '../../port.ts';
import { MAX_ALLOCATION_BYTES, MAX_TRIANGLES } from '../limits.ts';
import { refusal } from '../refusal.ts';
import { cleanName, stemOf } from '../text.ts';
import { weldedBody } from './assemble.ts';
import { rounded, srgbOfLinear } from './colours.ts';
import { type GltfDocument, type Json, parseGlb, parseGltf } from './gltf-document.ts';
import type { MeshBody, MeshModel } from './model.ts';
import { placeMeshes, type SourceMesh, type SourceNode } from './placement.ts';

const MM_PER_METRE = 1000;

/** Extensions that a file may require and that change no shape. The others are refused by name. */
const HARMLESS =
  /^(KHR_materials_\w+|KHR_texture_\w+|KHR_lights_punctual|KHR_mesh_quantization|KHR_animation_pointer|KHR_xmp_json_ld|EXT_texture_\w+|MSFT_texture_dds|CESIUM_primitive_outline)$/;

/** Throws `import.truncated`, `import.corrupt`, `import.unsupported-format`, `import.non-finite-numbers`, `import.no-geometry` or `import.too-large`. */
export function readGltf(format: 'gltf' | 'glb', bytes: Uint8Array, fileName: string): MeshModel {
  const document = format === 'glb' ? parseGlb(bytes) : parseGltf(bytes);
  const warnings: Warning[] = [];
  const { json } = document;
  for (const extension of document.strings(json['extensionsRequired'])) {
    if (!HARMLESS.test(extension)) {
      throw refusal(
        'import.unsupported-format',
        `The glTF file packs its shapes with ${extension}, which cannot be read.`,
        extension,
        'Export it again without compression.',
      );
    }
  }
  const colours = document.list('materials').map(colourOfMaterial);
  const meshes = document.list('meshes').map((mesh, i) => readMeshOf(document, mesh, i, colours, warnings, fileName));
  const nodes = document.list('nodes').map((node, i): SourceNode => {
    const children = document.indices(node['children'], 'nodes', `nodes[${i}].children`);
    const mesh = node['mesh'] === undefined ? undefined : document.index(node['mesh'], 'meshes', `nodes[${i}].mesh`);
    return { name: nameOf(node), transform: transformOf(node, i), children, ...(mesh === undefined ? {} : { mesh }) };
  });
  if (document.list('skins').length > 0)
    warnings.push({
      code: 'gltf.skins',
      message: 'The file bends shapes with skeletons; they were read in their rest position.',
    });
  if (document.list('animations').length > 0)
    warnings.push({ code: 'gltf.animations', message: 'Movements in the file were left out.' });
  const placed = placeMeshes(nodes, rootsOf(document, nodes), meshes);
  if (placed.parts.length === 0) throw refusal('import.no-geometry', 'The glTF file holds no triangles.');
  const asset = document.object(json['asset']);
  return {
    ...placed,
    lengthUnit: 'm',
    originatingSystem: typeof asset['generator'] === 'string' ? cleanName(asset['generator']) : '',
    warnings,
  };
}

const nameOf = (value: Json): string => (typeof value['name'] === 'string' ? cleanName(value['name']) : '');

function rootsOf(document: GltfDocument, nodes: SourceNode[]): number[] {
  const scenes = document.list('scenes');
  if (scenes.length > 0) {
    const scene = document.json['scene'] === undefined ? 0 : document.index(document.json['scene'], 'scenes', 'scene');
    return document.indices(scenes[scene]!['nodes'], 'nodes', `scenes[${scene}].nodes`);
  }
  const inner = new Set(nodes.flatMap((node) => node.children));
  const roots = [...nodes.keys()].filter((i) => !inner.has(i));
  if (nodes.length > 0 && roots.length === 0)
    throw refusal('import.corrupt', 'The nodes of the glTF file contain each other.');
  return roots;
}

function numbers(value: unknown, count: number, where: string): number[] {
  if (!Array.isArray(value) || value.length !== count || !value.every((v) => typeof v === 'number')) {
    throw refusal('import.corrupt', `The glTF file should have ${count} numbers in ${where}.`, where);
  }
  if (!value.every(Number.isFinite))
    throw refusal('import.non-finite-numbers', `The glTF file has a number that is none in ${where}.`, where);
  return value as number[];
}

/** The node's transform in our axes and millimetres: C T C^-1 with C the turn from Y up to Z up. */
function transformOf(node: Json, i: number): Transform {
  let m: number[];
  if (node['matrix'] !== undefined) m = numbers(node['matrix'], 16, `nodes[${i}].matrix`);
  else {
    const [tx, ty, tz] =
      node['translation'] === undefined ? [0, 0, 0] : numbers(node['translation'], 3, `nodes[${i}].translation`);
    const [sx, sy, sz] = node['scale'] === undefined ? [1, 1, 1] : numbers(node['scale'], 3, `nodes[${i}].scale`);
    const q = node['rotation'] === undefined ? [0, 0, 0, 1] : numbers(node['rotation'], 4, `nodes[${i}].rotation`);
    const length = Math.hypot(...q) || 1;
    const [x, y, z, w] = q.map((v) => v / length) as [number, number, number, number];
    m = [
      (1 - 2 * (y * y + z * z)) * sx!, 2 * (x * y + z * w) * sx!, 2 * (x * z - y * w) * sx!, 0,
      2 * (x * y - z * w) * sy!, (1 - 2 * (x * x + z * z)) * sy!, 2 * (y * z + x * w) * sy!, 0,
      2 * (x * z + y * w) * sz!, 2 * (y * z - x * w) * sz!, (1 - 2 * (x * x + y * y)) * sz!, 0,
      tx!, ty!, tz!, 1,
    ]; // biome-ignore format: columns
  }
  // Column-major in the file. Axis k of ours is `axis[k]` of the file, with a sign.
  const axis = [0, 2, 1];
  const sign = [1, -1, 1];
  const out = new Array<number>(12);
  for (let r = 0; r < 3; r++) {
    for (let c = 0; c < 3; c++) out[4 * r + c] = sign[r]! * sign[c]! * m[4 * axis[c]! + axis[r]!]! + 0;
    out[4 * r + 3] = sign[r]! * m[12 + axis[r]!]! * MM_PER_METRE + 0;
  }
  return out;
}

function colourOfMaterial(material: Json): Colour | undefined {
  const pbr = material['pbrMetallicRoughness'];
  const factor = typeof pbr === 'object' && pbr !== null ? (pbr as Json)['baseColorFactor'] : undefined;
  if (!Array.isArray(factor) || factor.length < 3 || !factor.every((v) => typeof v === 'number' && Number.isFinite(v)))
    return undefined;
  const [r, g, b, alpha] = factor as number[];
  const colour = [r!, g!, b!].map(srgbOfLinear);
  return rounded(material['alphaMode'] === 'BLEND' && alpha !== undefined && alpha < 1 ? [...colour, alpha] : colour);
}

interface Primitive {
  body: string;
  positions: Float64Array;
  indices: Uint32Array;
  colour: Colour | undefined;
}

/**
 * Primitives of one mesh differ in material, not in shape: they are joined into one body, unless they were written as
 * bodies of their own (with a name in `extras`, as our writer does).
 */
function readMeshOf(
  document: GltfDocument,
  mesh: Json,
  index: number,
  colours: (Colour | undefined)[],
  warnings: Warning[],
  fileName: string,
): SourceMesh | undefined {
  const name = nameOf(mesh) || (document.list('meshes').length === 1 ? stemOf(fileName) : `Mesh ${index + 1}`);
  if (!Array.isArray(mesh['primitives']))
    throw refusal('import.corrupt', 'A mesh of the glTF file has no primitives.', `meshes[${index}]`);
  const groups = new Map<string, Primitive[]>();
  for (const [p, value] of mesh['primitives'].entries()) {
    const primitive = readPrimitive(
      document,
      document.object(value),
      `meshes[${index}].primitives[${p}]`,
      colours,
      warnings,
    );
    if (!primitive) continue;
    const group = groups.get(primitive.body);
    if (group) group.push(primitive);
    else groups.set(primitive.body, [primitive]);
  }
  const bodies: MeshBody[] = [];
  for (const [bodyName, primitives] of groups) {
    try {
      bodies.push(weldedBody(join(bodyName || name, primitives), warnings));
    } catch (thrown) {
      if (groups.size === 1 && document.list('meshes').length === 1) throw thrown;
      warnings.push({
        code: 'import.empty-body',
        message: `${JSON.stringify(bodyName || name)} has no area and was left out.`,
      });
    }
  }
  return bodies.length > 0 ? { name, bodies } : undefined;
}

function join(name: string, primitives: Primitive[]): MeshBody {
  const palette: Colour[] = [];
  const paletteIndex = (colour: Colour | undefined): number => {
    if (!colour) return -1;
    const known = palette.findIndex((c) => c.join() === colour.join());
    return known >= 0 ? known : palette.push(colour) - 1;
  };
  const positions_mm = new Float64Array(primitives.reduce((sum, p) => sum + p.positions.length, 0));
  const indices = new Uint32Array(primitives.reduce((sum, p) => sum + p.indices.length, 0));
  const ofTriangle = new Int32Array(indices.length / 3);
  let vertices = 0;
  let corners = 0;
  for (const primitive of primitives) {
    positions_mm.set(primitive.positions, vertices * 3);
    for (let i = 0; i < primitive.indices.length; i++) indices[corners + i] = primitive.indices[i]! + vertices;
    ofTriangle.fill(paletteIndex(primitive.colour), corners / 3, (corners + primitive.indices.length) / 3);
    vertices += primitive.positions.length / 3;
    corners += primitive.indices.length;
  }
  const body: MeshBody = { name, positions_mm, indices };
  if (palette.length === 1 && ofTriangle.every((c) => c === 0)) body.colour = palette[0]!;
  else if (palette.length > 0) body.triangleColours = { palette, ofTriangle };
  return body;
}

function readPrimitive(
  document: GltfDocument,
  primitive: Json,
  where: string,
  colours: (Colour | undefined)[],
  warnings: Warning[],
): Primitive | undefined {
  const mode = primitive['mode'] ?? 4;
  if (mode === 0 || mode === 1 || mode === 2 || mode === 3) {
    if (!warnings.some((w) => w.code === 'gltf.lines'))
      warnings.push({ code: 'gltf.lines', message: 'Points and lines in the file were left out.' });
    return undefined;
  }
  if (mode !== 4 && mode !== 5 && mode !== 6)
    throw refusal('import.corrupt', 'A primitive of the glTF file is of an unknown kind.', where);
  const attributes = document.object(primitive['attributes']);
  const extensions = Object.keys(document.object(primitive['extensions']));
  const packed = extensions.find((extension) => /draco|meshopt/i.test(extension));
  if (attributes['POSITION'] === undefined) {
    if (packed)
      throw refusal(
        'import.unsupported-format',
        `The glTF file packs its shapes with ${packed}, which cannot be read.`,
        where,
        'Export it again without compression.',
      );
    return undefined;
  }
  const accessor = document.index(attributes['POSITION'], 'accessors', `${where}.attributes.POSITION`);
  if (packed && document.list('accessors')[accessor]!['bufferView'] === undefined) {
    throw refusal(
      'import.unsupported-format',
      `The glTF file packs its shapes with ${packed}, which cannot be read.`,
      where,
      'Export it again without compression.',
    );
  }
  const raw = document.accessor(accessor, 'VEC3');
  const positions = new Float64Array(raw.length);
  for (let i = 0; i < raw.length; i += 3) {
    const x = raw[i]!;
    const y = raw[i + 1]!;
    const z = raw[i + 2]!;
    if (!Number.isFinite(x + y + z))
      throw refusal(
        'import.non-finite-numbers',
        `Vertex ${i / 3} of the glTF file is not a number.`,
        `accessors[${accessor}]`,
      );
    positions[i] = x * MM_PER_METRE;
    positions[i + 1] = -z * MM_PER_METRE;
    positions[i + 2] = y * MM_PER_METRE;
  }
  const count = positions.length / 3;
  const listed =
    primitive['indices'] === undefined
      ? undefined
      : document.accessor(document.index(primitive['indices'], 'accessors', `${where}.indices`), 'SCALAR');
  if (!listed && count * 4 > MAX_ALLOCATION_BYTES)
    throw refusal('import.too-large', 'A mesh of the glTF file is too large.', where);
  const corners = Uint32Array.from(listed ?? { length: count }, (v, i) => (listed ? Number(v) : i));
  for (let i = 0; i < corners.length; i++) {
    if (corners[i]! >= count)
      throw refusal(
        'import.corrupt',
        `A triangle of the glTF file uses vertex ${corners[i]}, but only ${count} are there.`,
        `${where}.indices`,
      );
  }
  const indices =
    mode === 4 ? corners.subarray(0, corners.length - (corners.length % 3)) : unrolled(corners, mode === 5);
  if (indices.length / 3 > MAX_TRIANGLES)
    throw refusal('import.too-large', 'A mesh of the glTF file is too large.', where);
  if (indices.length === 0) return undefined;
  const material =
    primitive['material'] === undefined
      ? undefined
      : colours[document.index(primitive['material'], 'materials', `${where}.material`)];
  return { body: nameOf(document.object(primitive['extras'])), positions, indices, colour: material };
}

/** Strips and fans (glTF 2.0, 3.7.2.1) as separate triangles. */
function unrolled(corners: Uint32Array, strip: boolean): Uint32Array {
  const count = Math.max(0, corners.length - 2);
  const out = new Uint32Array(count * 3);
  for (let i = 0; i < count; i++) {
    const triangle = strip
      ? [corners[i]!, corners[i + 1 + (i % 2)]!, corners[i + 2 - (i % 2)]!]
      : [corners[i + 1]!, corners[i + 2]!, corners[0]!];
    out.set(triangle, 3 * i);
  }
  return out;
}
