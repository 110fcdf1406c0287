/** Writers of the formats without structure: binary STL, OBJ, binary PLY. Millimetres, placements applied. */
import type { Colour } from '../../../../preload/contract/geometry.ts';
import { refusal } from '../refusal.ts';
import { flatten } from './flatten.ts';
import type { MeshBody, MeshExport } from './model.ts';

export function writeStl(model: MeshExport): Uint8Array {
  const bodies = flatten(model).flatMap((part) => part.bodies);
  const count = bodies.reduce((sum, body) => sum + body.indices.length / 3, 0);
  const out = new Uint8Array(84 + 50 * count);
  // Not beginning with `solid`, by which some readers take a file for the ASCII form.
  out.set(new TextEncoder().encode('Artificer binary STL, unit mm'));
  const view = new DataView(out.buffer);
  view.setUint32(80, count, true);
  let at = 84;
  for (const { positions_mm: p, indices } of bodies) {
    for (let i = 0; i + 2 < indices.length; i += 3) {
      const a = 3 * indices[i]!;
      const b = 3 * indices[i + 1]!;
      const c = 3 * indices[i + 2]!;
      const ux = p[b]! - p[a]!;
      const uy = p[b + 1]! - p[a + 1]!;
      const uz = p[b + 2]! - p[a + 2]!;
      const vx = p[c]! - p[a]!;
      const vy = p[c + 1]! - p[a + 1]!;
      const vz = p[c + 2]! - p[a + 2]!;
      const nx = uy * vz - uz * vy;
      const ny = uz * vx - ux * vz;
      const nz = ux * vy - uy * vx;
      const length = Math.hypot(nx, ny, nz) || 1;
      view.setFloat32(at, nx / length, true);
      view.setFloat32(at + 4, ny / length, true);
      view.setFloat32(at + 8, nz / length, true);
      for (let k = 0; k < 3; k++) {
        const v = 3 * indices[i + k]!;
        for (let d = 0; d < 3; d++) view.setFloat32(at + 12 + 12 * k + 4 * d, p[v + d]!, true);
      }
      at += 50;
    }
  }
  return out;
}

/** Collects text in pieces, so that no single string outgrows what the engine allows. */
export class TextSink {
  private readonly encoder = new TextEncoder();
  private readonly chunks: Uint8Array[] = [];
  private lines: string[] = [];
  private total = 0;
  add(line: string): void {
    if (this.lines.push(line) >= 10_000) this.flush();
  }
  private flush(): void {
    if (this.lines.length === 0) return;
    const chunk = this.encoder.encode(`${this.lines.join('\n')}\n`);
    this.chunks.push(chunk);
    this.total += chunk.length;
    this.lines = [];
  }
  toBytes(): Uint8Array<ArrayBuffer> {
    this.flush();
    const out = new Uint8Array(this.total);
    let at = 0;
    for (const chunk of this.chunks) {
      out.set(chunk, at);
      at += chunk.length;
    }
    return out;
  }
}

/** Picometre steps for anything that is not kilometres long: far below what a coordinate in single precision says. */
export const decimal = (value: number): string =>
  Math.abs(value) < 1e6 ? String(Math.round(value * 1e9) / 1e9 + 0) : String(value);

const line = (name: string): string => name.replace(/[\r\n]+/g, ' ').trim() || 'unnamed';

/** Colour of each triangle, or undefined where it has none. */
export function triangleColour(body: MeshBody): (triangle: number) => Colour | undefined {
  const own = body.triangleColours;
  return (t) => {
    const index = own?.ofTriangle[t] ?? -1;
    return index >= 0 ? own?.palette[index] : body.colour;
  };
}

