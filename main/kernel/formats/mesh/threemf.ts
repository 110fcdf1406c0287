/**
 * 3MF (3MF Consortium: Core Specification 1.3, Materials and Properties 1.2 for colour groups, Production 1.1 for parts in
 * other files of the package). Objects are parts, components and build items are placements.
 */
import { type Colour, IDENTITY_TRANSFORM, type Transform } from '../../../../preload/contract/geometry.ts';
import type { Warning } from '../../port.ts';
import { MAX_TRIANGLES, MAX_UNPACKED_BYTES } from '../limits.ts';
import { refusal } from '../refusal.ts';
import { cleanName, stemOf } from '../text.ts';
import { scanXml, type XmlTag } from '../xml.ts';
import { unpack, type ZipEntry, zipEntries } from '../zip.ts';
import { weldedBody } from './assemble.ts';
import { colourOfHex, coloursOfTriangles } from './colours.ts';
import { GrowingFloats, GrowingIntegers } from './growable.ts';
import type { MeshModel } from './model.ts';
import { placeMeshes, type SourceMesh, type SourceNode } from './placement.ts';

/** Millimetres in one, and the short name. */
const UNITS: Record<string, [number, string]> = {
  micron: [0.001, 'um'],
  millimeter: [1, 'mm'],
  centimeter: [10, 'cm'],
  inch: [25.4, 'inch'],
  foot: [304.8, 'foot'],
  meter: [1000, 'm'],
};

interface Component {
  /** File of the package and object number. */
  target: string;
  transform: Transform;
}
interface Triangles {
  vertices: GrowingFloats;
  indices: GrowingIntegers;
  /** Property group plus one and index of each triangle's own colour; 0 where it has none. */
  groups: GrowingIntegers;
  colourIndices: GrowingIntegers;
}
interface ModelObject {
  name: string;
  type: string;
  group?: string;
  groupIndex: number;
  mesh?: Triangles;
  components: Component[];
  file: string;
}
interface Package {
  objects: Map<string, ModelObject>;
  /** By file and group number. */
  colours: Map<string, (Colour | undefined)[]>;
  build: Component[];
  /** Names of the groups, numbered as triangles refer to them. */
  groupNames: string[];
  unit_mm: number;
  unitName: string;
  application: string;
  files: Set<string>;
  warnings: Warning[];
  triangles: number;
}

/** Throws `import.truncated`, `import.corrupt`, `import.too-large`, `import.non-finite-numbers` or `import.no-geometry`. */
export function read3mf(bytes: Uint8Array, fileName: string): MeshModel {
  const entries = zipEntries(bytes);
  if (!entries) throw refusal('import.truncated', 'The 3MF file is cut off: the directory at its end is missing.');
  const byPath = new Map(entries.map((entry) => [normalise(entry.name), entry]));
  const rootPath = findRoot(bytes, byPath);
  const pack: Package = {
    objects: new Map(),
    colours: new Map(),
    build: [],
    groupNames: [],
    unit_mm: 1,
    unitName: 'mm',
    application: '',
    files: new Set(),
    warnings: [],
    triangles: 0,
  };
  let budget = MAX_UNPACKED_BYTES;
  const load = (path: string): void => {
    if (pack.files.has(path)) return;
    const entry = byPath.get(path);
    if (!entry) throw refusal('import.corrupt', `The 3MF file refers to ${JSON.stringify(path)}, which is not in it.`);
    pack.files.add(path);
    const model = unpack(bytes, entry, budget);
    budget -= model.length;
    readModelFile(model, path, path === rootPath, pack);
  };
  load(rootPath);
  // Files that components name are read in the order in which they are met, each once.
  for (let grew = true; grew; ) {
    const before = pack.files.size;
    for (const object of [...pack.objects.values()]) for (const c of object.components) load(fileOf(c.target));
    for (const item of pack.build) load(fileOf(item.target));
    grew = pack.files.size > before;
  }
  return place(pack, fileName);
}

const normalise = (path: string): string => path.replace(/^\/+/, '').toLowerCase();
const fileOf = (target: string): string => target.slice(0, target.lastIndexOf('#'));

/** The start part of the package (Core Specification 2.1.1), or the only model where the relationships are broken. */
function findRoot(bytes: Uint8Array, byPath: Map<string, ZipEntry>): string {
  const relationships = byPath.get('_rels/.rels');
  let target = '';
  if (relationships) {
    scanXml(unpack(bytes, relationships, 1 << 20), relationships.name, {
      start(name, tag) {
        if (name === 'Relationship' && /3dmodel$/i.test(tag.text('Type') ?? ''))
          target = normalise(tag.text('Target') ?? '');
      },
      end() {},
    });
  }
  if (byPath.has(target)) return target;
  if (byPath.has('3d/3dmodel.model')) return '3d/3dmodel.model';
  const model = [...byPath.keys()].find((path) => path.endsWith('.model'));
  if (!model) throw refusal('import.corrupt', 'The 3MF file holds no model.');
  return model;
}

