/** A body with everything that rules ask of it, worked out once, most of it only when it is asked for. */
import type { BodyInfo, RecognisedFeature, Vector3 } from '../../../preload/contract/index.ts';
import { RayTree } from './ray-tree.ts';
import { type Sample, samplesOf } from './samples.ts';
import { type Neighbour, neighboursOf, ontoSurface, type Surface, surfacesOf } from './surfaces.ts';
import { normalOfTriangle, readTriangles, type Triangles } from './triangles.ts';
import { acrossOf, along, dot, scale, subtract, unit } from './vectors.ts';

/** What is known about the thickness at a sample. */
export interface Through {
  /** From the surface to the one it meets. */
  distance_mm: number;
  /** The face on the other side. */
  face: number;
}

/** Normals that look away from each other to within this are the two sides of a wall. */
const OPPOSITE = Math.cos((35 * Math.PI) / 180);

export class Shape {
  readonly body: number;
  readonly info: BodyInfo;
  readonly features: readonly RecognisedFeature[];
  readonly surfaces: readonly Surface[];
  readonly neighbours: readonly Neighbour[][];
  readonly triangles: Triangles;
  readonly tree: RayTree;
  readonly samples: readonly Sample[];
  /** Well below every dimension that matters, well above what numbers lose. */
  readonly tiny_mm: number;
  readonly #outlines: (Vector3[] | undefined)[] = [];
  #walls: (Through | null)[] | undefined;
  #gaps: (Through | null)[] | undefined;
  #balls: Float64Array | undefined;

  constructor(body: number, info: BodyInfo, tessellation: Uint8Array, features: readonly RecognisedFeature[]) {
    this.body = body;
    this.info = info;
    this.features = features;
    this.surfaces = surfacesOf(info);
    this.neighbours = neighboursOf(info);
    this.triangles = readTriangles(tessellation, info.faces.length);
    this.tree = new RayTree(this.triangles);
    this.samples = samplesOf(this.triangles, this.surfaces);
    this.tiny_mm = 1e-5 * this.triangles.diagonal_mm;
  }

  /** By sample: through the material to the face that looks the other way; null where none does. */
  get walls(): readonly (Through | null)[] {
    this.#walls ??= this.samples.map((sample) => this.#across(sample, -1));
    return this.#walls;
  }
  /** By sample: through the air to the face that looks back. */
  get gaps(): readonly (Through | null)[] {
    this.#gaps ??= this.samples.map((sample) => this.#across(sample, 1));
    return this.#gaps;
  }
  /** By sample: diameter of the largest ball inside the material that touches the surface there (of a fan of rays). */
  get balls(): Float64Array {
    this.#balls ??= Float64Array.from(this.samples, (sample) => this.#ball(sample));
    return this.#balls;
  }

  /** Points along the edges of a face. */
  outline(face: number): readonly Vector3[] {
    let known = this.#outlines[face];
    if (!known) {
      known = this.info.faces[face]!.edges.flatMap((edge) => {
        const drawn = this.triangles.edges[edge];
        if (drawn && drawn.length > 1) return drawn;
        return this.info.edges[edge]!.vertices.map((vertex) => this.info.vertices_mm[vertex]!);
      });
      this.#outlines[face] = known;
    }
    return known;
  }

  /** Whether a point lies in the material. Not to be asked of points on the surface. */
  contains(point: Vector3): boolean {
    // Askew to whatever is drawn along the axes.
    const direction = unit([0.5367, 0.6287, 0.5626]);
    const hit = this.tree.first(point, direction);
    return hit !== null && dot(normalOfTriangle(this.triangles, hit.triangle), direction) > 0;
  }

  /** Whether nothing of the body is before a sample in a direction that does not point into the material. */
  isFree({ start, normal }: Sample, direction: Vector3, lift_mm = this.lift_mm): boolean {
    return !this.tree.blocked(along(start, normal, lift_mm), direction);
  }
  /** Rays along a wall begin this far off it. */
  get lift_mm(): number {
    return 0.3 * this.triangles.deflection_mm + this.tiny_mm;
  }

  #across(sample: Sample, side: 1 | -1): Through | null {
    const direction = scale(sample.normal, side);
    const hit = this.tree.first(along(sample.start, direction, this.tiny_mm), direction);
    if (!hit) return null;
    const normal = normalOfTriangle(this.triangles, hit.triangle);
    // Leaving the material the normal looks along the ray, entering it against the ray.
    if (dot(normal, direction) * -side < OPPOSITE) return null;
    const face = this.triangles.face[hit.triangle]!;
    const met = along(sample.start, direction, this.tiny_mm + hit.distance_mm);
    const distance_mm = dot(subtract(ontoSurface(this.surfaces[face]!, met), sample.point), direction);
    return { distance_mm: Math.max(distance_mm, 0), face };
  }

  #ball(sample: Sample): number {
    const inwards = scale(sample.normal, -1);
    const start = along(sample.start, inwards, this.tiny_mm);
    const [u, v] = acrossOf(inwards);
    let diameter = this.tree.first(start, inwards)?.distance_mm ?? 0;
    for (const { tilt, turns } of FAN)
      for (let i = 0; i < turns; i++) {
        const turn = (2 * Math.PI * (i + tilt)) / turns;
        const direction = along(
          along(scale(inwards, Math.cos(tilt)), u, Math.sin(tilt) * Math.cos(turn)),
          v,
          Math.sin(tilt) * Math.sin(turn),
        );
        const hit = this.tree.first(start, direction, diameter);
        // The ball that touches the sample from inside and goes through what the ray meets.
        if (hit) diameter = Math.min(diameter, hit.distance_mm / Math.cos(tilt));
      }
    return diameter;
  }
}

const FAN = [
  { tilt: 0.45, turns: 5 },
  { tilt: 0.85, turns: 7 },
  { tilt: 1.2, turns: 8 },
] as const;
