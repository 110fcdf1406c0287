/**
 * A picture of a fields bundle without a browser: the surface in parallel projection, painted by a quantity in bands, drawn
 * by a depth buffer at twice the size and averaged down. For reports; the window draws its own.
 */
import { type BundleArray, decodeBundle } from '../../../preload/contract/bundle.ts';
import type { FieldQuantity, FieldsMeta } from '../../../preload/contract/studies.ts';
import { frameArrays } from '../results/fields.ts';
import { reader, unitOf } from '../results/quantities.ts';
import { cross, dot, norm, scale, subtract, unit, type Vec3 } from '../vector.ts';
import { turbo } from './colours.ts';
import { encodePng } from './png.ts';

export interface PictureRequest {
  fields: Uint8Array;
  frame?: number;
  quantity: FieldQuantity;
  /** Largest displacement as drawn, as a part of the diagonal; 0.06 by default, 0 draws the undeformed part. */
  deformation?: number;
  /** From the eye to the part. */
  direction?: Vec3;
  width?: number;
  height?: number;
  /** Where the colours end, in the unit of the quantity; what lies beyond is drawn as this. By default at the largest value. */
  most?: number;
  /** Element edges on the surface. */
  edges?: boolean;
}

export interface Picture {
  png: Uint8Array;
  /** Of all values; the colours go from the first to `most`. */
  range: [number, number];
  most: number;
  unit: string;
  /** Displacements are drawn this many times their size. */
  deformationScale: number;
}

const SUPERSAMPLING = 2;
const BANDS = 12;
const MARGIN = 0.06;
const PAPER = 255;
const BARE: readonly [number, number, number] = [0.72, 0.74, 0.77];

/** @throws TypeError where the bundle has no surface */
export function drawPicture(request: PictureRequest): Picture {
  const { arrays } = decodeBundle<FieldsMeta>(request.fields);
  const fields = frameArrays(arrays, request.frame ?? 0);
  const triangles = arrays['surfaceTriangles'];
  const rest = arrays['nodes'];
  if (!triangles || !rest) throw new TypeError('the bundle has no surface to draw');
  const { nodes, deformationScale } = deformed(rest, fields['displacement'], request.deformation ?? 0.06);
  const read = reader(fields, request.quantity);
  const range = rangeOf(rest.length / 3, read);
  const width = SUPERSAMPLING * (request.width ?? 640);
  const height = SUPERSAMPLING * (request.height ?? 480);
  const direction = unit(request.direction ?? [-1, 1, -0.8]);
  const projected = project(nodes, direction, width, height);
  const raster = new Raster(width, height);
  const most = Math.min(range[1], Math.max(range[0], request.most ?? range[1]));
  const span = most - range[0];
  for (let i = 0; i < triangles.length; i += 3) {
    const corners = [triangles[i]!, triangles[i + 1]!, triangles[i + 2]!] as const;
    raster.triangle(
      corners.map((node) => projected.at(node)) as [Vec3, Vec3, Vec3],
      shadeOf(nodes, corners, direction),
      read && span > 0 ? (corners.map((node) => (read(node) - range[0]) / span) as [number, number, number]) : null,
    );
  }
  const edges = arrays['meshEdges'];
  if (request.edges && edges)
    for (let i = 0; i < edges.length; i += 2) raster.line(projected.at(edges[i]!), projected.at(edges[i + 1]!));
  return { png: raster.png(), range, most, unit: unitOf(request.quantity), deformationScale };
}

function rangeOf(nodes: number, read: ((node: number) => number) | null): [number, number] {
  if (!read) return [0, 0];
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let node = 0; node < nodes; node++) {
    const value = read(node);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 0];
}

function deformed(
  rest: BundleArray,
  displacement: BundleArray | undefined,
  part: number,
): { nodes: Float64Array; deformationScale: number } {
  const nodes = Float64Array.from(rest);
  if (!displacement || part === 0) return { nodes, deformationScale: 0 };
  let largest = 0;
  for (let i = 0; i < displacement.length; i += 3)
    largest = Math.max(largest, Math.hypot(displacement[i]!, displacement[i + 1]!, displacement[i + 2]!));
  if (!(largest > 0)) return { nodes, deformationScale: 0 };
  const deformationScale = (part * diagonalOf(nodes)) / largest;
  for (let i = 0; i < nodes.length; i++) nodes[i]! += deformationScale * displacement[i]!;
  return { nodes, deformationScale };
}

function diagonalOf(nodes: Float64Array): number {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  nodes.forEach((value, i) => {
    low[i % 3] = Math.min(low[i % 3]!, value);
    high[i % 3] = Math.max(high[i % 3]!, value);
  });
  return Math.hypot(...high.map((value, axis) => value - low[axis]!));
}