/** A vertex for each (vertex, colour) pair, so that colours of vertices say what triangles show. */
export function splitByColour(body: MeshBody): {
  vertices: Uint32Array;
  colours: (Colour | undefined)[];
  indices: Uint32Array;
} {
  const colourAt = triangleColour(body);
  const known = new Map<string, number>();
  const vertices: number[] = [];
  const colours: (Colour | undefined)[] = [];
  const indices = new Uint32Array(body.indices.length);
  for (let i = 0; i < indices.length; i++) {
    const colour = colourAt((i / 3) | 0);
    const key = `${body.indices[i]}:${colour?.join() ?? ''}`;
    let vertex = known.get(key);
    if (vertex === undefined) {
      vertex = vertices.push(body.indices[i]!) - 1;
      colours.push(colour);
      known.set(key, vertex);
    }
    indices[i] = vertex;
  }
  return { vertices: Uint32Array.from(vertices), colours, indices };
}

/** Objects are placements, groups are bodies; colours stand behind the coordinates, as many systems read them. */
export function writeObj(model: MeshExport): Uint8Array {
  const sink = new TextSink();
  sink.add('# Artificer, unit mm');
  let base = 1;
  for (const part of flatten(model)) {
    sink.add(`o ${line(part.name)}`);
    for (const body of part.bodies) {
      sink.add(`g ${line(body.name)}`);
      const p = body.positions_mm;
      const split = body.triangleColours ? splitByColour(body) : undefined;
      const count = split ? split.vertices.length : p.length / 3;
      for (let i = 0; i < count; i++) {
        const v = 3 * (split ? split.vertices[i]! : i);
        const colour = split ? split.colours[i] : body.colour;
        const rgb = colour ? ` ${decimal(colour[0]!)} ${decimal(colour[1]!)} ${decimal(colour[2]!)}` : '';
        sink.add(`v ${decimal(p[v]!)} ${decimal(p[v + 1]!)} ${decimal(p[v + 2]!)}${rgb}`);
      }
      const indices = split ? split.indices : body.indices;
      for (let i = 0; i + 2 < indices.length; i += 3) {
        sink.add(`f ${indices[i]! + base} ${indices[i + 1]! + base} ${indices[i + 2]! + base}`);
      }
      base += count;
    }
  }
  return sink.toBytes();
}

/** Binary little-endian, double coordinates, colours of faces where any body has one. */
export function writePly(model: MeshExport): Uint8Array {
  const bodies = flatten(model).flatMap((part) => part.bodies);
  const vertexCount = bodies.reduce((sum, body) => sum + body.positions_mm.length / 3, 0);
  const faceCount = bodies.reduce((sum, body) => sum + body.indices.length / 3, 0);
  if (vertexCount > 2 ** 31) throw refusal('import.too-large', 'The model has too many vertices for PLY.');
  const coloured = bodies.some((body) => body.colour || body.triangleColours);
  const header = new TextEncoder().encode(
    [
      'ply',
      'format binary_little_endian 1.0',
      'comment Artificer, unit mm',
      `element vertex ${vertexCount}`,
      'property double x',
      'property double y',
      'property double z',
      `element face ${faceCount}`,
      'property list uchar int vertex_indices',
      ...(coloured ? ['property uchar red', 'property uchar green', 'property uchar blue'] : []),
      'end_header',
      '',
    ].join('\n'),
  );
  const faceBytes = 13 + (coloured ? 3 : 0);
  const out = new Uint8Array(header.length + 24 * vertexCount + faceBytes * faceCount);
  out.set(header);
  const view = new DataView(out.buffer);
  let at = header.length;
  for (const { positions_mm } of bodies) {
    for (let i = 0; i < positions_mm.length; i++, at += 8) view.setFloat64(at, positions_mm[i]!, true);
  }
  let base = 0;
  for (const body of bodies) {
    const colourAt = triangleColour(body);
    for (let i = 0; i + 2 < body.indices.length; i += 3) {
      view.setUint8(at++, 3);
      for (let k = 0; k < 3; k++, at += 4) view.setInt32(at, body.indices[i + k]! + base, true);
      if (!coloured) continue;
      const colour = colourAt(i / 3) ?? [0.8, 0.8, 0.8];
      for (let k = 0; k < 3; k++) view.setUint8(at++, Math.round(colour[k]! * 255));
    }
    base += body.positions_mm.length / 3;
  }
  return out;
}
