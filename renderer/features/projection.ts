/** From the part's space to the screen and back, for what is drawn over the model as ordinary elements. */
import { useSyncExternalStore } from 'react';
import { IDENTITY_TRANSFORM, type Transform, type Vector3 } from '../../preload/contract/index.ts';
import { useDocument } from '../state/document.ts';
import { mainViewport, useCameraMoves } from '../state/viewports.ts';
import { millimetresPerPixel, projector, rayThrough } from '../viewport/camera-maths.ts';
import { cross, dot, subtract, transformDirection, transformPoint } from '../viewport/vector.ts';

export interface Projection {
  width: number;
  height: number;
  /** CSS pixels from the upper left corner of the picture. */
  toScreen(point_mm: Vector3): { x: number; y: number };
  /** How far along a line the point nearest to what is under the pointer lies, mm. */
  along(origin_mm: Vector3, direction: Vector3, x: number, y: number): number;
  /** How large a pixel is there. */
  pixel_mm(at_mm: Vector3): number;
}

const canvas = (): HTMLElement | null => document.querySelector('[data-testid=viewport]');

/** The projection of a part at its first place; null while there is no picture. */
export function projectionOf(partId: string): Projection | null {
  const viewport = mainViewport();
  const element = canvas();
  if (!viewport || !element) return null;
  const { clientWidth: width, clientHeight: height } = element;
  if (width === 0 || height === 0) return null;
  const { tree, placements } = useDocument.getState();
  const instanceId = placements.get(partId)?.[0];
  const world: Transform = instanceId ? tree.worldTransformOf(instanceId) : IDENTITY_TRANSFORM;
  const camera = viewport.liveCamera();
  const size = { width, height };
  const project = projector(camera, size);
  return {
    width,
    height,
    toScreen: (point) => project(transformPoint(world, point)),
    along: (origin, direction, x, y) => {
      const ray = rayThrough(camera, size, x, y);
      return nearestAlong(transformPoint(world, origin), transformDirection(world, direction), ray);
    },
    pixel_mm: (at) => millimetresPerPixel(camera, size, transformPoint(world, at)),
  };
}

/** The parameter on a line where it comes nearest to a ray. Directions are unit vectors; 0 where they are parallel. */
export function nearestAlong(
  origin: Vector3,
  direction: Vector3,
  ray: { origin: Vector3; direction: Vector3 },
): number {
  const between = subtract(ray.origin, origin);
  const normal = cross(direction, ray.direction);
  const squared = dot(normal, normal);
  if (squared < 1e-9) return 0;
  return dot(cross(between, ray.direction), normal) / squared;
}

/** The same, kept current with the camera. */
export function useProjection(partId: string | undefined): Projection | null {
  useSyncExternalStore(useCameraMoves.subscribe, () => useCameraMoves.getState().count);
  return partId ? projectionOf(partId) : null;
}