/** Pixels and depth of every node: the view is upright (Z up) unless it looks along Z. */
function project(nodes: Float64Array, direction: Vec3, width: number, height: number): { at(node: number): Vec3 } {
  const upright: Vec3 = Math.abs(direction[2]) > 0.99 ? [0, 1, 0] : [0, 0, 1];
  const right = unit(cross(direction, upright));
  const up = cross(right, direction);
  const flat = new Float64Array(nodes.length);
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (let i = 0; i < nodes.length; i += 3) {
    const point: Vec3 = [nodes[i]!, nodes[i + 1]!, nodes[i + 2]!];
    const at = [dot(point, right), dot(point, up)];
    flat[i] = at[0]!;
    flat[i + 1] = at[1]!;
    flat[i + 2] = dot(point, direction);
    for (let axis = 0; axis < 2; axis++) {
      low[axis] = Math.min(low[axis]!, at[axis]!);
      high[axis] = Math.max(high[axis]!, at[axis]!);
    }
  }
  const zoom = (1 - 2 * MARGIN) * Math.min(width / (high[0]! - low[0]! || 1), height / (high[1]! - low[1]! || 1));
  const middle = [(low[0]! + high[0]!) / 2, (low[1]! + high[1]!) / 2];
  return {
    at: (node) => [
      width / 2 + zoom * (flat[3 * node]! - middle[0]!),
      height / 2 - zoom * (flat[3 * node + 1]! - middle[1]!),
      zoom * flat[3 * node + 2]!,
    ],
  };
}

/** How bright a triangle is in light from behind the eye, a little from above. */
function shadeOf(nodes: Float64Array, corners: readonly [number, number, number], direction: Vec3): number {
  const [a, b, c] = corners.map((node): Vec3 => [nodes[3 * node]!, nodes[3 * node + 1]!, nodes[3 * node + 2]!]);
  const normal = cross(subtract(b!, a!), subtract(c!, a!));
  const size = norm(normal);
  if (size === 0) return 1;
  const light = unit([-direction[0], -direction[1], -direction[2] + 0.5]);
  return 0.55 + 0.45 * Math.abs(dot(scale(normal, 1 / size), light));
}

/** Pixels with depths: nearer ones win. */
class Raster {
  readonly #width: number;
  readonly #height: number;
  readonly #pixels: Uint8Array;
  readonly #depth: Float32Array;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#pixels = new Uint8Array(3 * width * height).fill(PAPER);
    this.#depth = new Float32Array(width * height).fill(Number.POSITIVE_INFINITY);
  }

  /** @param values place of each corner on the scale, 0..1; null leaves the triangle bare */
  triangle([a, b, c]: [Vec3, Vec3, Vec3], shade: number, values: [number, number, number] | null): void {
    const area = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
    if (area === 0) return;
    const left = Math.max(0, Math.floor(Math.min(a[0], b[0], c[0])));
    const right = Math.min(this.#width - 1, Math.ceil(Math.max(a[0], b[0], c[0])));
    const top = Math.max(0, Math.floor(Math.min(a[1], b[1], c[1])));
    const bottom = Math.min(this.#height - 1, Math.ceil(Math.max(a[1], b[1], c[1])));
    for (let y = top; y <= bottom; y++)
      for (let x = left; x <= right; x++) {
        const [px, py] = [x + 0.5, y + 0.5];
        const u = ((b[0] - px) * (c[1] - py) - (c[0] - px) * (b[1] - py)) / area;
        const v = ((c[0] - px) * (a[1] - py) - (a[0] - px) * (c[1] - py)) / area;
        const w = 1 - u - v;
        if (u < -1e-9 || v < -1e-9 || w < -1e-9) continue;
        const depth = u * a[2] + v * b[2] + w * c[2];
        const place = y * this.#width + x;
        if (depth >= this.#depth[place]!) continue;
        this.#depth[place] = depth;
        const value = values ? u * values[0] + v * values[1] + w * values[2] : Number.NaN;
        const band = Math.min(BANDS - 1, Math.max(0, Math.floor(value * BANDS)));
        this.#paint(place, Number.isNaN(value) ? BARE : turbo((band + 0.5) / BANDS), shade);
      }
  }

  /** A thin dark line where nothing nearer hides it. */
  line(from: Vec3, to: Vec3): void {
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]))));
    for (let step = 0; step <= steps; step++) {
      const t = step / steps;
      const x = Math.floor(from[0] + t * (to[0] - from[0]));
      const y = Math.floor(from[1] + t * (to[1] - from[1]));
      if (x < 0 || y < 0 || x >= this.#width || y >= this.#height) continue;
      const place = y * this.#width + x;
      // Edges lie in the surface: a pixel or two of slack keeps them from drowning in it.
      if (from[2] + t * (to[2] - from[2]) > this.#depth[place]! + 2) continue;
      for (let channel = 0; channel < 3; channel++)
        this.#pixels[3 * place + channel] = 0.65 * this.#pixels[3 * place + channel]!;
    }
  }

  #paint(place: number, colour: readonly [number, number, number], shade: number): void {
    for (let channel = 0; channel < 3; channel++)
      this.#pixels[3 * place + channel] = Math.round(255 * shade * colour[channel]!);
  }

  png(): Uint8Array {
    const width = this.#width / SUPERSAMPLING;
    const height = this.#height / SUPERSAMPLING;
    const small = new Uint8Array(3 * width * height);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let channel = 0; channel < 3; channel++) {
          let sum = 0;
          for (let dy = 0; dy < SUPERSAMPLING; dy++)
            for (let dx = 0; dx < SUPERSAMPLING; dx++)
              sum += this.#pixels[3 * ((SUPERSAMPLING * y + dy) * this.#width + SUPERSAMPLING * x + dx) + channel]!;
          small[3 * (y * width + x) + channel] = Math.round(sum / SUPERSAMPLING ** 2);
        }
    return encodePng(width, height, small);
  }
}
