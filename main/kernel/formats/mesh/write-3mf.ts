/**
 * 3MF writer (Core Specification 1.3): an object for each body, an object of components for each part of several bodies
 * and each assembly, base materials for colours. Names and placements are kept; unit millimetre.
 */
import { type Zippable, zipSync } from 'fflate';
import type { Colour, Transform } from '../../../../preload/contract/geometry.ts';
import type { ImportedInstance } from '../../port.ts';
import { MAX_TREE_DEPTH } from '../limits.ts';
import { refusal } from '../refusal.ts';
import { escapeXml } from '../xml.ts';
import { hexOf } from './colours.ts';
import type { MeshBody, MeshExport, MeshPart } from './model.ts';
import { decimal, TextSink } from './write-simple.ts';

const CONTENT_TYPES = `<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="model" ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/>
</Types>
`;
const RELATIONSHIPS = `<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Target="/3D/3dmodel.model" Id="rel0" Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/>
</Relationships>
`;
const MATERIALS_ID = 1;
/** The same model gives the same bytes: the archive carries no time of its making. */
const FIXED_TIME = new Date(1980, 0, 1);

class Writer {
  readonly sink = new TextSink();
  private nextId = MATERIALS_ID + 1;
  private readonly palette = new Map<string, number>();
  readonly colours: Colour[] = [];
  private readonly partIds = new Map<string, number>();
  private readonly children = new Map<string | null, ImportedInstance[]>();
  private readonly parts: Map<string, MeshPart>;

  constructor(model: MeshExport) {
    this.parts = new Map(model.parts.map((part) => [part.key, part]));
    for (const instance of model.instances) {
      const list = this.children.get(instance.parentKey);
      if (list) list.push(instance);
      else this.children.set(instance.parentKey, [instance]);
    }
    for (const part of model.parts) {
      for (const body of part.bodies) {
        this.paletteIndex(body.colour ?? part.colour);
        for (const colour of body.triangleColours?.palette ?? []) this.paletteIndex(colour);
      }
    }
  }

  private paletteIndex(colour: Colour | undefined): number {
    if (!colour) return -1;
    const key = hexOf(colour);
    let index = this.palette.get(key);
    if (index === undefined) {
      index = this.colours.push(colour) - 1;
      this.palette.set(key, index);
    }
    return index;
  }

  meshObject(body: MeshBody, name: string, part: MeshPart): number {
    const id = this.nextId++;
    const own = this.paletteIndex(body.colour ?? part.colour);
    const palette = body.triangleColours?.palette.map((colour) => this.paletteIndex(colour));
    // Colours of triangles need a group on the object too; where it has no colour of its own, any will do.
    const pid =
      own >= 0 ? ` pid="${MATERIALS_ID}" pindex="${own}"` : palette ? ` pid="${MATERIALS_ID}" pindex="0"` : '';
    this.sink.add(`<object id="${id}" type="model" name="${escapeXml(name)}"${pid}><mesh><vertices>`);
    const p = body.positions_mm;
    for (let i = 0; i < p.length; i += 3)
      this.sink.add(`<vertex x="${decimal(p[i]!)}" y="${decimal(p[i + 1]!)}" z="${decimal(p[i + 2]!)}"/>`);
    this.sink.add('</vertices><triangles>');
    const { indices } = body;
    for (let i = 0; i + 2 < indices.length; i += 3) {
      const index = palette ? (body.triangleColours!.ofTriangle[i / 3] ?? -1) : -1;
      const colour = index >= 0 ? ` pid="${MATERIALS_ID}" p1="${palette![index]}"` : '';
      this.sink.add(`<triangle v1="${indices[i]}" v2="${indices[i + 1]}" v3="${indices[i + 2]}"${colour}/>`);
    }
    this.sink.add('</triangles></mesh></object>');
    return id;
  }

