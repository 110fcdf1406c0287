/** Draws the glyphs of a result: seeded once a surface, made anew for each frame, moved along with the deformation. */
import type { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.js';
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js';
import type { Scene } from '@babylonjs/core/scene.js';
import type { Transform, Vector3 } from '../../../preload/contract/index.ts';
import type { ColourMapName, GlyphDisplay } from '../api.ts';
import { prepareMesh } from '../body-geometry.ts';
import { arrowMesh } from '../shapes.ts';
import { runSliced } from '../slices.ts';
import { transformDirection } from '../vector.ts';
import { type BlendedArray, type Carriers, carry } from './carriers.ts';
import { type GlyphInstances, principalGlyphs, vectorGlyphs } from './glyph-instances.ts';
import { atSeeds, type GlyphSeeds, seedSurface } from './glyph-seeds.ts';

/** The longest glyph, as a part of the part's diagonal. */
const LONGEST = 1 / 12;

/** A surface that glyphs may stand on. */
export interface GlyphGround {
  key: string;
  positions: Float32Array;
  indices: Uint32Array;
  carriers: Carriers;
}

export interface GlyphRequest {
  display: GlyphDisplay;
  grounds: GlyphGround[];
  diagonal_mm: number;
  /** Vectors or tensors a node. */
  field: BlendedArray | null;
  displacement: BlendedArray | null;
  version: number;
  transform: Transform;
  colour: { map: ColourMapName } | { plain: Vector3 };
  /** World, undeformed: false where the place is cut away. */
  keep(place: Vector3): boolean;
}

interface Drawn {
  instances: GlyphInstances;
  /** World displacement of each instance at scale 1. */
  shifts: Float32Array;
}

export class GlyphLayer {
  readonly #mesh: Mesh;
  readonly #changed: () => void;
  readonly #seeds = new Map<string, GlyphSeeds>();
  #running: AbortController | null = null;
  #wanted: GlyphRequest | null = null;
  #drawn: Drawn | null = null;
  #scale = 0;

  constructor(scene: Scene, material: ShaderMaterial, changed: () => void) {
    this.#changed = changed;
    this.#mesh = arrowMesh(scene);
    prepareMesh(this.#mesh);
    this.#mesh.material = material;
    this.#mesh.setEnabled(false);
  }

  get busy(): boolean {
    return this.#running !== null;
  }
  /** How many arrows are drawn. */
  get count(): number {
    return this.#drawn?.instances.count ?? 0;
  }

  request(wanted: GlyphRequest | null): void {
    this.#wanted = wanted;
    if (!wanted) {
      this.#running?.abort();
      this.#running = null;
      this.#drawn = null;
      this.#mesh.setEnabled(false);
      return;
    }
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    const controller = new AbortController();
    this.#running = controller;
    try {
      for (let request = this.#wanted; request; request = this.#wanted) {
        this.#wanted = null;
        const { display, diagonal_mm, grounds } = request;
        const spacing = diagonal_mm / Math.max(2, display.density);
        const found: [GlyphSeeds, GlyphGround][] = [];
        for (const ground of grounds) {
          const key = `${ground.key}/${spacing}`;
          let seeds = this.#seeds.get(key);
          if (!seeds) {
            seeds = await runSliced(seedSurface(ground.positions, ground.indices, spacing), controller.signal);
            if (this.#seeds.size > 12) this.#seeds.clear();
            this.#seeds.set(key, seeds);
          }
          found.push([seeds, ground]);
        }
        this.#drawn = make(found, request);
        this.#show();
      }
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    } finally {
      if (this.#running === controller) {
        this.#running = null;
        this.#changed();
      }
    }
  }

  /** Puts them on the shape deformed this much. */
  setDeformation(scale: number): void {
    if (scale === this.#scale) return;
    this.#scale = scale;
    if (this.#drawn) this.#show();
  }

  #show(): void {
    const drawn = this.#drawn;
    this.#mesh.setEnabled(drawn !== null && drawn.instances.count > 0);
    if (!drawn || drawn.instances.count === 0) return;
    const { matrices, colours, count } = drawn.instances;
    let placed = matrices;
    if (this.#scale !== 0) {
      placed = matrices.slice();
      for (let i = 0; i < count; i++)
        for (let k = 0; k < 3; k++)
          placed[16 * i + 12 + k] = matrices[16 * i + 12 + k]! + drawn.shifts[3 * i + k]! * this.#scale;
    }
    this.#mesh.thinInstanceSetBuffer('matrix', placed, 16, false);
    this.#mesh.thinInstanceSetBuffer('instanceColour', colours, 4, false);
  }

  clear(): void {
    this.request(null);
    this.#seeds.clear();
  }
  dispose(): void {
    this.clear();
    this.#mesh.dispose();
  }
}

function make(found: [GlyphSeeds, GlyphGround][], request: GlyphRequest): Drawn {
  const { display, field, transform, colour, keep } = request;
  const look = {
    length_mm: request.diagonal_mm * LONGEST * display.size,
    largest: display.largest,
    byValue: display.byValue,
  };
  const size = display.kind === 'principal' ? 6 : 3;
  const parts = found.map(([seeds, { positions, carriers }]): Drawn => {
    const places = atSeeds(seeds, positions, 3);
    const values = atSeeds(seeds, carry(field, size, carriers), size);
    const instances =
      display.kind === 'principal'
        ? principalGlyphs(places, values, transform, look, keep)
        : vectorGlyphs(seeds, places, values, transform, look, colour, keep);
    const moves = atSeeds(seeds, carry(request.displacement, 3, carriers), 3);
    const shifts = new Float32Array(3 * instances.count);
    for (let i = 0; i < instances.count; i++) {
      const seed = instances.seeds[i]!;
      shifts.set(transformDirection(transform, [moves[3 * seed]!, moves[3 * seed + 1]!, moves[3 * seed + 2]!]), 3 * i);
    }
    return { instances, shifts };
  });
  const join = (arrays: Float32Array[]): Float32Array => {
    const out = new Float32Array(arrays.reduce((sum, array) => sum + array.length, 0));
    let at = 0;
    for (const array of arrays) {
      out.set(array, at);
      at += array.length;
    }
    return out;
  };
  return {
    instances: {
      matrices: join(parts.map(({ instances }) => instances.matrices)),
      colours: join(parts.map(({ instances }) => instances.colours)),
      seeds: new Uint32Array(0),
      count: parts.reduce((sum, { instances }) => sum + instances.count, 0),
    },
    shifts: join(parts.map(({ shifts }) => shifts)),
  };
}
