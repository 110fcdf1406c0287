/** A mesh whose points carry a nodal field: shape once, value and displacement again for each frame. */
import type { Material } from '@babylonjs/core/Materials/material.js';
import { Mesh } from '@babylonjs/core/Meshes/mesh.js';
import type { Scene } from '@babylonjs/core/scene.js';
import type { Transform } from '../../../preload/contract/index.ts';
import { prepareMesh } from '../body-geometry.ts';
import { quadsOfSegments } from '../line-quads.ts';
import { writeMatrix } from '../scene-model.ts';
import { atNodes, type BlendedArray, type Carriers, carry } from './carriers.ts';

/** What is painted and how it is deformed, with a number that changes whenever one of them does. */
export interface CarriedFields {
  version: number;
  /** One number a node; null where every point has a fixed one. */
  values: BlendedArray | null;
  displacement: BlendedArray | null;
}

export interface CarriedShape {
  positions: Float32Array;
  normals: Float32Array;
  indices: Uint32Array;
  carriers: Carriers;
  /** A number a point that no frame changes: of elements. */
  fixedValues?: Float32Array;
}

/** Where meshes are: the buffer of a place is made anew for another place only. */
const placed = new WeakMap<Mesh, string>();

export function placeMesh(mesh: Mesh, transform: Transform): void {
  const key = transform.join();
  if (placed.get(mesh) === key) return;
  placed.set(mesh, key);
  const matrix = new Float32Array(16);
  writeMatrix(matrix, 0, transform);
  mesh.thinInstanceSetBuffer('matrix', matrix, 16, true);
}

export class CarriedMesh {
  readonly mesh: Mesh;
  readonly shape: CarriedShape;
  #version = -1;

  constructor(scene: Scene, name: string, shape: CarriedShape, material: Material) {
    this.shape = shape;
    const mesh = new Mesh(name, scene);
    const count = shape.carriers.from.length;
    prepareMesh(mesh);
    mesh.setVerticesData('position', shape.positions, false, 3);
    mesh.setVerticesData('normal', shape.normals, false, 3);
    mesh.setVerticesData('displacement', new Float32Array(3 * count), true, 3);
    mesh.setVerticesData('value', shape.fixedValues ?? new Float32Array(count), true, 1);
    mesh.setIndices(shape.indices, count);
    mesh.material = material;
    this.mesh = mesh;
  }

  /** Brings its numbers up to date; one that isn't drawn waits until it is. */
  update(fields: CarriedFields, transform: Transform): void {
    placeMesh(this.mesh, transform);
    if (this.#version === fields.version || !this.mesh.isEnabled()) return;
    this.#version = fields.version;
    const { carriers, fixedValues } = this.shape;
    this.mesh.updateVerticesData('displacement', carry(fields.displacement, 3, carriers), false, false);
    if (!fixedValues && fields.values)
      this.mesh.updateVerticesData('value', carry(fields.values, 1, carriers), false, false);
  }
}

/** Node pairs as lines of constant width that follow the deformation. */
export class CarriedLines {
  readonly mesh: Mesh;
  readonly #pairs: Uint32Array;
  readonly #ends: Carriers;
  #version = -1;

  constructor(scene: Scene, name: string, nodes: Float32Array, pairs: Uint32Array, material: Material, layer: number) {
    this.#pairs = pairs;
    const quads = quadsOfSegments(carry({ a: nodes, b: null, blend: 0 }, 3, atNodes(pairs)));
    // Two corners a segment's end.
    const ends = new Uint32Array(pairs.length * 2);
    for (let i = 0; i < pairs.length; i++) ends.fill(pairs[i]!, 2 * i, 2 * i + 2);
    this.#ends = atNodes(ends);
    const mesh = new Mesh(name, scene);
    const count = quads.segments * 4;
    prepareMesh(mesh);
    mesh.setVerticesData('position', quads.positions, false, 3);
    mesh.setVerticesData('towards', quads.towards, false, 3);
    mesh.setVerticesData('side', quads.sides, false, 1);
    mesh.setVerticesData('displacement', new Float32Array(3 * count), true, 3);
    mesh.setVerticesData('displacementTowards', new Float32Array(3 * count), true, 3);
    mesh.setVerticesData('value', new Float32Array(count), true, 1);
    mesh.setIndices(quads.indices, count);
    mesh.thinInstanceSetBuffer('instanceColour', new Float32Array(4), 4, true);
    mesh.thinInstanceSetBuffer('instanceState', new Float32Array(4), 4, true);
    mesh.material = material;
    mesh.alphaIndex = layer;
    this.mesh = mesh;
  }

  update(fields: CarriedFields, transform: Transform): void {
    placeMesh(this.mesh, transform);
    if (this.#version === fields.version || !this.mesh.isEnabled()) return;
    this.#version = fields.version;
    const moved = quadsOfSegments(carry(fields.displacement, 3, atNodes(this.#pairs)));
    this.mesh.updateVerticesData('displacement', moved.positions, false, false);
    this.mesh.updateVerticesData('displacementTowards', moved.towards, false, false);
    if (fields.values) this.mesh.updateVerticesData('value', carry(fields.values, 1, this.#ends), false, false);
  }
}