function transformOf(tag: XmlTag): Transform {
  const text = tag.text('transform');
  if (text === undefined) return [...IDENTITY_TRANSFORM];
  const m = text.trim().split(/\s+/).map(Number);
  if (m.length !== 12 || m.some(Number.isNaN))
    throw refusal('import.corrupt', 'A placement of the 3MF file has not twelve numbers.', tag.where());
  if (!m.every(Number.isFinite))
    throw refusal('import.non-finite-numbers', 'A placement of the 3MF file is not a number.', tag.where());
  // The file multiplies rows from the left (Core Specification 3.3): transposed here.
  return [m[0]!, m[3]!, m[6]!, m[9]!, m[1]!, m[4]!, m[7]!, m[10]!, m[2]!, m[5]!, m[8]!, m[11]!];
}

function readModelFile(bytes: Uint8Array, path: string, isRoot: boolean, pack: Package): void {
  let object: ModelObject | undefined;
  let group: (Colour | undefined)[] | undefined;
  let metadata = '';
  const groupNumbers = new Map<string, number>();
  const numberOfGroup = (id: string): number => {
    let number = groupNumbers.get(id);
    if (number === undefined) {
      number = pack.groupNames.push(`${path}#${id}`);
      groupNumbers.set(id, number);
    }
    return number;
  };
  const fail = (tag: XmlTag, message: string): never => {
    throw refusal('import.corrupt', message, `${path}, ${tag.where()}`);
  };
  const coordinate = (tag: XmlTag, name: string): number => {
    const value = tag.number(name);
    if (Number.isFinite(value)) return value;
    if (!tag.has(name) || !/nan|inf|e/i.test(tag.text(name)!))
      fail(tag, `A vertex of the 3MF file has no proper ${name}.`);
    throw refusal(
      'import.non-finite-numbers',
      `A vertex of the 3MF file is not a number: ${JSON.stringify(tag.text(name)!.slice(0, 30))}.`,
      `${path}, ${tag.where()}`,
    );
  };
  const readTriangle = (tag: XmlTag): void => {
    const mesh = object?.mesh;
    if (!mesh) return;
    const count = mesh.vertices.length / 3;
    for (const corner of ['v1', 'v2', 'v3']) {
      const v = tag.number(corner);
      if (!Number.isInteger(v) || v < 0 || v >= count)
        fail(tag, `A triangle of the 3MF file uses vertex ${tag.text(corner) ?? 'none'}, but only ${count} are there.`);
      mesh.indices.push(v);
    }
    if (++pack.triangles > MAX_TRIANGLES)
      throw refusal('import.too-large', `The 3MF file holds more than ${MAX_TRIANGLES} triangles.`);
    const p1 = tag.number('p1');
    const pid = tag.text('pid') ?? object!.group;
    const coloured = Number.isInteger(p1) && p1 >= 0 && pid !== undefined;
    mesh.groups.push(coloured ? numberOfGroup(pid) : 0);
    mesh.colourIndices.push(coloured ? p1 : 0);
  };
  const component = (tag: XmlTag): Component => {
    const id = tag.text('objectid') ?? fail(tag, 'A placement of the 3MF file names no object.');
    const other = tag.text('path');
    return { target: `${other === undefined ? path : normalise(other)}#${id}`, transform: transformOf(tag) };
  };
  scanXml(bytes, path, {
    start(name, tag) {
      switch (name) {
        case 'vertex':
          object?.mesh?.vertices.push3(coordinate(tag, 'x'), coordinate(tag, 'y'), coordinate(tag, 'z'));
          return;
        case 'triangle':
          readTriangle(tag);
          return;
        case 'model':
          if (isRoot) readUnit(tag, pack);
          return;
        case 'metadata':
          metadata = tag.text('name') ?? '';
          return;
        case 'object': {
          const id = tag.text('id') ?? fail(tag, 'An object of the 3MF file has no number.');
          const index = tag.number('pindex');
          object = {
            name: cleanName(tag.text('name') ?? tag.text('partnumber') ?? ''),
            type: tag.text('type') ?? 'model',
            groupIndex: Number.isInteger(index) && index >= 0 ? index : -1,
            components: [],
            file: path,
          };
          const pid = tag.text('pid');
          if (pid !== undefined) object.group = pid;
          if (pack.objects.has(`${path}#${id}`)) fail(tag, `Object ${id} of the 3MF file is there twice.`);
          pack.objects.set(`${path}#${id}`, object);
          return;
        }
        case 'mesh':
          if (object)
            object.mesh = {
              vertices: new GrowingFloats(),
              indices: new GrowingIntegers(),
              groups: new GrowingIntegers(),
              colourIndices: new GrowingIntegers(),
            };
          return;
        case 'component':
          object?.components.push(component(tag));
          return;
        case 'item':
          if (isRoot) pack.build.push(component(tag));
          return;
        case 'basematerials':
        case 'colorgroup':
          group = [];
          pack.colours.set(`${path}#${tag.text('id') ?? ''}`, group);
          return;
        case 'base':
          group?.push(colourOfHex(tag.text('displaycolor') ?? ''));
          return;
        case 'color':
          group?.push(colourOfHex(tag.text('color') ?? ''));
          return;
      }
    },
    end(name) {
      if (name === 'object') object = undefined;
      else if (name === 'basematerials' || name === 'colorgroup') group = undefined;
      else if (name === 'metadata') metadata = '';
    },
    text(text) {
      if (metadata === 'Application' && isRoot) pack.application = cleanName(text);
    },
  });
}

