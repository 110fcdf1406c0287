/** The view straight onto the sketch. */

import { transformPoint } from '../../../main/document/index.ts';
import type { Vector3 } from '../../../preload/contract/index.ts';
import { useDocument } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import { mainViewport } from '../../state/viewports.ts';
import { type Point2, toSketch } from '../view/frame.ts';
import { boundsOf, LiveGeometry } from '../view/geometry.ts';
import { facing } from '../view/projection.ts';
import { useSketcher } from './state.ts';

/** What is shown of an empty plane, mm to each side. */
const EMPTY_mm = 50;

/** Turns the camera; with `fit` also shows all of the sketch, and of the part while the sketch is empty. */
export function lookStraight(fit: boolean): void {
  const viewport = mainViewport();
  const { session, sketch } = useSketcher.getState();
  const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="viewport"]');
  if (!viewport || !session || !canvas) return;
  const size = { width: Math.max(1, canvas.clientWidth), height: Math.max(1, canvas.clientHeight) };
  const camera = viewport.camera();
  const corners: Point2[] = fit ? cornersOf(sketch.entities) : [];
  if (fit && corners.length === 0) corners.push(...partCorners());
  if (fit && corners.length === 0) corners.push([-EMPTY_mm, -EMPTY_mm], [EMPTY_mm, EMPTY_mm]);
  const box: [Point2, Point2] = [
    [Math.min(...corners.map(([x]) => x)), Math.min(...corners.map(([, y]) => y))],
    [Math.max(...corners.map(([x]) => x)), Math.max(...corners.map(([, y]) => y))],
  ];
  if (!fit) {
    // The same height around the foot of what is looked at.
    const [u, v] = toSketch(session.frame, camera.target_mm);
    const half = camera.height_mm / 3;
    box[0] = [u - half, v - half];
    box[1] = [u + half, v + half];
  }
  const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
  viewport.setCamera(facing(session.frame, camera, box, size), !reduced);
}

function cornersOf(entities: Parameters<typeof boundsOfAll>[0]): Point2[] {
  return boundsOfAll(entities);
}
function boundsOfAll(entities: ConstructorParameters<typeof LiveGeometry>[0]): Point2[] {
  const geometry = new LiveGeometry(entities);
  const corners: Point2[] = [...geometry.points.values()].map(({ x, y }): Point2 => [x, y]);
  for (const curve of geometry.curves) if (curve.kind !== 'line') corners.push(...boundsOf(curve));
  return corners;
}

function partCorners(): Point2[] {
  const { session } = useSketcher.getState();
  const view = session && useGeometry.getState().parts.get(session.partId);
  if (!session || !view) return [];
  const { placements, tree } = useDocument.getState();
  const [instance] = placements.get(session.partId) ?? [];
  if (!instance) return [];
  const world = tree.worldTransformOf(instance);
  return view.bodies.flatMap(({ info: { box } }) =>
    [box.min, box.max].flatMap((a) =>
      [box.min, box.max].flatMap((b) =>
        [box.min, box.max].map((c): Point2 => {
          const corner: Vector3 = [a[0], b[1], c[2]];
          return toSketch(session.frame, transformPoint(world, corner));
        }),
      ),
    ),
  );
}
