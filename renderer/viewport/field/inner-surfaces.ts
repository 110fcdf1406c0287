/**
 * The surfaces computed inside the volume of a result: cuts by section planes, slices, surfaces of constant value, and the
 * walls where a threshold ends. They are found in slices of time, one request to its end and then the newest one, so that a
 * slider that is drawn shows something all the while.
 */
import type { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.js';
import type { Scene } from '@babylonjs/core/scene.js';
import type { Transform } from '../../../preload/contract/index.ts';
import type { ClipPlane } from '../picking.ts';
import { runSliced, type SlicedWork } from '../slices.ts';
import { cutTets, isoSurface, type TetSurface } from '../tet-surfaces.ts';
import { type CarriedFields, CarriedMesh } from './carried-mesh.ts';
import { loosen } from './per-element.ts';

export type InnerKind = 'section' | 'slice' | 'level';

export interface InnerRequest {
  nodes: Float32Array;
  elements: Int32Array;
  /** Body space. */
  planes: { kind: 'section' | 'slice'; plane: ClipPlane }[];
  levels: number[];
  /** Nodal values for the levels, made when they are needed, and what they are values of. */
  values: () => Float32Array | null;
  valuesKey: string;
  /** Paints every triangle with the number of its element instead. */
  elementValues: Float32Array | null;
  elementKey: string;
}

interface Built {
  kind: InnerKind;
  surface: TetSurface;
  carried: CarriedMesh;
}

export interface InnerSurfacesOptions {
  scene: Scene;
  material(kind: InnerKind): ShaderMaterial;
  /** New surfaces are there, to be painted. */
  built(): void;
  failed(message: string): void;
}

interface Wish {
  key: string;
  kind: InnerKind;
  find: () => SlicedWork<TetSurface> | null;
}

export class InnerSurfaces {
  readonly #options: InnerSurfacesOptions;
  #built = new Map<string, Built>();
  #wanted: InnerRequest | null = null;
  #running: AbortController | null = null;

  constructor(options: InnerSurfacesOptions) {
    this.#options = options;
  }

  get busy(): boolean {
    return this.#running !== null;
  }
  get surfaces(): Iterable<Built> {
    return this.#built.values();
  }

  request(wanted: InnerRequest): void {
    // Where nothing is computed and nothing is missing, nobody waits to be told.
    if (!this.#running && this.#has(this.#wishes(wanted))) return;
    this.#wanted = wanted;
    if (!this.#running) void this.#run();
  }

  #has(wishes: readonly Wish[]): boolean {
    return wishes.length === this.#built.size && wishes.every(({ key }) => this.#built.has(key));
  }

  #wishes(request: InnerRequest): Wish[] {
    const { nodes, elements, planes, levels, elementKey } = request;
    return [
      ...planes.map(
        ({ kind, plane }): Wish => ({
          key: `${kind}/${plane.join()}/${elementKey}`,
          kind,
          find: () => cutTets(nodes, elements, plane),
        }),
      ),
      ...levels.map(
        (level): Wish => ({
          key: `level/${level}/${request.valuesKey}`,
          kind: 'level',
          find: () => {
            const values = request.values();
            return values && isoSurface(nodes, elements, values, level);
          },
        }),
      ),
    ];
  }

  async #run(): Promise<void> {
    const controller = new AbortController();
    this.#running = controller;
    try {
      for (let request = this.#wanted; request; request = this.#wanted) {
        const wishes = this.#wishes(request);
        this.#wanted = null;
        if (this.#has(wishes)) continue;
        const next = new Map<string, Built>();
        for (const { key, kind, find } of wishes) {
          const known = this.#built.get(key);
          if (known) {
            next.set(key, known);
            continue;
          }
          const work = find();
          if (!work) continue;
          const surface = await runSliced(work, controller.signal);
          const { elementValues } = request;
          const shape = elementValues
            ? await runSliced(loosen(surface, surface, surface.element, elementValues), controller.signal)
            : { ...surface, carriers: surface };
          const carried = new CarriedMesh(this.#options.scene, kind, shape, this.#options.material(kind));
          next.set(key, { kind, surface, carried });
        }
        for (const [key, { carried }] of this.#built) if (!next.has(key)) carried.mesh.dispose();
        this.#built = next;
        this.#options.built();
      }
    } catch (error) {
      if (!controller.signal.aborted) this.#options.failed(error instanceof Error ? error.message : String(error));
    } finally {
      if (this.#running === controller) this.#running = null;
    }
    if (!controller.signal.aborted) this.#options.built();
  }

  update(fields: CarriedFields, transform: Transform): void {
    for (const { carried } of this.#built.values()) carried.update(fields, transform);
  }

  clear(): void {
    this.#running?.abort();
    this.#running = null;
    this.#wanted = null;
    for (const { carried } of this.#built.values()) carried.mesh.dispose();
    this.#built.clear();
  }
}
