/** Small meshes made of arithmetic: dots, cones, arrows, the backdrop. */
import { Mesh } from '@babylonjs/core/Meshes/mesh.js';
import type { Scene } from '@babylonjs/core/scene.js';
import type { Vector3 } from '../../preload/contract/index.ts';

/** A square that the dot program keeps at constant size and rounds off. */
export function dotMesh(scene: Scene, at: Vector3): Mesh {
  const mesh = new Mesh('dot', scene);
  mesh.setVerticesData('position', new Float32Array([...at, ...at, ...at, ...at]), false, 3);
  mesh.setVerticesData('corner', new Float32Array([-1, -1, 1, -1, 1, 1, -1, 1]), false, 2);
  mesh.setIndices(new Uint32Array([0, 1, 2, 0, 2, 3]), 4);
  return mesh;
}

/** One triangle over the whole picture. */
export function backdropMesh(scene: Scene): Mesh {
  const mesh = new Mesh('background', scene);
  mesh.setVerticesData('position', new Float32Array([-1, -1, 1, 3, -1, 1, -1, 3, 1]), false, 3);
  mesh.setIndices(new Uint32Array([0, 1, 2]), 3);
  return mesh;
}

interface Shape {
  positions: number[];
  normals: number[];
  indices: number[];
}

/** A surface of revolution about +Z through (radius, z) pairs; every pair of neighbours is one smooth strip. */
function revolve(profile: [number, number][], sides: number): Shape {
  const shape: Shape = { positions: [], normals: [], indices: [] };
  for (let i = 0; i + 1 < profile.length; i++) {
    const [r0, z0] = profile[i]!;
    const [r1, z1] = profile[i + 1]!;
    const length = Math.hypot(z1 - z0, r1 - r0) || 1;
    const radial = (z1 - z0) / length;
    const axial = -(r1 - r0) / length;
    const base = shape.positions.length / 3;
    for (let s = 0; s <= sides; s++) {
      const angle = (2 * Math.PI * s) / sides;
      const c = Math.cos(angle);
      const n = Math.sin(angle);
      shape.positions.push(r0 * c, r0 * n, z0, r1 * c, r1 * n, z1);
      for (let k = 0; k < 2; k++) shape.normals.push(radial * c, radial * n, axial);
    }
    for (let s = 0; s < sides; s++) {
      const a = base + 2 * s;
      shape.indices.push(a, a + 2, a + 1, a + 1, a + 2, a + 3);
    }
  }
  return shape;
}

function meshOf(scene: Scene, name: string, shape: Shape): Mesh {
  const mesh = new Mesh(name, scene);
  mesh.setVerticesData('position', new Float32Array(shape.positions), false, 3);
  mesh.setVerticesData('normal', new Float32Array(shape.normals), false, 3);
  mesh.setIndices(new Uint32Array(shape.indices), shape.positions.length / 3);
  return mesh;
}

/** An arrow of length 1 that ends with its tip at the origin, pointing along +Z. */
export const arrowMesh = (scene: Scene): Mesh =>
  meshOf(
    scene,
    'arrow',
    revolve(
      [
        [0, -1],
        [0.032, -1],
        [0.032, -0.32],
        [0.1, -0.32],
        [0, 0],
      ],
      20,
    ),
  );

/** A support: a cone of length 1 with its tip at the origin and a plate behind, along +Z. */
export const supportMesh = (scene: Scene): Mesh =>
  meshOf(
    scene,
    'support',
    revolve(
      [
        [0, -1.12],
        [0.52, -1.12],
        [0.52, -0.96],
        [0.4, -0.96],
        [0, 0],
      ],
      24,
    ),
  );

/** A ball of radius 1. */
export const ballMesh = (scene: Scene): Mesh => {
  const steps = 10;
  const profile = Array.from({ length: steps + 1 }, (_, i): [number, number] => {
    const angle = -Math.PI / 2 + (Math.PI * i) / steps;
    return [Math.max(0, Math.cos(angle)), Math.sin(angle)];
  });
  return meshOf(scene, 'ball', revolve(profile, 20));
};