  partObject(part: MeshPart): number {
    const known = this.partIds.get(part.key);
    if (known !== undefined) return known;
    const bodies = part.bodies.filter((body) => body.indices.length > 0);
    let id: number;
    if (bodies.length === 1) id = this.meshObject(bodies[0]!, part.name, part);
    else {
      const ids = bodies.map((body) => this.meshObject(body, body.name, part));
      id = this.nextId++;
      this.sink.add(`<object id="${id}" type="model" name="${escapeXml(part.name)}"><components>`);
      for (const child of ids) this.sink.add(`<component objectid="${child}"/>`);
      this.sink.add('</components></object>');
    }
    this.partIds.set(part.key, id);
    return id;
  }

  /** Object of a placement, children first, since an object may only refer to earlier ones; undefined for empty assemblies. */
  instanceObject(instance: ImportedInstance, depth: number): number | undefined {
    if (depth > 4 * MAX_TREE_DEPTH) throw refusal('import.corrupt', 'The assembly contains itself.');
    const part = instance.partKey === null ? undefined : this.parts.get(instance.partKey);
    const children = (this.children.get(instance.key) ?? []).flatMap((child) => {
      const id = this.instanceObject(child, depth + 1);
      return id === undefined ? [] : [{ id, transform: child.transform }];
    });
    const hasMesh = part?.bodies.some((body) => body.indices.length > 0) ?? false;
    if (children.length === 0) return hasMesh ? this.partObject(part!) : undefined;
    const partId = hasMesh ? this.partObject(part!) : undefined;
    const id = this.nextId++;
    this.sink.add(`<object id="${id}" type="model" name="${escapeXml(instance.name)}"><components>`);
    if (partId !== undefined) this.sink.add(`<component objectid="${partId}"/>`);
    for (const child of children)
      this.sink.add(`<component objectid="${child.id}"${transformAttribute(child.transform)}/>`);
    this.sink.add('</components></object>');
    return id;
  }

  roots(): ImportedInstance[] {
    return this.children.get(null) ?? [];
  }
}

/** The file multiplies rows from the left: transposed. */
const transformAttribute = (t: Transform): string =>
  ` transform="${[t[0], t[4], t[8], t[1], t[5], t[9], t[2], t[6], t[10], t[3], t[7], t[11]].map((v) => decimal(v!)).join(' ')}"`;

export function write3mf(model: MeshExport): Uint8Array {
  const writer = new Writer(model);
  const { sink } = writer;
  sink.add('<?xml version="1.0" encoding="UTF-8"?>');
  sink.add('<model unit="millimeter" xml:lang="en" xmlns="http://schemas.microsoft.com/3dmanufacturing/core/2015/02">');
  sink.add('<metadata name="Application">Artificer</metadata>');
  sink.add('<resources>');
  if (writer.colours.length > 0) {
    sink.add(`<basematerials id="${MATERIALS_ID}">`);
    for (const colour of writer.colours) sink.add(`<base name="${hexOf(colour)}" displaycolor="${hexOf(colour)}"/>`);
    sink.add('</basematerials>');
  }
  const items: string[] = [];
  for (const instance of writer.roots()) {
    const id = writer.instanceObject(instance, 0);
    if (id !== undefined)
      items.push(
        `<item objectid="${id}"${transformAttribute(instance.transform)} partnumber="${escapeXml(instance.name)}"/>`,
      );
  }
  if (items.length === 0) {
    for (const part of model.parts)
      if (part.bodies.some((body) => body.indices.length > 0))
        items.push(`<item objectid="${writer.partObject(part)}"/>`);
  }
  sink.add('</resources><build>');
  for (const item of items) sink.add(item);
  sink.add('</build></model>');
  const encoder = new TextEncoder();
  const files: Zippable = {
    '[Content_Types].xml': encoder.encode(CONTENT_TYPES),
    '_rels/.rels': encoder.encode(RELATIONSHIPS),
    '3D/3dmodel.model': sink.toBytes(),
  };
  return zipSync(files, { level: 4, mtime: FIXED_TIME });
}
