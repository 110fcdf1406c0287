/** A bent bar and a smooth movement of it, for tests of gradients against central differences. */
import type { VolumeMesh } from '../model/mesh.ts';
import { orientSurface } from '../model/surface.ts';
import { boxMesh } from '../testing/box-mesh.ts';

/** Half the difference: truncation leaves about 1e-6 of a gradient. */
const STEP = 1e-3;

/** A bent bar of about 40 x 20 x 10 mm: curved elements, no symmetry. */
export function bentBar(divisions: [number, number, number] = [3, 2, 1]): VolumeMesh {
  const mesh = boxMesh({
    max: [40, 20, 10],
    divisions,
    map: ([x, y, z]) => [x + 0.1 * y + 0.004 * z * z, y - 0.05 * z + 0.003 * x * x, z + 0.002 * x * y],
  });
  orientSurface(mesh);
  return mesh;
}

/** A smooth movement of the whole bar, as a change of its shape would be. mm per unit. */
export const movementOf = (mesh: VolumeMesh): Float64Array =>
  Float64Array.from(mesh.nodes, (_, index) => {
    const [x, y, z] = [0, 1, 2].map((axis) => mesh.nodes[index - (index % 3) + axis]!) as [number, number, number];
    return [0.02 * x + 0.01 * z, Math.sin(x / 15) + 0.03 * y, 0.1 * z * Math.cos(x / 25)][index % 3]!;
  });

/** Gradients along the movement, and central differences of the values of the moved mesh. */
export async function compareWithDifferences(
  mesh: VolumeMesh,
  analyse: (mesh: VolumeMesh, gradients: boolean) => Promise<{ name: string; value: number; byNodes?: Float64Array }[]>,
): Promise<{ name: string; gradient: number; difference: number }[]> {
  const movement = movementOf(mesh);
  const exact = await analyse(mesh, true);
  const at = (sign: number) =>
    analyse({ ...mesh, nodes: mesh.nodes.map((value, index) => value + sign * STEP * movement[index]!) }, false);
  const [above, below] = [await at(1), await at(-1)];
  return exact.map(({ name, byNodes }, index) => ({
    name,
    gradient: byNodes!.reduce((sum, value, i) => sum + value * movement[i]!, 0),
    difference: (above[index]!.value - below[index]!.value) / (2 * STEP),
  }));
}
