/** Faces, edges, vertices and bodies of a part as one list of items that selectors and references look through. */
import type { BodyInfo, TopologyKind, Vector3 } from '../../preload/contract/geometry.ts';

/** One face, edge, vertex or body, by its 0-based place. For bodies, `index` repeats `body`. */
export interface TopologyItem {
  body: number;
  kind: TopologyKind;
  index: number;
}

export interface LocatedItem extends TopologyItem {
  /** `plane`, `cylinder`, `line`, `circle`, `vertex`, or for bodies `solid`, `shell` … */
  type: string;
  /** Area, length or volume; 0 for a vertex. */
  size: number;
  centre_mm: Vector3;
  /** Normal of a plane, direction of a line, axis of the rest where there is one. */
  direction?: Vector3;
  radius_mm?: number;
  name?: string;
}

const facesOf = new WeakMap<BodyInfo, Map<TopologyKind, LocatedItem[]>>();

/** Every item of a kind in these bodies, in order. Remembered for as long as the body's table is. */
export function itemsOf(bodies: readonly BodyInfo[], kind: TopologyKind): LocatedItem[] {
  const [only] = bodies;
  return bodies.length === 1 && only
    ? itemsOfBody(only, 0, kind)
    : bodies.flatMap((body, index) => itemsOfBody(body, index, kind));
}

export function itemsOfBody(body: BodyInfo, index: number, kind: TopologyKind): LocatedItem[] {
  let kinds = facesOf.get(body);
  if (!kinds) {
    kinds = new Map();
    facesOf.set(body, kinds);
  }
  const known = kinds.get(kind);
  if (known && (known[0]?.body ?? index) === index) return known;
  const items = makeItems(body, index, kind);
  kinds.set(kind, items);
  return items;
}

function makeItems(info: BodyInfo, body: number, kind: TopologyKind): LocatedItem[] {
  switch (kind) {
    case 'face':
      return info.faces.map((face, index) => {
        const direction = face.type === 'plane' ? face.normal : (face.axis?.direction ?? face.normal);
        return {
          body,
          kind,
          index,
          type: face.type,
          size: face.area_mm2,
          centre_mm: face.centroid_mm,
          ...(direction ? { direction } : {}),
          ...(face.radius_mm === undefined ? {} : { radius_mm: face.radius_mm }),
          ...(face.name === undefined ? {} : { name: face.name }),
        };
      });
    case 'edge':
      return info.edges.map((edge, index) => ({
        body,
        kind,
        index,
        type: edge.type,
        size: edge.length_mm,
        centre_mm: edge.centre_mm,
        ...(edge.direction ? { direction: edge.direction } : {}),
        ...(edge.radius_mm === undefined ? {} : { radius_mm: edge.radius_mm }),
      }));
    case 'vertex':
      return info.vertices_mm.map((centre_mm, index) => ({ body, kind, index, type: 'vertex', size: 0, centre_mm }));
    case 'body':
      return [
        {
          body,
          kind,
          index: body,
          type: info.kind,
          size: info.mass.volume_mm3,
          centre_mm: info.mass.centroid_mm,
          name: info.name,
        },
      ];
  }
}

const PLURALS: Record<TopologyKind, string> = { face: 'faces', edge: 'edges', vertex: 'vertices', body: 'bodies' };

export const pluralOf = (kind: TopologyKind): string => PLURALS[kind];

/** "face 12 of body 1", counted from 1 as the window does. */
export const itemInWords = ({ body, kind, index }: TopologyItem, bodies: number): string =>
  kind === 'body' ? `body ${body + 1}` : `${kind} ${index + 1}${bodies > 1 ? ` of body ${body + 1}` : ''}`;