function readUnit(tag: XmlTag, pack: Package): void {
  const unit = tag.text('unit') ?? 'millimeter';
  const known = UNITS[unit];
  if (!known)
    throw refusal(
      'import.corrupt',
      `The 3MF file uses an unknown unit: ${JSON.stringify(unit.slice(0, 30))}.`,
      tag.where(),
    );
  [pack.unit_mm, pack.unitName] = known;
  const required = (tag.text('requiredextensions') ?? '').split(/\s+/).filter((word) => word !== '');
  const unknown = required.filter((word) => !/^(m|p|t|v|c|core)$/i.test(word));
  if (unknown.length > 0)
    pack.warnings.push({
      code: '3mf.extensions',
      message: `The file uses extensions of 3MF that were left out: ${unknown.join(', ')}.`,
    });
}

function place(pack: Package, fileName: string): MeshModel {
  const keys = [...pack.objects.keys()];
  const numberOf = new Map(keys.map((key, i) => [key, i]));
  const objects = [...pack.objects.values()];
  const meshes = objects.map((object, i): SourceMesh | undefined =>
    sourceMesh(object, i, objects.length, pack, fileName),
  );
  const nodes: SourceNode[] = [];
  const add = (node: SourceNode): number => nodes.push(node) - 1;
  // One node for each object, and one for each placement of an object, which carries the transform.
  for (const [i, object] of objects.entries()) {
    add({ name: object.name, transform: [...IDENTITY_TRANSFORM], children: [], ...(meshes[i] ? { mesh: i } : {}) });
  }
  const toMm = (t: Transform): Transform => t.map((v, k) => (k % 4 === 3 ? v * pack.unit_mm : v));
  const placement = (component: Component, what: string): number | undefined => {
    const target = numberOf.get(component.target);
    if (target === undefined)
      throw refusal(
        'import.corrupt',
        `${what} of the 3MF file places an object that is not there: ${component.target}.`,
      );
    const { type } = objects[target]!;
    if (type === 'support' || type === 'solidsupport') {
      pack.warnings.push({ code: '3mf.support', message: 'Support structures were left out.' });
      return undefined;
    }
    // Objects without components can be placed directly: a node less in the tree.
    const leaf = objects[target]!.components.length === 0;
    const base = nodes[target]!;
    const transform = toMm(component.transform);
    return add(
      leaf
        ? { ...base, transform }
        : {
            name: base.name,
            transform,
            children: base.children,
            ...(base.mesh === undefined ? {} : { mesh: base.mesh }),
          },
    );
  };
  for (const [i, object] of objects.entries()) {
    for (const component of object.components) {
      const child = placement(component, JSON.stringify(object.name || keys[i]!));
      if (child !== undefined) nodes[i]!.children.push(child);
    }
  }
  const roots = pack.build.map((item) => placement(item, 'The build')).filter((node) => node !== undefined);
  if (pack.build.length === 0) {
    pack.warnings.push({
      code: '3mf.no-build',
      message: 'The file places nothing; its objects were placed at the origin.',
    });
    const inner = new Set(objects.flatMap((object) => object.components.map((c) => numberOf.get(c.target)!)));
    roots.push(...[...objects.keys()].filter((i) => !inner.has(i)));
  }
  const warnings = dedupe(pack.warnings);
  const { parts, instances } = placeMeshes(nodes, roots, meshes);
  if (parts.length === 0) throw refusal('import.no-geometry', 'The 3MF file holds no triangles.');
  return { parts, instances, lengthUnit: pack.unitName, originatingSystem: pack.application, warnings };
}

const dedupe = (warnings: Warning[]): Warning[] => [...new Map(warnings.map((w) => [w.message, w])).values()];

function sourceMesh(
  object: ModelObject,
  index: number,
  count: number,
  pack: Package,
  fileName: string,
): SourceMesh | undefined {
  const { mesh } = object;
  if (!mesh || mesh.indices.length === 0) return undefined;
  const positions_mm = mesh.vertices.toArray();
  for (let i = 0; i < positions_mm.length; i++) positions_mm[i]! *= pack.unit_mm;
  const name = object.name || (count === 1 ? stemOf(fileName) : `Object ${index + 1}`);
  const groups = mesh.groups.toArray();
  const colourIndices = mesh.colourIndices.toArray();
  const own =
    object.group === undefined
      ? undefined
      : pack.colours.get(`${object.file}#${object.group}`)?.[Math.max(0, object.groupIndex)];
  const colours = coloursOfTriangles(groups.length, (t) =>
    groups[t] === 0 ? own : pack.colours.get(pack.groupNames[groups[t]! - 1]!)?.[colourIndices[t]!],
  );
  const body = weldedBody(
    { name, positions_mm, indices: mesh.indices.toArray(), ...(own ? { colour: own } : {}), ...colours },
    pack.warnings,
  );
  return { name, bodies: [body] };
}
