/** Where probes lie in a mesh: they stay in their element, at the same place within it, while the mesh moves. */
import { refuseStudy } from '../errors.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { Locator } from '../results/locate.ts';
import { type Vec3, words } from '../vector.ts';

export interface ProbeAnchor {
  /** 10. */
  nodes: Int32Array;
  /** The nodes' shape functions at the probe. */
  shape: number[];
}

/** @param points mm, or null where there is no probe. @throws ArtificerError `study.probe-outside` */
export function anchorProbes(mesh: VolumeMesh, points: readonly (Readonly<Vec3> | null)[]): (ProbeAnchor | null)[] {
  const locator = points.some((point) => point !== null) ? new Locator(mesh.nodes, mesh.elements) : null;
  return points.map((point) => {
    if (!point) return null;
    const { element, shape, distance_mm } = locator!.locate(point as Vec3);
    if (distance_mm > 0.5 * mesh.size_mm)
      throw refuseStudy(
        'probe-outside',
        `The point ${words(point as Vec3)} mm is ${distance_mm.toPrecision(3)} mm off the part.`,
        'Choose a point on the part.',
      );
    return { nodes: mesh.elements.slice(10 * element, 10 * element + 10), shape };
  });
}
