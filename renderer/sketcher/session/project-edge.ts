/** Edges of the body put into the sketch, where they stay with the body. */
import { makePersistentName, transformPoint } from '../../../main/document/index.ts';
import { ArtificerError, type EdgeInfo, type Reference, type Vector3 } from '../../../preload/contract/index.ts';
import { recordOf, useDocument } from '../../state/document.ts';
import { bodiesOf } from '../../state/geometry.ts';
import { setTool } from '../../state/view.ts';
import type { PickedItem } from '../../viewport/api.ts';
import { Draft } from '../tools/draft.ts';
import { type Frame, heightOver, type Point2, toSketch } from '../view/frame.ts';
import { add, note } from './editing.ts';
import { useSketcher } from './state.ts';

const refuse = (message: string, hint: string) =>
  new ArtificerError({ code: 'sketch.project', category: 'refused', message, hint });

/** Hands edges picked in the model to the sketch until another tool is taken. */
export function pickEdges(): void {
  setTool(
    {
      kind: 'pick',
      owner: 'sketcher',
      title: 'Edges to project',
      accepts: ['edge'],
      onPick: (items) => {
        for (const item of items) projectEdge(item);
      },
      lit: () => [],
    },
    'edge',
  );
}

function projectEdge(item: PickedItem): void {
  const { session, sketch } = useSketcher.getState();
  if (!session || item.kind !== 'edge') return;
  try {
    if (recordOf('instance', item.instanceId)?.partId !== session.partId)
      throw refuse('That edge belongs to another part.', 'Pick an edge of the part that the sketch is in.');
    const bodies = bodiesOf(session.partId);
    const body = bodies[item.body];
    const edge = body?.edges[item.index];
    if (!body || !edge) return;
    const from = referenceTo(bodies, item.body, item.index, edge);
    const world = useDocument.getState().tree.worldTransformOf(item.instanceId);
    const inSketch = (point: Vector3): Vector3 => transformPoint(world, point);
    const draft = new Draft(sketch, session.takeId);
    projectInto(draft, edge, body.vertices_mm as Vector3[], session.frame, inSketch, from);
    add('Project edge', draft);
  } catch (error) {
    note(error);
  }
}

function referenceTo(bodies: ReturnType<typeof bodiesOf>, body: number, index: number, edge: EdgeInfo): Reference {
  const fingerprint = {
    type: edge.type,
    size: edge.length_mm,
    centre_mm: edge.centre_mm,
    ...(edge.direction ? { direction: edge.direction } : {}),
    ...(edge.radius_mm === undefined ? {} : { radius_mm: edge.radius_mm }),
  };
  const name = makePersistentName(bodies, body, 'edge', index);
  return name
    ? ({ by: 'name', ...name, kind: 'edge', fingerprint } as Reference)
    : { by: 'pick', body, kind: 'edge', index, fingerprint };
}

/** Exported for tests. Straight edges, and circles that lie in the plane's direction, keep their kind. */
export function projectInto(
  draft: Draft,
  edge: EdgeInfo,
  vertices: readonly Vector3[],
  frame: Frame,
  place: (point: Vector3) => Vector3,
  from: Reference,
): void {
  const flat = (point: Vector3): Point2 => toSketch(frame, place(point));
  const ends = edge.vertices.map((vertex) => flat(vertices[vertex]!));
  if (edge.type === 'line') {
    const [a, b] = ends;
    if (!a || !b || Math.hypot(b[0] - a[0], b[1] - a[1]) < 1e-6)
      throw refuse('That edge stands upright on the sketch: its projection is a point.', 'Pick another edge.');
    const line = draft.line(draft.freePoint(a), draft.freePoint(b), false);
    mark(draft, line, from);
    return;
  }
  if (edge.type === 'circle' && edge.curveCentre_mm && edge.radius_mm !== undefined) {
    const centre = edge.curveCentre_mm as Vector3;
    const level = edge.direction
      ? isUpright(frame, place, centre, edge.direction as Vector3)
      : Math.abs(heightOver(frame, place(vertices[edge.vertices[0]!]!)) - heightOver(frame, place(centre))) < 1e-6;
    if (!level)
      throw refuse('That circle is tilted against the sketch.', 'Project circles that are parallel to the sketch.');
    const c = draft.freePoint(flat(centre));
    const [a, b] = ends;
    if (!a || !b || edge.vertices[0] === edge.vertices[1]) {
      mark(draft, draft.circle(c, edge.radius_mm, false), from);
      return;
    }
    // Of both arcs between the ends, the one that the middle of the edge lies on.
    const middle = flat(edge.centre_mm as Vector3);
    const o = flat(centre);
    const cross = (b[0] - a[0]) * (middle[1] - a[1]) - (b[1] - a[1]) * (middle[0] - a[0]);
    const half = Math.abs(edge.length_mm / edge.radius_mm) > Math.PI;
    const centreSide = (b[0] - a[0]) * (o[1] - a[1]) - (b[1] - a[1]) * (o[0] - a[0]);
    // The centroid of an arc lies on its own side of the chord, or with the centre when it is more than half a circle.
    const arcOnLeft = half ? centreSide > 0 : cross > 0;
    const [s, e] = [draft.freePoint(a), draft.freePoint(b)];
    mark(draft, arcOnLeft ? draft.arc(c, e, s) : draft.arc(c, s, e), from);
    return;
  }
  throw refuse('Only straight and circular edges can be projected.', 'Draw a spline over the edge instead.');
}

function isUpright(frame: Frame, place: (point: Vector3) => Vector3, at: Vector3, direction: Vector3): boolean {
  const tip: Vector3 = [at[0] + direction[0], at[1] + direction[1], at[2] + direction[2]];
  return Math.abs(Math.abs(heightOver(frame, place(tip)) - heightOver(frame, place(at))) - 1) < 1e-6;
}

/** The curve and its points stay with the edge. */
function mark(draft: Draft, curve: string, from: Reference): void {
  for (const [index, entity] of draft.entities.entries())
    if (entity.id === curve) draft.entities[index] = { ...entity, from };
}
