/** Asking whether a part can be made, and pointing out what stands against it. */
import { transformDirection, transformPoint } from '../../main/document/index.ts';
import type { ManufacturingFinding, Process, Vector3 } from '../../preload/contract/index.ts';
import { engine } from '../engine/connection.ts';
import { useDocument } from '../state/document.ts';
import { bodyInfo } from '../state/geometry.ts';
import { putReport, useManufacture } from '../state/manufacture.ts';
import { type SelectedItem, select } from '../state/selection.ts';
import { revealPanel } from '../state/ui.ts';
import { mainViewport } from '../state/viewports.ts';
import { attempt } from './edit.ts';

/** Checks the part for the process that is chosen; an earlier answer to the same question is shown at once. */
export async function checkPart(partId: string, process?: Process): Promise<void> {
  if (process) useManufacture.setState({ process });
  const { process: wanted, quantity } = useManufacture.getState();
  revealPanel('manufacture');
  await attempt(async () => {
    const { jobId } = await engine()['manufacture.check']({ partId, process: wanted, quantity });
    const { job, value } = await engine()['jobs.wait']({ jobId });
    if (job.state === 'done') putReport(partId, value);
  });
}

/** Selects the faces (and edges) of a finding and looks at them. */
export function showFinding(partId: string, index: number): void {
  const report = useManufacture.getState().answers.get(partId);
  const finding = report?.findings[index];
  const instanceId = useDocument.getState().placements.get(partId)?.[0];
  if (!finding || !instanceId) return;
  useManufacture.setState({ shown: { partId, index } });
  const item =
    (kind: SelectedItem['kind']) =>
    (place: number): SelectedItem => ({
      instanceId,
      body: finding.body,
      kind,
      index: place,
    });
  const items = [...finding.faces.map(item('face')), ...finding.edges.map(item('edge'))];
  select(items.length > 0 ? items : [{ instanceId, body: finding.body, kind: 'body', index: 0 }]);
  lookAt(partId, instanceId, finding);
}

/** Room around what is looked at. */
const MARGIN = 2.2;

function lookAt(partId: string, instanceId: string, finding: ManufacturingFinding): void {
  const viewport = mainViewport();
  const info = bodyInfo(partId, finding.body);
  const tree = useDocument.getState().tree;
  if (!viewport || !info) return;
  const world = tree.worldTransformOf(instanceId);
  const faces = finding.faces.flatMap((face) => info.faces[face] ?? []);
  const corners = (faces.length > 0 ? faces : [info]).flatMap(({ box }) => [box.min, box.max]);
  const middle = [0, 1, 2].map((k) => {
    const values = corners.map((corner) => corner[k]!);
    return (Math.min(...values) + Math.max(...values)) / 2;
  }) as Vector3;
  const reach = Math.max(...corners.map((corner) => Math.hypot(...corner.map((value, k) => value - middle[k]!))));
  const size = Math.hypot(...info.box.max.map((value, k) => value - info.box.min[k]!));
  const camera = viewport.camera();
  const normal = faces[0]?.normal && transformDirection(world, faces[0].normal);
  const direction = normal ? seenFrom(normal, camera.direction) : camera.direction;
  viewport.setCamera(
    {
      ...camera,
      target_mm: transformPoint(world, middle),
      direction,
      up: upFor(direction, camera.up),
      // Never so near that one no longer knows where one is.
      height_mm: Math.max(MARGIN * reach, 0.35 * size),
    },
    !matchMedia('(prefers-reduced-motion: reduce)').matches,
  );
}

const unit = (a: Vector3): Vector3 => {
  const length = Math.hypot(...a);
  return length > 0 ? [a[0] / length, a[1] / length, a[2] / length] : [0, 0, -1];
};
const dot = (a: Vector3, b: Vector3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** As it is, where the face is turned to the eye already; otherwise round to its side, a little askew. */
function seenFrom(normal: Vector3, direction: Vector3): Vector3 {
  if (dot(normal, direction) < -0.25) return direction;
  const askew = direction.map((value, k) => value - dot(direction, normal) * normal[k]!) as Vector3;
  return unit(normal.map((value, k) => -value + 0.7 * unit(askew)[k]!) as Vector3);
}

function upFor(direction: Vector3, before: Vector3): Vector3 {
  const wanted: Vector3 = Math.abs(direction[2]) < 0.95 ? [0, 0, 1] : before;
  return unit(wanted.map((value, k) => value - dot(wanted, direction) * direction[k]!) as Vector3);
}
